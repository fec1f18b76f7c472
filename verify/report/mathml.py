"""LaTeX as MathML that a browser may be given: tags and attributes from a list, nothing else.

latex2mathml passes markup in `\\text{...}` and links in `\\href` through, so its answer is parsed
and rebuilt; what does not parse is shown as Unicode text, with its LaTeX kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from verify.latex import to_unicode
from verify.report.markup import Html, element

_TAGS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
    "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded",
    "mphantom",
}  # fmt: skip
_ATTRIBUTES = {
    "display", "stretchy", "fence", "separator", "lspace", "rspace", "movablelimits", "minsize",
    "maxsize", "linethickness", "displaystyle", "scriptlevel", "mathvariant", "width", "height",
    "depth", "columnalign", "accent",
}  # fmt: skip
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
_CHILDREN |= {"msubsup": 3, "munderover": 3}
_WRAPPED = r"\\(?:operatorname|text|mathrm|mathbf|mathit|mathcal|mathbb|mathfrak|begin|end)"
_LETTERS = re.compile(rf"{_WRAPPED}\*?\s*\{{[^{{}}]*\}}|\\[A-Za-z]+|[A-Za-z]{{2,}}")
_FUNCTIONS = {"log", "ln", "exp", "min", "max", "sup", "inf", "dim", "det", "arg", "tanh"}
_WORDS = {"TV", "KL", "LN", "BW", "in", "op"}  # of two letters; longer ones are words anyway
_INDICES = {"ijk", "ijkl", "ikj", "jkl"}
# Characters of markup travel through the converter as others, and come back as text.
_AWAY = str.maketrans({"<": "\ue010", ">": "\ue011"})
_BACK = str.maketrans({"\ue010": "<", "\ue011": ">", "\ue012": "&"})


@lru_cache(maxsize=4096)
def mathml(latex: str) -> Html:
    """A `<math>` element that keeps the LaTeX; Unicode text where the converter gives up."""
    inner = _converted(latex)
    if inner is None:
        return element("span", to_unicode(latex), class_="v-unicode", title=latex)
    annotation = element("annotation", latex, encoding="application/x-tex")
    return element("math", element("semantics", inner, annotation))


def _converted(latex: str) -> Html | None:
    from latex2mathml.converter import convert

    try:
        tree = ET.fromstring(re.sub(r' xmlns="[^"]*"', "", convert(_prepared(latex))))
    except Exception:  # the converter has a dozen kinds of error; each means: not understood
        return None
    tree.tag, tree.attrib = "mrow", {}
    return _rebuilt(tree)


def _prepared(latex: str) -> str:
    """LaTeX in which words are upright, accents are commands, and no markup is left."""
    s = latex.translate(_AWAY).replace(r"\&", "\ue012")
    if r"\begin" not in s:
        s = s.replace("&", "\ue012")
    s = re.sub("(\\w)\u0303", r"\\tilde{\1}", s)
    s = re.sub(r"\^\(([^()]*)\)", r"^{\1}", s)
    return _LETTERS.sub(_upright, s)


def _upright(m: re.Match) -> str:
    found = m[0]
    if found.startswith("\\"):
        if found == r"\arg":
            return r"\operatorname{arg}"
        return re.sub(r"^\\mathrm\s*(?=\{[A-Za-z]{2,}\})", r"\\text", found)
    if found in _FUNCTIONS:
        return f"\\{found} "
    if found in _WORDS or (len(found) > 2 and found not in _INDICES):
        return rf"\operatorname{{{found}}}"
    return found


def _rebuilt(node: ET.Element) -> Html | None:
    """The element anew from what is allowed; None where something is not."""
    if node.tag not in _TAGS or len(node) != _CHILDREN.get(node.tag, len(node)):
        return None
    parts = [node.text and node.text.translate(_BACK)]
    for i, child in enumerate(node):
        _space(child, first=i == 0, following=node[i + 1] if i + 1 < len(node) else None)
        inner = _rebuilt(child)
        if inner is None:
            return None
        parts += [inner, child.tail and child.tail.translate(_BACK)]
    tag, kept = node.tag, {k: v for k, v in node.attrib.items() if k in _ATTRIBUTES}
    text = (node.text or "").translate(_BACK)
    if tag == "mi" and len(text) == 1 and not text.isalnum() and text not in "∞∅…⊤":
        tag = "mo"  # the converter takes every character that it does not know for a letter
    return element(tag, *parts, **kept)


def _space(node: ET.Element, *, first: bool, following: ET.Element | None) -> None:
    """Set what browsers would space as relations: functions, bars, slashes."""
    inner = node
    while len(inner) and inner.tag in ("msub", "msup", "msubsup", "munder", "munderover"):
        inner = inner[0]
    text = inner.text or ""
    if inner.tag in ("mi", "mo") and len(text) > 1 and text.isalpha():
        inner.tag = "mo"
        opens = following is not None and (following.text or "") in ("(", "[")
        inner.set("lspace", "0" if first else "0.167em")
        inner.set("rspace", "0" if opens or following is None else "0.167em")
    elif inner.tag in ("mo", "mi") and text in ("|", "\u2016", "/"):
        inner.set("lspace", "0")
        inner.set("rspace", "0")
