"""Eigenvalues of matrices of rationals: the roots of the characteristic polynomial, exactly.

Rational eigenvalues come out as rationals, with their multiplicities, so that lambda_2 = 0 or
lambda_max = 2 is decided and not left to overlapping balls; the others as intervals around one
root each.  Nothing is lost to defective matrices, since the factors are separated first.
"""

import flint
import numpy as np

from spectral._ball import Ball, Undecided
from spectral.balls import ComplexBall

# Above this the polynomial costs more than balls do: at bits * n = 2^16 it takes about 0.3 s
# (n = 32, rows divided by unlike sums of 53 bits).  By trial.
_MAX_WORK = 2**16


def remembered(A) -> flint.fmpq_mat | None:
    """The matrix of the rationals that all entries remember, if all do."""
    entries = [Ball(x).exact for x in A.flat]
    if any(x is None for x in entries):
        return None
    return flint.fmpq_mat(*A.shape, [flint.fmpq(x.numerator, x.denominator) for x in entries])


def real_eigenvalues(M: flint.fmpq_mat) -> np.ndarray | None:
    """(n,) balls, ascending, of a matrix whose eigenvalues theory says are real.

    None where that is dear, or two roots are too close to be put in order at this precision.
    """
    if not is_cheap(M):
        return None
    values = eigenvalues(M)
    if any(value.imag.exact != 0 for value in values):
        raise ArithmeticError("the eigenvalues of the matrix were to be real, and are not")
    try:
        return _array(sorted(value.real for value in values))
    except Undecided:
        return None


def is_cheap(M: flint.fmpq_mat) -> bool:
    numerators, denominator = M.numer_denom()
    bits = max((int(x).bit_length() for x in numerators.entries()), default=0)
    return M.nrows() * max(bits, int(denominator).bit_length()) <= _MAX_WORK


def eigenvalues(M: flint.fmpq_mat) -> np.ndarray:
    """(n,) `ComplexBall`s, each factor's roots as often as the factor occurs."""
    found = []
    for factor, multiplicity in M.charpoly().factor()[1]:
        found += multiplicity * _roots(factor)
    return _array(found)


def _roots(factor):
    """The roots, all simple, of an irreducible polynomial; a real one has imag exactly 0."""
    if factor.degree() == 1:
        return [ComplexBall(Ball(-factor[0] / factor[1]), Ball(0))]
    roots = [root for root, _ in factor.complex_roots()]
    return [ComplexBall(Ball(z.real), Ball(0 if z.imag.is_zero() else z.imag)) for z in roots]


def _array(values):
    array = np.empty(len(values), object)
    array[:] = values
    return array
