r"""Arithmetic on {-1, 0, 1}: the saturating sum of the sequence paper, and the field F_3.

With multiplication of integers, and with addition

    saturating    a (+) b = max(-1, min(1, a + b)):  every axiom of a field but associativity,
                  for (1 (+) 1) (+) -1 = 0 and 1 (+) (1 (+) -1) = 1;
    modulo 3      a (+) b = a + b, a + b - 3 or a + b + 3, whichever is a trit:  F_3.

A field of three elements is F_3 up to names, so there is no other choice of the sum.

References: sequence paper, Definition 52; Lidl and Niederreiter, Finite Fields (1997), Theorem 2.5.
"""

from collections.abc import Callable
from itertools import product

import numpy as np

from quantization._checks import check_integers
from quantization.ternary import TRITS

Sum = Callable[[int, int], int]


def saturating_sum(a, b):
    """max(-1, min(1, a + b)) of trits, elementwise: int64.  Sequence paper, Definition 52."""
    return np.clip(_plain_sum(a, b), -1, 1)


def sum_modulo_3(a, b):
    """The trit that is a + b modulo 3, elementwise: int64."""
    return (_plain_sum(a, b) + 1) % 3 - 1


def axiom_defects(a: int, b: int, c: int, *, add: Sum = saturating_sum) -> dict[str, int]:
    """What each field axiom leaves at three trits, by name: 0 where it holds there.

    An identity leaves the difference of its sides; an inverse the distance of the nearest
    candidate from it.  `add` is the sum; the product is that of the integers.
    """
    a, b, c = (int(x) for x in check_integers([a, b, c], "(a, b, c)", TRITS))
    defects = {
        "the sum is associative": add(add(a, b), c) - add(a, add(b, c)),
        "the sum is commutative": add(a, b) - add(b, a),
        "0 is neutral": add(a, 0) - a,
        "there are negatives": min(abs(add(a, x)) for x in TRITS),
        "the product is associative": (a * b) * c - a * (b * c),
        "the product is commutative": a * b - b * a,
        "1 is neutral": a * 1 - a,
        "there are inverses": min(abs(a * x - 1) for x in TRITS) if a else 0,
        "the product distributes": a * add(b, c) - add(a * b, a * c),
    }
    return {name: int(defect) for name, defect in defects.items()}


def failing_axioms(add: Sum) -> dict[str, tuple[int, int, int]]:
    """The field axioms that {-1, 0, 1} breaks under a sum, each with the first trits that do.

    All 27 triples are tried, those of small numbers first; {} for a field.
    """
    failing = {}
    for trits in product((0, 1, -1), repeat=3):
        for name, defect in axiom_defects(*trits, add=add).items():
            if defect:
                failing.setdefault(name, trits)
    return failing


def _plain_sum(a, b):
    return check_integers(a, "a", TRITS) + check_integers(b, "b", TRITS)
