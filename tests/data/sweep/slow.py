"""Six claims that take some time each, and note in the file $SWEEP_LOG who judges them."""

import os
import time
from pathlib import Path

from verify import Claim, every, le
from verify.given import scalars, vectors


def _slow(claim):
    """Give a claim a part that takes a while."""

    @claim.part("n <= 4", part="slow", given=every(range(5)))
    def slow(n):
        if n == 0 and (log := os.environ.get("SWEEP_LOG")):
            with Path(log).open("a") as file:  # one write, so that lines do not mix
                file.write(f"{claim.id} {os.getpid()}\n")
        time.sleep(0.05)
        return le(n, 4)


def _searched(claim):
    """Give a claim a part that is searched at random and refuted."""

    @claim.part(r"\sum x_i^2 \le t", part="sum", given=(vectors(), scalars(0, 1)))
    def sum_of_squares(x, t):
        return le((x * x).sum(), t)


theorem1 = Claim("sweep/theorem1", "the first")
theorem2 = Claim("sweep/theorem2", "the second")
theorem3 = Claim("sweep/theorem3", "the third")
theorem4 = Claim("sweep/theorem4", "the fourth")
theorem5 = Claim("sweep/theorem5", "the fifth")
theorem6 = Claim("sweep/theorem6", "the last")

for one in (theorem1, theorem2, theorem3, theorem4, theorem5, theorem6):
    _slow(one)
for one in (theorem1, theorem5):
    _searched(one)
