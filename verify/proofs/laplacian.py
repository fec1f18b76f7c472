"""Of the Laplacian of a directed graph, and of Cheeger's inequality."""


def rows_sum_to_zero():
    """A row of D - W, over its degree."""
    from sympy import symbols

    loop, rest = symbols("W_ii rest", positive=True)  # rest = sum of W_ij over j != i
    degree = loop + rest
    yield "row i of L sums to 1 - W_ii/D_ii - rest/D_ii", 1 - loop / degree - rest / degree


def a_sum_of_squares():
    """Symmetric W: the two terms of a pair are a square."""
    from sympy import symbols

    w, x, y = symbols("W_ij f_i f_j")
    yield (
        "(i, j) and (j, i) together: W_ij f_i (f_i - f_j) + W_ij f_j (f_j - f_i)",
        (w * x * (x - y) + w * y * (y - x) - w * (x - y) ** 2),
    )


def in_and_out_flow_agree():
    """The energy of a stationary flow, term by term."""
    from sympy import symbols

    flow, x, y = symbols("pi_i*P_ij f_i f_j")
    yield (
        "pi_i P_ij f_i (f_i - f_j); the f_i^2 and f_j^2 cancel in the sum, as pi P = pi",
        (flow * x * (x - y) - flow * ((x - y) ** 2 + x**2 - y**2) / 2),
    )


def each_pair():
    """An edge's term of the form: half a square, and what telescopes if degrees agree."""
    from sympy import symbols

    w, x, y = symbols("W_ij f_i f_j")
    yield (
        "W_ij f_i (f_i - f_j) = W_ij ((f_i - f_j)^2 + f_i^2 - f_j^2)/2",
        (w * x * (x - y) - w * ((x - y) ** 2 + x**2 - y**2) / 2),
    )


def layers_and_test_vectors():
    """Cheeger: layers of f^2 for the lower bound, an indicator for the upper."""
    from sympy import symbols

    f, g, t, p, cut = symbols("f_i f_j t p cut", positive=True)
    yield "Cauchy-Schwarz splits f^2 - g^2", (f**2 - g**2) ** 2 - ((f - g) * (f + g)) ** 2
    yield "(f + g)^2 <= 2 (f^2 + g^2)", 2 * (f**2 + g**2) - (f + g) ** 2 - (f - g) ** 2
    yield "layers: f^2 is the integral of 2t up to f", (2 * t).integrate((t, 0, f)) - f**2
    energy, variance = cut, p * (1 - p)  # of the indicator of S, with p = pi(S)
    yield (
        "upper: 2 cut/p - cut/(p(1 - p)) = cut (1 - 2p)/(p(1 - p)), not negative for p <= 1/2",
        2 * cut / p - energy / variance - cut * (1 - 2 * p) / variance,
    )


def rayleigh_quotient_of_the_symmetric_part():
    """As above, for the real part of a form on complex vectors."""
    from sympy import I, conjugate, expand, re, symbols

    yield from layers_and_test_vectors()
    x, y, u, v = symbols("x y u v", real=True)
    f, g = x + I * y, u + I * v
    yield (
        "F_ij (Re conj(f_i)(f_i - f_j) + Re conj(f_j)(f_j - f_i)) = F_ij |f_i - f_j|^2",
        re(expand(conjugate(f) * (f - g) + conjugate(g) * (g - f)))
        - expand((f - g) * conjugate(f - g)),
    )
