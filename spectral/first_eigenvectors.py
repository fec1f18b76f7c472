r"""The first k eigenvectors of a symmetric matrix: the gap behind them, and how far they turn.

All is read off orthogonal projectors (`spectral.angles` says why), in floats and in balls.
*Hypothesis:* lambda_k < lambda_{k+1}, for A and for A + E; else the space is not determined: balls
are `Undecided`, and floats answer for some choice of eigenvectors.
"""

from __future__ import annotations

from dataclasses import dataclass

from spectral import linalg
from spectral._checks import check_count
from spectral.angles import projector_distance_squared
from spectral.balls import sqrt_nonnegative


def gap_after(A, k: int, *, of=None):
    """lambda_{k+1} - lambda_k, 1 <= k < n; with `of`, lambda_{k+1} is that of another matrix.

    The latter is the gap of Davis and Kahan between the first k of A and the rest of `of` = A + E.
    """
    k = check_count(k, "k", 1, len(A) - 1)
    values = linalg.eigvalsh(A)
    others = values if of is None else linalg.eigvalsh(of)
    return others[k] - values[k - 1]


def rotation(A, B, k: int):
    """||sin Theta||_F between the first k eigenvectors of A and those of B, 1 <= k < n."""
    return _sine(_projector(A, k), _projector(B, k))


@dataclass(frozen=True)
class Turn:
    """What E does to the first k eigenvectors U_k of A, where U~_k are those of A + E."""

    sine: object  # ||sin Theta(U_k, U~_k)||_F
    residual: object  # ||E U_k||_F


def turn(A, E, k: int) -> Turn:
    """How far the first k eigenvectors of A turn if E is added, and the residual, 1 <= k < n."""
    P = _projector(A, k)
    return Turn(_sine(P, _projector(A + E, k)), linalg.norm(E @ P, "fro"))


def _projector(A, k):
    return linalg.spectral_projector(A, slice(check_count(k, "k", 1, len(A) - 1)))


def _sine(P, Q):
    return sqrt_nonnegative(projector_distance_squared(P, Q))
