"""The steps in the proof of Theorem 30; see `verify.sequence.theorem30`."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.balls import enclosing_max, enclosing_min, minimum
from spectral.graph import scores
from spectral.sparsify import SamplingMoments, bernstein_radius, edge_moments, importance_ssa
from verify import Cases, chance_le, eq, ge, gt, le, rows
from verify.given import perturbations, sparsifications, token_pairs
from verify.sequence.theorem30 import (
    by_leaks,
    eigengap,
    first,
    sine_between,
    theorem30,
    turned,
)

# Step 1.


def gap_to_the_rest(A, E, k):
    """From the first k eigenvalues of A to the others of A + E."""
    return linalg.eigvalsh(A + E)[k] - linalg.eigvalsh(A)[k - 1]


def open_gap(A, E, k):
    return gt(eigengap(A, k), 0)


def open_gap_to_the_rest(A, E, k):
    return gt(gap_to_the_rest(A, E, k), 0)


def davis_kahan(gap, A, E, k):
    """gap ||sin Theta||_F <= ||E U_k||_F."""
    P = first(A, k)
    sine, residual = sine_between(P, first(A + E, k)), linalg.norm(E @ P, "fro")
    return le(sine * gap, residual, scale=abs(A).max() + abs(E).max())


@theorem30.part(
    r"\|\sin\Theta(U_k, \tilde U_k)\|_F \le \|E U_k\|_F / \delta_k, \tilde A = A + E",
    part="step1",
    given=perturbations(),
    where=open_gap,
    reading="δ_k the gap of A, as in the statement",
    why="the gap must be between the block of A and the rest of A + E",
)
def within_the_gap(A, E, k):
    return davis_kahan(eigengap(A, k), A, E, k)


@within_the_gap.amend(
    r"with the gap from $\lambda_1, …, \lambda_k$ of A to the rest of A + E",
    where=open_gap_to_the_rest,
    equality=([[0, 0], [0, 1]], [["9/25", "12/25"], ["12/25", "-9/25"]], 1),
    reference="Davis and Kahan (1970), the sin θ theorem",
)
def within_the_gap_to_the_rest(A, E, k):
    return davis_kahan(gap_to_the_rest(A, E, k), A, E, k)


@within_the_gap_to_the_rest.mutant("9/10 of it")
def nine_tenths(A, E, k):
    return davis_kahan(gap_to_the_rest(A, E, k) * Fraction(10, 9), A, E, k)


def variational(spread_factor, norm_factor, A, E, k):
    """delta_k ||sin Theta||_F <= min(a sqrt(j) spread(E), b sqrt(2) ||E||_F)."""
    e, j = linalg.eigvalsh(E), linalg.sqrt(min(k, len(A) - k), like=A)
    by_norm = norm_factor * linalg.sqrt(2, like=A) * linalg.norm(E, "fro")
    bound = minimum(spread_factor * j * (e[-1] - e[0]), by_norm)
    return le(turned(A, A + E, k) * eigengap(A, k), bound, scale=abs(A).max() + abs(E).max())


@within_the_gap.amend(
    r"\|\sin\Theta\|_F \le \min(\sqrt{\min(k, n-k)}(\lambda_{max} - \lambda_{min})(E), "
    r"\sqrt 2\|E\|_F)/\delta_k",
    reference="proof as of Yu, Wang and Samworth (2015), Theorem 2; approached by A = diag(0, 1), "
    "E = diag(t, −t), t ↓ 1/2",
)
def within_the_spread(A, E, k):
    return variational(1, 1, A, E, k)


@within_the_spread.proof
def trace_inequality():
    from sympy import Matrix, diag, eye, symbols

    u, a, b, c = symbols("u a b c", real=True)
    turned = Matrix([1 - u**2, 2 * u]) / (1 + u**2)  # a unit vector, at the angle 2 arctan(u)
    difference = diag(1, 0) - turned * turned.T
    square = difference**2 - turned[1] ** 2 * eye(2)
    yield "two lines: (P - P~)^2 is the square of the sine ...", square[0, 0]
    yield "... times the identity, ...", square[0, 1]
    yield "and P - P~ has trace 0: its eigenvalues are +-sine", difference.trace()
    E = Matrix([[a, b], [b, c]])
    shifted = ((E - c * eye(2)) * difference).trace() - (E * difference).trace()
    yield "tr E (P - P~) does not change with E - cI for E", shifted


by_leaks.proof(trace_inequality)


@within_the_spread.mutant("49/50 of the spread")
def less_spread(A, E, k):
    return variational(Fraction(49, 50), 1, A, E, k)


@within_the_spread.mutant("49/50 of the Frobenius norm")
def less_frobenius(A, E, k):
    return variational(1, Fraction(49, 50), A, E, k)


# Step 2.

PAIRS = token_pairs()
TOKENS = Cases(gallery=PAIRS.gallery, lattice=PAIRS.lattice, hypotheses=PAIRS.hypotheses, arity=2)


def squared_distances(q, k):
    return ((q[:, None] - k[None]) ** 2).sum(axis=2)


@theorem30.part(
    r"W_{ij} \propto \exp(-\|q_i - k_j\|^2/2\sigma^2) \le \exp(-\Delta^2/2\sigma^2)",
    part="step2",
    given=TOKENS,
    on=lambda head: (head.q, head.k),
    reading="∝ within each row, for some σ: of two keys the nearer has the larger weight; asked of "
    "keys j and j + 1 only",
    why="<q, k> grows with the length of k; and Δ separates queries, not keys from queries",
)
def nearer_is_larger(q, k):
    lengths, steps = (k**2).sum(axis=1), k - np.roll(k, 1, axis=0)
    weight = q @ steps.T  # log W_ij - log W_i,j-1, times sqrt(d)
    distance = lengths - np.roll(lengths, 1) - 2 * weight  # |q_i - k_j|^2 - |q_i - k_j-1|^2
    return le(weight * distance, 0, scale=abs(weight).max() * (lengths.max() + abs(weight).max()))


@nearer_is_larger.amend(
    r"\log W_{ij} = (\|q_i\|^2 + \|k_j\|^2 - \|q_i - k_j\|^2)/2\sqrt d",
    reference="so W is proportional to the Gaussian where all lengths are equal, with σ² = √d",
    on=None,
)
def polarized(q, k):
    lengths = (q**2).sum(axis=1)[:, None] + (k**2).sum(axis=1)
    root = linalg.sqrt(q.shape[1], like=q)
    distances = squared_distances(q, k)
    return eq(2 * root * scores(q, k), lengths - distances, scale=lengths.max())


@polarized.proof
def one_coordinate():
    from sympy import symbols

    x, y = symbols("q k")
    yield "2 q k = q^2 + k^2 - (q - k)^2", 2 * x * y - (x**2 + y**2 - (x - y) ** 2)


@polarized.mutant("without the lengths of the keys")
def without_keys(q, k):
    lengths = 2 * (q**2).sum(axis=1)[:, None]
    root = linalg.sqrt(q.shape[1], like=q)
    return eq(2 * root * scores(q, k), lengths - squared_distances(q, k), scale=lengths.max())


def halves(x):
    """Two clusters: the first half of the tokens, and the others."""
    return x[: len(x) // 2], x[len(x) // 2 :]


def separation(q):
    """Delta, between the queries of the two clusters."""
    return linalg.sqrt(enclosing_min(squared_distances(*halves(q))), like=q)


def reach(q, k):
    """eta = max |q_i - k_i|."""
    return linalg.sqrt(enclosing_max(((q - k) ** 2).sum(axis=1)), like=q)


def two_tokens(q, k):
    return len(q) >= 2


def keys_near_their_queries(q, k):
    return le(reach(q, k), separation(q))


def bounded_by(distance, q, k):
    (q, _), (_, k) = halves(q), halves(k)
    lengths = (q**2).sum(axis=1)[:, None] + (k**2).sum(axis=1)
    products = 2 * linalg.sqrt(q.shape[1], like=q) * scores(q, k)
    return le(products, lengths - distance**2, scale=lengths.max() + distance**2)


@nearer_is_larger.amend(
    r"\log W_{ij} \le (\|q_i\|^2 + \|k_j\|^2 - (\Delta - \eta)^2)/2\sqrt d between clusters of "
    r"queries at distance Δ, if every key is within $\eta \le \Delta$ of its query",
    where=(two_tokens, keys_near_their_queries),
    equality=([[0], [1]], [[0], [1]]),
    reference="the triangle inequality: |q_i − k_j| ≥ |q_i − q_j| − |q_j − k_j|",
    on=None,
)
def between_clusters(q, k):
    return bounded_by(separation(q) - reach(q, k), q, k)


@between_clusters.mutant("Δ in place of Δ − η")
def keys_forgotten(q, k):
    return bounded_by(separation(q), q, k)


# Step 3.  B holds the edges between clusters; s = 1 where all is a multiple of 1/s.


def only_between(case):
    W, labels, _ = case
    return W * (labels[:, None] != labels)


EDGES = (
    sparsifications(max_n=4)
    .map_values(only_between)
    .where("B is square", lambda B: B.ndim == 2 and B.shape[0] == B.shape[1])
    .where("no loops", lambda B: eq(B.diagonal(), 0))
    .where("B ≥ 0", lambda B: ge(B, 0))
    .where("B is not zero", lambda B: gt(B.sum(), 0))
)


@theorem30.part(
    r"R \le W_{max}/s, \sigma^2 \le W_{max}^2/s",
    part="step3",
    given=EDGES,
    reading="B holds the edges between clusters; X_l adds T/s at (i, j) with probability B_ij/T, "
    "so that the mean is right; s = 1, as all are multiples of 1/s",
    why="an unbiased draw adds the total weight over s; R and σ² printed are those of a biased one",
)
def by_largest_weight(B):
    largest, moments = enclosing_max(B), edge_moments(B, 1)
    return le(moments.largest, largest) & le(moments.variance, largest**2)


def moments_agree(B, factor):
    """`edge_moments` against sums over all draws X, and ||X - E X||_F^2 <= factor R^2; s = 1."""
    n, total, moments = len(B), B.sum(), edge_moments(B, 1)
    X = total * np.eye(n * n, dtype=int).reshape(n * n, n, n)
    weighted = (B.ravel() / total)[:, None, None] * X
    of_rows = np.tensordot(weighted, X, axes=((0, 2), (0, 2)))
    of_columns = np.tensordot(weighted, X, axes=((0, 1), (0, 1)))
    off, largest = 1 - np.eye(n, dtype=int), moments.variance
    norms = np.concatenate([of_rows.diagonal(), of_columns.diagonal()])
    strayed = ((X - B) ** 2).sum(axis=(1, 2))[B.ravel() != 0]
    return (
        eq(enclosing_max(norms), largest)
        & eq(off * (abs(of_rows) + abs(of_columns)), 0, scale=largest)
        & le(strayed, factor * moments.largest**2)
    )


@by_largest_weight.amend(
    r"R = T/s, $\sigma^2 = (T/s) \max$(row sum, column sum): $\sum E X X^\top$, $\sum E X^\top X$ "
    r"are diagonal, T/s times these sums; $\|X - E X\|_F^2 \le 2R^2$",
    reference="by definition, summed over all edges",
)
def by_total_weight(B):
    return moments_agree(B, 2)


@by_total_weight.proof
def of_one_draw():
    from sympy import symbols

    w, T, s, a, b = symbols("w_ij T s a b", positive=True)
    yield "s draws (T/s)^2 with probability w/T: w T/s", s * (w / T) * (T / s) ** 2 - w * T / s
    yield "the others' squares: a^2 + b^2 <= (a + b)^2", (a + b) ** 2 - a**2 - b**2 - 2 * a * b


@by_total_weight.mutant("R² in place of 2R²")
def uncentred(B):
    return moments_agree(B, 1)


def strays_more_than(n, s, delta, moments, dimension):
    """n tokens, all edges 1: does ||E_S|| exceed the radius that these moments give?"""
    B, labels = np.ones((n, n)) - np.eye(n), np.arange(n)
    radius = bernstein_radius(moments, dimension, float(delta))

    def event(rng):
        drawn = importance_ssa(B, labels, s, rng=rng).weights
        return linalg.norm(drawn - B, "spectral") > radius

    return chance_le(event, delta)


@by_largest_weight.amend(
    r"P(\|E_S\| > \sqrt{2\sigma^2\ell} + \tfrac23 \sqrt2 R\ell) \le \delta, ℓ = log(2N/δ)",
    given=rows([(5, 60, Fraction(1, 10))]),
    reference="Tropp (2012), Theorem 1.6; n tokens, each a cluster, all edges 1",
)
def tail(n, s, delta):
    moments = edge_moments(np.ones((n, n)) - np.eye(n), s)
    centred = replace(moments, largest=moments.largest * np.sqrt(2))
    return strays_more_than(n, s, delta, centred, 2 * n)


@tail.mutant("R = W_max/s, σ² = W_max²/s, and N in place of 2N")
def printed_moments(n, s, delta):
    return strays_more_than(n, s, delta, SamplingMoments(1 / s, 1 / s), n)
