"""Few-bit weights: ternary quantization, its storage and arithmetic; binary attention heads.

Ternary weights (`quantization.ternary`)
    absmean                 gamma = mean |W|
    scale                   gamma + eps
    threshold               half of it: weights beyond become +-1
    ternarize               Q(W), trits
    dequantize              gamma Q(W)
    squared_error           ||W - gamma Q(W)||_F^2, exact on rationals
    quantization_error      its root
    trit_distribution       shares of -1, 0, 1
    trit_entropy            bits a trit
    trit_capacity           log2 3

Storage (`quantization.packing`)
    pack_trits              five trits a byte, or four
    unpack_trits            and back, refusing what no packing writes
    LAYOUTS

Arithmetic (`quantization.product`)
    ternary_product         T^T x by additions only
    addition_count          how many

Binary attention (`quantization.binary`)
    BinaryHead              thresholds in place of softmax
    ALPHABETS               the weights allowed

Gates (`quantization.gates`, `quantization.gate_survey`)
    GATES                   the 16 functions of two bits
    encode                  two bits as tokens
    is_monotone             of a truth table
    implements              whether a head computes a gate
    readouts                where
    survey                  all gates that any head computes
"""

from importlib import import_module

_HOME = {
    "absmean": "ternary",
    "scale": "ternary",
    "threshold": "ternary",
    "ternarize": "ternary",
    "dequantize": "ternary",
    "squared_error": "ternary",
    "quantization_error": "ternary",
    "trit_distribution": "ternary",
    "trit_entropy": "ternary",
    "trit_capacity": "ternary",
    "pack_trits": "packing",
    "unpack_trits": "packing",
    "LAYOUTS": "packing",
    "ternary_product": "product",
    "addition_count": "product",
    "BinaryHead": "binary",
    "ALPHABETS": "binary",
    "GATES": "gates",
    "encode": "gates",
    "is_monotone": "gates",
    "implements": "gates",
    "readouts": "gates",
    "survey": "gate_survey",
    "Survey": "gate_survey",
    "Witness": "gate_survey",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    """A name of the contents above, or a module, loaded when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"quantization.{_HOME[name]}"), name)
    if name in _HOME.values():
        return import_module(f"quantization.{name}")
    raise AttributeError(f"module 'quantization' has no attribute {name!r}")


def __dir__():
    return sorted([*__all__, *set(_HOME.values())])
