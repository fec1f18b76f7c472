"""Ask attention heads: which hypotheses they meet, and whether the conclusion held there.

Float64, at the heads' own size.  It decides no verdict: a head is one case, and too large to
be certified; but it is the case that an engineer has.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files

import numpy as np

from verify.arithmetic import to_floats
from verify.claim import Check
from verify.comparison import SLACK, Comparison
from verify.verdict import HeadReport

# What a conclusion on a head of a few hundred tokens may miss by: SLACK, with room for sums
# of some 10**5 entries.  Found by trial on the shipped heads.
_HEAD_SLACK = 64 * SLACK


@cache
def shipped_heads() -> tuple:
    """The trained heads that come with the package (all-MiniLM-L6-v2, Apache-2.0)."""
    from spectral.heads import load_heads

    return tuple(load_heads(files("verify") / "data" / "heads.npz"))


@cache
def generated_heads() -> tuple:
    """Heads of twelve Gaussian clusters of twelve tokens, from blurred to clear.

    Between clusters scores stray by separation^2, within one they are sqrt(32) separation^2: of a
    token's weight some 8/10, 1/10 and nothing to speak of goes to other clusters.
    """
    from spectral.heads import clustered_heads

    def head(separation):
        rng = np.random.default_rng(0)
        (made,) = clustered_heads(144, 32, 12, rng=rng, separation=separation)
        return replace(made, name=f"generated/separation {separation:g}")

    return tuple(head(separation) for separation in (0.5, 1, 2))


def head_reports(check: Check, heads) -> tuple[HeadReport, ...]:
    """One report a head, for checks that say how a head becomes their case (`on`).

    heads: None asks the shipped and the generated ones, which are read and made only then.
    """
    if check.on is None:
        return ()
    asked = (*shipped_heads(), *generated_heads()) if heads is None else heads
    return tuple(_report(check, head) for head in asked)


def _report(check: Check, head) -> HeadReport:
    function = partial(check.function, check.constants[0]) if check.constants else check.function
    hypotheses: dict[str, bool] = {}
    try:
        with np.errstate(all="ignore"):
            case = check.on(head)
            values = to_floats(case if isinstance(case, tuple) else (case,))
            for hypothesis in check.hypotheses:
                hypotheses[hypothesis.name] = _met(hypothesis.holds(*values))
            comparison = function(*values)
    except (ValueError, ArithmeticError) as error:
        return HeadReport(head.name, hypotheses, None, None, str(error))
    margin = comparison.margin
    if math.isnan(margin):
        return HeadReport(head.name, hypotheses, None, None, "a side is not a number in float64")
    return HeadReport(head.name, hypotheses, margin <= _HEAD_SLACK, comparison.ratio)


def _met(answer) -> bool:
    return answer.margin <= _HEAD_SLACK if isinstance(answer, Comparison) else bool(answer)
