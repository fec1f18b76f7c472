r"""False statements on a symmetric matrix A and a symmetric perturbation E.

Eigenvalues ascend; the gap of A is lambda_2 - lambda_1; Theta is the angle between the first
eigenvectors of A and of A + E, and P, Q are the projectors on them: ||P - Q||_F^2 = 2 sin^2.
"""

from spectral import linalg
from spectral.balls import enclosing_max, maximum
from verify import eq, ge, gt, le
from verify.given import symmetric_matrices, symmetric_pairs

from .planting import Table

pairs = Table("planted/pairs1", "what a hurried author writes of symmetric perturbations")


def values(A):
    return linalg.eigvalsh(A)


def gap(A):
    return values(A)[1] - values(A)[0]


def norm(E):
    return linalg.norm(E, "spectral")


def sines_squared(A, B, k):
    """||sin Theta||_F^2 between the spaces of the k smallest eigenvalues."""
    P, Q = (linalg.spectral_projector(X, slice(0, k)) for X in (A, B))
    return linalg.norm_squared(P - Q) / 2


def first_gap_is_positive(A, E):
    return gt(gap(A), 0)


def entries_are_nonnegative(A):
    return ge(A, 0)


def matrix_is_positive_semidefinite(A):
    return linalg.inertia(A).negative == 0


def both_are_positive_semidefinite(A, E):
    return linalg.inertia(A).negative == 0 and linalg.inertia(E).negative == 0


# Davis-Kahan divides by the distance from lambda_1 of A to the rest of A + E.  With the gap of
# A alone: A = diag(-1, 0, ...) and E = diag(2/3, -2/3, 0, ...) give sine 1 > 2/3.


def misquoted(A, E):
    return le(sines_squared(A, A + E, 1) * gap(A) ** 2, norm(E) ** 2)


def _of_size(n):
    return {"given": symmetric_pairs(min_n=n, max_n=n), "where": first_gap_is_positive}


@pairs.false(r"\sin\Theta \le \|E\|_2 / gap(A), n = 2", (8, 3, 2), **_of_size(2))
def davis_kahan_2(A, E):
    return misquoted(A, E)


@pairs.false(r"\sin\Theta \le \|E\|_2 / gap(A), n = 3", (18, 3, 2), **_of_size(3))
def davis_kahan_3(A, E):
    return misquoted(A, E)


@pairs.false(r"\sin\Theta \le \|E\|_2 / gap(A), n = 8", (128, 3, 2), **_of_size(8))
def davis_kahan_8(A, E):
    return misquoted(A, E)


# With the gap of A the constant is 2, met where E swaps: A = diag(0, 21), E = diag(11, -11).
@pairs.false(
    r"\sin\Theta \le 1.9 \|E\|_2 / gap(A)",
    (8, 3, 3),
    given=symmetric_pairs(min_n=2),
    where=first_gap_is_positive,
)
def yu_wang_samworth(A, E):
    return le(100 * sines_squared(A, A + E, 1) * gap(A) ** 2, 361 * norm(E) ** 2)


def the_mixed_gap_is_positive(A, E):
    return len(A) > 2 and gt(values(A + E)[2], values(A)[1])


# With the right gap, but ||E||_2 for ||E||_F, two angles turn at once: A = diag(0, 0, 1, 1) and
# E = diag(2, 2, 0, 0) swap the two spaces, sqrt(2) > 2/2; or E couples the two, antidiagonal ones.
@pairs.false(
    r"\|\sin\Theta\|_F \le \|E\|_2 / gap, of two eigenvectors",
    (32, 6, 1),
    given=symmetric_pairs(min_n=3),
    where=the_mixed_gap_is_positive,
)
def davis_kahan_plane(A, E):
    mixed_gap = values(A + E)[2] - values(A)[1]
    return le(sines_squared(A, A + E, 2) * mixed_gap**2, norm(E) ** 2)


