"""From a graph to proved eigenpairs: a draft in float32 where there are tiles, and its proof."""

from __future__ import annotations

from functools import cache

import numpy as np

from spectral._block_krylov import largest_ritz_pairs
from spectral._certificate import prove
from spectral._checks import check_count

_DRAFT = np.finfo(np.float32).eps  # float32 tiles give true residuals near 2 eps, by trial ...
_PATIENCE = 3  # ... and stall above that where scores are huge; float64 then takes over


def proved(graph, k, options):
    """A proof that meets the tolerance, if it can; products and columns spent.

    A graph with no more vertices than the basis may have columns is solved whole.
    """
    if graph.size <= options["basis"]:
        every = graph.moments(np.eye(graph.size))
        proof = prove(np.eye(graph.size), every.product, every.squares, graph.rounding)
        return proof, 1, graph.size
    tiled = hasattr(graph, "in_float32")
    rough = graph.in_float32() if tiled else graph
    X, products, columns = _draft(rough, k, options, tiled)
    exact = graph.images_near(X, rough.log_degrees)
    proof = prove(exact.vectors, exact.images, exact.squares, graph.rounding)
    products, columns = products + 1, columns + X.shape[1]
    left = options["limit"] - products
    if proof.residuals[:k].max() <= options["tolerance"] or left < 1:
        return proof, products, columns
    apply = _Known(graph._adjacency, exact.vectors, exact.images)
    done = largest_ritz_pairs(apply, exact.vectors, k, **{**options, "limit": left + 1})
    proof = prove(*kept(done, k, exact.squares), exact.squares, graph.rounding)
    return proof, products + done.products - 1, columns + done.columns - X.shape[1]


def _draft(graph, k, options, single):
    """(N, m) orthonormal vectors to prove with; `single`: products are right to float32 only."""
    apply = _FirstSquares(graph)
    if single:
        tolerance = max(options["tolerance"] / 2, _DRAFT)
        options = {**options, "tolerance": tolerance, "patience": _PATIENCE}
    start = options["rng"].standard_normal((graph.size, min(options["block"], graph.size)))
    found = largest_ritz_pairs(apply, start, k, **options)
    X = np.linalg.qr(kept(found, k, apply.squares)[0]).Q
    return X, found.products, found.columns


@cache
def blas_libraries():
    """To keep what is small to one thread: tiles have threads of their own, and two idle threads
    of BLAS that wait for each other take a busy machine's time from both."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def search_options(N, k, tolerance, block, basis, limit, rng):
    if not tolerance > 0:
        raise ValueError(f"tolerance must be positive, got {tolerance}")
    block, limit = check_count(block, "block", 1), check_count(limit, "limit", 1)
    low = min(N, 2 * (k + block))
    if basis < low:
        raise ValueError(f"basis must be at least 2 (k + block) or N, {low}, got {basis}")
    return {"tolerance": tolerance, "block": block, "basis": basis, "limit": limit, "rng": rng}


def kept(found, k, squares):
    """Ritz vectors and their images: those of the proof, and the last one, for the other end."""
    last = len(found.values) - 1
    if last + 1 == len(found.V):
        return found.V @ found.y, found.AV @ found.y
    y = found.y[:, np.unique([*range(_enough(found.values, k, squares)), last])]
    return found.V @ y, found.AV @ y


def _enough(values, k, squares):
    """How many Ritz vectors leave rho below a share of the k-th value; failing that, k + 1.

    Half of it makes the proof easy, and 0.98 just possible; by choice.
    """
    few = min(k + 1, len(values))
    rest = squares - np.cumsum(values**2)
    for share in (0.5, 0.9, 0.98):
        small = np.flatnonzero(rest <= (share * max(values[k - 1], 0)) ** 2)
        if small.size:
            return max(int(small[0]) + 1, few)
    return few


class _FirstSquares:
    """X -> A X, which keeps ||A||_F^2 of the first product."""

    def __init__(self, graph):
        self.graph, self.squares = graph, None

    def __call__(self, X):
        if self.squares is not None:
            return self.graph._adjacency(X)
        first = self.graph.moments(X)
        self.squares = first.squares
        return first.product


class _Known:
    """X -> A X, which spares the first product: its answer is at hand up to a rotation."""

    def __init__(self, apply, X, AX):
        self.apply, self.X, self.AX = apply, X, AX

    def __call__(self, X):
        if self.AX is None:
            return self.apply(X)
        image, self.AX = self.AX @ (self.X.T @ X), None
        return image
