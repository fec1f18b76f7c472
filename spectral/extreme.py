r"""The ends of a spectrum that is too large to be formed, with certificates.

    laplacian_eigenpairs(graph, k)   k smallest of I - D^-1/2 W D^-1/2, `spectral.operators`' graphs
    extreme_eigenpairs(A, k)         k largest or smallest of any symmetric linear operator

What is certified, and what is not?

    residuals    ||A x_j - theta_j x_j||: *some* eigenvalue is within it of theta_j
    lower, upper enclose the j-th eigenvalue *by its index*
    complete     the enclosures are no wider than the tolerance, so that no eigenvalue is missing

Rayleigh quotients bound one side always (Cauchy).  The other side needs the sum of all squared
entries of A, of which the vectors must account for most: `spectral._certificate` has the proof.
Where they do not, `complete` is False, the other side is the best that is known (0 for the
smallest of a Laplacian), and an eigenvalue may have been missed.

All hold in floating point: `rounding`, a bound on the error of a product, is in the enclosures.
`laplacian_eigenpairs` derives it for its graphs; for other operators it is N eps ||A||, which
is right for products whose sums have at most N terms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._block_krylov import largest_ritz_pairs
from spectral._certificate import prove
from spectral._checks import check_choice, check_count
from spectral._proved_pairs import blas_libraries, kept, proved, search_options

_EPS = np.finfo(float).eps


@dataclass(frozen=True)
class ExtremePairs:
    """k eigenpairs at one end, from the outermost inwards, and what is proved of them."""

    values: np.ndarray  # (k,)
    vectors: np.ndarray  # (N, k), orthonormal
    residuals: np.ndarray  # (k,) 2-norms
    lower: np.ndarray  # (k,) the j-th eigenvalue from that end lies in [lower_j, upper_j]
    upper: np.ndarray
    tolerance: float  # of the residuals that was asked for
    rounding: float  # how far a computed product may be off; part of lower and upper
    other_end: tuple[float, float]  # the outermost eigenvalue of the other end lies in it
    products: int  # with blocks of vectors, of either precision
    columns: int  # vectors in all those blocks

    @property
    def converged(self) -> bool:
        """Whether the residuals are within the tolerance; if not, take a higher `limit`."""
        return bool(self.residuals.max() <= self.tolerance)

    @property
    def complete(self) -> bool:
        """Whether it is shown that none is missing: enclosures no wider than the tolerance."""
        return bool((self.upper - self.lower).max() <= self.tolerance)


def laplacian_eigenpairs(
    graph,
    k: int,
    *,
    rng: np.random.Generator,
    tolerance: float = 1e-6,
    block: int = 64,
    basis: int = 512,
    limit: int = 100,
) -> ExtremePairs:
    """The k smallest eigenpairs of I - D^-1/2 W D^-1/2 of a symmetric graph, ascending.

    Parameters
    ----------
    graph : of `spectral.operators`, with at least k vertices
    k : how many
    rng : for the vectors to start from
    tolerance : of the residuals
    block : columns of a product
    basis : columns kept, at most; memory is 4 N basis float64, all told
    limit : of products

    A graph of up to `basis` vertices is solved whole, from one product.  A larger dense one takes
    a Krylov space by float32 tiles, then one product in float64 with its Ritz vectors, from which
    all that is certified comes; more of those if residuals ask for it.
    """
    graph.needs_symmetry("laplacian_eigenpairs")
    k = check_count(k, "k", 1, graph.size)
    options = search_options(graph.size, k, tolerance, block, basis, limit, rng)
    with blas_libraries().limit(limits=1, user_api="blas"):
        proof, products, columns = proved(graph, k, options)
    above = np.minimum(proof.above[:k], 1)
    return ExtremePairs(
        values=1 - proof.values[:k],
        vectors=proof.vectors[:, :k],
        residuals=proof.residuals[:k],
        lower=1 - above,
        upper=1 - proof.values[:k] + graph.rounding,
        tolerance=tolerance,
        rounding=graph.rounding,
        other_end=(float(1 - proof.values[-1] - graph.rounding), min(2.0, 1 - proof.smallest)),
        products=products,
        columns=columns,
    )


def extreme_eigenpairs(
    A,
    k: int,
    *,
    rng: np.random.Generator,
    end: str = "largest",
    tolerance: float | None = None,
    squares: float = np.inf,
    block: int = 64,
    basis: int = 512,
    limit: int = 1000,
) -> ExtremePairs:
    """The k largest (descending) or smallest (ascending) eigenpairs of a symmetric A.

    Parameters
    ----------
    A : anything with a shape whose `A @ X` is (N, b): an array, sparse, or a LinearOperator; its
        symmetry is the caller's word
    k : how many, up to N
    rng : for the vectors to start from
    end : "largest" or "smallest"
    tolerance : of the residuals; by default sqrt(eps) times the root mean square eigenvalue, as
        the start vectors estimate it
    squares : ||A||_F^2 if it is known, by which completeness may be shown
    block, basis, limit : as in `laplacian_eigenpairs`
    """
    check_choice(end, "end", ("largest", "smallest"))
    if len(A.shape) != 2 or A.shape[0] != A.shape[1] or A.shape[0] == 0:
        raise ValueError(f"A must be square and nonempty, got shape {A.shape}")
    N, sign = A.shape[0], 1 if end == "largest" else -1
    k = check_count(k, "k", 1, N)
    start = rng.standard_normal((N, min(block, N)))
    if tolerance is None:
        size = np.linalg.norm(A @ start) / np.linalg.norm(start)
        tolerance = float(np.sqrt(_EPS) * size) or np.finfo(float).tiny  # of A = 0
    options = search_options(N, k, tolerance, block, basis, limit, rng)
    found = largest_ritz_pairs(lambda X: sign * (A @ X), start, k, **options)
    rounding = float(N * _EPS * np.abs(found.values).max())
    proof = prove(*kept(found, k, squares), squares, rounding)
    inner, outer = proof.values[:k] - rounding, proof.above[:k]
    lower, upper = (inner, outer) if sign > 0 else (-outer, -inner)
    far = sorted((sign * proof.smallest, sign * float(proof.values[-1] + rounding)))
    return ExtremePairs(
        values=sign * proof.values[:k],
        vectors=proof.vectors[:, :k],
        residuals=proof.residuals[:k],
        lower=lower,
        upper=upper,
        tolerance=tolerance,
        rounding=rounding,
        other_end=tuple(far),
        products=found.products,
        columns=found.columns,
    )


__all__ = ["ExtremePairs", "extreme_eigenpairs", "laplacian_eigenpairs"]
