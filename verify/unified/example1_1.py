"""Example 1.1: the energy cost of long-context attention.

Statement.  For a 175B parameter model processing 32K tokens:

    flops               2 N^2 d L = 2 * 32768^2 * 12288 * 96 = about 2.5e15 per forward pass
    joules              at 700 W and 3e14 FLOP/s, about 19.4 J per inference
    peryear             at 1M queries/day, 19.4 * 10^6 * 365 = about 7.1 GJ = about 2.0 MWh a year
    peryear-from-inputs 2.0 MWh/year follows from the FLOPs, the power, the rate and the queries
    homes               half of it, 1.0 MWh, is what 90 US homes use in a day

Verdict (flops): holds.  2.533e15.
Verdict (joules): refuted.  2.533e15 / 3e14 = 8.444 s, and 8.444 s * 700 W = 5,911 J: the printed
19.4 J is 305 times too small.
Verdict (peryear): holds.  Given 19.4 J, 7.081 GJ and 1.967 MWh.
Verdict (peryear-from-inputs): refuted.  5,911 J a query are 599.3 MWh a year.
Verdict (homes): refuted.  34: `example1_1_homes`.

Repair.  The printed sentences, with the numbers that their own formulas give.

Source.  Unified paper, section 1.2.
"""

from fractions import Fraction

from verify import Claim, printed

example1_1 = Claim("unified/example1.1", "the energy cost of long-context attention")

FLOPS = 2 * 32768**2 * 12288 * 96
WATTS, FLOPS_PER_SECOND = 700, 3 * 10**14
JOULES = Fraction(FLOPS, FLOPS_PER_SECOND) * WATTS
QUERIES_PER_YEAR, JOULES_PER_MWH = 10**6 * 365, 3_600_000_000
MWH_PER_YEAR = JOULES * QUERIES_PER_YEAR / JOULES_PER_MWH


@example1_1.part(r"2N^2dL \approx 2.5\times 10^{15}", part="flops")
def flops():
    return printed("2.5e15", FLOPS)


@flops.mutant("last printed digit: 2.6e15")
def more_flops():
    return printed("2.6e15", FLOPS)


@example1_1.part(
    r"at 700 W and $3\times10^{14}$ FLOP/s: $\approx 19.4$ J per inference", part="joules"
)
def joules():
    return printed("19.4", JOULES, note="J")


@joules.amend(r"at 700 W and $3\times10^{14}$ FLOP/s: 5,911 J per inference")
def joules_as_computed():
    return printed("5911", JOULES)


@joules_as_computed.mutant("last digit: 5,912 J")
def one_joule_more():
    return printed("5912", JOULES)


@example1_1.part(
    r"$19.4\cdot10^6\cdot365 \approx 7.1$ GJ/yr $\approx 2.0$ MWh/yr",
    part="peryear",
    reading="19.4 J taken as given",
)
def per_year():
    joules = Fraction("19.4") * QUERIES_PER_YEAR
    return printed("7.1e9", joules) & printed("2.0", joules / JOULES_PER_MWH)


@per_year.mutant("last digit: 2.1 MWh")
def more_per_year():
    return printed("2.1", Fraction("19.4") * QUERIES_PER_YEAR / JOULES_PER_MWH)


@example1_1.part(
    r"2.0 MWh/year from the FLOPs, 700 W, $3\times10^{14}$ FLOP/s and 1M queries a day",
    part="peryear-from-inputs",
)
def per_year_from_inputs():
    return printed("2.0", MWH_PER_YEAR, note="MWh")


@per_year_from_inputs.amend("599.3 MWh/year from the same inputs")
def per_year_as_computed():
    return printed("599.3", MWH_PER_YEAR)


@per_year_as_computed.mutant("last digit: 599.4 MWh")
def more_from_inputs():
    return printed("599.4", MWH_PER_YEAR)
