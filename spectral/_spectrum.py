"""What a spectrum is, and how one is put together from vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import linalg
from spectral.balls import sqrt_nonnegative


@dataclass(frozen=True)
class Spectrum:
    """Eigenvalues with unit eigenvectors, each with its residual and its condition."""

    values: np.ndarray  # (k,) ascending by real part; complex dtype where A is not symmetric
    vectors: np.ndarray  # (n, k), column j belongs to values[j]
    residuals: np.ndarray  # (k,) ||A v - lambda v||_2
    conditions: np.ndarray  # (k,) 1 / |y* v| with unit left vectors y; 1 for a symmetric A
    complete_below: float  # no eigenvalue below is missing; inf: all are here; -inf: not known

    @property
    def is_real(self) -> bool:
        return self.values.dtype.kind != "c"


def from_symmetric(A, values, vectors, complete_below) -> Spectrum:
    residuals = sqrt_nonnegative((abs(A @ vectors - vectors * values) ** 2).sum(axis=0))
    return Spectrum(values, vectors, residuals, np.ones(len(values)), complete_below)


def to_random_walk(vectors, mass):
    """Unit right eigenvectors D^-1/2 u, and the conditions: the left ones are D^1/2 u."""
    root = linalg.sqrt(mass)[:, None]
    right, left = vectors / root, vectors * root
    length = sqrt_nonnegative((right**2).sum(axis=0))
    return right / length, length * sqrt_nonnegative((left**2).sum(axis=0))
