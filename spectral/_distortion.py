"""What one given projection distorts, over all pairs of points; see `spectral.projection`."""

from __future__ import annotations

import numpy as np

from spectral import linalg
from spectral._checks import check_array


def distance_distortion(Phi, x, y=None):
    """max over pairs of | |Phi(x_i - y_j)|^2 / |x_i - y_j|^2 - 1 |, in the points' arithmetic.

    Phi is (m, d), x is (N, d), y is (M, d), and x itself by default.  Pairs at distance 0 stay
    there and are left out; over no pairs the maximum is 0.
    """
    Phi, x, y = _judged(Phi, x, y)

    def changes(row):
        differences = row - y
        distances = (differences**2).sum(axis=1)
        images = ((differences @ Phi.T) ** 2).sum(axis=1)
        apart = np.asarray(distances != 0, bool)
        return abs(images[apart] / distances[apart] - 1)

    return _largest([changes(row) for row in x], like=x)


def length_distortion(Phi, x):
    """max over the vectors x_i != 0 of | |Phi x_i|^2 / |x_i|^2 - 1 |; 0 if there are none."""
    return distance_distortion(Phi, x, 0 * x[:1])


def inner_product_errors(Phi, x, y) -> np.ndarray:
    """(N, M) | <Phi x_i, Phi y_j> - <x_i, y_j> |."""
    Phi, x, y = _judged(Phi, x, y)
    return abs((x @ Phi.T) @ (Phi @ y.T) - x @ y.T)


def inner_product_distortion(Phi, x, y=None, *, relative: bool = False):
    """max over pairs of | <Phi x_i, Phi y_j> - <x_i, y_j> |; `relative`: over |x_i| |y_j|.

    Arguments as for `distance_distortion`.  Pairs with a vector 0, which stays 0, are left out of
    the relative one, whose root is a TypeError where rational points make it irrational.
    """
    Phi, x, y = _judged(Phi, x, y)
    images, norms = y @ Phi.T, (y**2).sum(axis=1)

    def changes(row):
        change = abs(images @ (Phi @ row) - y @ row)
        if not relative:
            return change
        sizes = (row**2).sum() * norms
        nonzero = np.asarray(sizes != 0, bool)
        return change[nonzero] ** 2 / sizes[nonzero]  # squares: one root, at the end

    largest = _largest([changes(row) for row in x], like=x)
    return linalg.sqrt(largest, like=x) if relative else largest


def _judged(Phi, x, y):
    Phi, x = check_array(Phi, "Phi", ndim=2), check_array(x, "x", ndim=2)
    y = x if y is None else check_array(y, "y", ndim=2)
    for array, name in ((x, "x"), (y, "y")):
        if array.shape[1] != Phi.shape[1]:
            raise ValueError(f"{name} must have {Phi.shape[1]} columns, got shape {array.shape}")
    return Phi, x, y


def _largest(parts, like):
    values = np.concatenate(parts)
    if values.size == 0:
        return 0.0 if like.dtype != object else 0 * like[0, 0]
    if like.dtype != object:
        return float(values.max())
    from spectral.balls import enclosing_max

    return enclosing_max(values)
