"""Statements: which of their text is mathematics, and the whole as HTML.

Most statements are LaTeX without dollar signs, with words among it: `0 < \\lambda_2(L), all real,
for symmetric W > 0`.  What is between dollars is mathematics; elsewhere a run of tokens is, if one
of them has a command, an index or a relation and none of them is a word.
"""

from __future__ import annotations

import re
from itertools import cycle, zip_longest

from verify.latex import to_unicode
from verify.report.markup import Html, together
from verify.report.mathml import mathml

_TOKEN = re.compile(
    r"(?:\\.|\{(?:\\.|[^{}\\]|\{(?:\\.|[^{}\\]|\{(?:\\.|[^{}\\])*\})*\})*\}|[^\s\\{}])+"
)
_STRONG = re.compile(r"\\[A-Za-z|{]|[_^=<>≤≥≠≈∼|‖√∈±≪≫]")
_FUNCTION = re.compile(
    r"\\operatorname\s*\{[^{}]*\}|\\[A-Za-z]+|log|exp|min|max|tanh|rank|supp|grad"
)
_INDEX = re.compile(r"[_^]\s*\{[^{}]*\}")
_SHORT_WORDS = set(
    [
        "a",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "if",
        "in",
        "is",
        "it",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "we",
    ]
)


def statement(text: str) -> Html:
    """A statement with its mathematics as MathML."""
    pieces = text.split("$")
    if len(pieces) % 2 == 0:  # a dollar without its partner
        return together([to_unicode(text)])
    return together(
        mathml(piece.strip()) if inside else _implicit(piece)
        for piece, inside in zip(pieces, cycle((False, True)), strict=False)
    )


def prose(text: str) -> Html:
    """A sentence that may hold mathematics between dollars; elsewhere it is left as it is."""
    if "$" not in text and "\\" not in text:
        return together([text])
    return statement(text)


def _implicit(text: str) -> Html:
    """Text without dollars: runs of mathematics, and the words between them."""
    tokens = _TOKEN.findall(text)
    if "".join("".join(tokens).split()) != "".join(text.split()):  # braces that do not match
        return together([to_unicode(text)])
    before, after = re.match(r"\s*", text)[0], re.search(r"\s*$", text)[0]
    shown = [
        _run(run) if mathematical else to_unicode(" ".join(run))
        for mathematical, run in _runs(tokens)
    ]
    return together([before, *_spaced(shown), after] if shown else [text])


def _runs(tokens: list[str]) -> list[tuple[bool, list[str]]]:
    """Tokens gathered to what is mathematics and what is not, by turns."""
    runs: list[tuple[bool, list[str]]] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        ahead = runs[-1][1] if runs and runs[-1][0] else []
        word = _is_word(token, first=not runs)
        if token == "a" and ahead and following and not _is_word(following, first=False):
            word = False  # a name between formulas, not the article
        mathematical = not word or _is_open(ahead)
        if not runs or runs[-1][0] != mathematical:
            runs.append((mathematical, []))
        runs[-1][1].append(rf"\ {token}" if mathematical and word else token)
    return runs


def _spaced(shown: list):
    for i, one in enumerate(shown):
        yield from ([" "] if i else [])
        yield one


def _is_open(run: list[str]) -> bool:
    """Whether a bracket is open behind mathematics: what follows is inside it, words too."""
    text = " ".join(run)
    opened = sum(map(text.count, ("(", "[", r"\langle")))
    return any(map(_STRONG.search, run)) and opened > sum(map(text.count, (")", "]", r"\rangle")))


def _is_word(token: str, *, first: bool) -> bool:
    """Has a run of three letters that is no command, function or index; or is a short word."""
    if _STRONG.search(token):
        return False
    if token in _SHORT_WORDS or (first and token == "A"):
        return True
    bare = _FUNCTION.sub("", _INDEX.sub("", token))
    return token.strip(",.;:()") in _SHORT_WORDS - {"a"} or bool(re.search(r"[A-Za-z]{3,}", bare))


def _run(tokens: list[str]) -> Html:
    """Tokens without words: mathematics, or numbers and brackets of a sentence."""
    text = " ".join(tokens)
    if not (_names(text) or (any(map(_STRONG.search, tokens)) and re.search(r"\w", text))):
        return together([to_unicode(text)])
    inner = text.lstrip(",;:. ")
    bare = inner.rstrip(",;:. ").removesuffix("\\")
    ahead = text[: len(text) - len(inner)]
    return together([ahead, mathml(bare), inner[len(bare) :]])


def _names(text: str) -> bool:
    """Letters that stand alone, with signs between: `D - W`; not a label (a), not a unit behind
    its number."""
    single = re.fullmatch(r"[A-Za-z(\[](?:[^A-Za-z.%]|(?<![A-Za-z])[A-Za-z])*", text)
    balanced = text.count("(") == text.count(")") and text.count("[") == text.count("]")
    label = re.fullmatch(r"\([a-z]\)[,.;:]?|J[,.;:]?|[A-Z]\d.*", text)
    return bool(single and balanced and not label and re.search("[A-Za-z]", text))
