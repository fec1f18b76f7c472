"""Figure 1: run time by length.

Statement.  "SSA exhibits near-linear scaling O(N log N), significantly outperforming the quadratic
O(N^2) dense attention as sequence length increases."

Verdict: refuted.  k clusters have N^2/k pairs inside them at least, and a pass of k-means takes N k
distances: 2 N^(3/2) inner products at any k, more than 1000 N log2 N from N = 4^14 on.

Repair.  Scores and distances number 2 N^(3/2) at the least, with equality at k = sqrt(N).  The
multiply-adds of the method as shipped grow with the exponent 1.50, those of N log N with 1.22.

Proof.  sum n_c^2 >= N^2/k (Cauchy-Schwarz), and N^2/k + N k - 2 N^(3/2) = (N/sqrt k - sqrt(N k))^2.

Source.  Section 13.1, Theorem 30.  Operations are counted, as times depend on the machine.
"""

from fractions import Fraction
from math import isqrt

from verify import Claim, Table, ge, le, rows
from verify.given import counts
from verify.proofs.counting import arithmetic_and_geometric_mean
from verify.sequence.experiments.needle import METHODS
from verify.sequence.experiments.scaling import LENGTHS, exponent, operations

figure1 = Claim("sequence/figure1", "run time by length")


@figure1.part(
    r"SSA takes at most C N \log N operations",
    given=rows([4**j for j in range(4, 21)]),
    constants=(10, 1000),
    reading="scores within clusters and distances of one pass of k-means, at the best k",
    why="that is 2 N^(3/2) at any k",
)
def near_linear(C, N):
    return le(2 * N * isqrt(N), C * N * (N.bit_length() - 1))  # N is a power of 4


@near_linear.amend(
    r"N^2/k + N k \ge 2 N^{3/2}",
    given=(counts(1, 64), counts(1, 64)),
    constants=(),
    equality=(4, 2),
    proofs=[arithmetic_and_geometric_mean],
)
def at_least(N, k):
    return ge((Fraction(N * N, k) + N * k) ** 2, 4 * N**3)


@at_least.mutant("3 N^(3/2)")
def at_least_more(N, k):
    return ge((Fraction(N * N, k) + N * k) ** 2, 9 * N**3)


@near_linear.amend(
    r"the multiply-adds of SSA grow as N^{3/2}, those of dense attention as N^2",
    given=rows([("ssa", Fraction(3, 2)), ("dense", Fraction(2))], evidence="fitted"),
    constants=(),
    reference="N = 16 to 1024, 95 % intervals within 1/20 of it",
)
def grows(method, power):
    fitted, margin = exponent(method), Fraction(1, 20)
    return ge(fitted.low, float(power - margin)) & le(fitted.high, float(power + margin))


@grows.mutant("as N log N", given=rows([("N log N", Fraction(3, 2))], evidence="fitted"))
def grows_near_linearly(method, power):
    return grows(method, power)


@figure1.table
def counted():
    lines = [(m, *(operations(m, N) for N in LENGTHS[2::2]), exponent(m)) for m in METHODS]
    table = [(*line[:-1], round(line[-1].value, 2)) for line in lines]
    columns = ("multiply-adds at N =", *(str(N) for N in LENGTHS[2::2]), "exponent")
    return Table(columns, tuple(table), "d = 64, all queries; N log N has the exponent 1.22")


@figure1.plot
def by_length(axes):
    for method in METHODS:
        axes.loglog(LENGTHS, [operations(method, N) for N in LENGTHS], "o-", label=method)
    first = operations("ssa", LENGTHS[0]) / (LENGTHS[0] * LENGTHS[0].bit_length())
    axes.loglog(LENGTHS, [first * N * N.bit_length() for N in LENGTHS], "k:", label="N log N")
    axes.set(xlabel="N", ylabel="multiply-adds")
    axes.legend()
