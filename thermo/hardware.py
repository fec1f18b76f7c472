r"""What an operation costs, in joules: published tables, each number with its source.

    CMOS_45NM   [H14]_  45 nm, 0.9 V.  The table that most papers on energy quote.
    CMOS_7NM    [J21]_  the same operations at 7 nm.
    H100        [N22]_  a whole accelerator: power and peak throughput of its data sheet.

Additions and multiplications are those of bare arithmetic units, without registers, caches,
instructions or clocks: at 45 nm an FP16 multiply-add is 1.5 pJ, and the instruction that carries
it some 70 pJ [H14]_.  Fractions, because a printed decimal is one.

References
----------
.. [H14] M. Horowitz, Computing's energy problem (and what we can do about it), ISSCC 2014:
   Figure 1.1.9.  DRAM: "1.3-2.6 nJ" for 64 bits; the lower end is taken.
.. [J21] N. P. Jouppi et al., Ten lessons from three generations shaped Google's TPUv4i, ISCA
   2021: Table 2.  DRAM (DDR3/4): 1300 pJ for 64 bits, as at 45 nm.
.. [N22] NVIDIA H100 Tensor Core GPU data sheet (SXM5): 989.4 TFLOP/s FP16 dense, 700 W.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

PICO = Fraction(1, 10**12)


@dataclass(frozen=True)
class Process:
    """Energies of one process in joules, by number format: "INT8", "INT32", "FP16", "FP32"."""

    name: str
    add: Mapping[str, Fraction]
    multiply: Mapping[str, Fraction]
    dram_bit: Fraction  # one bit from or to DRAM
    source: str

    def mac(self, form: str) -> Fraction:
        """A multiplication and an addition of one format."""
        if form not in self.multiply:
            raise ValueError(f"form must be one of {sorted(self.multiply)}, got {form!r}")
        return self.multiply[form] + self.add[form]


@dataclass(frozen=True)
class Accelerator:
    """A data sheet: power in watts, floating-point operations a second, two to a MAC."""

    name: str
    watts: Fraction
    flops: Fraction
    source: str

    @property
    def mac(self) -> Fraction:
        """Joules of a multiply-accumulate at full power and full throughput."""
        return 2 * self.watts / self.flops


def scaling_exponent(small, large, *, bits: tuple[int, int]) -> float:
    """gamma of the power law through two energies: log(large / small) / log(bits ratio)."""
    if not (0 < small and 0 < large):
        raise ValueError(f"energies must be positive, got {small} and {large}")
    if not 0 < bits[0] < bits[1]:
        raise ValueError(f"bits must be positive and increase, got {bits}")
    return math.log(large / small) / math.log(bits[1] / bits[0])


def _pico(**energies: str) -> Mapping[str, Fraction]:
    return MappingProxyType({form: Fraction(text) * PICO for form, text in energies.items()})


CMOS_45NM = Process(
    "45 nm",
    add=_pico(INT8="0.03", INT32="0.1", FP16="0.4", FP32="0.9"),
    multiply=_pico(INT8="0.2", INT32="3.1", FP16="1.1", FP32="3.7"),
    dram_bit=1300 * PICO / 64,
    source="Horowitz, ISSCC 2014, Figure 1.1.9",
)
CMOS_7NM = Process(
    "7 nm",
    add=_pico(INT8="0.007", INT32="0.03", FP16="0.16", FP32="0.38"),
    multiply=_pico(INT8="0.07", INT32="1.48", FP16="0.34", FP32="1.31"),
    dram_bit=1300 * PICO / 64,
    source="Jouppi et al., ISCA 2021, Table 2",
)
H100 = Accelerator(
    "NVIDIA H100 SXM5",
    watts=Fraction(700),
    flops=Fraction("989.4e12"),
    source="NVIDIA H100 Tensor Core GPU data sheet",
)
