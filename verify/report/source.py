"""The source of a claim's checks: the text of its file and of each function, lightly coloured."""

from __future__ import annotations

import inspect
import io
import keyword
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from verify.registry import HERE, Entry, load
from verify.report.markup import Html, element, together

_LONGEST = 60_000  # characters of a file that a page shows
_KINDS = {tokenize.COMMENT: "c", tokenize.STRING: "s", tokenize.NUMBER: "n"}


@dataclass(frozen=True)
class Source:
    """A claim's file as text, further files of its, its parts by name, and what went wrong."""

    name: str = ""
    text: str = ""
    more: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    problem: str = ""


def source_of(entry: Entry | None) -> Source:
    """The source of an entry; a claim that is not here, or does not load, says so."""
    if entry is None:
        return Source(
            problem="this claim is not among those installed here; its source is not shown"
        )
    path = Path(entry.file) if entry.file else HERE.joinpath(*entry.module.split(".")[1:])
    path = path.with_suffix(".py") if not entry.file else path
    name = path.name if entry.file else entry.module.replace(".", "/") + ".py"
    text = path.read_text(encoding="utf-8")
    try:
        parts = load(entry).parts
        return Source(name, text, _further(path, parts), {p.part: p for p in parts})
    except (
        Exception
    ) as error:  # whatever a claim file may do wrong: the report says it, and goes on
        return Source(name, text, problem=f"{name} does not load ({type(error).__name__}: {error})")


def _further(path: Path, parts: list) -> dict[str, str]:
    """The files in which a claim goes on (theorem30_step1.py after theorem30.py), by name."""
    checks = [
        c for p in parts for c in (p, *getattr(p, "amendments", ())) if hasattr(c, "function")
    ]
    files = {inspect.getsourcefile(c.function) for c in checks} - {None, str(path)}
    own = [f for f in map(Path, sorted(files)) if f.stem.startswith(f"{path.stem}_")]
    return {f.name: f.read_text(encoding="utf-8") for f in own}


def listing(functions: list) -> Html | None:
    """The text of functions, one under the other; None where there is no text of any."""
    texts = [t for f in functions if (t := _text(f))]
    return block("\n\n".join(texts)) if texts else None


def docstring(source: Source) -> str:
    """The file's own account: statement, verdict, repair, proof, source."""
    import ast

    try:
        return ast.get_docstring(ast.parse(source.text)) or ""
    except SyntaxError:
        return ""


def block(text: str) -> Html:
    """Python text, coloured, to scroll within itself; a very long one is cut, and says so."""
    cut = text[:_LONGEST]
    rest = f"\n… {len(text) - len(cut)} more characters in the file" if cut != text else None
    code = element("code", highlighted(cut), rest)
    return element("pre", code, class_="v-source", tabindex="0")


def highlighted(text: str) -> Html:
    """Python text with keywords, strings, numbers, comments and decorators marked."""
    lines = io.StringIO(text).readlines()
    pieces, at = [], (1, 0)
    for token in _tokens(text):
        kind = _kind(token)
        if kind:
            pieces.append(_between(lines, at, token.start))
            pieces.append(element("i", token.string, class_=kind))
            at = token.end
    return together([*pieces, _between(lines, at, (len(lines) + 1, 0))])


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a text up to where it stops being Python: it may have been cut."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    while True:
        try:
            yield next(tokens)
        except (StopIteration, tokenize.TokenError, SyntaxError):
            return


def _kind(token: tokenize.TokenInfo) -> str | None:
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return "k"
    if (
        token.type == tokenize.OP
        and token.string == "@"
        and not token.line[: token.start[1]].strip()
    ):
        return "d"
    return _KINDS.get(token.type)


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text from (line, column) to (line, column)."""
    (row, column), (last, stop) = start, end
    if row == last:
        return lines[row - 1][column:stop] if lines else ""
    first = lines[row - 1][column:] if row <= len(lines) else ""
    tail = lines[last - 1][:stop] if last <= len(lines) else ""
    return first + "".join(lines[row : last - 1]) + tail


def _text(function) -> str | None:
    try:
        return dedent(inspect.getsource(function)).rstrip()
    except (OSError, TypeError):  # made at run time, or not of Python: it has no text
        return None
