"""Of edges drawn at random."""


def of_one_draw():
    """The second moment of a draw, and the distance from its mean."""
    from sympy import symbols

    w, T, s, a, b = symbols("w_ij T s a b", positive=True)
    yield "s draws (T/s)^2 with probability w/T: w T/s", s * (w / T) * (T / s) ** 2 - w * T / s
    yield "the others' squares: a^2 + b^2 <= (a + b)^2", (a + b) ** 2 - a**2 - b**2 - 2 * a * b
