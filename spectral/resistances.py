r"""Effective resistances of the edges of large sparse graphs, with bounds that hold together.

    R_e = b^T L^+ b,   b = e_i - e_j,   L = D - W,   e = {i, j}.

Which function?  `exact_edge_resistances` for graphs that come apart, such as those of points in
the plane or in space: 20,000 vertices take seconds.  `edge_resistances` for graphs that do not,
such as random ones, whose factors fill in; it is a random projection.

Spielman and Srivastava [SS]_ take k columns of independent N(0, 1) in Q, U = L^+ B^T W^1/2 Q with
B^T W B = L; then |U_i - U_j|^2 is R_e chi^2_k.  An error of 10 % on all of 10^5 edges takes
k = 7,000, and as many linear systems.  Here only what is not known is projected.  On what is
orthogonal to the kernel of I - N, N = D^-1/2 W D^-1/2,

    (I - N)^+ = I + N + N (I - N)^+ N,

so two steps of the walk P = D^-1 W are known, and the rest is the same U averaged over neighbours:

    R_e = 1 / d_i + 1 / d_j - 2 w_ij / (d_i d_j) + r_e,   |(P U)_i - (P U)_j|^2 = r_e chi^2_k.

r_e is 10 to 70 % of R_e, and k falls with the square of that: 200 to 4,000.  How many columns are
needed shows in r_e, so a round of 64 finds it out.  Each draws afresh: columns that chose their
own number would no longer have the law of chi-square.  The probability of failure is split.

Bounds.  Over m edges, each tail of chi^2_k at probability failure / 2m, exactly [DG]_; errors e of
the solver, with sum e^T L e <= k eta^2, move a root of r_e by at most eta, relative (Cauchy and
Schwarz in the norm of L).  Beside them 1 / min(d_i, d_j) <= R_e <= 1 / w_e, always.

References
----------
.. [SS] D. A. Spielman, N. Srivastava, Graph sparsification by effective resistances, SIAM J.
   Comput. 40 (2011): Theorem 2, the projection.
.. [DG] S. Dasgupta, A. Gupta, An elementary proof of a theorem of Johnson and Lindenstrauss,
   Random Struct. Algorithms 22 (2003): Lemma 2.2 bounds the tails that are here taken as they are.
.. [F] R. M. Foster, The average impedance of an electrical network (1949): sum w_e R_e = n - c.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._checks import check_choice, check_scalar

_FIRST = 64  # columns of the first round, by choice; small beside those of the second
_ROOM = 0.9  # of the error, aimed at by the later rounds; by trial: two rounds in all
_LARGEST = 2**24  # columns
_ETA = 2.0**-8  # asked of the solver: a hundredth of the square root's spread at k = 2,000
_BLOCK = 2**21  # entries (edge, column) at a time: 16 MB, by trial


@dataclass(frozen=True)
class EdgeResistances:
    """R of m edges i < j: estimates, and bounds that hold for all of them at once."""

    i: np.ndarray  # (m,)
    j: np.ndarray  # (m,)
    weights: np.ndarray  # (m,) w_e
    resistances: np.ndarray  # (m,) estimates, unbiased where no bound cuts them
    lower: np.ndarray  # (m,)
    upper: np.ndarray  # (m,)
    error: float  # the largest relative error that the bounds allow the estimates
    failure: float  # a bound of the probability that some R_e is not between its bounds
    dimension: int  # k, columns of the round that gave the estimates; 0 of an exact method
    systems: int  # solved in all rounds
    solver: str
    solver_error: float  # eta, for which the bounds make room
    rank: int  # vertices - components, which the leverages sum to

    @property
    def leverages(self) -> np.ndarray:
        """(m,) w_e R_e, the probability that a random spanning tree has the edge."""
        return self.weights * self.resistances

    @property
    def foster_defect(self) -> float:
        """|sum of leverages / rank - 1|, which is 0 of exact resistances [F]_; 0 without edges."""
        return abs(float(self.leverages.sum()) / self.rank - 1) if self.rank else 0.0


def edge_resistances(
    W,
    *,
    rng: np.random.Generator,
    error: float = 0.1,
    failure: float = 0.01,
    solver: str | None = None,
) -> EdgeResistances:
    """R of every edge, to a relative `error` at all edges at once, with probability 1 - `failure`.

    *Hypothesis:* W >= 0 is symmetric.  It may have several components; loops do not count.

    Parameters
    ----------
    W : sparse or dense (N, N)
    rng : numpy.random.Generator
    error : in (0, 1); k grows like its inverse square
    failure : in (0, 1); k grows like its logarithm
    solver : "factorization", of L by SuperLU, for graphs that come apart, such as those of points
        in the plane or in space; "conjugate-gradients", for graphs that do not, whose factors fill
        in; by default the second if it solves one system in 64 steps

    *Raises* ValueError for weights that are negative, not finite or not symmetric; ArithmeticError
    where `error` asks for more columns than 2^24, or more accuracy than the solver has.
    """
    from spectral._projected_resistances import Projection
    from spectral._resistor_network import network

    net = network(W)
    error, failure = _open_unit(error, "error"), _open_unit(failure, "failure")
    if solver is not None:
        check_choice(solver, "solver", ("factorization", "conjugate-gradients"))
    if not len(net.w):
        return _exact(net, np.zeros(0), "none")
    projection, budget, k = Projection(net, solver, min(_ETA, error / 8), rng), failure, _FIRST
    while True:
        projection.draw(k, _BLOCK)
        budget /= 2
        bounds = projection.bounds(k, budget)
        if bounds.error <= error:
            break
        k = projection.columns_needed(_ROOM * error, budget / 2, _LARGEST)
    return EdgeResistances(
        net.i, net.j, net.w, bounds.middle, bounds.lower, bounds.upper, bounds.error, failure,
        k, projection.systems, projection.solver, projection.eta, net.n - len(net.roots),
    )  # fmt: skip


def exact_edge_resistances(W) -> EdgeResistances:
    """R of every edge, to rounding: from those entries of L^-1 that its factors can hold.

    For sparse graphs that come apart, at any size; where factors fill in, as those of random graphs
    do, it takes N^3 operations, as a dense inverse would.  W as for `edge_resistances`.

    *Numerics:* no random number, no iteration; the error shows in `foster_defect`.  *Raises*
    ArithmeticError where the leverages miss their sum: W spreads too far for float64.
    """
    from spectral._resistor_network import network
    from spectral._selected_inverse import edge_entries

    net = network(W)
    found = _exact(net, edge_entries(net) if len(net.w) else np.zeros(0), "selected inverse")
    if not found.foster_defect <= np.sqrt(np.finfo(float).eps):  # by choice, as `leverage_scores`
        raise ArithmeticError(
            f"the leverages of W must sum to {found.rank}, and miss it by "
            f"{found.foster_defect:.1e}, relative: its weights spread too far for float64"
        )
    return found


def _exact(net, R, solver):
    rank = net.n - len(net.roots)
    return EdgeResistances(net.i, net.j, net.w, R, R, R, 0.0, 0.0, 0, 0, solver, 0.0, rank)


def _open_unit(x, name):
    x = check_scalar(x, name, like=np.zeros(1))
    if not 0 < x < 1:
        raise ValueError(f"{name} must lie strictly between 0 and 1, got {x}")
    return x
