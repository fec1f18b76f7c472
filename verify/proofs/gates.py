"""Of binary heads as circuits, and of what circuits cost."""

from quantization.machine_transformer import right_on_a_ring
from quantization.machines import MACHINES


def nothing_falls():
    """Sums and products of nonnegative numbers do not fall."""
    from sympy import symbols

    x, q, k, v, A = symbols("x q k v A", nonnegative=True)
    h, a, b, c, e = symbols("h a b c e", nonnegative=True)  # by how much they rise
    w = symbols("w", nonnegative=True)
    yield "(x + h) w >= x w: no projection falls", ((x + h) * w - x * w).expand().is_nonnegative
    score = ((q + a) * (k + b) - q * k).expand()
    yield "(q + a)(k + b) >= q k: no score falls, hence no A_ij", score.is_nonnegative
    total = ((A + e) * (v + c) - A * v).expand()
    yield "(A + e)(v + c) >= A v: no sum falls, hence no output", total.is_nonnegative


def three_levels():
    """A head as three levels of gates, and their number."""
    from sympy import Matrix, summation, symbols

    a, b, c, d, e, f, g, h = symbols("a:h")
    S, K, tau, N, width, out, i = symbols("S K tau N d d_v i")
    x, y, Q, W = Matrix([[a, b]]), Matrix([[c, d]]), Matrix([[e], [f]]), Matrix([[g], [h]])
    yield "score = sum (W_Q W_K^T)_ab x_a y_b", ((x * Q) * (y * W).T - x * Q * W.T * y.T)[0]
    yield "[S + K v >= tau + K] is A at v = 1", (S + K - (tau + K)) - (S - tau)
    yield "and 0 at v = 0, where S <= tau + K - 1", (tau + K - 1) - (tau + K) + 1
    gates = summation(width**2 * N + width * N + out, (i, 1, N))
    yield "gates of the three levels", gates - (N**2 * width**2 + N**2 * width + N * out)


def common_threshold():
    """Thresholds made equal by further ones."""
    from sympy import symbols

    S, t, tau = symbols("S tau_t tau")
    yield (
        "tau - tau_t ones more: S + tau - tau_t >= tau iff S >= tau_t",
        (S + tau - t) - tau - (S - t),
    )


def negations_move_to_the_inputs():
    """A negative weight is a complement."""
    from sympy import symbols

    w, u, v, t = symbols("w u v t")
    yield "-w u = w (1 - u) - w", -w * u - (w * (1 - u) - w)
    complement = w * (1 - u) + v * (1 - u) - (w + v - t + 1)
    yield "[S >= t] is 0 iff [complements >= weights - t + 1]", complement - (t - 1 - (w + v) * u)


def one_rule_and_three_cells():
    """A transition is a threshold gate; every configuration on three cells."""
    bits = (0, 1)
    rule = all((3 * a + b >= 4) == (a == b == 1) for a in bits for b in bits)
    yield "3 [state] + [symbol] >= 4 only if both are the rule's", rule
    nobody = all((c + b >= 4) == (c == 3 and b == 1) for c in range(4) for b in bits)
    yield "[symbol] + c of 3 registers empty >= 4 only if all are", nobody
    machine = MACHINES["busy beaver 2"]
    yield "every configuration of a machine on three cells", right_on_a_ring(machine, 3)


def products_and_sums():
    """b-bit products and exact sums, gate by gate."""
    from sympy import symbols

    b, w, n, m, k, j = symbols("b w n m k j")
    yield (
        "b^2 ANDs, b - 1 rows of adders",
        b**2 + 5 * b - 6 + (b - 2) * (5 * b - 3) - 6 * b**2 + 8 * b,
    )
    # n = 2^k + m numbers of w bits; the sums of the parts have w + k and w + j bits, j <= k.
    adder = 5 * (w + j) - 3 + 2 * (k - j)
    total = (5 * w + 2) * (n - 1) - 5 * k + (5 * w + 2) * (m - 1) + adder
    yield (
        "sums: (5w + 2)(n + m - 1) - 5 - 3(k - j)",
        total - (5 * w + 2) * (n + m - 1) + 5 + 3 * (k - j),
    )
    yield "2 (6 b^2 + 2b + 2) <= 14 b^2 at b = 16", 2 * (6 * 16**2 + 2 * 16 + 2) <= 14 * 16**2


def counting_bits():
    """The gates of a population count."""
    from sympy import symbols

    n, m, k, j = symbols("n m k j")  # n = 2^k - 1 and m bits and a carry; counts of k and j bits
    parts = 5 * (n - k) + (5 * m - 3 * j - 2) + 5 * j + 2 * (k - j)
    yield "popcount: 5(n + m + 1) - 3(k + 1) - 4", parts - (5 * (n + m + 1) - 3 * (k + 1) - 4)
    alone = 5 * (n - k) + 2 * k
    yield "for m = 0: 5(n + 1) - 3(k + 1) - 2", alone - (5 * (n + 1) - 3 * (k + 1) - 2)
    yield (
        "AND, count, compare: 6n - 2L - 3",
        n + (5 * n - 3 * k - 2) + (k - 1) - (6 * n - 2 * k - 3),
    )


def closed_form():
    """Karatsuba's recursion, solved; the depth of a count."""
    from sympy import symbols

    h, t = symbols("h t")  # t = 3^(k-1), h = 2^k; a step turns them into 3t and 2h

    def gates(t, h):
        return (229 * t - 108 * h + 3) / 2

    yield "K(2h) = 3 K(h) + 54 h - 3", gates(3 * t, 2 * h) - 3 * gates(t, h) - 54 * h + 3
    yield "K(2) = 8, and 229/6 < 39", gates(1, 2) == 8 and 229 < 6 * 39
    L, i = symbols("L i")
    yield (
        "bit i of a count of L bits at 3(L + i); an adder, depth 3",
        3 * (L + i) + 3 - 3 * (L + 1 + i),
    )
