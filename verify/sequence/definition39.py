"""Definition 39 and Assumption 40: the energy model, and how a MAC's energy grows with its width.

Statements.  Definition 39: E = sum N_op e_op(b) + sum V_mem b e_DRAM.
Assumption 40: e_MAC(b) = alpha b^gamma + beta, gamma about 2 for digital multipliers.

Verdict (definition39): definition.
Verdict (assumption40): holds.  Three constants fit any two widths, and no source has three, so what
can be false is "gamma about 2": between two published widths log(e' / e) / log(b' / b) rounds to 2
for every multiplier and MAC, integer (8 to 32 bits) and floating (16 to 32), at 45 and at 7 nm.
It is 1.98 for integers at 45 nm, and 1.62 at the least (FP16 to FP32 MACs, 45 nm).  A b x b array
multiplier has b^2 partial products, which is why.  Adders are linear: 0.87.

Source.  Horowitz, ISSCC 2014, Figure 1.1.9; Jouppi et al., ISCA 2021, Table 2.
"""

from thermo.hardware import CMOS_7NM, CMOS_45NM
from verify import Claim, ge, le, rows

definition39 = Claim("sequence/definition39", "the energy of a forward pass")
assumption40 = Claim("sequence/assumption40", "how the energy of a MAC grows with its bits")

definition39.definition(
    r"E = \sum N_{op}\, e_{op}(b) + \sum V_{mem}\, b\, e_{DRAM}",
    where="thermo.energy_model.total_energy",
)

PROCESSES = {process.name: process for process in (CMOS_45NM, CMOS_7NM)}
WIDTHS = [("INT8", "INT32", 4), ("FP16", "FP32", 2)]
PAIRS = [
    (name, unit, *pair) for name in PROCESSES for unit in ("multiply", "MAC") for pair in WIDTHS
]


def price(process, unit, form):
    chosen = PROCESSES[process]
    return chosen.mac(form) if unit == "MAC" else getattr(chosen, unit)[form]


@assumption40.part(
    r"e_{MAC}(b) = \alpha b^\gamma + \beta,\ \gamma \approx 2",
    given=rows(PAIRS),
    reading="between published widths the exponent rounds to 2: from 3/2 to 5/2",
)
def quadratic(process, unit, narrow, wide, widening):
    growth = price(process, unit, wide) / price(process, unit, narrow)
    return ge(growth**2, widening**3) & le(growth**2, widening**5)


@quadratic.mutant("for adders", given=rows([(name, "add", *WIDTHS[0]) for name in PROCESSES]))
def adders(process, unit, narrow, wide, widening):
    return quadratic(process, unit, narrow, wide, widening)


@quadratic.mutant("gamma about 3")
def cubic(process, unit, narrow, wide, widening):
    growth = price(process, unit, wide) / price(process, unit, narrow)
    return ge(growth**2, widening**5)
