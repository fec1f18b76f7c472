"""`python -m verify compare [FILE]`: all methods of attention on someone's heads, in one run."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

from verify.commands import say
from verify.ledger import environment
from verify.measured import Measured, Summary, measure_all, summarise

SCHEMA = "verify-compare/1"


def main(arguments: list[str]) -> int:
    """Measure and print; 0, or 2 with a line on stderr where the input is bad."""
    options = _parser().parse_args(arguments)
    heads = read_heads(options.file)
    results = measured_heads(heads, options)
    if options.plot:
        print(f"drawn: {draw(summarise(results), Path(options.plot))}", file=sys.stderr)
    if options.json:
        say(json.dumps(document(heads, results, options), indent=1) + "\n")
    else:
        say(as_text(heads, summarise(results), options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verify compare",
        description="All methods of attention on heads: error, direction, scores, time.",
        allow_abbrev=False,
    )
    add_options(parser)
    parser.add_argument("--plot", metavar="DIR", help="draw error against scores, DIR/compare.svg")
    return parser


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `compare` and `advise` share."""
    from verify.cli import _whole

    add = parser.add_argument
    add("file", nargs="?", metavar="FILE", help="heads (.npz, .safetensors); the shipped ones")
    add("--budget", type=_whole(4), help="scores a query (default 3 ceil(sqrt N) of each head)")
    add("--seed", type=_whole(0), default=0, help="seed of random methods (default 0)")
    add("--json", action="store_true", help="all figures as JSON on stdout")


def read_heads(path: str | None) -> tuple:
    """The heads of a file, or the shipped ones."""
    from spectral.heads import load_heads
    from verify.heads import shipped_heads

    return shipped_heads() if path is None else load_heads(path)


def measured_heads(heads, options) -> list[tuple[Measured, ...]]:
    """All methods on all heads, with a line of progress where stderr is a terminal."""
    results = []
    for done in measure_all(heads, budget=options.budget, seed=options.seed):
        results.append(done)
        if sys.stderr.isatty():
            end = "\n" if len(results) == len(heads) else "\r"
            print(f"{len(results)} of {len(heads)} heads", end=end, file=sys.stderr, flush=True)
    return results


# What is printed --------------------------------------------------------------------------


def as_text(heads, summaries: list[Summary], options) -> str:
    """A heading and a row a method; in colour on a terminal, plain in a pipe."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("method", no_wrap=True)
    for column in ("error", "p90", "cosine", "of the scores", "ms a head", "time/dense"):
        table.add_column(column, justify="right")
    table.add_column("")
    dense = next((s.seconds for s in summaries if s.label == "dense"), math.nan)
    for s in summaries:
        table.add_row(*_cells(s, dense), style="" if s.heads else "dim")
    return rendered(heading(heads, options), table, _FOOT)


_FOOT = (
    "medians over heads; error |Y' - Y|_F / |Y|_F, Y softmax attention in float64; methods in"
    " float32, BLAS on one thread, time the least of three runs; gated is another function"
)


def _cells(s: Summary, dense: float) -> list[str]:
    if not s.heads:
        return [s.label, *[""] * 6, s.note]
    times = f"{s.seconds / dense:.2f}×" if dense > 0 else ""
    return [
        s.label,
        f"{s.error:.3g}",
        f"{s.p90:.3g}",
        f"{s.cosine:.4f}",
        f"{100 * s.share:.0f} %",
        f"{1e3 * s.seconds:.2f}",
        times,
        s.note,
    ]


def heading(heads, options) -> str:
    """Which heads, at which budget."""
    sizes = sorted(head.N for head in heads)
    size = f"N = {sizes[0]}" if sizes[0] == sizes[-1] else f"N = {sizes[0]} to {sizes[-1]}"
    sources = ", ".join(dict.fromkeys(head.name.partition("/")[0] for head in heads))
    budget = "3 ceil(sqrt N)" if options.budget is None else options.budget
    count = f"{len(heads)} heads" if len(heads) > 1 else "1 head"
    if options.file:
        sources = options.file
    return f"{count} ({sources}), {size}, {budget} scores a query, seed {options.seed}"


def rendered(*blocks) -> str:
    """Blocks of text and tables, one below the other."""
    from verify.terminal import new_console, stripped

    wide = {} if sys.stdout.isatty() else {"width": 140}
    console = new_console(**wide)
    with console.capture() as captured:
        for block in blocks:
            console.print(block, soft_wrap=isinstance(block, str))
    return captured.get() if console.is_terminal else stripped(captured.get())


def document(heads, results, options) -> dict:
    """All figures; but for `seconds` and `environment`, of heads, budget and seed alone."""
    return {
        "schema": SCHEMA,
        "file": options.file or "shipped heads",
        "budget": options.budget,
        "seed": options.seed,
        "environment": environment(),
        "heads": [
            {"name": h.name, "N": h.N, "d": h.d, "causal": h.causal, "methods": figures(done)}
            for h, done in zip(heads, results, strict=True)
        ],
        "methods": [_numbers(vars(s) | {"note": s.note}, "reasons") for s in summarise(results)],
    }


def figures(done: tuple[Measured, ...]) -> list[dict]:
    """The measurements on a head, NaN as null."""
    return [_numbers(vars(m), "head") for m in done]


def _numbers(values: dict, *without: str) -> dict:
    return {
        name: None if isinstance(x, float) and not math.isfinite(x) else x
        for name, x in values.items()
        if name not in without
    }


# The picture ------------------------------------------------------------------------------


def pareto(summaries: list[Summary]) -> list[Summary]:
    """Those that no other beats in both error and time, the fastest first."""
    done = [s for s in summaries if s.heads]
    front, least = [], math.inf
    for s in sorted(done, key=lambda s: (s.seconds, s.error)):
        if s.error < least:
            front.append(s)
            least = s.error
    return front


def draw(summaries: list[Summary], folder: Path) -> Path:
    """Error against time, both logarithmic: what is exact is a line, filled what nothing beats."""
    from verify.plotting import save

    done = [s for s in summaries if s.heads]
    exact = [s for s in done if s.error < _EXACT]
    rest = [s for s in done if s.error >= _EXACT]
    front = pareto(rest)

    def paint(axes):
        axes.plot([1e3 * s.seconds for s in front], [s.error for s in front], color="0.8", zorder=1)
        for n, s in enumerate(rest):
            look = {"color": f"C{n % 10}", "marker": "osD^"[n // 10 % 4], "linestyle": ""}
            face = look["color"] if s in front else "none"
            label = f"{s.label} ({100 * s.share:.0f} %)"
            axes.plot(1e3 * s.seconds, s.error, **look, markerfacecolor=face, label=label)
        for s in exact:
            axes.axvline(1e3 * s.seconds, color="0.4", linestyle="--", linewidth=1, label=s.label)
        axes.set(xscale="log", yscale="log")
        axes.set_xlabel("ms a head")
        axes.set_ylabel("relative error of the output, median")
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize=7)

    return save(paint, folder / "compare.svg")


# An error that is rounding in float32, for the picture: some 10^3 eps.  By choice.
_EXACT = 1e-4
