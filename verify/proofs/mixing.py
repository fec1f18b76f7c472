"""Of mixing times and gaps."""


def eigenvectors_have_mean_zero():
    """<pi, f> = 0, and log(1/(1 - g)) <= g/(1 - g)."""
    from sympy import log, symbols

    eigenvalue, mean, g = symbols("lambda mean gamma", positive=True)
    yield (
        "<pi, P f> = <pi, f>, so (1 - lambda) <pi, f> = 0",
        mean - eigenvalue * mean - (1 - eigenvalue) * mean,
    )
    h = -log(1 - g) - g / (1 - g)
    yield "log(1/(1 - g)) - g/(1 - g) is 0 at g = 0", h.subs(g, 0)
    yield "... and falls: its derivative is -g/(1 - g)^2", h.diff(g) + g / (1 - g) ** 2


def slack_of_a_step():
    """The printed upper bound leaves room for a whole step."""
    from sympy import log, sqrt, symbols

    eps, p, d = symbols("eps pi_min d", positive=True)
    t0, printed = log(1 / (2 * eps * sqrt(p))), log(1 / (eps * p))
    yield (
        "printed - t_0 = log(2/sqrt(pi_min)), over gamma*",
        (printed - t0 - log(2 / sqrt(p))).expand(force=True),
    )
    yield "... and pi_min <= 1/2: more than a step", bool(log(2 * sqrt(2)) > 1)
    yield "chi^2: pi (d/pi)^2 = d^2/pi", p * (d / p) ** 2 - d**2 / p
