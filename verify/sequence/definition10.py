"""Definition 10: the spectral gap.

Statement.  (a) gamma = lambda_2(L), the smallest non-zero eigenvalue.  (b) It is well defined for
attention graphs and for their sparsifications.

Verdict (a): definition.
Verdict (b): refuted.  A directed graph has complex eigenvalues, which no order makes a smallest:
the 4-cycle has 1 - i and 1 + i.  And a sparse graph may fall apart: [[1, 0], [0, 1]] has the
eigenvalues 0, 0, so that lambda_2 = 0 and no eigenvalue is non-zero.

Repair.  For symmetric W > 0 all eigenvalues are real and 0 is simple.

Source.  Perron-Frobenius.
"""

import numpy as np

from spectral.laplacian import random_walk
from spectral.linalg import eigvals, imag, real
from spectral.spectrum import laplacian_eigenvalues
from verify import Claim, eq, gt
from verify.given import chain_weights, walks

definition10 = Claim("sequence/definition10", "the spectral gap")

definition10.definition(
    r"\gamma = \lambda_2(L), the smallest non-zero eigenvalue",
    part="a",
    where="spectral.gap.spectral_gap",
)


def at_least_two_tokens(W):
    return len(W) >= 2


@definition10.part(
    r"\lambda_2(L) is real and the smallest non-zero eigenvalue",
    part="b",
    given=chain_weights(),
    where=at_least_two_tokens,
    reading="sparsifications included: W ≥ 0 without a zero row",
    why="a sparse graph may be disconnected, a directed one has complex eigenvalues",
)
def well_defined(W):
    z = eigvals(random_walk(W))
    second = np.sort(real(z))[1]
    return gt(second, 0) & eq(imag(z), 0, scale=1)


@well_defined.amend(r"0 < \lambda_2(L), all real, for symmetric W > 0", given=walks(), where=())
def simple_zero(W, *, spectrum=laplacian_eigenvalues):
    return gt(spectrum(W)[1], 0)


@simple_zero.mutant("symmetric W >= 0", given=chain_weights(), where=at_least_two_tokens)
def simple_zero_if_sparse(W):
    return gt(laplacian_eigenvalues((W + W.T) / 2)[1], 0)
