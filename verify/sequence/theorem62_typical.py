"""Theorem 62, range: the formula and the true quotient at published energies.

"For typical values 10 to 70" is vague: they are not given, and published ones disagree.  For rho
from 1 to 2/3 the formula is 46.8 to 65.1 at 45 nm, 58.7 to 83.0 at 7 nm.  From 10 to about 70 runs
the true quotient, from one use of a weight read to a million.

Source.  Horowitz, ISSCC 2014 (45 nm); Jouppi et al., ISCA 2021 (7 nm).
"""

from fractions import Fraction
from itertools import product

from thermo.hardware import CMOS_7NM, CMOS_45NM
from verify import Table
from verify.sequence.theorem62 import formula, theorem62, weight


def published(process, density, uses):
    """The formula, and the true quotient, at the energies of a process."""
    multiply, add = process.multiply["FP16"], process.add["INT8"]
    true = weight(multiply, add, process.dram_bit, density, uses).saving.total
    return float(formula(multiply, add, density)), float(true)


PROCESSES = {process.name: process for process in (CMOS_45NM, CMOS_7NM)}


SETTINGS = list(product((Fraction(1), Fraction(2, 3)), (1, 10**6)))  # density, uses


@theorem62.vague(
    "for typical values this yields 10 to 70",
    part="range",
    why="Typical values are not given, and published ones lead to either answer.",
)
def typical():
    measured = {}
    for name, process in PROCESSES.items():
        columns = zip(*(published(process, *each) for each in SETTINGS), strict=True)
        for what, values in zip(("formula", "true quotient"), columns, strict=True):
            measured[f"{what}, {name}"] = f"{min(values):.1f} to {max(values):.1f}"
    return measured


@theorem62.table
def beside():
    found = [
        (name, str(density), uses, *(round(x, 1) for x in published(process, density, uses)))
        for name, process in PROCESSES.items()
        for density, uses in SETTINGS
    ]
    return Table(("process", "ρ", "uses a weight", "formula", "true quotient"), tuple(found))
