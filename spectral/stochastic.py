r"""Traces and densities of spectra that are too large to be found, estimated with their errors.

    hutchinson(A)           tr A as the mean of z^T A z, z of random signs [H]_
    hutch_plus_plus(A)      the same, after the range of A that a few vectors find is taken out [M]_
    spectral_density(A)     (1 / N) sum_i g(x - lambda_i), g a Gaussian of a chosen width, by
                            Lanczos from random vectors [U]_

for any symmetric linear operator that takes blocks, those of `spectral.operators` among them.

All are unbiased, but for the density's quadrature, and each comes with a standard error from the
spread of its own probes.  That is an estimate too: of s probes it is off by about its
1 / sqrt(2 s)-th part, and it misses what no probe has seen.

References
----------
.. [H] M. F. Hutchinson, A stochastic estimator of the trace of the influence matrix, Comm. Stat.
   Simul. Comput. 19 (1990).
.. [M] R. A. Meyer, C. Musco, C. Musco, D. P. Woodruff, Hutch++: optimal stochastic trace
   estimation, SOSA (2021): Algorithm 1.
.. [U] S. Ubaru, J. Chen, Y. Saad, Fast estimation of tr(f(A)) via stochastic Lanczos quadrature,
   SIAM J. Matrix Anal. Appl. 38 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._checks import check_array, check_count

_EPS = np.finfo(float).eps


@dataclass(frozen=True)
class Estimate:
    """A random estimate with its standard error."""

    value: float
    standard_error: float
    columns: int  # vectors that A was applied to


@dataclass(frozen=True)
class Density:
    """Estimates of the density of eigenvalues, smoothed, at some points."""

    at: np.ndarray  # (p,)
    values: np.ndarray  # (p,)
    standard_errors: np.ndarray  # (p,)
    width: float  # standard deviation of the Gaussian
    products: int  # with blocks of as many columns as there are probes


def hutchinson(A, probes: int, *, rng: np.random.Generator) -> Estimate:
    """tr A from `probes` >= 2 vectors of signs, A symmetric.

    Its variance is 2 (||A||_F^2 - sum A_ii^2) / probes.
    """
    N, probes = _size(A), check_count(probes, "probes", 2)
    values = _quadratic_forms(A, _signs(N, probes, rng))
    return Estimate(float(values.mean()), _error(values), probes)


def hutch_plus_plus(A, columns: int, *, rng: np.random.Generator) -> Estimate:
    """tr A from `columns` >= 6 products: exactly on a range of a third of them, Hutchinson beyond.

    For A >= 0 the error falls like 1 / columns, not 1 / sqrt(columns) [M]_; for others that are
    near low rank it is small, and the standard error says so.
    """
    N, columns = _size(A), check_count(columns, "columns", 6)
    part = min(columns // 3, N)
    Q = np.linalg.qr(A @ _signs(N, part, rng)).Q
    exact = float(np.vdot(Q, A @ Q))
    if part == N:
        return Estimate(exact, 0.0, 2 * part)
    G = _signs(N, columns - 2 * part, rng)
    values = _quadratic_forms(A, G - Q @ (Q.T @ G))
    return Estimate(exact + float(values.mean()), _error(values), columns)


def spectral_density(
    A,
    at,
    *,
    width: float,
    interval: tuple[float, float],
    probes: int = 16,
    rng: np.random.Generator,
) -> Density:
    """(1 / N) sum_i exp(-(x - lambda_i)^2 / 2 w^2) / (w sqrt(2 pi)) at x in `at`, w = `width`.

    Parameters
    ----------
    A : (N, N) symmetric operator
    at : (p,) points
    width : of the Gaussian; what is closer together is not told apart
    interval : one that holds the spectrum: (0, 2) of a normalized Laplacian
    probes : random vectors, >= 2; they advance as one block
    rng : for the vectors

    Takes m = ceil(3 r / width) products, r half the interval's length.  Lanczos' quadrature is
    exact to degree 2 m - 1, and the Gaussian's expansion in Chebyshev polynomials falls like
    exp(-(n width / r)^2 / 2) at degree n: what is left out is exp(-18), 1.5e-8 of the peak.
    """
    N, probes = _size(A), check_count(probes, "probes", 2)
    at = check_array(at, "at", ndim=1)
    low, high = interval
    if not low < high:
        raise ValueError(f"interval must be (low, high) with low < high, got {interval}")
    if not 0 < width < np.inf:
        raise ValueError(f"width must be positive and finite, got {width}")
    steps = min(int(np.ceil(3 * (high - low) / (2 * width))), N)
    start = rng.standard_normal((N, probes))
    a, b = _lanczos(A, start / np.linalg.norm(start, axis=0), steps)
    values = np.stack([_smoothed(a[:, j], b[:, j], at, width) for j in range(probes)])
    error = values.std(axis=0, ddof=1) / np.sqrt(probes)
    return Density(at, values.mean(axis=0), error, float(width), steps)


def _lanczos(A, v, steps):
    """(steps, b) diagonals and (steps - 1, b) off-diagonals of b three-term recurrences at once.

    Lost orthogonality repeats nodes and splits their weights, which a quadrature does not mind.
    A recurrence that ends has b = 0 from there on, and its other vectors get no weight.
    """
    a, b = np.zeros((steps, v.shape[1])), np.zeros((max(steps - 1, 0), v.shape[1]))
    before = np.zeros_like(v)
    for j in range(steps):
        w = A @ v - before * (b[j - 1] if j else 0)
        a[j] = (v * w).sum(axis=0)
        if j < steps - 1:
            w -= v * a[j]
            size = np.linalg.norm(w, axis=0)
            noise = len(v) * _EPS * (np.abs(a).max(axis=0) + b.max(axis=0))
            b[j] = np.where(size > noise, size, 0)
            before, v = v, np.divide(w, b[j], where=b[j] > 0, out=np.zeros_like(w))
    return a, b


def _smoothed(a, b, at, width):
    """(p,) the Gaussians at the nodes of one recurrence, by the squares of first components."""
    from scipy.linalg import eigh_tridiagonal

    nodes, y = eigh_tridiagonal(a, b)
    gaussians = np.exp(-(((at[:, None] - nodes) / width) ** 2) / 2)
    return gaussians @ y[0] ** 2 / (width * np.sqrt(2 * np.pi))


def _quadratic_forms(A, Z):
    return (Z * (A @ Z)).sum(axis=0)


def _error(values):
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def _signs(N, count, rng):
    return rng.choice([-1.0, 1.0], (N, count))


def _size(A):
    if len(A.shape) != 2 or A.shape[0] != A.shape[1] or A.shape[0] == 0:
        raise ValueError(f"A must be square and nonempty, got shape {A.shape}")
    return A.shape[0]


__all__ = ["Density", "Estimate", "hutch_plus_plus", "hutchinson", "spectral_density"]
