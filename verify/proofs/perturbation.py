"""Of a perturbed eigenspace, and of a Laplacian that loses edges."""


def two_parts():
    """What an edge that is kept gains, and what a removed one had."""
    from sympy import sqrt, symbols

    w, d, e, s, t, x, y = symbols("w_ij d_i d_j s_i s_j x y", positive=True)
    kept = w / sqrt(s**2 * d * t**2 * e)  # M~_ij, with the degrees s^2 d and t^2 e
    yield (
        "a kept edge: M~_ij - M_ij = (1 - s_i s_j) M~_ij",
        kept - w / sqrt(d * e) - (1 - s * t) * kept,
    )
    share = w / d * x**2 + w / e * y**2
    yield (
        "a removed edge: 2 |M_ij x y| is at most its share of the leaks",
        share - 2 * w / sqrt(d * e) * x * y - w * (x / sqrt(d) - y / sqrt(e)) ** 2,
    )


def no_larger_in_modulus():
    """More edges gain less, and none gains more than it had."""
    from sympy import sqrt, symbols

    w, d, e, s, t, a, b = symbols("w_ij d_i d_j s_i s_j a b", positive=True)
    dense, kept = w / sqrt(d * e), w / sqrt(s**2 * d * t**2 * e)
    yield (
        "a kept edge gains (1/(s_i s_j) - 1) M_ij <= M_ij, as s_i s_j >= 1/2",
        kept - dense - (1 / (s * t) - 1) * dense,
    )
    yield (
        "the more edges are kept, the less it gains",
        w / sqrt(d * e) - w / sqrt((d + a) * (e + b)) * sqrt((1 + a / d) * (1 + b / e)),
    )


def trace_inequality():
    """P - P~ has the eigenvalues +-sine; its trace against E does not see a shift of E."""
    from sympy import Matrix, diag, eye, symbols

    u, a, b, c = symbols("u a b c", real=True)
    turned = Matrix([1 - u**2, 2 * u]) / (1 + u**2)  # a unit vector, at the angle 2 arctan(u)
    difference = diag(1, 0) - turned * turned.T
    square = difference**2 - turned[1] ** 2 * eye(2)
    yield "two lines: (P - P~)^2 is the square of the sine ...", square[0, 0]
    yield "... times the identity, ...", square[0, 1]
    yield "and P - P~ has trace 0: its eigenvalues are +-sine", difference.trace()
    E = Matrix([[a, b], [b, c]])
    shifted = ((E - c * eye(2)) * difference).trace() - (E * difference).trace()
    yield "tr E (P - P~) does not change with E - cI for E", shifted
