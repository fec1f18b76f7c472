"""Claim files that go wrong, each in its own way."""

import time

from verify import Claim, ge, le
from verify.given import scalars

theorem8 = Claim("toy/theorem8", "a check with a defect")


@theorem8.part("t >= 0", given=scalars(0, 1))
def defect(t):
    raise RuntimeError("an index is wrong somewhere")


theorem9 = Claim("toy/theorem9", "a claim that contradicts itself")


@theorem9.part("t <= 2", given=scalars(0, 1), equality=1)
def no_equality(t):
    return le(t, 2)


def _slowly(t):
    time.sleep(0.05)
    return ge(t, 0)


theorem10 = Claim("toy/theorem10", "a check that takes its time")
theorem10.part("t >= 0", given=scalars(0, 1))(_slowly)

theorem11 = Claim("toy/theorem11", "another one")
theorem11.part("t >= 0", given=scalars(0, 1))(_slowly)
