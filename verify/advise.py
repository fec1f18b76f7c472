"""`python -m verify advise [FILE]`: what the paper's rule says of heads, and measuring."""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from verify.commands import say
from verify.compare import (
    add_options,
    environment,
    figures,
    heading,
    measured_heads,
    read_heads,
    rendered,
)
from verify.measured import Measured, summarise
from verify.quality import Quality, head_quality, rule, rule_with_length

SCHEMA = "verify-advise/1"
# Methods that compute something else, or everything: no advice in place of dense attention.
_NOT_ADVISED = {"gated", "dense"}


@dataclass(frozen=True)
class Advice:
    """For a head: what its Q says, and what the measurements say."""

    quality: Quality
    N: int
    printed: Measured  # SSA as printed
    closest: Measured | None  # of all methods but dense, the smallest error
    chosen: Measured  # recommended: the fastest within the error asked for, or dense
    speed: float  # dense seconds / its seconds

    @property
    def by_quality(self) -> str:
        return rule(self.quality.value)

    @property
    def by_length(self) -> str:
        return rule_with_length(self.quality.value, self.N)


def main(arguments: list[str]) -> int:
    """Measure, advise, print; 0, or 2 with a line on stderr where the input is bad."""
    options = _parser().parse_args(arguments)
    heads = read_heads(options.file)
    qualities = [head_quality(head, options.clusters) for head in heads]
    results = measured_heads(heads, options)
    advice = [
        advise(quality, head.N, done, options.error)
        for quality, head, done in zip(qualities, heads, results, strict=True)
    ]
    if options.json:
        say(json.dumps(document(heads, results, advice, options), indent=1) + "\n")
    else:
        say(as_text(heads, results, advice, options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verify advise",
        description="Cluster quality Q, the paper's decision rule, what measuring says instead.",
        allow_abbrev=False,
    )
    add_options(parser)
    from verify.cli import _whole

    parser.add_argument(
        "--error", type=_share, default=0.1, help="relative error that is allowed (default 0.1)"
    )
    parser.add_argument("--clusters", type=_whole(1), help="k of Q (default ceil(sqrt N))")
    return parser


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"must be a number above 0, got {text!r}")
    return value


# The advice -------------------------------------------------------------------------------


def advise(quality: Quality, N: int, done: tuple[Measured, ...], error: float) -> Advice:
    """The fastest method within the error that beats dense attention in time, or dense."""
    by_label = {m.label: m for m in done}
    dense = by_label["dense"]
    usable = [m for m in done if not m.reason and m.label not in _NOT_ADVISED]
    fast = [m for m in usable if m.error <= error and m.seconds < dense.seconds]
    chosen = min(fast, key=lambda m: m.seconds, default=dense)
    closest = min(usable, key=lambda m: m.error, default=None)
    return Advice(quality, N, by_label["ssa"], closest, chosen, dense.seconds / chosen.seconds)


def rank_correlation(x, y) -> float:
    """Spearman's, NaN for fewer than three heads or where all are equal."""
    from scipy.stats import spearmanr

    if len(x) < 3 or len(set(x)) == 1 or len(set(y)) == 1:
        return math.nan
    return float(spearmanr(x, y).statistic)


def verdicts(results, advice: list[Advice], error: float) -> list[str]:
    """What all heads say together, in sentences."""
    paper = Counter(a.by_quality for a in advice)
    with_length = Counter(a.by_length for a in advice)
    rho = rank_correlation([a.quality.value for a in advice], [a.printed.error for a in advice])
    chosen = Counter(a.chosen.label for a in advice)
    lines = [
        f"by Q the rule says {_counts(paper)}; with N > 1500 asked for too, {_counts(with_length)}",
        f"SSA as printed misses by {np.median([a.printed.error for a in advice]):.2g} (median),"
        f" cosine {np.median([a.printed.cosine for a in advice]):.2f}",
    ]
    if not math.isnan(rho):
        lines.append(
            f"rank correlation of Q with that error: {rho:+.2f} over {len(advice)} heads"
            " (-1 would be a metric that tells where SSA works)"
        )
    best = next((s for s in summarise(results) if s.heads and s.label not in _NOT_ADVISED), None)
    if best is not None:
        lines.append(
            f"the smallest median error at the budget has {best.label}: {best.error:.2g},"
            f" p90 {best.p90:.2g}, {100 * best.share:.0f} % of the scores"
        )
    speed = np.median([a.speed for a in advice])
    lines.append(
        f"recommended for an error of at most {error:g} in the time measured: {_counts(chosen)};"
        f" median error {np.median([a.chosen.error for a in advice]):.2g},"
        f" {speed:.2g}× the speed of dense"
    )
    return lines


def _counts(counter: Counter) -> str:
    return ", ".join(f"{label} ({n})" for label, n in counter.most_common())


# What is printed --------------------------------------------------------------------------


def as_text(heads, results, advice: list[Advice], options) -> str:
    """A row a head, then what they say together."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("head", "N", "Q", "rule", "SSA", "closest", "recommended", "error", "speed"):
        number = column in ("N", "Q", "SSA", "error", "speed")
        table.add_column(column, justify="right" if number else "left", no_wrap=column != "head")
    for head, a in zip(heads, advice, strict=True):
        near = "" if a.closest is None else f"{a.closest.label} {a.closest.error:.2g}"
        table.add_row(
            head.name,
            str(head.N),
            f"{a.quality.value:.4f}",
            a.by_length if a.by_length == a.by_quality else f"{a.by_quality} (N > 1500: dense)",
            f"{a.printed.error:.2g}",
            near,
            a.chosen.label,
            f"{a.chosen.error:.2g}",
            f"{a.speed:.2f}×",
        )
    return rendered(heading(heads, options), table, *verdicts(results, advice, options.error))


def document(heads, results, advice: list[Advice], options) -> dict:
    """As `compare`'s, with Q, the rule and the recommendation of each head."""
    rows = []
    for head, done, a in zip(heads, results, advice, strict=True):
        rows.append(
            {
                "name": head.name,
                "N": head.N,
                "d": head.d,
                "causal": head.causal,
                "Q": a.quality.value,
                "readings": {"symmetric": a.quality.symmetric, "directed": a.quality.directed},
                "clusters": a.quality.clusters,
                "rule": a.by_quality,
                "rule_with_length": a.by_length,
                "recommended": {
                    "method": a.chosen.label,
                    "error": a.chosen.error,
                    "speed": a.speed,
                },
                "closest": None
                if a.closest is None
                else {"method": a.closest.label, "error": a.closest.error},
                "methods": figures(done),
            }
        )
    return {
        "schema": SCHEMA,
        "file": options.file or "shipped heads",
        "budget": options.budget,
        "seed": options.seed,
        "error": options.error,
        "environment": environment(),
        "heads": rows,
        "summary": verdicts(results, advice, options.error),
    }
