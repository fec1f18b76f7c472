"""Theorem 22: sparse attention is softmax on the top K keys.

Statement.  Over the P in the simplex with |supp P| <= K the free energy F is minimised by
softmax renormalised on S*, the K keys with the highest <q, k_j> (1 <= K <= N, beta > 0).

Verdict: holds.  For every S of at most K keys, F >= -log(Z_S)/beta on the laws carried by S
(Theorem 17 on S), and Z_S, a sum of positive weights, is largest on the K largest.

"The solution" is one only if the K-th and the (K+1)-th score differ: at N = 2, K = 1, E = (0, 0)
both vertices are minimisers.  Tested is the reading that favours the author: softmax on top-K
is *a* minimiser, and every minimiser is softmax on some top-K set.

Source.  Proof as printed; `thermo.sparse` lists all optimal supports.
"""

from thermo.free_energy import free_energy, gibbs
from thermo.sparse import k_sparse_minimiser
from verify import Claim, le
from verify.given import counts, ensembles, scalars

theorem22 = Claim("sequence/theorem22", "sparse attention is softmax on the top K keys")


def is_sparse(E, w, K, beta):
    return int((w != 0).sum()) <= K <= len(E)


@theorem22.part(
    r"softmax on the K highest keys minimises F over |supp P| ≤ K",
    given=(ensembles(), counts(1, 5), scalars(0, 8)),
    where=is_sparse,
    reading="softmax on top-K is a minimiser (with ties there are several)",
)
def minimal(E, w, K, beta, *, top_k=k_sparse_minimiser):
    best = top_k(E, K, beta)
    return le(free_energy(best, E, beta), free_energy(w / w.sum(), E, beta), scale=abs(E).max())


@minimal.proof
def exchange_one_key():
    from sympy import exp, log, symbols

    low, extra, beta, Z, p, E = symbols("low extra beta Z p E", positive=True)
    yield (
        "on S: each term of F - KL/beta is -p log(Z_S)/beta",
        (p * E + p * log(p) / beta - p * (log(p) + beta * E + log(Z)) / beta + p * log(Z) / beta),
    )
    worse = exp(-beta * (low + extra))
    yield (
        "a key of energy low + extra has exp(-beta extra) < 1 of the weight of low",
        (worse / exp(-beta * low) - exp(-beta * extra)),
    )


@minimal.mutant("softmax on the K lowest keys")
def bottom_keys(E, w, K, beta):
    lowest = k_sparse_minimiser(-E, K, beta) != 0
    p = E * 0
    p[lowest] = gibbs(E[lowest], beta)
    return le(free_energy(p, E, beta), free_energy(w / w.sum(), E, beta))


@minimal.mutant("softmax on the top K - 1 keys", where=lambda E, w, K, beta: 1 < K <= len(E))
def one_key_fewer(E, w, K, beta):
    best = k_sparse_minimiser(E, K - 1, beta)
    return le(free_energy(best, E, beta), free_energy(k_sparse_minimiser(E, K, beta), E, beta))
