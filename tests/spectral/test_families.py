"""The families: each closed form against the general algorithm, on rationals where it can be."""

from fractions import Fraction

import numpy as np
import pytest

from spectral import chain, conductance, graph, laplacian, linalg
from spectral.balls import Ball, precision, to_balls
from spectral.families import (
    BirthDeath,
    Complete,
    CompleteBipartite,
    Hypercube,
    Path,
    RankOne,
    ReflectingWalk,
    Ring,
    Star,
    TwoState,
)

F = Fraction
EPS = np.finfo(float).eps

FAMILIES = [
    *(Path(n, lazy) for n in (2, 3, 6) for lazy in (False, True)),
    *(Ring(n, lazy) for n in (3, 4, 7) for lazy in (False, True)),
    *(Star(n, lazy) for n in (2, 5) for lazy in (False, True)),
    *(Complete(n, lazy) for n in (2, 5, 6) for lazy in (False, True)),
    *(CompleteBipartite(a, b, lazy) for a, b in ((1, 1), (2, 4), (3, 5)) for lazy in (False, True)),
    *(Hypercube(d, lazy) for d in (1, 3) for lazy in (False, True)),
    TwoState(F(1, 3), F(1, 4)),
    TwoState(1, 1),
    TwoState(F(1, 4), F(3, 4)),
    TwoState(0.5, F(1, 3)),
    BirthDeath((F(1, 2),), (F(1, 4),)),
    BirthDeath((F(1, 2), F(1, 3), F(1, 5)), (F(1, 4), F(1, 2), F(1, 2))),
    BirthDeath((F(1, 9), F(1, 2), F(1, 2), F(1, 9)), (F(1, 9), F(1, 2), F(1, 2), F(1, 9))),
    ReflectingWalk(2, F(1, 2)),
    ReflectingWalk(5, F(1, 3)),
    RankOne((1, 2, 3), (3, 1, 5)),
    RankOne((1, 1, 1, 1), (2, 3, 7, 9)),
]
every = pytest.mark.parametrize("family", FAMILIES, ids=str)
spectra = [f for f in FAMILIES if hasattr(f, "laplacian_eigenvalues")]
distances = [f for f in FAMILIES if hasattr(f, "distance")]


def enclose(answers, values):
    """Whether each exact answer, a Fraction or a ball, may be the value at its position."""
    pairs = zip(to_balls(answers), to_balls(values), strict=True)
    return all(a.lower <= b.upper and b.lower <= a.upper for a, b in pairs)


@every
def test_weights(family):
    W, floats = family.weights(exact=True), family.weights()
    assert all(type(w) is F for w in W.flat)
    assert floats.dtype == np.float64
    assert floats.tolist() == [[float(w) for w in row] for row in W]
    symmetric = (W == W.T).all()
    assert symmetric or isinstance(family, RankOne)


@every
def test_stationary_distribution(family):
    P = graph.transition_matrix(family.weights(exact=True))
    pi = family.stationary_distribution(exact=True)
    assert (chain.stationary_distribution(P) == pi).all()
    assert family.stationary_distribution().tolist() == [float(x) for x in pi]


@every
def test_conductance(family):
    h = family.conductance(exact=True)
    assert conductance.conductance(family.weights(exact=True), flow="stationary").value == h
    assert family.conductance() == float(h)


@pytest.mark.parametrize("family", spectra, ids=str)
def test_laplacian_eigenvalues(family):
    """By the symmetric flow pi_i P_ij, in balls: wide enough that no tolerance is needed."""
    values = family.laplacian_eigenvalues(exact=True)
    P = graph.transition_matrix(family.weights(exact=True))
    flow = family.stationary_distribution(exact=True)[:, None] * P
    with precision(128):
        general = linalg.eigvalsh(laplacian.symmetric_normalized(to_balls(flow)))
    assert enclose(values, general)
    assert (np.diff(family.laplacian_eigenvalues()) >= -2 * EPS).all()


@pytest.mark.parametrize("family", distances, ids=str)
@pytest.mark.parametrize("t", [0, 1, 2, 5])
def test_distance(family, t):
    P = graph.transition_matrix(family.weights(exact=True))
    general = chain.distance_to_stationarity(P, t)
    assert enclose([family.distance(t, exact=True)], [general])
    assert family.distance(t) == pytest.approx(float(general), abs=4 * EPS)


# By hand --------------------------------------------------------------------------------


