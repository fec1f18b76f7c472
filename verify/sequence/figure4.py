"""Figure 4: accuracy against energy.

Statement.  "Pareto frontier of Accuracy vs. Energy.  SSA+BitNet (top-left) represents the optimal
trade-off, achieving high accuracy with minimal energy consumption."

Verdict: holds.  It has the least energy of Table 2 at every N, and the cheapest point is on the
frontier whatever its accuracy is; none is printed.  Run again without training, it is the cheapest
too, but not at the top: ternary weights cost it 0.05 of similarity against SSA, which is on the
frontier as well.

Source.  Table 2; `verify.sequence.experiments.pareto` says what was chosen, and why.
"""

from verify import Claim, Table, lt, rows
from verify.sequence.experiments.pareto import frontier, measured
from verify.sequence.table2 import TABLE, high, low

figure4 = Claim("sequence/figure4", "accuracy against energy")


@figure4.part(
    "SSA+BitNet is Pareto optimal",
    given=rows([row[:4] for row in TABLE]),
    reading="no method of Table 2 has its accuracy and as little energy",
)
def cheapest(N, dense, ssa, bitnet):
    return lt(high(bitnet), low(dense)) & lt(high(bitnet), low(ssa))


@cheapest.mutant("SSA without BitNet is the cheapest")
def without_ternary_weights(N, dense, ssa, bitnet):
    return lt(high(ssa), low(bitnet))


@figure4.table
def run():
    points = measured()
    best = frontier(points)
    table = [
        (p.method, round(p.energy * 1e6, 2), round(p.similarity, 3), "yes" * (p.method in best))
        for p in points
    ]
    columns = ("method", "energy (µJ)", "similarity", "on the frontier")
    return Table(columns, tuple(table), "one layer, N = 512, d = 64, 45 nm, untrained; the needle")


@figure4.plot
def front(axes):
    for p in measured():
        axes.semilogx(p.energy, p.similarity, "o", label=p.method)
    axes.set(xlabel="energy (J)", ylabel="similarity with the needle")
    axes.legend()
