"""Claims for the tests of the engine: one of each verdict, all cheap."""

from fractions import Fraction

from verify import Claim, eq, every, ge, le, lt, printed, rows
from verify.given import counts, scalars, vectors

theorem1 = Claim("toy/theorem1", "squares are at least their root")


@theorem1.part("n^2 >= n", given=every(range(6)))
def squares(n):
    return le(n, n**2)


@squares.mutant("strictly")
def strictly(n):
    return lt(n, n**2)


theorem2 = Claim("toy/theorem2", "the sum of squares is at most the sum")


@theorem2.part(r"\sum x_i^2 \le \sum |x_i|", part="sum", given=vectors(), why="beyond 1")
def sum_of_squares(x):
    return le((x * x).sum(), abs(x).sum())


@sum_of_squares.amend(r"\sum x_i^2 \le (\sum |x_i|)^2", equality=[2, 0], reference="expand")
def square_of_sum(x):
    return le((x * x).sum(), abs(x).sum() ** 2)


@square_of_sum.mutant("half of it")
def half(x):
    return le((x * x).sum(), abs(x).sum() ** 2 / 2)


@theorem2.part("halving twice is quartering", part="quarter", given=scalars(0, 1))
def quarter(t):
    return eq(t / 2 / 2, t / 4)


@quarter.mutant("a fifth")
def fifth(t):
    return eq(t / 2 / 2, t / 5)


remark3 = Claim("toy/remark3", "many numbers are large")


@remark3.vague("most numbers are large", why="neither 'most' nor 'large' is defined.")
def measured():
    return {"share above 5 of 0..9": 0.4}


theorem4 = Claim("toy/theorem4", "numbers that are their own successor are even")


def own_successor(t):
    return eq(t, t + 1)


@theorem4.part("then 2t = t", given=scalars(1, 2), where=own_successor)
def even(t):
    return eq(2 * t, t)


definition5 = Claim("toy/definition5", "the combinatorial Laplacian")
definition5.definition("L = D - W", where="spectral.laplacian.combinatorial")

example6 = Claim("toy/example6", "a seventh")


@example6.part("1/7 = 0.15", given=None)
def seventh():
    return printed("0.15", Fraction(1, 7))


@example6.part("1/7 = 0.14", part="corrected")
def corrected():
    return printed("0.14", Fraction(1, 7))


theorem7 = Claim("toy/theorem7", "a family of rows of text and numbers")


@theorem7.part("printed", given=rows([("1.5", 2)]))
def row(text, n):
    return le(n, Fraction(text.partition("x")[0]))


theorem12 = Claim("toy/theorem12", "a free constant, labels and integers")


def at_least_two(x, n):
    return ge(n, 2)


@theorem12.part(
    "there is a C", given=(vectors(), counts(1, 4)), where=at_least_two, constants=(2, 10)
)
def bounded(C, x, n):
    return le((x * x).sum(), C * n)
