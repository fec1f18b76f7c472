"""Figure 3: validation of Theorems 30 and 64.

Statement.  "Validation of Theorems 30 and 64."

Verdict: vague.  A figure without a number.  Theorem 30 has a constant that is free.  Theorem 64 is
about energy, and no spectrum can validate it: with its constants at 1 it predicts 640 at N = 4096,
where Table 2 has 95.

Source.  Section 13.3; `verify.sequence.experiments.spectra` says what was chosen, and why.
"""

from fractions import Fraction
from math import isqrt

from verify import Claim
from verify.sequence.experiments.spectra import spectra
from verify.sequence.section13_3_run import by_clusters
from verify.sequence.table2 import TABLE

figure3 = Claim("sequence/figure3", "validation of Theorems 30 and 64")


@figure3.vague(
    "validation of Theorems 30 and 64",
    why="Theorem 30 has a free constant, Theorem 64 an O(), and the figure no number.",
    reading="what their two sides are in runs of sections 13.3 and 13.4",
)
def both_sides():
    (N, *_, saved), few, many = TABLE[-1], spectra(4), spectra(32)
    return {
        "||sin Θ||_F at k = 4": round(few.sine, 3),
        "at k = 32": round(many.sine, 3),
        "savings of Table 2 over 10 √N at N = 4096": Fraction(int(saved), 10 * isqrt(N)),
    }


figure3.plot(by_clusters)