# A = 0, E = [[1, 1], [1, 0]]: the golden ratio exceeds 1.
@pairs.false(
    r"|\lambda_k(A+E) - \lambda_k(A)| \le \max |E_{ij}|", (8, 3, 1), given=symmetric_pairs()
)
def weyl_by_entries(A, E):
    return le(abs(values(A + E) - values(A)), enclosing_max(abs(E)))


# Each of two eigenvalues moves by ||E||: A = diag(0, 2), E = diag(1, -1) leave gap 0 < 2 - 1.
@pairs.false(r"gap(A+E) \ge gap(A) - \|E\|_2", (8, 3, 1), given=symmetric_pairs(min_n=2))
def gap_moves_once(A, E):
    return ge(gap(A + E), gap(A) - norm(E))


# Boettcher-Wenzel has a factor sqrt(2), met at A = diag(1, -1), E = [[0, 1], [1, 0]]: 8 > 4.
@pairs.false(r"\|AE - EA\|_F \le \|A\|_F \|E\|_F", (8, 4, 1), given=symmetric_pairs())
def commutator(A, E):
    return le(linalg.norm_squared(A @ E - E @ A), linalg.norm_squared(A) * linalg.norm_squared(E))


# The square is not operator monotone: A = ones, E = diag(1, 0) give [[3, 1], [1, 0]], det -1.
@pairs.false(
    r"A, E \succeq 0 \Rightarrow (A+E)^2 \succeq A^2",
    (8, 5, 1),
    given=symmetric_pairs(),
    where=both_are_positive_semidefinite,
)
def square_is_monotone(A, E):
    B = A + E
    difference = linalg.assume_symmetric(B @ B - A @ A)
    return ge(values(difference)[0], 0, scale=linalg.norm_squared(B))


def they_are_orthogonal(A, E):
    return eq((A * E).sum(), 0)


# True for positive semidefinite ones only: A = diag(1, 0), E = [[0, 1], [1, 0]], 1.618 > 1.
@pairs.false(
    r"\langle A, E\rangle = 0 \Rightarrow \lambda_{max}(A+E) \le \max(\lambda_{max}(A), "
    r"\lambda_{max}(E))",
    (8, 3, 1),
    given=symmetric_pairs(),
    where=they_are_orthogonal,
)
def orthogonal_sum(A, E):
    return le(values(A + E)[-1], maximum(values(A)[-1], values(E)[-1]))


def errors_are_at_most_one(A, E):
    return le(abs(E), 1)


# Small eigenvalues are differences: A = ones has 0, and E = diag(1, 0) moves it.
@pairs.false(
    r"|E_{ij}| \le 1 \Rightarrow |\lambda_k(A + A \circ E/10) - \lambda_k(A)| "
    r"\le |\lambda_k(A)|/10",
    (8, 5, 1),
    given=symmetric_pairs(),
    where=errors_are_at_most_one,
)
def relative_errors(A, E):
    return le(abs(values(A + A * E / 10) - values(A)), abs(values(A)) / 10)


# True of noise (Wigner), and of all n <= 4; of rank one the two norms are equal: n = 5.
@pairs.false(r"\|E\|_2 \le \tfrac{2}{\sqrt n} \|E\|_F", (25, 1, 1), given=symmetric_matrices())
def noise(E):
    return le(len(E) * norm(E) ** 2, 4 * linalg.norm_squared(E))


# True of integer powers (Schur), and for n <= 2: [[1, 1, 0], [1, 2, 1], [0, 1, 1]], det < 0.
@pairs.false(
    r"A \succeq 0, A_{ij} \ge 0 \Rightarrow (\sqrt{A_{ij}}) \succeq 0",
    (9, 7, 1),
    given=symmetric_matrices(),
    where=(entries_are_nonnegative, matrix_is_positive_semidefinite),
)
def root_kernel(A):
    root = linalg.sqrt(A)
    return ge(values(root)[0], 0, scale=enclosing_max(root))
