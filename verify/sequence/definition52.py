"""Definitions 52, 53 and 59: ternary weights, their quantizer, and its straight-through gradient.

Statements.  Definition 52: T = {-1, 0, 1} with (a) the sum of integers, saturated at +-1, and the
product of integers; (b) it is a field, the "ternary weight field".  Definition 53: Q(w) =
RoundClip(w / (gamma + eps), -1, 1), gamma the mean of |W_ij|.  Definition 59: dL/dW ~ dL/dQ where
|W / gamma| <= 1, else 0.

Verdict (definition52 a): definition.
Verdict (definition52 b): refuted.  The sum is not associative: (1 + 1) + (-1) = 0, but
1 + (1 + (-1)) = 1; and 1 does not cancel: 1 + 1 = 1 + 0.
Verdict (definition53): definition.
Verdict (definition59): definition.

Repair.  (definition52 b) All other axioms hold, distributivity and negatives among them.  With the
sum modulo 3 (1 + 1 = -1) it is the field F_3; no other sum makes a field of this product.

Proof.  All 27 triples.  A field of three elements is Z/3, and the product names 0 and 1.

Source.  Lidl and Niederreiter, Finite Fields (1997), Theorem 2.5.
"""

from itertools import product

from quantization.trit_algebra import axiom_defects, saturating_sum, sum_modulo_3
from verify import Claim, eq, every

definition52 = Claim("sequence/definition52", "the ternary field")
definition53 = Claim("sequence/definition53", "ternary quantization")
definition59 = Claim("sequence/definition59", "the straight-through estimator")

TRIPLES = every(product((0, 1, -1), repeat=3))

definition52.definition(
    r"$\mathcal{T} = \{-1, 0, 1\}$, saturating sum, integer product",
    part="a",
    where="quantization.trit_algebra.saturating_sum",
)
definition53.definition(
    r"Q(w) = \operatorname{RoundClip}(w/(\gamma + \epsilon), -1, 1)",
    where="quantization.ternary.ternarize",
)
definition59.definition(
    r"\partial L/\partial W \approx \partial L/\partial\tilde W \cdot 1[|W/\gamma| \le 1]",
    where="quantization.straight_through.straight_through_gradient",
)


def defects(*trits, without=(), **options):
    """What the axioms leave at these trits."""
    return [x for name, x in axiom_defects(*trits, **options).items() if name not in without]


@definition52.part(
    r"$\mathcal{T}$ with the saturating sum is a field",
    part="b",
    given=TRIPLES,
    why="(1 + 1) + (-1) = 0, but 1 + (1 + (-1)) = 1",
)
def is_a_field(a, b, c):
    return eq(defects(a, b, c), 0)


@is_a_field.amend("all axioms of a field but one: the sum is not associative")
def all_but_one(a, b, c):
    return eq(defects(a, b, c, without=("the sum is associative",)), 0)


@all_but_one.mutant("and the sum can be cancelled: a + c = b + c only if a = b")
def cancels(a, b, c):
    return eq(int(saturating_sum(a, c) == saturating_sum(b, c)), int(a == b))


@is_a_field.amend(
    "with the sum modulo 3 it is the field F_3", reference="Lidl and Niederreiter, Theorem 2.5"
)
def is_f_3(a, b, c):
    return eq(defects(a, b, c, add=sum_modulo_3), 0)


@is_f_3.mutant("with the sum modulo 2, of trits' absolute values")
def modulo_2(a, b, c):
    return eq(defects(a, b, c, add=lambda a, b: (abs(a) + abs(b)) % 2), 0)
