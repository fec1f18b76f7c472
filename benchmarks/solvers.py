"""Mixing times, resistances of edges and sweep cuts, each against a named peer in the same run.

    python benchmarks/solvers.py [--quick] [--part mixing|resistances|sweep]

mixing        the peer steps the chain, P^t -> P^(t+1), reading d(t) each time: by a dense product,
              or, where P is sparse, by a sparse one.  Where that would take hours a few steps are
              timed and multiplied, and the row says so.  Some 3/2 log2 t products stand against t,
              so a chain that mixes in fewer than 150 steps gains less than ten times.
resistances   the peer is networkx.resistance_distance of all pairs in one call, its fastest way to
              the resistances of all edges: it inverts once, where a call for each edge inverts each
              time.  Most of that one call is a loop over pairs, so the ratio to its inversion
              alone (numpy.linalg.pinv) is given too.  At n = 20,000 it needs several n x n arrays,
              so only our time is given.
sweep         the peer is networkx.spectral_bisection at n = 10,000, which cuts once, by its Fiedler
              vector; both values of the cut are given.  At n = 100,000 only our time is.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array, csr_array

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record import write
from spectral import cut_ratio, edge_resistances, exact_edge_resistances, mixing_time, sweep_cut
from spectral.chain import stationary_distribution

RESULT = Path(__file__).parent / "results" / "solvers.json"
PARTS = ("mixing", "resistances", "sweep")


def timed(call):
    start = time.perf_counter()
    return call(), time.perf_counter() - start


# Graphs and chains ------------------------------------------------------------------------


def from_pairs(i, j, w, n):
    """Symmetric weights, no loops, pairs that occur twice added up."""
    kept = i != j
    W = coo_array((w[kept], (i[kept], j[kept])), shape=(n, n)).tocsr()
    return csr_array(W + W.T)


def random_graph(n, degree, rng):
    """Every vertex chooses degree / 2 others, with weights from 1/2 to 3/2: an expander."""
    i = np.repeat(np.arange(n), degree // 2)
    return from_pairs(i, rng.integers(0, n, len(i)), rng.uniform(0.5, 1.5, len(i)), n)


def points_in_the_plane(n, neighbours, rng):
    """Every point is joined to its nearest ones, with weights from 1/2 to 3/2."""
    from scipy.spatial import KDTree

    x = rng.random((n, 2))
    j = KDTree(x).query(x, neighbours + 1)[1][:, 1:]
    i = np.repeat(np.arange(n), neighbours)
    return from_pairs(i, j.ravel(), rng.uniform(0.5, 1.5, len(i)), n)


def two_halves(n, edges, rng, across=0.02):
    """A random graph of two halves, with that share of its edges thrown at random."""
    i, half = rng.integers(0, n, edges), n // 2
    inside = (i >= half) * half + rng.integers(0, half, edges)
    j = np.where(rng.random(edges) < across, rng.integers(0, n, edges), inside)
    return from_pairs(i, j, np.ones(edges), n)


def chains(n, rng):
    """A walk with a known closed form of its gap, one of clusters, and directed ones."""
    step = np.roll(np.eye(n), 1, axis=1)
    yield "lazy cycle", np.eye(n) / 2 + (step + step.T) / 4
    labels = np.arange(n) % 5
    W = rng.random((n, n)) * np.where(labels[:, None] == labels, 1, 1e-3)
    yield "five clusters", W / W.sum(axis=1, keepdims=True)
    yield "directed cycle with jumps", 0.02 / n + 0.49 * (np.eye(n) + step)
    yield "directed cycle with rare jumps", 0.002 / n + 0.499 * (np.eye(n) + step)


# The parts --------------------------------------------------------------------------------


def mixing(quick):
    n = 200 if quick else 2000
    for name, P in chains(n, np.random.default_rng(0)):
        t, seconds = timed(lambda P=P: mixing_time(P))
        row = {"chain": name, "n": n, "mixing_time": t, "seconds": seconds}
        row |= stepping(P, t, dense_steps=20)
        row["ratio"] = row["peer_seconds"] / seconds
        yield row


def stepping(P, t, dense_steps):
    """Seconds to step the chain to time t: the better of a dense and, if it is, a sparse P."""
    pi, n = stationary_distribution(P), len(P)
    forms = {"dense": P.T}
    if np.count_nonzero(P) < n * n / 10:
        forms["sparse"] = csr_array(P.T)
    best = None
    for form, transposed in forms.items():
        steps, Pt = min(t, dense_steps), np.eye(n)
        start = time.perf_counter()
        for _ in range(steps):
            Pt = transposed @ Pt  # columns are starts
            np.abs(Pt - pi[:, None]).sum(axis=0).max()
        seconds = (time.perf_counter() - start) * t / steps
        if best is None or seconds < best["peer_seconds"]:
            peer = f"stepping, {form} P, {steps} steps timed"
            best = {"peer": peer, "peer_seconds": seconds, "extrapolated": steps < t}
    return best


def resistances(quick):
    rng = np.random.default_rng(0)
    n, large = (200, 1000) if quick else (2000, 20_000)
    makers = {"points in the plane": points_in_the_plane, "random graph": random_graph}
    for name, make in makers.items():
        degree = {"points in the plane": 5, "random graph": 10}[name]
        W = make(n, degree, rng)
        peer, peer_seconds = timed(lambda W=W: all_pairs(W))
        inverse_seconds = timed(lambda W=W: pseudo_inverse(W))[1]
        for method in ("exact", "projection"):
            row = solved(method, W, rng)
            i, j = row.pop("edges")
            R = row.pop("R")
            row |= {"graph": name, "peer": "networkx.resistance_distance, all pairs, one call"}
            row |= {"peer_seconds": peer_seconds, "ratio": peer_seconds / row["seconds"]}
            row |= {"peer_inverse_seconds": inverse_seconds}
            row |= {"ratio_to_its_inverse": inverse_seconds / row["seconds"]}
            theirs = np.array([peer[a][b] for a, b in zip(i.tolist(), j.tolist(), strict=True)])
            yield row | {"largest_difference": float(np.abs(R / theirs - 1).max())}
    W = points_in_the_plane(large, 5, rng)
    yield {"graph": "points in the plane"} | large_row("exact", W, rng)
    yield {"graph": "points in the plane"} | large_row("projection", W, rng)
    yield {"graph": "random graph"} | large_row("projection", random_graph(large, 10, rng), rng)


def all_pairs(W):
    """NetworkX's resistances of all pairs."""
    import networkx as nx

    G = nx.from_scipy_sparse_array(W)
    return nx.resistance_distance(G, weight="weight", invert_weight=False)


