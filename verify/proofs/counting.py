"""Of operations and words, counted."""

from thermo.energy_model import dense_work, sparse_work


def six_products():
    """Products as sums over three indices."""
    from sympy import Sum, symbols

    N, d, i, j, c = symbols("N d i j c", integer=True, positive=True)
    projection = Sum(1, (i, 1, N), (j, 1, d), (c, 1, d)).doit()
    pairs = Sum(1, (i, 1, N), (j, 1, N), (c, 1, d)).doit()
    yield "4 projections, Q K^T, P V", 4 * projection + 2 * pairs - dense_work(N, d).macs


def squares_of_sizes():
    """Balanced clusters: N^2/k + k/4 edges at most."""
    from sympy import symbols

    q, k, r, m = symbols("q k r m", positive=True)
    squares = (k - r) * q**2 + r * (q + 1) ** 2
    yield "sum of squares - N^2/k = r (k-r)/k", squares - (q * k + r) ** 2 / k - r * (k - r) / k
    yield "k/4 - r (k-r)/k is a square", k / 4 - r * (k - r) / k - (k - 2 * r) ** 2 / (4 * k)
    yield (
        "m^3/2 - (m+1)/4 >= 0 for m >= 1: (m-1)(2m^2+2m+1)/4",
        (m**3 / 2 - (m + 1) / 4 - (m - 1) * (2 * m**2 + 2 * m + 1) / 4),
    )


def two_products():
    """An edge: its score and its share of the mix."""
    from sympy import Sum, symbols

    E, d, e, c = symbols("E d e c", integer=True, positive=True)
    product = Sum(1, (e, 1, E), (c, 1, d)).doit()
    yield "a score and a share of the mix: 2 d an edge", 2 * product - sparse_work(0, d, E).macs


def order_of_the_count():
    """k clusters of N/k tokens; at k = sqrt N."""
    from sympy import Rational, limit, oo, sqrt, symbols

    N, k = symbols("N k", positive=True)
    yield "k (N/k)^2 = N^2/k", k * (N / k) ** 2 - N**2 / k
    count = N**2 / sqrt(N) + N ** Rational(3, 2)
    yield "at k = sqrt N, s = N^(3/2): 2 N^(3/2)", limit(count / N ** Rational(3, 2), N, oo) - 2


def sum_of_squares():
    """sum n_c^2 <= N max n_c."""
    from sympy import symbols

    n, top = symbols("n_c n_max", nonnegative=True)
    yield "n_max n_c - n_c^2 = n_c (n_max - n_c) >= 0", top * n - n**2 - n * (top - n)


def arithmetic_and_geometric_mean():
    """N^2/k + N k >= 2 N^(3/2)."""
    from sympy import Rational, sqrt, symbols

    N, k = symbols("N k", positive=True)
    count = N**2 / k + N * k
    yield "a square", count - 2 * N ** Rational(3, 2) - (N / sqrt(k) - sqrt(N * k)) ** 2
