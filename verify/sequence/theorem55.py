"""Theorem 55: the "manifold" of ternary matrices.

Statement.  For n x m matrices of trits,

    cardinality   |T^(n x m)| = 3^(nm)
    dimension     "the effective dimension for learning" is nm log2 3, or about 1.58 nm

Verdict (cardinality): holds.
Verdict (dimension): vague.  No effective dimension is defined, and those in use differ: nm log2 3
is log2 of the cardinality (what an Occam bound on the generalization error uses); the VC dimension
of a ternary neuron with d weights is d, not 1.58 d; the topological and the box-counting dimension
of a finite set are 0, so that it is a manifold of dimension 0.

Proof.  (cardinality) One entry more has three values.  (dimension) `quantization.census`: unit
vectors are shattered by trits in {0, 1}, and d + 1 vectors of d entries by no real weights.

Source.  Anthony and Bartlett, Neural Network Learning (1999), Theorem 3.4; Shalev-Shwartz and
Ben-David, Understanding Machine Learning (2014), Corollary 2.3.
"""

from functools import cache

from quantization.census import count_ternary_matrices, vc_dimension
from quantization.ternary import trit_capacity
from verify import Claim, eq
from verify.given import counts

theorem55 = Claim("sequence/theorem55", "the number and the dimension of ternary matrices")

counted = cache(count_ternary_matrices)


@theorem55.part(
    r"|\mathcal{T}^{n \times m}| = 3^{nm}", part="cardinality", given=(counts(1, 2), counts(1, 3))
)
def cardinality(n, m):
    return eq(counted(n, m), 3 ** (n * m))


@cardinality.proof
def one_entry_more():
    from sympy import powsimp, symbols

    k = symbols("k", integer=True, nonnegative=True)
    yield "three matrices of k + 1 entries for each of k", powsimp(3 * 3**k - 3 ** (k + 1))


@cardinality.mutant("3^(n + m)")
def perimeter(n, m):
    return eq(counted(n, m), 3 ** (n + m))


@cardinality.mutant("2^(nm), binary matrices")
def binary(n, m):
    return eq(counted(n, m), 2 ** (n * m))


@theorem55.vague(
    r"the effective dimension for learning is nm \log_2 3 \approx 1.58 nm",
    part="dimension",
    why='"effective dimension for learning" is not defined, and the dimensions in use differ.',
)
def dimensions():
    return {
        "log2 of the number of 2 x 1 matrices": 2 * float(trit_capacity()),
        "VC dimension of a ternary neuron with 2 weights": vc_dimension(2),
        "box-counting dimension of a finite set": 0,
    }