def pseudo_inverse(W):
    """What NetworkX inverts by; the rest of its time goes into its loop over pairs."""
    L = np.diag(W.sum(axis=1)) - W.toarray()
    return np.linalg.pinv(L, hermitian=True)


def solved(method, W, rng):
    if method == "exact":
        found, seconds = timed(lambda: exact_edge_resistances(W))
    else:
        found, seconds = timed(lambda: edge_resistances(W, rng=rng, error=0.1, failure=0.01))
    return {
        "n": W.shape[0],
        "edges": (found.i, found.j),
        "R": found.resistances,
        "method": method,
        "seconds": seconds,
        "error": found.error,
        "failure": found.failure,
        "dimension": found.dimension,
        "solver": found.solver,
        "solver_error": found.solver_error,
        "foster_defect": found.foster_defect,
    }


def large_row(method, W, rng):
    row = solved(method, W, rng)
    row.pop("R")
    return row | {"edges": len(row["edges"][0])}


def sweep(quick):
    rng = np.random.default_rng(0)
    for n, peer in ((1000, True),) if quick else ((10_000, True), (100_000, False)):
        W = two_halves(n, 10 * n, rng)
        cut, seconds = timed(lambda W=W: sweep_cut(W, method="lanczos"))
        _, alone = timed(lambda W=W, n=n: sweep_cut(W, rng.random(n)))
        row = {"graph": "two halves", "n": n, "edges": W.nnz // 2, "value": cut.value}
        row |= {"seconds": seconds, "seconds_with_a_given_order": alone}
        yield row | (bisection(W, seconds) if peer else {})


def bisection(W, ours):
    import networkx as nx

    G = nx.from_scipy_sparse_array(W)
    halves, seconds = timed(lambda: nx.spectral_bisection(G, weight="weight", seed=0))
    return {
        "peer": "networkx.spectral_bisection, one cut by the Fiedler vector",
        "peer_seconds": seconds,
        "peer_value": cut_ratio(W, halves[0]),
        "ratio": seconds / ours,
    }


def warm_up():
    """Everything once, small: what is imported late is no part of a time."""
    rng = np.random.default_rng(0)
    W = points_in_the_plane(60, 10, rng)
    mixing_time(W.toarray() / W.sum(axis=1)[:, None])
    exact_edge_resistances(W)
    sweep_cut(W, method="lanczos")
    for solver in ("factorization", "conjugate-gradients"):
        edge_resistances(W, rng=rng, solver=solver)
    all_pairs(W)
    bisection(W, 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, not written")
    parser.add_argument("--part", choices=PARTS, help="one part only, the others kept as they are")
    options = parser.parse_args()
    warm_up()
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    figures = {part: kept[part] for part in PARTS if part in kept}
    for part in [options.part] if options.part else PARTS:
        figures[part] = []
        for row in globals()[part](options.quick):
            print(part, json.dumps(row), flush=True)
            figures[part].append(row)
    if not options.quick:
        write(RESULT, figures)


if __name__ == "__main__":
    main()
