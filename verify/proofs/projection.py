"""Of random projections: Chernoff's bound, and what lengths say of inner products."""


def chernoff():
    """Tails of chi^2_m / m by Markov's inequality for its exponential."""
    from sympy import diff, exp, log, symbols

    x, c, N = symbols("epsilon c N", positive=True)
    t = x / (2 * (1 + x))
    yield (
        "above, Markov at t = eps / (2 (1 + eps)): 1 - 2 t = 1 / (1 + eps)",
        1 - 2 * t - 1 / (1 + x),
    )
    yield "and t (1 + eps) = eps / 2", t * (1 + x) - x / 2
    t = -x / (2 * (1 - x))
    yield "below, at t = -eps / (2 (1 - eps)): 1 - 2 t = 1 / (1 - eps)", 1 - 2 * t - 1 / (1 - x)
    yield "and t (1 - eps) = -eps / 2", t * (1 - x) + x / 2
    gap = x - x**2 / 2 + x**3 / 3 - log(1 + x)
    yield "log(1 + eps) <= eps - eps^2/2 + eps^3/3: the gap grows", diff(gap, x) - x**3 / (1 + x)
    gap = -x - x**2 / 2 - log(1 - x)
    yield "log(1 - eps) <= -eps - eps^2/2: the gap grows", diff(gap, x) - x**2 / (1 - x)
    exponent = x**2 / 4 - x**3 / 6
    yield "eps^2/4 - eps^3/6 >= eps^2/12", exponent - x**2 / 12 - x**2 * (1 - x) / 6
    m = 12 * (c + 3) * log(N) / x**2
    yield "exp(-m eps^2/12) = N^-(c + 3)", exp(-m * x**2 / 12) - N ** (-(c + 3))
    yield "2 N^2 N^-(c + 3) = (2/N) N^-c", 2 * N**2 * N ** (-(c + 3)) - 2 / N * N ** (-c)


def polarized():
    """An inner product by three lengths, and the error that they allow."""
    from sympy import symbols

    q, k, u, v = symbols("q k Phi_q Phi_k")
    twice = (u**2 - q**2) + (v**2 - k**2) - ((u - v) ** 2 - (q - k) ** 2)
    yield "D(q) + D(k) - D(q - k) = 2 (Phi q Phi k - q k)", twice - 2 * (u * v - q * k)
    bound = q**2 + k**2 + (q - k) ** 2 - 2 * (q**2 + k**2 - q * k)
    yield "|q|^2 + |k|^2 + |q - k|^2 = 2 (|q|^2 + |k|^2 - q k)", bound


def parallelogram():
    """An inner product by the lengths of |k| q +- |q| k."""
    from sympy import symbols

    q, k, u, v, a, b = symbols("q k Phi_q Phi_k |q| |k|")
    images = (b * u + a * v) ** 2 - (b * u - a * v) ** 2
    yield "|Phi x|^2 - |Phi y|^2 = 4 |q| |k| Phi q Phi k", images - 4 * a * b * u * v
    total = (b * q + a * k) ** 2 + (b * q - a * k) ** 2
    yield "|x|^2 + |y|^2 = 2 |k|^2 q^2 + 2 |q|^2 k^2", total - 2 * b**2 * q**2 - 2 * a**2 * k**2
