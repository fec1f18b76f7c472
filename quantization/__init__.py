"""Few-bit weights: ternary quantization, its storage and arithmetic; binary attention heads.

Ternary weights (`quantization.ternary`, `quantization.ternary_fit`)
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
    nearest_trits           at a scale that is given
    best_ternary            the nearest ternary matrix of all, with its scale
    worst_relative_error    how far it can be

Trits as numbers, and how many matrices of them (`quantization.trit_algebra`, `quantization.census`)
    saturating_sum          max(-1, min(1, a + b))
    sum_modulo_3            the one that makes a field
    axiom_defects           which axioms of a field hold at three trits
    failing_axioms          and at any
    ternary_matrices        all of them
    count_ternary_matrices  3^(nm), by counting
    is_shattered            what ternary neurons can tell apart
    vc_dimension            of a ternary neuron

Storage (`quantization.packing`)
    pack_trits              five trits a byte, or four
    unpack_trits            and back, refusing what no packing writes
    LAYOUTS

Arithmetic (`quantization.product`)
    ternary_product         T^T x by additions only
    addition_count          how many

BitLinear (`quantization.ternary_layer`)
    absmax                  Q_b = max |X|
    activations_as_printed  Clip(127 X / Q_b): a rescaling
    quantized_activations   with the rounding of BitNet b1.58: integers
    activation_step         Q_b / 127
    bitlinear               the layer of BitNet b1.58
    bitlinear_as_printed    the layer of the sequence paper

Training (`quantization.straight_through`, `quantization.random_rounding`, `quantization.orbits`)
    straight_through_gradient   the estimate of Definition 59
    straight_through_step       one step of descent with it
    clipped_descent         with a box in place of the indicator: it has a bound
    rounding_law            probabilities of random rounding
    rounded_at_random       trits drawn from them
    expectation             E f(Q(w)), exact
    surrogate_gradient      grad E L(Q(w)), exact
    orbit                   of a map on exact states: what it does for ever
    Orbit

Training on data (`quantization.ternary_training`, `objectives`, `real_tasks`)
    train                   quantization-aware training
    quantization_cost       of training aware, and after training
    best_ternary_regression the best of all ternary weights
    least_squares           a loss and its gradient
    softmax_regression      another
    diabetes                measured data, with least squares
    diabetes_table          the data
    digits                  measured data, with softmax regression

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
    "nearest_trits": "ternary",
    "best_ternary": "ternary_fit",
    "worst_relative_error": "ternary_fit",
    "saturating_sum": "trit_algebra",
    "sum_modulo_3": "trit_algebra",
    "axiom_defects": "trit_algebra",
    "failing_axioms": "trit_algebra",
    "ternary_matrices": "census",
    "count_ternary_matrices": "census",
    "is_shattered": "census",
    "vc_dimension": "census",
    "absmax": "ternary_layer",
    "activations_as_printed": "ternary_layer",
    "quantized_activations": "ternary_layer",
    "activation_step": "ternary_layer",
    "bitlinear": "ternary_layer",
    "bitlinear_as_printed": "ternary_layer",
    "straight_through_gradient": "straight_through",
    "straight_through_step": "straight_through",
    "clipped_descent": "straight_through",
    "rounding_law": "random_rounding",
    "rounded_at_random": "random_rounding",
    "expectation": "random_rounding",
    "surrogate_gradient": "random_rounding",
    "orbit": "orbits",
    "Orbit": "orbits",
    "train": "ternary_training",
    "quantization_cost": "ternary_training",
    "best_ternary_regression": "ternary_training",
    "least_squares": "objectives",
    "softmax_regression": "objectives",
    "diabetes": "real_tasks",
    "diabetes_table": "real_tasks",
    "digits": "real_tasks",
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
