"""Of ranks: what LayerNorm keeps, what a Taylor polynomial leaves."""


def rows_of_the_reduced_matrix():
    """An entry of LN(X), with gamma, beta and sigma undone."""
    from sympy import symbols

    x, mean, sigma, gamma, beta = symbols("x mean sigma gamma beta", nonzero=True)
    y = (x - mean) / sigma * gamma + beta
    yield (
        "undoing gamma, beta and sigma leaves the centred entry",
        ((y - beta) / gamma * sigma - (x - mean)),
    )


def rows_sum_to_zero():
    """A row of LN(X) lies in a hyperplane."""
    from sympy import symbols

    total, d, sigma = symbols("total d sigma", positive=True)
    yield "sum over j of (y_j - beta_j)/gamma_j", (total - d * (total / d)) / sigma


def remainder_of_the_exponential():
    """Lagrange's remainder, as an integral, and its bound."""
    from sympy import exp, factorial, integrate, symbols

    s, t = symbols("s t", positive=True)
    for p in range(5):  # the degrees that the check draws
        polynomial = sum(s**j / factorial(j) for j in range(p + 1))
        remainder = integrate(exp(t) * (s - t) ** p / factorial(p), (t, 0, s))
        yield f"exp(s) - T_{p}(s) = integral of e^t (s-t)^{p}/{p}!", exp(s) - polynomial - remainder
        yield (
            "which is at most e^R times s^(p+1)/(p+1)!",
            (integrate((s - t) ** p / factorial(p), (t, 0, s)) - s ** (p + 1) / factorial(p + 1)),
        )
