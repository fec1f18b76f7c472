"""Definition 57 with the rounding of BitNet b1.58: X~ = Clip(round(127 X / Q_b), -128, 127).

X~ are integers, of which -128 does not occur, and X is off by at most Q_b / 254: equality at
(1, 254).  Rounding moves by 1/2 at most, in units of Q_b / 127.

Source.  Ma et al., The Era of 1-bit LLMs: training tips, code and FAQ (2024), round, each token by
its own Q_b.
"""

from quantization.ternary_layer import LEVEL, activation_step, quantized_activations
from verify import le
from verify.proofs.ternary import rounding_by_a_half
from verify.sequence.definition57 import is_an_integer


def eight_bits(X):
    """The integers, and the step between them."""
    return quantized_activations(X, per_token=False), activation_step(X, per_token=False)


@is_an_integer.amend(
    r"with rounding: integers in -127..127, and $|X - \tilde X Q_b/127| \le Q_b/254$",
    reference="Ma et al. (2024), training tips, code and FAQ",
    equality=[[1, 254]],
    proofs=[rounding_by_a_half],
)
def half_a_step(X, *, quantizer=eight_bits):
    integers, step = quantizer(X)
    return le(2 * abs(X - integers * step), step, scale=abs(X).max()) & le(abs(integers), LEVEL)


@half_a_step.mutant("a step of Q_b / 128, for 128 levels")
def one_level_more(X):
    integers, step = eight_bits(X)
    return le(abs(X - integers * step * 127 / 128), step / 2)


@half_a_step.mutant("integers up to 126")
def fewer_levels(X):
    return le(abs(quantized_activations(X, per_token=False)), LEVEL - 1)
