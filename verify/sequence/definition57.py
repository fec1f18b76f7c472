"""Definition 57: the BitLinear layer.

Statement.  With Q_b = max |X|,

    1  "activation quantization": X~ = Clip(127 X / Q_b, -128, 127)
    2  Y = X~ Q(W)
    3  Y gamma Q_b / 127

    a   the layer
    b   step 1 quantizes: X~ takes values in a finite set (the 256 integers of 8 bits)

Verdict (a): definition.
Verdict (b): refuted.  No rounding is printed, and |127 X / Q_b| <= 127, so that the clip never
acts.  X = (1, 2) gives X~ = (63.5, 127), and X~ runs through all of [-127, 127] as X varies.
(X = 0 gives 0/0.)

Repair.  As printed, step 1 is a rescaling that step 3 undoes: the layer is X gamma Q(W), with X in
full precision.  With rounding: `definition57_rounding`.

Source.  Wang et al., BitNet, arXiv:2310.11453 (2023), equation (4), prints no rounding either.
"""

from quantization.ternary import dequantize
from quantization.ternary_layer import (
    activations_as_printed,
    bitlinear,
    bitlinear_as_printed,
    quantized_activations,
)
from verify import Claim, eq
from verify.given import weights
from verify.proofs.ternary import scaled_and_back

definition57 = Claim("sequence/definition57", "the BitLinear layer")

definition57.definition(
    "scale and clip the activations, multiply by trits, rescale",
    part="a",
    where="quantization.ternary_layer.bitlinear_as_printed",
)


def values_of(head):
    return head.v


@definition57.part(
    r"$\operatorname{Clip}(127 X/Q_b, -128, 127)$ quantizes",
    part="b",
    given=weights(),
    on=values_of,
    reading="every entry is one of the integers -128, ..., 127",
    why="nothing is rounded, and the clip never acts",
)
def is_an_integer(X):
    return eq(activations_as_printed(X), quantized_activations(X, per_token=False))


@is_an_integer.amend(
    r"as printed the layer is $X \gamma Q(W)$: X is not quantized",
    given=(weights(), weights()),
    where=lambda X, W: X.shape[1] == W.shape[0],
    on=None,
    proofs=[scaled_and_back],
)
def layer_of_full_precision(X, W):
    size = abs(X).sum() * abs(W).max()
    return eq(bitlinear_as_printed(X, W), X @ dequantize(W), scale=size)


@layer_of_full_precision.mutant("with the activations rounded")
def layer_of_integers(X, W):
    return eq(bitlinear(X, W, per_token=False), X @ dequantize(W))
