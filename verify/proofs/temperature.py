"""Of attention as it is heated and cooled."""


def the_rate_and_its_limit():
    """Odds between e^(-h/2) and e^(h/2), and their limit."""
    from sympy import exp, limit, simplify, symbols, tanh

    h, beta = symbols("h beta", positive=True)
    high, low = exp(h / 2) / (1 + exp(h / 2)), 1 / (1 + exp(h / 2))
    yield (
        "odds e^(h/2) and e^(-h/2): their probabilities differ by tanh(h/4)",
        simplify((high - low - tanh(h / 4)).rewrite(exp)),
    )
    yield "tanh(beta h/4) -> 0", limit(tanh(beta * h / 4), beta, 0)


def the_mass_outside():
    """m/(g + m) <= m/g, and its limit."""
    from sympy import exp, limit, symbols

    m, g, beta, gap = symbols("m g beta gap", positive=True)
    yield "m/g - m/(g + m) = m^2/(g (g + m)) >= 0", m / g - m / (g + m) - m**2 / (g * (g + m))
    yield "exp(-beta gap) -> 0", limit(exp(-beta * gap), beta, "oo")


def gap_of_equal_norms():
    """An energy gap is half a squared distance; the beta at which a cluster has 3/4."""
    from sympy import exp, log, symbols

    r, s, k, delta = symbols("r s k Delta", positive=True)  # r = |c_1|^2 = |c_j|^2, s = <c_1, c_j>
    yield "r - s = (r + r - 2 s)/2 = |c_1 - c_j|^2/2", (r - s) - (r + r - 2 * s) / 2
    critical = 2 * log(3 * (k - 1)) / delta**2
    yield (
        "3/4 at the critical beta",
        (1 / (1 + (k - 1) * exp(-critical * delta**2 / 2)) - 3 * (k - 1) / (3 * (k - 1) + k - 1)),
    )
