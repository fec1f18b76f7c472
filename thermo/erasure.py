r"""Logical irreversibility: how many bits a map loses about its argument.

Where f(X) takes the place of X, uniform on a finite set, the bits erased are

    H(X | f(X)) = sum over values y of (n_y / n) log2 n_y,      n_y arguments with the value y,

0 exactly where f is one to one, log2 n where it is constant.  Landauer's principle prices these.
A computation that keeps its argument, x -> (x, f(x)), is one to one whatever f is.

Reference: C. H. Bennett, Logical reversibility of computation, IBM J. Res. Dev. 17 (1973).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

import numpy as np


def erased_bits(function: Callable[..., Hashable], inputs: Iterable, *, like=1.0):
    """H(X | f(X)) in bits, for X uniform on `inputs`: a number in the arithmetic of `like`.

    Values are compared by ==, so a function into floats should be exact.  Rational where every
    value is met a power of two of times, and then exact in every arithmetic.
    """
    values = [function(x) for x in inputs]
    if not values:
        raise ValueError("inputs must be nonempty, got none")
    counts = Counter(values).values()
    one = like * 0 + 1
    return sum((one * n * _log2(n, one) for n in counts), one * 0) / len(values)


def is_one_to_one(function: Callable[..., Hashable], inputs: Iterable) -> bool:
    """Whether no two of the inputs have the same value: nothing is erased."""
    values = [function(x) for x in inputs]
    return len(set(values)) == len(values)


def _log2(n, one):
    """log2 n, an int where it is one."""
    return n.bit_length() - 1 if n & (n - 1) == 0 else np.log2(one * n)
