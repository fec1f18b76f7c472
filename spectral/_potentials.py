r"""Potentials of currents in a network of resistors, L u = y, with a bound of their error.

The error e = u - L^+ y is bounded in energy by what the residual r = y - L u proves:

    e^T L e = r^T L^+ r <= (||r||_1 / 2)^2 max R,

since r is a sum of currents from vertex to vertex of total ||r||_1 / 2, of which a unit costs at
most max R.  No eigenvalue is estimated, and it does not matter how u was found.

Algebraic multigrid (pyamg 5.4.1) was tried at 20,000 vertices, on points in the plane and in space,
a grid, a random graph and one of preferential attachment: 30 to 150 ms a system to a residual of
1e-3, where a factorization takes 2 to 3 ms (the first three), or conjugate gradients 8 to 13 ms.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu
from threadpoolctl import threadpool_limits

from spectral._resistor_network import Network

_EPS = np.finfo(float).eps
_TINY = np.finfo(float).tiny  # below it a column has arrived, and 0 / 0 is to be 0
_PROBE = 64  # iterations; by trial: graphs that need more have factors that are cheap
_MOST = 10_000  # iterations
SOLVERS = ("factorization", "conjugate-gradients")


def solver_for(net: Network, solver: str | None, accuracy: float) -> tuple[str, Callable]:
    """The solver's name, and a function from currents Y (n, c) to potentials (n, c)."""
    limit = _currents_left(net, accuracy)
    if solver is None:
        y = net.incidence @ np.random.default_rng(0).standard_normal((len(net.w), 1))
        solver = SOLVERS[_iterated(net, y, limit, _PROBE) is not None]
    if solver == "factorization":
        return solver, _factorized(net)
    return solver, lambda Y: _converged(_iterated(net, Y, limit, _MOST), limit)


def energies(net: Network, Y, U, terms) -> np.ndarray:
    """(c,) bounds of e^T L e for each column, rounding of the residual included.

    `terms` bounds sums of absolute values that made Y; entries of Y and L U are sums of at most
    twice as many terms as a vertex has edges, two roundings each.
    """
    residual = np.abs(Y - net.laplacian @ U)
    size = terms + net.degrees[:, None] * np.abs(U) + net.weights @ np.abs(U)
    rounding = 2 * (net.weights.count_nonzero(axis=1).max() + 2) * _EPS * size
    return ((residual + rounding).sum(axis=0) / 2) ** 2 * net.farthest


def _currents_left(net, accuracy):
    """||r||_2 that keeps the energy of the error to accuracy^2: ||r||_1 <= sqrt(n) ||r||_2."""
    return 2 * accuracy / np.sqrt(net.n * net.farthest)


def factors(net):
    """The vertices that are no roots, and Cholesky's factors of L there, by SuperLU."""
    kept = np.delete(np.arange(net.n), net.roots)
    grounded = csc_array(net.laplacian[kept][:, kept])
    how = {"permc_spec": "MMD_AT_PLUS_A", "diag_pivot_thresh": 0.0}
    try:
        return kept, splu(grounded, options={"SymmetricMode": True}, **how)
    except RuntimeError as error:  # "Factor is exactly singular"
        text = "a pivot of the Laplacian of W is 0: its weights spread too far for float64"
        raise ArithmeticError(text) from error


def _factorized(net):
    kept, lu = factors(net)

    def solve(Y):
        U = np.zeros_like(Y)
        with threadpool_limits(1, "blas"):  # its blocks are small: threads wait, eight times longer
            U[kept] = lu.solve(Y[kept])
        return U

    return solve


def _iterated(net, Y, limit, steps):
    """Conjugate gradients on all columns side by side, preconditioned by degrees; None if too few.

    Each column goes its own way; together they read L once a step.
    """
    inverse = 1 / np.where(net.degrees > 0, net.degrees, 1)[:, None]
    U, R = np.zeros_like(Y), Y.copy()
    P = inverse * R
    energy = (R * P).sum(axis=0)
    for _ in range(steps):
        if ((R**2).sum(axis=0) <= limit**2).all():
            return U
        LP = net.laplacian @ P
        step = energy / np.maximum((P * LP).sum(axis=0), _TINY)
        U += step * P
        R -= step * LP
        Z = inverse * R
        before, energy = energy, (R * Z).sum(axis=0)
        P = Z + energy / np.maximum(before, _TINY) * P
    return None


def _converged(U, limit):
    if U is None:
        raise ArithmeticError(
            f"conjugate gradients leave currents above {limit:.1e} after {_MOST} steps; "
            "try solver='factorization'"
        )
    return U
