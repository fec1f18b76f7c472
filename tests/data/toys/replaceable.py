"""Claims whose checks call a function that `verify.holds` can put another in place of."""

import numpy as np

from verify import Claim, chance_le, eq, every, ge, le, rows
from verify.given import counts, scalars, vectors


def total(x):
    """The sum of a vector's moduli; of nothing, there is none."""
    if x.size == 0 or not x.any():
        raise ValueError(f"x must not be 0, got {x}")
    return abs(x).sum()


def root(n):
    return int(np.sqrt(n))


theorem13 = Claim("toy/theorem13", "norms of a vector")


@theorem13.part(r"\|x\|_1 \le 2 \max |x|", part="printed", given=vectors(), why="three entries")
def at_most_twice(x, *, norm=total):
    return le(norm(x), 2 * abs(x).max())


@at_most_twice.amend(r"\max |x| \le \|x\|_1 \le n \max |x|", equality=[1, 1])
def at_most_n_times(x, *, norm=total):
    return ge(norm(x), abs(x).max()) & le(norm(x), x.size * abs(x).max())


@theorem13.part(r"\|2x\|_1 = 2 \|x\|_1", part="homogeneous", given=vectors())
def homogeneous(x, *, norm=total):
    return eq(norm(2 * x), 2 * norm(x))


@theorem13.part(r"2 \max x = \max 2x", part="other", given=vectors())
def of_the_maximum(x, *, largest=np.max):
    return eq(largest(2 * x), 2 * largest(x))


theorem14 = Claim("toy/theorem14", "roots of whole numbers")


@theorem14.part("[√n]² ≤ n", given=every(range(1, 9)))
def rounded_down(n, *, root=root):
    return le(root(n) ** 2, n)


theorem15 = Claim("toy/theorem15", "a coin, and a constant that is free")


@theorem15.part("P(heads) ≤ 3/4", part="coin", given=rows([1]))
def seldom(n, *, toss=lambda rng: rng.random() < 0.5):
    return chance_le(lambda rng: bool(toss(rng)), 0.75)


@theorem15.part("x ≤ C", part="constant", given=scalars(0, 1), constants=(10, 100))
def bounded(C, x, *, image=abs):
    return le(image(x), C)


theorem16 = Claim("toy/theorem16", "nothing is asked")


@theorem16.part("n ≥ 1", given=counts(1, 3), where=lambda n: n > 7)
def vacuous(n, *, same=int):
    return ge(same(n), 1)
