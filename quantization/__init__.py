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

Arithmetic on packed weights (`quantization.packed`)
    PackedTernary           gamma T, two bits a weight
    pack_ternary            from trits
    pack_weights            from floats
    packed_product          T^T x of 8-bit integers, exact; NumPy or Numba
    packed_bitlinear        the layer of BitNet b1.58 from packed weights

BitLinear (`quantization.ternary_layer`)
    absmax                  Q_b = max |X|
    activations_as_printed  Clip(127 X / Q_b): a rescaling
    quantized_activations   with the rounding of BitNet b1.58: integers
    activation_step         Q_b / 127
    bitlinear               the layer of BitNet b1.58
    bitlinear_as_printed    the layer of the sequence paper

Training (`quantization.straight_through`, `box_descent`, `random_rounding`, `one_weight`, `orbits`)
    straight_through_gradient   the estimate of Definition 59
    straight_through_step       one step of descent with it
    clipped_descent         with a box in place of the indicator: it has a bound
    rounding_law            probabilities of random rounding
    rounded_at_random       trits drawn from them
    descent_bound           both sides of it
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

The binary cube (`quantization.hamming`, `quantization.monotone_maps`)
    hamming_product         sum x_i y_i
    hamming_distance        sum |x_i - y_i|
    longest_orbit           of all maps of a few bits
    longest_monotone_cycle  of the monotone ones: Sperner's bound

Threshold circuits (`quantization.threshold_circuits`, `attention_circuits`, `quadratic_heads`,
`circuit_layers`)
    ThresholdCircuit        gates [sum w x >= t], their size and depth
    circuit_of              the one of a weight matrix
    on_literals             without negative weights
    attention_circuit       a head as a circuit of depth 3
    circuit_size_bound      how many gates it has at most
    quadratic_head          what one head computes of x and 1 - x
    circuit_layer           a layer whose D-th power is a circuit of D levels

Machines (`quantization.turing`, `machines`, `machine_tokens`, `machine_transformer`)
    TuringMachine           a table; turing.run simulates it directly
    parse_machine           from text such as 1RB1LB_1LA1RZ
    post_machine            from Post's directions
    MACHINES                busy beavers, increment, palindromes
    transformer_of          two layers of binary heads that are the machine
    steps_in_agreement      how long both go together

Gate counts (`quantization.netlists`, `adders`, `multipliers`, `attention_netlists`,
`bit_complexity`)
    Netlist                 gates of two inputs, counted and simulated
    attention_netlist       binary attention gate by gate
    popcount_gates          of the population count, and
    popcount_depth          its depth
    schoolbook_gates        of a product of b bits, and
    karatsuba_gates         at 2^k bits by three halves
    binary_attention_gates  on any edges
    word_attention_gates    on words of b bits
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
    "descent_bound": "box_descent",
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
    "PackedTernary": "packed",
    "pack_ternary": "packed",
    "pack_weights": "packed",
    "packed_product": "packed",
    "packed_bitlinear": "packed",
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
    "hamming_product": "hamming",
    "hamming_distance": "hamming",
    "longest_orbit": "monotone_maps",
    "longest_monotone_cycle": "monotone_maps",
    "ThresholdCircuit": "threshold_circuits",
    "circuit_of": "threshold_circuits",
    "on_literals": "threshold_circuits",
    "attention_circuit": "attention_circuits",
    "circuit_size_bound": "attention_circuits",
    "quadratic_head": "quadratic_heads",
    "circuit_layer": "circuit_layers",
    "TuringMachine": "turing",
    "parse_machine": "turing",
    "post_machine": "turing",
    "MACHINES": "machines",
    "transformer_of": "machine_transformer",
    "steps_in_agreement": "machine_transformer",
    "Netlist": "netlists",
    "attention_netlist": "attention_netlists",
    "popcount_gates": "bit_complexity",
    "popcount_depth": "bit_complexity",
    "schoolbook_gates": "bit_complexity",
    "karatsuba_gates": "bit_complexity",
    "binary_attention_gates": "bit_complexity",
    "word_attention_gates": "bit_complexity",
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
