r"""Bits of a model's weights: what they occupy, and what reading them for every token takes.

P parameters of b bits are P b / 8 bytes, and generating f tokens a second one by one reads
P b f bits a second.  Both are proportional to b, so FP16 over ternary is 16 / b: 10.13 for the
printed 1.58 bits, 10.09 for log2 3 (ideal coding of uniform trits), 10 for five trits a byte, 8
for two bits a trit (`quantization.packing`).  Activations, keys and values are not in it, nor
embeddings, which BitNet keeps in higher precision.

Reference: sequence paper, Proposition 63 and Table 4.
"""

from fractions import Fraction

GIGA = 10**9


def weight_bytes(parameters, bits):
    """P b / 8, in bytes; exact for ints and Fractions."""
    return _positive("parameters", parameters) * _positive("bits", bits) * Fraction(1, 8)


def weight_bandwidth(parameters, bits, *, tokens_per_second):
    """P b f, in bits a second: every weight is read once a token."""
    read = _positive("parameters", parameters) * _positive("bits", bits)
    return read * _positive("tokens_per_second", tokens_per_second)


def _positive(name, x):
    if not x > 0:
        raise ValueError(f"{name} must be positive, got {x}")
    return x
