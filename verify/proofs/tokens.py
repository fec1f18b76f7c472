"""Of scores, their softmax and the form that they give on sequences of tokens."""


def pairs_of_deviations():
    """A squared difference by the deviations from the mean."""
    from sympy import symbols

    a, b, m = symbols("v_i v_j mean")
    yield (
        "(v_i - v_j)^2 = (v_i - m)^2 + (v_j - m)^2 - 2 (v_i - m)(v_j - m)",
        ((a - b) ** 2 - (a - m) ** 2 - (b - m) ** 2 + 2 * (a - m) * (b - m)),
    )


def derivatives_of_softmax():
    """Every derivative of softmax is a polynomial in softmax."""
    from sympy import exp, symbols

    s, t, rest = symbols("s_j s_l rest", positive=True)
    Z = exp(s) + exp(t) + rest
    P, Q = exp(s) / Z, exp(t) / Z
    yield "dP_j/ds_j = P_j (1 - P_j)", P.diff(s) - P * (1 - P)
    yield "dP_j/ds_l = -P_j P_l", P.diff(t) + P * Q


def differences_cancel():
    """A difference does not see a common shift."""
    from sympy import symbols

    v, w, c = symbols("v_i v_j c")
    yield "(v_i + c) - (v_j + c) = v_i - v_j", (v + c) - (w + c) - (v - w)


def what_a_translation_adds():
    """The inner product of two tokens that are both moved by c."""
    from sympy import symbols

    x, y, c = symbols("x_i x_j c")
    yield (
        "(x_i + c)(x_j + c) - x_i x_j = c x_i + c x_j + c^2, in each coordinate",
        ((x + c) * (y + c) - x * y - (c * x + c * y + c**2)),
    )


def rows_sum_to_one():
    """A mean is at most the largest."""
    from sympy import symbols

    p, small, large = symbols("p small large", nonnegative=True)
    yield (
        "p small + (1 - p) large <= large: the difference is p (large - small)",
        (large - (p * small + (1 - p) * large) - p * (large - small)),
    )


def one_coordinate():
    """Polarization, in one coordinate."""
    from sympy import symbols

    x, y = symbols("q k")
    yield "2 q k = q^2 + k^2 - (q - k)^2", 2 * x * y - (x**2 + y**2 - (x - y) ** 2)
