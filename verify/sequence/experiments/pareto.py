r"""Similarity against energy of the baselines, in place of the sequence paper's Figure 4.

One layer on the haystack of `needle`: q, k, v = x W, with one Gaussian 64 x 64 matrix W for all
three, so that a needle is found at all; "ssa + ternary" has a BitLinear layer (8-bit tokens, the
absmean ternary weights of W) instead, without training.  Energy: multiply-adds of 1.5 pJ (FP16) of
projections and method; with ternary weights the projections are INT8 additions of 0.03 pJ (45 nm,
bare arithmetic units; nothing is counted for memory).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from quantization.ternary import ternarize
from quantization.ternary_layer import bitlinear
from thermo.hardware import CMOS_45NM
from verify.sequence.experiments.needle import METHODS, cosine, haystack

TERNARY = "ssa + ternary"


@dataclass(frozen=True)
class Point:
    """A method's cost and quality."""

    method: str
    energy: float  # joules for all N queries, averaged over the runs
    similarity: float  # cosine of the last output with the needle's value, likewise


def measured(*, N: int = 512, runs: int = 2) -> tuple[Point, ...]:
    """One point for each method of section 13.1, and SSA with ternary weights."""
    return tuple(_point(method, N, runs) for method in (*METHODS, TERNARY))


def frontier(points) -> list[str]:
    """The methods that no other one dominates: at most the energy, at least the similarity."""
    return [p.method for p in points if not any(_dominates(other, p) for other in points)]


def _dominates(a, b):
    no_worse = a.energy <= b.energy and a.similarity >= b.similarity
    return no_worse and (a.energy, a.similarity) != (b.energy, b.similarity)


@cache
def _point(method, N, runs):
    energies, similarities = zip(*(_run(method, N, run) for run in range(runs)), strict=True)
    return Point(method, float(np.mean(energies)), float(np.mean(similarities)))


def _run(method, N, run):
    rng = np.random.default_rng([N, run])
    hay = haystack(N, rng=rng)
    d = hay.tokens.shape[1]
    W = rng.standard_normal((d, d)) / np.sqrt(d)
    q = bitlinear(hay.tokens, W) if method == TERNARY else hay.tokens @ W
    found = METHODS["ssa" if method == TERNARY else method](q, q, q, rng, None)
    energy = found.multiply_adds * CMOS_45NM.mac("FP16") + _projections(method, W, N)
    return float(energy), cosine(found.output[hay.last], q[hay.needle])


def _projections(method, W, N):
    if method == TERNARY:
        return 3 * N * int(np.count_nonzero(ternarize(W))) * CMOS_45NM.add["INT8"]
    return 3 * N * W.size * CMOS_45NM.mac("FP16")
