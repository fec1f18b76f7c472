"""Of what is erased, and of what need not be."""


def divergence_from_uniform():
    """KL(p || uniform) = ln N - H(p), term by term."""
    from sympy import expand_log, log, symbols

    p, N = symbols("p N", positive=True)
    each = p * log(N) + p * log(p)
    yield "sum p ln(N p) = ln N + sum p ln p", p * expand_log(log(N * p)) - each


def steps_undo_themselves():
    """Twice the same XOR is none."""
    from sympy import Xor, symbols

    register, function = symbols("register function")
    yield "t ^ f(s) ^ f(s) = t, bit by bit", Xor(Xor(register, function), function) == register
