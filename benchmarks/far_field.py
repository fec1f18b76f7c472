"""The far field against PyTorch's scaled_dot_product_attention, and how right it is.

    python benchmarks/far_field.py [--quick] [--only speed|million|error|heads|exponent]

The peer is an extra of its own: pip install torch==2.13.0 (a CPU build).  Times are the least of
several runs that take turns, clustering included; the error stands beside each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record import peak_megabytes, write
from gpu import attend, reference
from gpu.budget import root
from verify.measured import cosine, relative_error

BACKEND = "numba"
RESULT = Path(__file__).parent / "results" / "far_field.json"
D = 64


def clusters(N, *, noise=0.5, scale=1.0, seed=0, dtype=np.float32):
    """ceil(sqrt(N)) Gaussian clusters, centers N(0, I), of queries and keys; values apart."""
    rng = np.random.default_rng(seed)
    count = root(N)
    centers = rng.standard_normal((count, D), np.float32)
    labels = rng.integers(0, count, N)

    def points():
        return (scale * (centers[labels] + noise * rng.standard_normal((N, D), np.float32))).astype(
            dtype
        )

    return points(), points(), rng.standard_normal((N, D), np.float32).astype(dtype)


def far_field(q, k, v, *, seed):
    """The far field at its defaults: 3 ceil(sqrt(N)) scores a query."""
    options = {"method": "far_field", "backend": BACKEND, "rng": np.random.default_rng(seed)}
    return attend(q, k, v, **options)


def error(done, q, k, v, rows):
    """Relative Frobenius error over some rows, and their cosine, against float64."""
    exact = reference(*(x.astype(np.float64) for x in (q[rows], k, v))).output
    there = done[rows].astype(np.float64)
    return relative_error(there, exact), cosine(there, exact)


def speed(sizes, repeats=5):
    """Seconds of the far field and of SDPA by N, in one run, and their ratio."""
    import torch

    far_field(*clusters(500), seed=0)  # compiles
    peer = torch.nn.functional.scaled_dot_product_attention
    rows = []
    for N in sizes:
        q, k, v = clusters(N)
        tensors = [torch.from_numpy(x)[None, None] for x in (q, k, v)]
        ours, theirs = [], []
        for seed in range(repeats if N < 50_000 else 3):
            time.sleep(0.5)  # the peer's threads spin for a while
            for _ in range(2):  # each finds its data in the caches once
                start = time.perf_counter()
                done = far_field(q, k, v, seed=seed)
                ours.append(time.perf_counter() - start)
            for _ in range(2 if N < 50_000 else 1):
                start = time.perf_counter()
                peer(*tensors)
                theirs.append(time.perf_counter() - start)
        some = np.random.default_rng(0).choice(N, min(N, 256), replace=False)
        off, cos = error(done.output, q, k, v, some)
        rows.append(
            {
                "N": N,
                "far_field_s": min(ours),
                "sdpa_s": min(theirs),
                "ratio": min(theirs) / min(ours),
                "relative_error": off,
                "cosine": cos,
                "scores_per_query": done.scores_per_query,
                "threads_of_torch": torch.get_num_threads(),
            }
        )
        show(rows[-1])
    return rows


def million(N=2**20):
    """One head at a million tokens: seconds, memory, error on some rows."""
    far_field(*clusters(500), seed=0)
    q, k, v = clusters(N)
    start = time.perf_counter()
    done = far_field(q, k, v, seed=0)
    seconds = time.perf_counter() - start
    memory = peak_megabytes()
    some = np.random.default_rng(0).choice(N, 64, replace=False)
    off, cos = error(done.output, q, k, v, some)
    row = {"N": N, "far_field_s": seconds, "peak_MB": memory, "relative_error": off}
    row |= {"cosine": cos, "scores_per_query": done.scores_per_query}
    show(row)
    return row


def errors(sizes, seeds=3):
    """Relative error on Gaussian clusters by N, noise and scale: the largest over seeds."""
    rows = []
    for noise in (0.3, 0.5):
        for scale in (0.3, 0.5, 1.0):
            for N in sizes:
                found = []
                for seed in range(seeds):
                    q, k, v = clusters(N, noise=noise, scale=scale, seed=seed, dtype=np.float64)
                    done = far_field(q, k, v, seed=seed)
                    some = np.arange(N) if N <= 1024 else np.arange(0, N, N // 512)
                    off, cos = error(done.output, q, k, v, some)
                    found.append((off, cos, done.scores_per_query / root(N)))
                off, cos, roots = np.array(found).T
                rows.append({"noise": noise, "scale": scale, "N": N, "seeds": seeds})
                rows[-1] |= {"relative_error": off.max(), "cosine": cos.min()}
                rows[-1] |= {"scores_in_roots_of_N": roots.max()}
                show(rows[-1])
    return rows


def heads(seeds=5):
    """Relative error over the shipped heads, against the exact top 2 ceil(sqrt(N)) keys."""
    from gpu import topk
    from spectral.heads import load_heads

    path = Path(__file__).parents[1] / "verify" / "data" / "heads.npz"
    shipped = [tuple(np.asarray(x, float) for x in (h.q, h.k, h.v)) for h in load_heads(path)]
    exact = [reference(*head).output for head in shipped]
    rows = []
    for seed in range(seeds):
        ours, theirs, roots = [], [], []
        for (q, k, v), o in zip(shipped, exact, strict=True):
            count = root(len(q))
            done = far_field(q, k, v, seed=seed)
            ours.append(relative_error(done.output, o))
            best = topk(q, k, v, budget=2 * count).output
            theirs.append(relative_error(best, o))
            roots.append(done.scores_per_query / count)
        row = {"seed": seed, "heads": len(ours), "scores_in_roots_of_N": max(roots)}
        for name, x in (("far_field", ours), ("topk", theirs)):
            row |= {f"{name}_median": np.median(x), f"{name}_p90": np.quantile(x, 0.9)}
        row["median_ratio"] = row["far_field_median"] / row["topk_median"]
        row["p90_ratio"] = row["far_field_p90"] / row["topk_p90"]
        rows.append(row)
        show(row)
    return rows


def exponent(powers, repeats=3):
    """Seconds by N, and the exponent of a straight line through their logarithms."""
    far_field(*clusters(500), seed=0)
    sizes, seconds = [2**p for p in powers], []
    for N in sizes:
        q, k, v = clusters(N)
        runs = []
        for seed in range(repeats if N < 2**18 else 1):
            start = time.perf_counter()
            far_field(q, k, v, seed=seed)
            runs.append(time.perf_counter() - start)
        seconds.append(min(runs))
        show({"N": N, "far_field_s": seconds[-1]})
    row = {"N": sizes, "far_field_s": seconds} | slope(sizes, seconds)
    show(row)
    return row


def slope(sizes, seconds):
    """Exponent with its 95 % interval (Student)."""
    from scipy import stats

    fit = stats.linregress(np.log(sizes), np.log(seconds))
    half = stats.t.ppf(0.975, len(sizes) - 2) * fit.stderr
    return {"exponent": fit.slope, "interval": [fit.slope - half, fit.slope + half]}


def show(row):
    print("  ".join(f"{k} {_short(v)}" for k, v in row.items()), flush=True)


def _short(v):
    return f"{v:.4g}" if isinstance(v, float) else v


PARTS = {
    "speed": lambda quick: speed([1024, 4096] if quick else [4096, 16384, 65536]),
    "million": lambda quick: million(2**14 if quick else 2**20),
    "error": lambda quick: errors([128, 256] if quick else [128, 256, 512, 1024, 2048, 4096]),
    "heads": lambda quick: heads(1 if quick else 5),
    "exponent": lambda quick: exponent(range(10, 14) if quick else range(10, 21)),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes; nothing is written")
    parser.add_argument("--only", choices=PARTS, help="one part anew, the others as they are")
    parser.add_argument("--part", choices=PARTS, help="one part, its figures on the last line")
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options.quick), default=float))
        return
    figures = json.loads(RESULT.read_text(encoding="utf-8")) if options.only else {}
    for part in (
        [options.only] if options.only else PARTS
    ):  # each in a process of its own, for its memory
        print(f"# {part}", flush=True)
        asked = [sys.executable, __file__, "--part", part, *(["--quick"] * options.quick)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        *shown, last = done.stdout.splitlines()
        print("\n".join(shown), flush=True)
        figures[part] = json.loads(last)
    if not options.quick:
        _extrapolate(figures)
        write(RESULT, figures)


def _extrapolate(figures):
    """SDPA at the million from its largest size here, as N^2: said to be so."""
    last = figures["speed"][-1]
    row = figures["million"]
    row["sdpa_s_extrapolated"] = last["sdpa_s"] * (row["N"] / last["N"]) ** 2
    row["ratio_extrapolated"] = row["sdpa_s_extrapolated"] / row["far_field_s"]
    show(row)


if __name__ == "__main__":
    main()
