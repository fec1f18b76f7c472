"""Lemma 8.2: the rank of attention weights.

Statement.  W_ij = exp(<q_i, k_j> / sqrt(d)) with queries and keys in an r-dimensional subspace.

    rank     rank(W) <= min(N, 2^r)
    erank    erank(W) = exp(H(sigma)) <= O(d log N) for typical token distributions

Verdict (rank): refuted.  At r = d = 1 and q = k = (0, 1, 2), W_ij = exp(i j) is a Vandermonde
matrix of the distinct numbers 1, e, e^2: its rank is 3, not 2.  Distinct queries and distinct
keys on a line give full rank N always, for exp(xy) is strictly totally positive.
Verdict (erank): vague.  Measured on Gaussian tokens (N = 256, d = 8, d log N = 44.4) it is 9.9 for
N(0, 1/4), 60 for N(0, 1), and 1.0 for N(0, 16), where one entry dominates.

Repair.  What is small is the *numerical* rank.  For every degree p there is a T of rank at most
binomial(r + p, p), the Taylor polynomial in <q, k>, with

    |W_ij - T_ij| <= exp(R) R^(p+1) / (p+1)!,    R = max |<q_i, k_j>| / sqrt(d).

Proof.  Lagrange's remainder; monomials of degree <= p in r variables span the rows of T.

Source.  Karlin, Total Positivity (1968), section 1.2; Alman and Song, Fast attention requires
bounded entries, NeurIPS 2023, Lemma 2.2; effective rank: Roy and Vetterli, EUSIPCO 2007.
"""

import numpy as np

from spectral.balls import enclosing_max
from spectral.graph import attention_weights, scores
from spectral.linalg import rank
from spectral.rank import effective_rank
from spectral.taylor import taylor_error, taylor_weights
from verify import Claim, le
from verify.given import counts, token_pairs
from verify.proofs.rank import remainder_of_the_exponential

lemma8_2 = Claim("unified/lemma8.2", "the rank of attention weights")


@lemma8_2.part(
    r"\operatorname{rank}(W) \le \min(N, 2^r)",
    part="rank",
    given=token_pairs(),
    reading="r = d, the whole space: the weakest form of the statement",
    why="exp(xy) is strictly totally positive: distinct points give full rank",
)
def rank_at_most(q, k):
    return le(rank(attention_weights(q, k)), min(len(q), 2 ** q.shape[1]))


@rank_at_most.amend(
    r"|W - T_p| \le e^R R^{p+1}/(p+1)!, with rank T_p ≤ binomial(r+p, p)",
    given=(token_pairs(), counts(0, 4)),
    reference="Lagrange's remainder; Alman and Song (2023), Lemma 2.2",
    proofs=[remainder_of_the_exponential],
)
def numerical_rank(q, k, p):
    R = enclosing_max(abs(scores(q, k)))
    error = enclosing_max(abs(attention_weights(q, k) - taylor_weights(q, k, p)))
    return le(error, taylor_error(R, p), scale=np.exp(R))


@numerical_rank.mutant("the error of degree p + 1, with the polynomial of degree p")
def one_degree_better(q, k, p):
    R = enclosing_max(abs(scores(q, k)))
    error = enclosing_max(abs(attention_weights(q, k) - taylor_weights(q, k, p)))
    return le(error, taylor_error(R, p + 1))


@lemma8_2.vague(
    r"\operatorname{erank}(W) \le O(d \log N) for typical token distributions",
    part="erank",
    why='"typical" is not defined and O() has no constant.',
)
def effective_ranks():
    rng = np.random.default_rng(0)
    tokens = {s: s * rng.standard_normal((2, 256, 8)) for s in (0.5, 1, 4)}
    return {
        f"N = 256, d = 8, N(0, {s}²) tokens (d log N = 44.4)": effective_rank(attention_weights(*x))
        for s, x in tokens.items()
    }
