"""Exact arithmetic again, without the library: rationals of Python, inertia by elimination."""

from fractions import Fraction
from itertools import combinations
from math import isqrt


def rationals(array) -> list[list[Fraction]]:
    return [[Fraction(x) for x in row] for row in array]


def plus(A, E, factor=1):
    return [[a + factor * e for a, e in zip(*rows, strict=True)] for rows in zip(A, E, strict=True)]


def negatives(A) -> int:
    """How many eigenvalues of a symmetric A are negative: pivots of elimination (Sylvester)."""
    A, count = [row[:] for row in A], 0
    while A:
        n = len(A)
        pivot = next((k for k in range(n) if A[k][k]), None)
        if pivot is None:  # no diagonal: add row and column j to row and column i
            i, j = next(((i, j) for i, j in combinations(range(n), 2) if A[i][j]), (None, None))
            if i is None:
                return count
            A[i] = [x + y for x, y in zip(A[i], A[j], strict=True)]
            for row in A:
                row[i] += row[j]
            continue
        count += A[pivot][pivot] < 0
        A = [
            [A[i][j] - A[i][pivot] * A[pivot][j] / A[pivot][pivot] for j in range(n) if j != pivot]
            for i in range(n)
            if i != pivot
        ]
    return count


def eigenvalue(A, k: int, *, B=None, bits: int = 60) -> tuple[Fraction, Fraction]:
    """low <= lambda_k < high of A x = lambda B x, B positive definite (the identity): bisection.

    lambda_k < c exactly where A - c B has more than k negative eigenvalues.
    """
    B = B or [[Fraction(i == j) for j in range(len(A))] for i in range(len(A))]
    high = Fraction(1)
    while negatives(plus(A, B, -high)) <= k:
        high *= 2
    low = -high
    while negatives(plus(A, B, -low)) > k:
        low *= 2
    for _ in range(bits):
        middle = (low + high) / 2
        if negatives(plus(A, B, -middle)) > k:
            high = middle
        else:
            low = middle
    return low, high


def norm(E) -> tuple[Fraction, Fraction]:
    """Bounds on the largest modulus of an eigenvalue."""
    (a, b), (c, d) = eigenvalue(E, 0), eigenvalue(E, len(E) - 1)
    return max(-b, c, Fraction(0)), max(-a, d)


def root_below(x: Fraction, *, bits: int = 60) -> Fraction:
    """A rational r with r <= sqrt(x) < r + 2^-bits."""
    return Fraction(isqrt(int(x * 4**bits)), 2**bits)


def dot(u, v):
    return sum(x * y for x, y in zip(u, v, strict=True))


def times(A, u):
    return [dot(row, u) for row in A]


def conductance(W) -> Fraction:
    """The least cut over the smaller volume, by all sets."""
    n = range(len(W))
    sets = [set(s) for size in n[1:] for s in combinations(n, size)]
    return min(
        sum(W[i][j] for i in s for j in n if j not in s)
        / min(sum(sum(W[i]) for i in s), sum(sum(W[i]) for i in n if i not in s))
        for s in sets
    )
