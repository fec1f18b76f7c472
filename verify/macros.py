r"""`--latex`: a run as LaTeX macros, for the appendix of a paper that quotes verdicts.

    \input{verdicts}  ...  Theorem 58 is \verdict{sequence/theorem58}
    (\verdictevidence{sequence/theorem58}), at \verdictwitness{sequence/theorem58}.
    Of Theorem 27, the lower bound is \verdict[lower]{sequence/theorem27}.
    \begin{longtable}{llll} \verdictrows \end{longtable}

The optional argument is the part; without it \verdict is that of the part without a name, or the
worst of the parts where all have one.  What is not recorded stops LaTeX with an error.
"""

from __future__ import annotations

import json
import re

_HEAD = r"""% Verdicts at level {level}, seed {seed}, written by `python -m verify --latex`.
\makeatletter
\newcommand*\verify@get[3]{{\@ifundefined{{verify@#1@#2@#3}}%
  {{\PackageError{{verify}}{{no #1 of '#3', part '#2'}}{{It is not recorded.}}}}%
  {{\@nameuse{{verify@#1@#2@#3}}}}}}
\newcommand*\verify@set[4]{{\@namedef{{verify@#1@#2@#3}}{{#4}}}}
\newcommand*\verdict[2][]{{\verify@get{{verdict}}{{#1}}{{#2}}}}
\newcommand*\verdictevidence[2][]{{\verify@get{{evidence}}{{#1}}{{#2}}}}
\newcommand*\verdictwitness[2][]{{\verify@get{{witness}}{{#1}}{{#2}}}}
"""
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''",
}  # fmt: skip
_NAME = re.compile(r"[^\s\\{}%#~^$&\"]*(?: [^\s\\{}%#~^$&\"]+)*")


def macros(doc: dict) -> str:
    """The macros of a recorded run; they are defined by name, so that ids stay as they are."""
    lines = [_HEAD.format(level=doc["level"], seed=doc["seed"])]
    rows = []
    for claim in doc["claims"]:
        if all(part["part"] for part in claim["parts"]):  # the worst, where no part has its place
            lines.append(_set("verdict", "", claim["id"], claim["verdict"]))
        for part in claim["parts"]:
            lines += _of_part(claim["id"], part)
            cells = (claim["id"], part["part"], part["verdict"], part["evidence"] or "")
            rows.append("  " + " & ".join(map(escaped, cells)) + r" \\")
    lines += [r"\newcommand*\verdictrows{%", *rows, "}", r"\makeatother", ""]
    return "\n".join(lines)


def _of_part(id: str, part: dict):
    yield _set("verdict", part["part"], id, part["verdict"])
    yield _set("evidence", part["part"], id, part["evidence"] or "no evidence")
    if part["witness"] is not None:
        values = (f"{k} = {json.dumps(v)}".replace('"', "") for k, v in part["witness"].items())
        yield _set("witness", part["part"], id, ", ".join(values) or "the printed number")


def _set(what: str, part: str, id: str, text: str) -> str:
    r"""\verify@set; *Raises* ValueError for a part's name that \csname cannot hold."""
    for name in (part, id):
        if not (_NAME.fullmatch(name) and name.isascii()):
            raise ValueError(f"--latex needs ASCII names without TeX's signs, got {name!r} of {id}")
    return rf"\verify@set{{{what}}}{{{part}}}{{{id}}}{{{escaped(text)}}}"


def escaped(text: str) -> str:
    """Text that TeX prints as it is."""
    return "".join(_TEX.get(c, c) for c in text)
