"""All methods of attention at one budget of scores: error against length, on clusters and heads.

    python benchmarks/methods.py [--quick] [--output FILE] [--seeds N]

Clusters: ceil(sqrt N) centres N(0, I) in 64 dimensions, one for each token at random; its q and its
k are that centre plus noise N(0, I), times scale; v is independent N(0, I).  Table 6 of the unified
paper has, for SSA, relative errors 0.81 ... 4.26 at N = 128 ... 4,096.
Heads: the trained ones that the package ships.  Budget: 3 ceil(sqrt N) scores a query.
"""

from __future__ import annotations

import argparse
import sys
from itertools import product
from math import isfinite, isqrt
from os import getloadavg
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from record import write  # noqa: E402

from spectral.heads import Head  # noqa: E402
from verify.heads import shipped_heads  # noqa: E402
from verify.measured import Summary, measure, summarise  # noqa: E402

LENGTHS = (128, 256, 512, 1024, 2048, 4096)
NOISES, SCALES = (0.3, 0.5), (0.3, 0.5, 1.0)
WIDTH = 64
TABLE_6 = dict(zip(LENGTHS, (0.8134, 1.1678, 1.5747, 2.3218, 3.2712, 4.2556), strict=True))


def clusters(N: int, noise: float, scale: float, seed: int) -> Head:
    """A head of ceil(sqrt N) Gaussian clusters; values have nothing to do with them."""
    rng = np.random.default_rng((seed, N))
    centres = rng.standard_normal((isqrt(N - 1) + 1, WIDTH))
    of = rng.integers(len(centres), size=N)
    q, k = (scale * (centres[of] + noise * rng.standard_normal((N, WIDTH))) for _ in "qk")
    return Head(q, k, rng.standard_normal((N, WIDTH)), name=f"seed {seed}")


def on_clusters(N: int, noise: float, scale: float, seeds) -> list[Summary]:
    """All methods, median over the seeds, which are of the data and of the methods."""
    heads = (clusters(N, noise, scale, seed) for seed in seeds)
    return summarise([measure(head, seed=(1, n), repeats=1) for n, head in enumerate(heads)])


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the tables, write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="N up to 512, one seed, no file")
    parser.add_argument("--seeds", type=int, default=1, help="data and methods anew (default 1)")
    parser.add_argument("--output", default=HERE / "results" / "methods.json", type=Path)
    options = parser.parse_args(arguments)
    lengths = [N for N in LENGTHS if N <= (512 if options.quick else LENGTHS[-1])]
    seeds = range(1 if options.quick else options.seeds)
    rows = []
    for noise, scale in product(NOISES, SCALES):
        found = {N: on_clusters(N, noise, scale, seeds) for N in lengths}
        show(f"noise {noise}, scale {scale}: relative error, cosine", found, by_error)
        rows += [
            row(s, N=N, noise=noise, scale=scale) for N, all_of in found.items() for s in all_of
        ]
    show("the same, last: scores a query, milliseconds", found, by_cost)
    heads = shipped_heads()[: 3 if options.quick else None]
    trained = summarise([measure(h, seed=(2, n), repeats=3) for n, h in enumerate(heads)])
    show("trained heads, median", {f"{len(heads)} heads": trained}, by_error)
    show(
        "trained heads, 90 % quantile",
        {f"{len(heads)} heads": trained},
        lambda s, N: f"{s.p90:.3g}",
    )
    if not options.quick:
        options.output.parent.mkdir(exist_ok=True)
        write(options.output, document(options, rows, trained))


def document(options, rows, trained) -> dict:
    return {
        "benchmark": "methods",
        "budget": "3 ceil(sqrt N) scores a query",
        "seeds": options.seeds,
        "threads of BLAS": 1,
        "load": getloadavg(),  # above the cores, times are those of a busy machine
        "paper, table 6": TABLE_6,
        "clusters": rows,
        "heads": [row(s) for s in trained],
    }


def row(s: Summary, **where) -> dict:
    """A method at a place, as JSON: NaN is null."""
    values = {name: getattr(s, name) for name in ("error", "p90", "cosine", "share", "seconds")}
    return where | {"method": s.label} | {n: x if isfinite(x) else None for n, x in values.items()}


def by_error(s: Summary, N) -> str:
    return f"{s.error:.3g}, {s.cosine:.3f}"


def by_cost(s: Summary, N) -> str:
    return f"{s.share * N:.0f}, {1e3 * s.seconds:.1f}"


def show(title: str, found: dict, cell) -> None:
    """A row a method, a column a length, the least error at the largest length first."""
    columns = {N: {s.label: s for s in all_of} for N, all_of in found.items()}
    labels = [s.label for s in found[max(found)]]
    print(f"\n{title}")
    print(f"{'':30}" + "".join(f"{N!s:>18}" for N in found))
    for label in labels:
        cells = (cell(column[label], N) for N, column in columns.items())
        print(f"{label:30}" + "".join(f"{c:>18}" for c in cells), flush=True)


if __name__ == "__main__":
    main()
