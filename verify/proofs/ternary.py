"""Of ternary weights: their quantizer, their best fit, their training."""


def rounding_moves_at_most_a_half():
    """Within 1/2 of 0 or of 1."""
    from sympy import Rational, symbols

    x = symbols("x")
    yield (
        "1/4 - x^2 >= 0 on [0, 1/2]",
        (Rational(1, 2) - x) * (Rational(1, 2) + x) - (1 - 4 * x**2) / 4,
    )
    yield (
        "1/4 - (x-1)^2 >= 0 on [1/2, 3/2]",
        (x - Rational(1, 2)) * (Rational(3, 2) - x) - (Rational(1, 4) - (x - 1) ** 2),
    )


def errors_sum_to_at_most_all_but_one():
    """x - e >= 0, and 1 once x >= 1."""
    from sympy import symbols

    x, a, b = symbols("x a b", nonnegative=True)
    yield "x - e = 1 once x >= 1, where e = x - 1", x - (x - 1) - 1
    yield "x - e = 2x - 1 >= 0 on [1/2, 1], where e = 1 - x", x - (1 - x) - (2 * x - 1)
    yield "a^2 + b^2 <= (a + b)^2 for errors a, b >= 0", (a + b) ** 2 - a**2 - b**2 - 2 * a * b


def scaled_and_back():
    """Step 3 undoes step 1."""
    from sympy import symbols

    x, q, t, gamma = symbols("x Q_b t gamma", positive=True)
    yield (
        "(x / Q_b) 127 t (gamma Q_b / 127) = x gamma t",
        x / q * 127 * t * gamma * q / 127 - x * gamma * t,
    )


def rounding_by_a_half():
    """Within 1/2 of an integer."""
    from sympy import Rational, symbols

    x = symbols("x")
    inside = (x + Rational(1, 2)) * (Rational(1, 2) - x)
    yield "1/4 - x^2 >= 0 within 1/2 of an integer", inside - (Rational(1, 4) - x**2)


def one_step_and_one_rounding():
    """One step of descent, and the rounding beside it."""
    from sympy import symbols

    w, r, g, best, q = symbols("w r g best q")
    now, after = (w - best) ** 2, (w - r * g - best) ** 2
    yield (
        "2 r g (w - w*) = now - after + r^2 g^2",
        2 * r * g * (w - best) - now + after - (r * g) ** 2,
    )
    yield "g (q - w*) = g (w - w*) + g (q - w)", g * (q - best) - g * (w - best) - g * (q - w)


def the_gradient_is_affine():
    """Unbiased rounding, under an affine function."""
    from sympy import symbols

    w, a, b = symbols("w a b")
    yield "E (a q + b) = a w + b for w in [0, 1]", w * (a + b) + (1 - w) * b - (a * w + b)
    yield "and for w in [-1, 0]", -w * (b - a) + (1 + w) * b - (a * w + b)


def any_scale_is_worse_than_the_best():
    """The error at a scale a, against the best."""
    from sympy import symbols

    a, s, k, size = symbols("a s k size", positive=True)  # s = <W, T>, k = <T, T>, size = |W|^2
    error, least = size - 2 * a * s + a**2 * k, size - s**2 / k
    yield "|W - aT|^2 = |W|^2 - s^2/k + k (a - s/k)^2", error - least - k * (a - s / k) ** 2


def summation_by_parts():
    """Abel: falling weights against their partial sums."""
    from sympy import symbols

    w, c = symbols("w1:5"), symbols("c1:5")
    sums = [sum(w[:k]) - sum(c[:k]) for k in range(1, 5)]  # S_k - (c_1 + ... + c_k) <= 0
    falls = [w[k] - (w[k + 1] if k < 3 else 0) for k in range(4)]  # not negative
    yield (
        "sum w (w - c) = sum (w_k - w_{k+1}) (S_k - C_k), here for four entries",
        sum(x * (x - y) for x, y in zip(w, c, strict=True))
        - sum(x * y for x, y in zip(falls, sums, strict=True)),
    )
