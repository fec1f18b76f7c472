"""Of attention with a far field."""


def chords():
    """Over [-r, r], a convex function of mean-zero x is at most the mean of its two ends."""
    from sympy import cosh, diff, exp, symbols

    r, x = symbols("r x", positive=True)
    yield "(e^x - 1)_+ is convex: e^x has a positive second derivative", diff(exp(x), x, 2) > 0
    chord = (x + r) / (2 * r) * (exp(r) - 1)
    yield (
        "its chord from (-r, 0) to (r, e^r - 1) is (e^r - 1)/2 at x = 0",
        (chord.subs(x, 0) - (exp(r) - 1) / 2),
    )
    yield "the chord of e^x is cosh r at x = 0", ((exp(r) + exp(-r)) / 2 - cosh(r)).rewrite(exp)


def extreme_likelihoods():
    """The total variation of laws whose likelihood ratio is t at a share a, and 1/t elsewhere."""
    from sympy import symbols

    t, a = symbols("t a", positive=True)
    distance = a * (1 - a) * (t - 1 / t) / (a * t + (1 - a) / t)
    rest = (t - 1) * (a * t - (1 - a)) ** 2 / ((t + 1) * (a * t**2 + 1 - a))
    yield (
        "tanh(r/2) - TV is a square over positive factors, t = e^r",
        ((t - 1) / (t + 1) - distance - rest),
    )


def signed_masses():
    """A difference of laws moves each mass it moves by at most the diameter."""
    from sympy import symbols

    t, p, q = symbols("t p q", positive=True)
    yield (
        "p - q = (p - q)_+ - (q - p)_+, two measures of mass t: coupled, cost <= t diam",
        (t * p / t - t * q / t - (p - q)),
    )
