"""Lemma 67: matrix Bernstein.

Statement.  X_1, ..., X_n independent random d1 x d2 matrices of mean 0, ||X_i|| <= R almost surely,
sigma^2 = max(||sum E X_i X_i^T||, ||sum E X_i^T X_i||).  Then for t >= 0

    P(||sum X_i|| >= t) <= (d1 + d2) exp(-(t^2 / 2) / (sigma^2 + R t / 3)).

Verdict: supported.  It is Tropp's Theorem 1.6.  Checked on sums of fair signs times matrices, where
the probability is an exact count over all signs.  (The R printed, max ||X_i||, is a random number:
it must be an almost sure bound.)

The prefactor cannot be dropped: X = +-1, t = 1 has probability 1 and exp(-3/8) = 0.69.

Source.  Tropp, User-friendly tail bounds for sums of random matrices, Found. Comput. Math. 12
(2012), Theorem 1.6.
"""

from spectral.concentration import bernstein_bound, sign_tail
from verify import Claim, le
from verify.given import matrix_stacks, scalars

lemma67 = Claim("sequence/lemma67", "matrix Bernstein")


@lemma67.part(
    r"P(\|\sum X_i\| \ge t) \le (d_1 + d_2)\exp(-\tfrac{t^2/2}{\sigma^2 + Rt/3})",
    given=(matrix_stacks(), scalars(0, 8)),
    reading="X_i = ±A_i with fair signs: the probability is counted over all signs",
)
def tail(A, t):
    return le(sign_tail(A, t), bernstein_bound(A, t))


@tail.mutant("max(d1, d2) in place of d1 + d2")
def smaller_prefactor(A, t):
    d1, d2 = A.shape[1:]
    return le(sign_tail(A, t) * (d1 + d2), bernstein_bound(A, t) * max(d1, d2))


@tail.mutant("twice the exponent")
def faster_decay(A, t):
    d1, d2 = A.shape[1:]
    return le(sign_tail(A, t) * (d1 + d2), bernstein_bound(A, t) ** 2)
