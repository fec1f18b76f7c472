"""`--junit`: a run as JUnit XML (the xunit2 dialect that pytest writes), one testcase a part.

    holds, supported      passes
    refuted               failure, of the type of its evidence; its text is the witness
    inconclusive          error: the run could not decide, so that somebody has to look
    vague, definition     skipped: there is nothing that could pass

Beside a recorded run (`--expect`) what is tested is the record: a part fails where it departs
from it, and a refuted part that is recorded as refuted passes.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from verify.latex import to_unicode

# What XML 1.0 has no way to write, escaped or not.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(doc: dict, drift: list[str] | None = None) -> str:
    """A recorded run as XML, a suite a paper; `drift` is what `ledger.drift` says of it."""
    root = ET.Element("testsuites", name="verify")
    for paper in dict.fromkeys(c["id"].partition("/")[0] for c in doc["claims"]):
        claims = [c for c in doc["claims"] if c["id"].startswith(paper + "/")]
        _suite(root, paper, doc, claims, drift)
    if drift and (lost := [line for line in drift if "there is no such claim now" in line]):
        _suite(root, "recorded", doc, [], lost)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root, name: str, doc: dict, claims: list[dict], drift: list[str] | None) -> None:
    suite = ET.SubElement(root, "testsuite", name=name)
    properties = ET.SubElement(suite, "properties")
    for key in ("schema", "level", "seed"):
        ET.SubElement(properties, "property", name=key, value=_legal(str(doc[key])))
    for claim in claims:
        for part in claim["parts"]:
            _testcase(suite, claim, part, drift)
    for line in drift if not claims else ():
        case = ET.SubElement(suite, "testcase", classname=_class(line.partition(":")[0]), name=name)
        _say(case, "failure", "drift", line, "")
    suite.set("time", f"{sum(c.get('seconds', 0) for c in claims):.3f}")
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))


def _testcase(suite, claim: dict, part: dict, drift: list[str] | None) -> None:
    name = part["part"] or claim["id"].partition("/")[2]
    case = ET.SubElement(suite, "testcase", classname=_class(claim["id"]), name=_legal(name))
    verdict, said = part["verdict"], part["why"] or part.get("reason", "")
    departs = _departures(claim["id"], part["part"], drift or [])
    if departs:
        _say(case, "failure", "drift", departs[0], "\n".join([*departs, _account(part)]))
    elif verdict in ("vague", "definition"):
        _say(case, "skipped", verdict, to_unicode(said) or verdict, _account(part))
    elif verdict == "refuted" and drift is None:
        _say(case, "failure", part["evidence"], f"refuted: {to_unicode(said)}", _account(part))
    elif verdict == "inconclusive" and drift is None:
        _say(case, "error", "inconclusive", part.get("reason", ""), _account(part))
    else:
        ET.SubElement(case, "system-out").text = _legal(_account(part))


def _departures(id: str, part: str, drift: list[str]) -> list[str]:
    """The lines about a part, or about the whole of a claim that is not recorded."""
    return [d for d in drift if d.startswith((f"{id}: part {part!r} ", f"{id}: not in "))]


def _say(case, tag: str, kind: str, message: str, text: str) -> None:
    ET.SubElement(case, tag, type=_legal(kind), message=_legal(message)).text = _legal(text)


def _account(part: dict) -> str:
    """Statement, verdict, witness, what is true instead, mutants: a line each."""
    lines = [to_unicode(part["statement"]), f"{part['verdict']} ({part['evidence'] or 'none'})"]
    if part["witness"] is not None:
        values = ", ".join(f"{name} = {value}" for name, value in part["witness"].items())
        sides = part.get("sides")
        broken = f"not {sides['lhs']} {sides['relation']} {sides['rhs']}" if sides else ""
        lines.append("witness: " + "; ".join(filter(None, [values.replace("'", ""), broken])))
    lines += [f"instead: {to_unicode(a['statement'])} ({a['verdict']})" for a in part["amendments"]]
    for finding in (part, *part["amendments"]):
        for mutant in finding["mutants"]:
            lines.append(f"mutant {'dies' if mutant['killed'] else 'ALIVE'}: {mutant['name']}")
    return "\n".join(lines)


def _class(id: str) -> str:
    return _legal(id.replace("/", "."))


def _legal(text: str) -> str:
    """Text without the characters that XML cannot hold: they are named, #x1B for escape."""
    return _ILLEGAL.sub(lambda m: f"#x{ord(m[0]):02X}", text)
