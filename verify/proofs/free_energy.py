"""Of the free energy: Gibbs' identity, sparse supports, the price of work."""


def the_identity_termwise():
    """F(P) - KL(P || P*)/beta does not depend on P; log x <= x - 1."""
    from sympy import log, symbols

    p, E, beta, Z, x = symbols("p E beta Z x", positive=True)
    log_gibbs = -beta * E - log(Z)
    of_F, of_KL = p * E + p * log(p) / beta, p * (log(p) - log_gibbs) / beta
    yield "F(P) - KL(P||P*)/beta = -log(Z)/beta, each term", of_F - of_KL + p * log(Z) / beta
    yield (
        "log x <= x - 1: the derivative of x - 1 - log x is (x - 1)/x",
        ((x - 1 - log(x)).diff(x) - (x - 1) / x),
    )


def each_kept_key():
    """Gibbs' identity on the keys that are kept."""
    from sympy import log, symbols

    p, E, beta, Z = symbols("p E beta Z", positive=True)
    of_F, of_KL = p * E + p * log(p) / beta, p * (log(p) + beta * E + log(Z)) / beta
    yield "each term of F(P) - KL(P||P*)/beta is -P_j log(Z)/beta", of_F - of_KL + p * log(Z) / beta


def the_ratio_is_constant():
    """On them P_sparse / P_dense = Z / Z_S."""
    from sympy import log, symbols

    beta, Z, Z_S = symbols("beta Z Z_S", positive=True)
    yield (
        "-log(Z_S)/beta + log(Z)/beta = -log(Z_S/Z)/beta",
        (-log(Z_S) / beta + log(Z) / beta + log(Z_S / Z).expand(force=True) / beta),
    )


def gains_fall():
    """Each further key gains less free energy."""
    from sympy import symbols

    Z, w, v = symbols("Z_K w_1 w_2", positive=True)  # w >= v, the next two weights
    difference = w / Z - v / (Z + w)
    yield (
        "w/Z - v/(Z + w) = (Z (w - v) + w^2)/(Z (Z + w)) > 0",
        (difference - (Z * (w - v) + w**2) / (Z * (Z + w))),
    )
