"""Example 1.1, homes: what half of 2.0 MWh powers.

Refuted.  At 10,715 kWh a year (29.4 kWh a day), 1.0 MWh is a day of 34.1 homes, not of 90.

Source.  U.S. Energy Information Administration, average residential customer in 2020.
"""

from fractions import Fraction

from verify import printed
from verify.unified.example1_1 import example1_1

KWH_PER_HOME_AND_DAY = Fraction(10_715, 365)


@example1_1.part("1.0 MWh powers 90 US homes for a day", part="homes")
def homes():
    return printed("90", 1000 / KWH_PER_HOME_AND_DAY, note="homes")


@homes.amend(
    "1.0 MWh powers 34 US homes for a day",
    reference="U.S. EIA: 10,715 kWh a year per residential customer (2020)",
)
def homes_as_computed():
    return printed("34", 1000 / KWH_PER_HOME_AND_DAY)


@homes_as_computed.mutant("last digit: 35 homes")
def more_homes():
    return printed("35", 1000 / KWH_PER_HOME_AND_DAY)
