r"""Families of graphs and chains that carry their own exact answers.

    Path(n)  Ring(n)  Star(n)  Complete(n)  CompleteBipartite(a, b)  Hypercube(d)
    TwoState(a, b)  BirthDeath(up, down)  ReflectingWalk(n, p)  RankOne(u, v)
    IdealClusters(k, m, eps)  TwinsAndSingles(m)  CrossedClusters(m, n)

Each is a frozen dataclass with, as far as a closed form is known:

    weights()                   (N, N) W; the chain is P = D^-1 W
    stationary_distribution()   (N,) pi
    laplacian_eigenvalues()     (N,) of I - P, ascending
    conductance()               h, which is the same for both flows wherever W is symmetric
    distance(t)                 max_i TV(P^t(i, .), pi)

A question that a family has no closed form for is a method that it does not have.  Answers are
float64; with `exact=True` they are Fractions, and where a cosine comes in, balls at the working
precision.  The floats are the exact answers rounded, so they can judge an algorithm.

The graphs take `lazy=True` for the walk that stays where it is with probability 1/2: W + D for
W, so (I + P) / 2 for P; it is aperiodic, and halves eigenvalues and conductance.
"""

from spectral.families.bipartite import CompleteBipartite, Star
from spectral.families.birth_death import BirthDeath, ReflectingWalk
from spectral.families.clusters import IdealClusters
from spectral.families.complete import Complete
from spectral.families.hypercube import Hypercube
from spectral.families.misled import CrossedClusters, TwinsAndSingles
from spectral.families.path import Path
from spectral.families.rank_one import RankOne
from spectral.families.ring import Ring
from spectral.families.two_state import TwoState

__all__ = [
    "BirthDeath",
    "Complete",
    "CompleteBipartite",
    "CrossedClusters",
    "Hypercube",
    "IdealClusters",
    "Path",
    "RankOne",
    "ReflectingWalk",
    "Ring",
    "Star",
    "TwinsAndSingles",
    "TwoState",
]
