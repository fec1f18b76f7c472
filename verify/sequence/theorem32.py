"""Theorem 32: Johnson-Lindenstrauss projection of queries and keys.

Statement.  Phi is m x d with independent N(0, 1/m) entries, 0 < eps < 1.  If m = O(eps^-2 log N),

    P(for all i, j: | |Phi q_i - Phi k_j|^2 - |q_i - k_j|^2 | <= eps |q_i - k_j|^2) >= 1 - N^-c.

Verdict: holds.  For every c > 0, N >= 2 and m >= 12 (c + 3) eps^-2 log N, whatever d is.  (A pair
at distance 0 stays there.)  At N = 217 and c = 1 that is m >= 1033 for eps = 1/2, and the exact law
asks for 284: many more than the d = 32 to 128 that a head has.

Proof.  |Phi x|^2 / |x|^2 is chi^2_m / m.  By Markov's inequality for exp(t chi^2), the probability
that it exceeds 1 + eps is at most ((1 + eps) exp(-eps))^(m/2), and below 1 - eps at most
((1 - eps) exp(eps))^(m/2).  Both are at most exp(-m (eps^2/4 - eps^3/6)) <= exp(-m eps^2 / 12), so
at most N^-(c + 3), and N^2 pairs with two tails each add up to 2 N^2 N^-(c + 3) = (2 / N) N^-c.

Source.  Dasgupta and Gupta, Random Struct. Algorithms 22 (2003), Lemma 2.2 and Theorem 2.1.
"""

from fractions import Fraction
from math import ceil, log

from spectral import linalg
from spectral.projection import jl_failure_probability
from verify import Cases, Claim, ge, gt, le, lt
from verify.proofs.projection import chernoff

theorem32 = Claim("sequence/theorem32", "Johnson-Lindenstrauss projection of queries and keys")

TOKENS = (2, 3, 10, 217, 10**4, 10**6)
EPSILONS = tuple(Fraction(e) for e in ("99/100", "9/10", "1/2", "1/4", "1/10"))
RATES = tuple(Fraction(c) for c in ("1/10", "1", "3", "9"))


def with_dimension(factor, power=2):
    """(N, m, eps, c) with the least m >= factor (c + 3) eps^-power log N."""

    def least(N, eps, c):
        return N, ceil(factor * float(c + 3) * log(N) / float(eps) ** power), eps, c

    def large_enough(N, m, eps, c):
        return ge(m * eps**power, factor * (c + 3) * linalg.log(N, like=eps))

    table = Cases(
        lattice=lambda: (least(N, eps, c) for eps in EPSILONS for N in TOKENS for c in RATES),
        arity=4,
    )
    return (
        table.where("N ≥ 2", lambda N, m, eps, c: N >= 2)
        .where("0 < ε < 1", lambda N, m, eps, c: gt(eps, 0) & lt(eps, 1))
        .where("c > 0", lambda N, m, eps, c: gt(c, 0))
        .where(f"m ≥ {factor} (c + 3) ε^-{power} log N", large_enough)
    )


@theorem32.part(
    r"P(\forall i, j: |\|\Phi(q_i - k_j)\|^2 - \|q_i - k_j\|^2| \le \epsilon\|q_i - k_j\|^2) "
    r"\ge 1 - N^{-c}",
    given=with_dimension(12),
    reading="m ≥ 12 (c + 3) ε⁻² log N and N ≥ 2; N² times the exact failure probability of a pair",
    proofs=[chernoff],
)
def all_pairs(N, m, eps, c):
    return le(N**2 * jl_failure_probability(m, eps), linalg.exp(-c * linalg.log(N, like=eps)))


@all_pairs.mutant("4 in place of 12", given=with_dimension(4))
def fewer_dimensions(N, m, eps, c):
    return all_pairs(N, m, eps, c)


@all_pairs.mutant("ε⁻¹ in place of ε⁻²", given=with_dimension(12, power=1))
def linear_in_eps(N, m, eps, c):
    return all_pairs(N, m, eps, c)
