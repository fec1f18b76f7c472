"""Integers of every size: lengths of sequences, widths of layers, counts of tokens."""

from __future__ import annotations

from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis


def magnitudes(low: int, high: int) -> Cases:
    """Integers low, ..., high: the ends, the powers of two between them, the small ones first.

    For statements about growth, that `counts` would ask at small sizes only.
    """
    if not 1 <= low <= high:
        raise ValueError(f"low and high must be 1 <= low <= high, got {low} and {high}")
    inside = Hypothesis(f"in {low}..{high}", lambda k: low <= k <= high)
    powers = [2**i for i in range(high.bit_length()) if low <= 2**i <= high]
    small = range(low, min(low + 3, high) + 1)
    return Cases(
        gallery=lambda: sorted({*powers, low, high}),
        lattice=lambda: small,
        random=st.integers(0, 2**20).map(lambda i: round(low * (high / low) ** (i / 2**20))),
        hypotheses=(inside,),
        label=f"{low}..{high}",
    )
