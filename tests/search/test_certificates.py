"""Every certificate is confirmed by a second route, and a witness that is tampered with is refused.

Routes: another arithmetic or precision for all; for one of each kind something independent of
the library: rationals and integers of Python, inertia by elimination, residual plus inertia,
decimals, SymPy.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
import sympy

from spectral.balls import precision
from verify.arithmetic import decide, exactly, to_balls
from verify.witness import parse

from .independent import (
    conductance,
    dot,
    eigenvalue,
    negatives,
    norm,
    plus,
    rationals,
    root_below,
    times,
)
from .planting import found
from .test_planted import PLANTED, TABLES

BITS = 333  # not among the precisions that the engine tries


def planted(part):
    return next(check for table in TABLES for check in table.parts if check.part == part)


def witness(part) -> list:
    """The values of the witness of a planted statement, as they are stored."""
    return list(found(planted(part), 0).witness.values())


def matrices(part):
    return [rationals(value) for value in witness(part)]


@pytest.mark.parametrize("check", PLANTED)
def test_another_arithmetic_decides_the_same(check):
    """Rationals against balls of 333 bits, balls against balls: hypotheses, violation, sides."""
    case = tuple(parse(value) for value in found(check, 0).witness.values())
    outcome = exactly(check, case)
    assert outcome.status == "violated"
    with precision(BITS):
        balls = to_balls(case)
        assert all(decide(h.holds(*balls)) for h in check.hypotheses)
        again = check(*balls)
        assert again.decide() is False
    for one, other in zip(outcome.comparison.terms, again.terms, strict=True):
        for x, y in ((one.lhs, other.lhs), (one.rhs, other.rhs)):
            pairs = zip(np.ravel(x).tolist(), np.ravel(y).tolist(), strict=True)
            assert all(overlap(a, b) for a, b in pairs)


def overlap(a, b) -> bool:
    """Whether two numbers, each a rational or a ball, may be one."""
    (low, high), (lower, higher) = (
        (x.lower, x.upper) if hasattr(x, "arb") else (Fraction(x), Fraction(x)) for x in (a, b)
    )
    return low <= higher and lower <= high


# Rationals ------------------------------------------------------------------------------


def test_ternary_error_in_integers():
    W = [Fraction(x) for row in witness("half-step")[0] for x in row]
    gamma = sum(map(abs, W)) / len(W)
    Q = [(2 * w > gamma) - (2 * w < -gamma) for w in W]
    assert 4 * sum((w - gamma * q) ** 2 for w, q in zip(W, Q, strict=True)) > gamma**2 * len(W)


def test_a_chain_that_is_primitive_late():
    """Paths of 2 n steps, as sets of states; n^2 steps reach all from all, so it is primitive."""
    W = matrices("primitive")[0]
    n = len(W)
    reached = [{i} for i in range(n)]
    for step in range(1, n * n + 1):
        reached = [{j for k in states for j in range(n) if W[k][j] > 0} for states in reached]
        if step == 2 * n:
            assert any(len(states) < n for states in reached)
    assert all(len(states) == n for states in reached)


def test_a_trace_in_sympy():
    W = sympy.Matrix(witness("real-spectrum")[0])
    P = sympy.diag(*[1 / sum(W.row(i)) for i in range(W.rows)]) * W
    assert (P * P).trace() < 1


def test_ranks_in_sympy():
    W = sympy.Matrix(witness("rank")[0])
    gamma = sum(map(abs, W)) / len(W)
    Q = W.applyfunc(lambda w: bool(2 * w > gamma) - bool(2 * w < -gamma))
    assert Q.rank() > W.rank()


def test_a_stationary_law_in_sympy():
    W = sympy.Matrix(witness("in-degrees")[0])
    P = sympy.diag(*[1 / sum(W.row(i)) for i in range(W.rows)]) * W
    (pi,) = (P.T - sympy.eye(W.rows)).nullspace()
    columns = sympy.ones(1, W.rows) * W
    assert (pi.T / sum(pi) - columns / sum(columns)) != sympy.zeros(1, W.rows)


# Eigenvalues: inertia -------------------------------------------------------------------


def test_inertia_counts():
    A = rationals([[0, 1, 2], [1, 0, 3], [2, 3, 0]])  # no diagonal to begin with
    assert negatives(A) == int((np.linalg.eigvalsh(np.array(A, float)) < 0).sum()) == 2
    low, high = eigenvalue(rationals([[0, 1], [1, 1]]), 1)  # x^2 = x + 1
    assert low**2 - low - 1 <= 0 < high**2 - high - 1


def test_an_eigenvalue_moves_more_than_any_entry():
    A, E = matrices("weyl-by-entries")
    moves = [
        max(after[0] - before[1], before[0] - after[1])
        for k in range(len(A))
        for before, after in [(eigenvalue(A, k), eigenvalue(plus(A, E), k))]
    ]
    assert max(moves) > max(abs(x) for row in E for x in row)


def test_a_gap_closes_by_more_than_the_norm():
    A, E = matrices("gap-moves-once")
    B = plus(A, E)
    gap_after = eigenvalue(B, 1)[1] - eigenvalue(B, 0)[0]
    gap_before = eigenvalue(A, 1)[0] - eigenvalue(A, 0)[1]
    assert gap_after < gap_before - norm(E)[1]


def test_a_norm_above_that_of_noise():
    (E,) = matrices("noise")
    assert len(E) * norm(E)[0] ** 2 > 4 * sum(x**2 for row in E for x in row)


def test_a_normalized_laplacian_as_a_pencil():
    """D^-1/2 (D - W) D^-1/2 has the eigenvalues of D - W against D: no root is taken."""
    (W,) = matrices("cheeger")
    D = [[sum(row) * (i == j) for j in range(len(W))] for i, row in enumerate(W)]
    assert eigenvalue(plus(D, W, -1), 1, B=D)[0] > conductance(W)


def test_a_pencil_below_the_square_of_conductance():
    (W,) = matrices("cheeger-without-half")
    D = [[sum(row) * (i == j) for j in range(len(W))] for i, row in enumerate(W)]
    assert eigenvalue(plus(D, W, -1), 1, B=D)[1] < conductance(W) ** 2


def test_a_lost_definiteness():
    A, E = matrices("square-is-monotone")
    B = plus(A, E)
    squares = [[[dot(row, column) for column in zip(*M, strict=True)] for row in M] for M in (A, B)]
    assert negatives(A) == negatives(E) == 0 < negatives(plus(squares[1], squares[0], -1))


# Eigenvectors: residual plus inertia ----------------------------------------------------


@pytest.mark.parametrize("n", [2, 3, 8])
def test_an_eigenvector_turns_by_more_than_misquoted(n):
    """A rational u near the first eigenvector v has sin(u, v) <= |A u - r u| / (|u| gap).

    Sines of angles between lines are a metric, for they are norms of differences of projectors.
    """
    A, E = matrices(f"davis-kahan-{n}")
    B = plus(A, E)
    (u, error_u), (w, error_w) = first_vector(A), first_vector(B)
    sine = root_below(1 - dot(u, w) ** 2 / (dot(u, u) * dot(w, w))) - error_u - error_w
    gap = eigenvalue(A, 1)[0] - eigenvalue(A, 0)[1]
    assert sine * gap > norm(E)[1]


def first_vector(A) -> tuple[list[Fraction], Fraction]:
    """A rational vector, and a bound on the sine between it and the first eigenvector."""
    u = [Fraction(x) for x in np.linalg.eigh(np.array(A, float)).eigenvectors[:, 0].tolist()]
    rayleigh = dot(u, times(A, u)) / dot(u, u)
    residual = [x - rayleigh * y for x, y in zip(times(A, u), u, strict=True)]
    gap = eigenvalue(A, 1)[0] - rayleigh
    assert gap > 0
    return u, root_below(dot(residual, residual) / dot(u, u)) / gap + Fraction(1, 2**50)


# Exponentials and logarithms: decimals --------------------------------------------------


def softmax_in_decimals(s):
    weights = [(Decimal(x.numerator) / x.denominator).exp() for x in s]
    return [w / sum(weights) for w in weights]


def test_top_k_in_decimals():
    s, k = witness("top-k")
    s = sorted((Fraction(x) for x in s), reverse=True)
    with localcontext(prec=60):
        gap = s[k - 1] - s[k]
        kept = sum(softmax_in_decimals(s)[:k])
        assert kept < 1 - (-Decimal(gap.numerator) / gap.denominator).exp() - Decimal("1e-50")


def test_an_entropy_in_decimals():
    (s,) = witness("entropy-deficit")
    s = [Fraction(x) for x in s]
    with localcontext(prec=60):
        entropy = -sum(p * p.ln() for p in softmax_in_decimals(s))
        spread = (max(s) - min(s)) ** 2 / 9
        bound = Decimal(spread.numerator) / spread.denominator
        assert Decimal(len(s)).ln() - entropy > bound + Decimal("1e-50")


# Eigenvalues of chains: SymPy's roots ---------------------------------------------------


def test_moduli_by_sympy():
    W = sympy.Matrix(witness("one-step")[0])
    P = sympy.diag(*[1 / sum(W.row(i)) for i in range(W.rows)]) * W
    (pi,) = (P.T - sympy.eye(W.rows)).nullspace()
    pi = pi / sum(pi)
    distance = max(sum(abs(P[i, j] - pi[j]) for j in range(W.rows)) / 2 for i in range(W.rows))
    x = sympy.Symbol("x")
    others = sympy.Poly(sympy.cancel(P.charpoly(x).as_expr() / (x - 1)), x)
    assert distance > max(abs(root) for root in others.nroots(n=40)) + sympy.Rational(1, 10**30)