def test_by_hand():
    assert Path(2).laplacian_eigenvalues().tolist() == [0, 2]
    assert Ring(4).laplacian_eigenvalues() == pytest.approx([0, 1, 1, 2], abs=2 * EPS)
    assert Star(4).weights().tolist() == [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    assert CompleteBipartite(2, 4).conductance(exact=True) == F(1, 2)
    assert (
        Hypercube(2).weights().tolist() == Ring(4).weights()[[0, 1, 3, 2]][:, [0, 1, 3, 2]].tolist()
    )
    assert Hypercube(3, lazy=True).laplacian_eigenvalues(exact=True)[1] == F(1, 3)
    assert TwoState(F(1, 3), F(1, 4)).distance(2, exact=True) == F(5, 12) ** 2 * F(4, 7)
    assert RankOne((1, 1, 1), (1, 1, 1)).conductance(exact=True) == F(2, 3)
    assert RankOne((2,), (3,)).laplacian_eigenvalues().tolist() == [0]


def test_a_small_gap_keeps_its_digits():
    """1 - cos x = x^2/2 - x^4/24 + x^6/720 - ...; 1 - np.cos(x) would lose six digits."""
    x = np.pi / 1000
    expected = x**2 / 2 - x**4 / 24 + x**6 / 720
    assert Path(1001).laplacian_eigenvalues()[1] == pytest.approx(expected, rel=4 * EPS)
    gap = Path(1001).laplacian_eigenvalues(exact=True)[1]
    assert isinstance(gap, Ball)
    assert gap.rad <= 8 * EPS * gap.mid


def test_cutoff_of_the_lazy_hypercube():
    """4 d(t)^2 <= exp(n e^(-2t/n)) - 1 (Levin, Peres, Wilmer 2017, Chapter 12), and a cutoff."""
    n, cube = 32, Hypercube(32, lazy=True)
    middle = int(n * np.log(n) / 2)
    assert cube.distance(middle - n) > 0.8
    for t in (middle, middle + n, middle + 4 * n):
        bound = np.sqrt(np.expm1(n * np.exp(-2 * t / n))) / 2
        assert bound / 2 < cube.distance(t) <= bound


def test_families_are_values():
    assert Ring(5) == Ring(5, lazy=False)
    assert len({Ring(5), Ring(5), Ring(6)}) == 2
    with pytest.raises(AttributeError):
        Ring(5).n = 6


# Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: Path(1), "n must be an integer at least 2, got 1"),
        (lambda: Ring(2), "n must be an integer at least 3, got 2"),
        (lambda: Star(1), "n must be an integer at least 2, got 1"),
        (lambda: Complete(2.5), r"n must be an integer at least 2, got 2\.5"),
        (lambda: CompleteBipartite(0, 2), "a must be an integer at least 1, got 0"),
        (lambda: CompleteBipartite(2, 0), "b must be an integer at least 1, got 0"),
        (lambda: Hypercube(0), "d must be an integer at least 1, got 0"),
        (lambda: TwoState(0, 1), "a must be a probability > 0, got 0"),
        (lambda: TwoState(1, F(3, 2)), "b must be a probability > 0, got 3/2"),
        (lambda: TwoState(np.nan, 1), "a must be a finite rational number, got nan"),
        (lambda: TwoState(1, "x"), "b must be a finite rational number, got 'x'"),
        (lambda: BirthDeath((), ()), "up and down must have one length > 0, got 0, 0"),
        (lambda: BirthDeath((1,), (1, 1)), "one length > 0, got 1, 2"),
        (lambda: BirthDeath((1,), (0,)), r"up and down must be positive, got 0\.0"),
        (lambda: BirthDeath((1, 1), (1, 1)), r"up\[k\] \+ down\[k-1\] must be at most 1, got 2\.0"),
        (lambda: ReflectingWalk(3, 1), "p must be between 0 and 1, got 1"),
        (lambda: ReflectingWalk(1, F(1, 2)), "n must be an integer at least 2, got 1"),
        (lambda: RankOne((1,), ()), "u and v must have one length > 0, got 1, 0"),
        (lambda: RankOne((1, 1), (1, 0)), "v must be positive, got 0"),
        (lambda: RankOne((1,), (1,)).conductance(), "v must have 2 entries or more for a cut"),
        (lambda: Ring(3).distance(-1), "t must be an integer at least 0, got -1"),
    ],
)
def test_refusals(call, match):
    with pytest.raises(ValueError, match=match):
        call()
