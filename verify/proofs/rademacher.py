"""Of Rademacher complexities, and of matrices whose rows are probabilities."""


def signs_are_orthogonal():
    """The mean square of a sum with random signs."""
    from sympy import symbols

    x, y = symbols("x_i x_j")
    yield (
        "mean of (x_i +- x_j)^2 is x_i^2 + x_j^2; Jensen does the rest",
        (((x + y) ** 2 + (x - y) ** 2) / 2 - x**2 - y**2),
    )


def squares_of_probabilities():
    """p^2 <= p."""
    from sympy import symbols

    p = symbols("p")
    yield "p - p^2 = p (1 - p) >= 0 on [0, 1]; rows sum to 1", p - p**2 - p * (1 - p)
