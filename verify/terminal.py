"""A result as a person reads it: verdict by part, evidence, witness, amendment, mutants."""

from __future__ import annotations

import json
from io import StringIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verify.latex import to_unicode
from verify.verdict import ClaimResult, Finding, HeadReport, PartResult

# Sign and word carry the meaning; colour only repeats it.
_LOOK = {
    "holds": ("✓", "bold green"),
    "supported": ("~", "green"),
    "refuted": ("✗", "bold red"),
    "vague": ("?", "yellow"),
    "inconclusive": ("…", "yellow"),
    "definition": ("=", "cyan"),
}


def new_console(**options) -> Console:
    """A console that prints brackets and colons as they are: statements are full of them."""
    return Console(markup=False, emoji=False, **options)


def show(result: ClaimResult, console: Console) -> None:
    """Print a result."""
    console.print(render(result))


def render(result: ClaimResult) -> Group:
    """A heading, then one block a part."""
    heading = Text.assemble((result.id, "bold"), "  ", result.title, "  ", _badge(result.verdict))
    blocks = [Padding(_part(p), (0, 0, 1, 2)) for p in result.parts]
    if result.table:
        blocks.append(Padding(_table(result.table), (0, 0, 1, 2)))
    return Group(heading, *blocks)


def _table(given) -> Group:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in given.columns:
        table.add_column(to_unicode(column), justify="right")
    for row in given.rows:
        table.add_row(*(f"{x:.4g}" if isinstance(x, float) else str(x) for x in row))
    return Group(table, Text(given.note, "dim"))


def as_text(result: ClaimResult, width: int = 100) -> str:
    """The rendering without colour."""
    console = new_console(file=StringIO(), width=width, color_system=None)
    show(result, console)
    return stripped(console.file.getvalue()).rstrip()


def stripped(text: str) -> str:
    """Lines without the blanks that pad them to the width of the console."""
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def _badge(verdict: str) -> Text:
    sign, style = _LOOK[verdict]
    return Text(f"{sign} {verdict}", style=style)


def _part(part: PartResult) -> Group:
    f = part.finding
    lines = Table.grid(padding=(0, 2))
    lines.add_column(style="dim", no_wrap=True)
    lines.add_column(overflow="fold")
    for label, text in _lines(f):
        lines.add_row(label, text)
    for amendment in part.amendments:
        lines.add_row("instead", _amendment(amendment))
    if f.heads:
        lines.add_row("heads", _heads(f.heads))
    name = f"{part.part}  " if part.part else ""
    title = Text.assemble(_badge(f.verdict), "  ", (name, "bold"), to_unicode(f.statement))
    return Group(title, Padding(lines, (0, 0, 0, 2)))


def _lines(f: Finding):
    if f.reading:
        yield "reading", to_unicode(f.reading)
    yield "evidence", _evidence(f)
    if f.witness is not None:
        yield "witness", _witness(f)
    if f.why:
        yield "why", to_unicode(f.why)
    if f.searched and f.verdict == "supported":
        yield "searched", f.searched
    if f.mutants:
        yield "mutants", _mutants(f)


def _evidence(f: Finding) -> str:
    words = [f.evidence or "none"]
    if f.reason:
        words.append(f.reason)
    if f.cases > 1:
        words.append(f"{f.accepted} of {f.cases} cases accepted")
    if f.tightness is not None and abs(f.tightness) < float("inf") and f.cases:
        words.append(f"tightest lhs/rhs {f.tightness:.4g}")
    return ", ".join(words)


def _witness(f: Finding) -> str:
    values = ", ".join(f"{name} = {_plain(value)}" for name, value in f.witness.items())
    if not f.sides:
        return values or "the printed number"
    left, right = to_unicode(f.sides["lhs"]), to_unicode(f.sides["rhs"])
    broken = f"not {left} {f.sides['relation']} {right}"
    return f"{values}: {broken}" if values else broken


def _plain(value) -> str:
    text = json.dumps(value, ensure_ascii=False).replace('"', "")
    return text if len(text) <= 400 else text[:400] + " … (whole with --witness)"


def _amendment(f: Finding) -> Text:
    text = Text.assemble(_badge(f.verdict), f" ({_evidence(f)})  ", to_unicode(f.statement))
    if f.equality:
        values = ", ".join(f"{n} = {_plain(v)}" for n, v in f.equality.items())
        text.append(f"\nequality at {values}", "dim")
    if f.verdict == "refuted":
        text.append(f"\nwitness {_witness(f)}", "red")
    if f.reference:
        text.append(f"\n{f.reference}", "dim")
    if f.mutants:
        text.append(f"\nmutants {_mutants(f)}", "dim")
    return text


def _mutants(f: Finding) -> str:
    dead = sum(m.killed for m in f.mutants)
    names = "; ".join(to_unicode(m.name) for m in f.mutants)
    alive = ", ".join(to_unicode(m.name) for m in f.mutants if not m.killed)
    tail = f"; ALIVE: {alive}" if alive else ""
    return f"{dead} of {len(f.mutants)} die ({names}){tail}"


def _heads(heads: tuple[HeadReport, ...]) -> Table:
    """One row for the heads that say the same of hypotheses and conclusion."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("", "hypotheses", "conclusion", "lhs/rhs"):
        table.add_column(column)
    alike: dict[tuple[str, str], list[HeadReport]] = {}
    for h in heads:
        alike.setdefault((_hypotheses(h), _conclusion(h)), []).append(h)
    for (hypotheses, conclusion), group in alike.items():
        table.add_row(_names(group), hypotheses, conclusion, _ratios(group))
    return table


def _names(group: list[HeadReport]) -> str:
    """A head by its name; several by their number and sources (minilm/layer0/... is minilm)."""
    if len(group) == 1:
        return group[0].name
    sources = dict.fromkeys(h.name.partition("/")[0] for h in group)
    return f"{len(group)} heads ({', '.join(sources)})"


def _hypotheses(h: HeadReport) -> str:
    missed = [name for name, met in h.hypotheses.items() if not met]
    return ("not met: " + ", ".join(missed)) if missed else "met"


def _conclusion(h: HeadReport) -> str:
    if h.held is None:
        return f"undefined: {h.reason}"
    return "held" if h.held else "failed"


def _ratios(group: list[HeadReport]) -> str:
    known = [h.ratio for h in group if h.ratio is not None and h.ratio == h.ratio]
    if not known:
        return ""
    low, high = f"{min(known):.3g}", f"{max(known):.3g}"
    return low if low == high else f"{low} to {high}"


def summary(results: list[ClaimResult]) -> Table:
    """One line a claim: its verdict and how many of its parts have which."""
    table = Table(box=None, padding=(0, 2, 0, 0), title_justify="left")
    for column in ("claim", "verdict", "parts", "mutants"):
        table.add_column(column)
    for r in results:
        counts = {}
        for p in r.parts:
            counts[p.verdict] = counts.get(p.verdict, 0) + 1
        mutants = [m for p in r.parts for m in p.mutants]
        table.add_row(
            r.id,
            _badge(r.verdict),
            ", ".join(f"{n} {v}" for v, n in counts.items()),
            f"{sum(m.killed for m in mutants)} of {len(mutants)} die" if mutants else "",
        )
    return table
