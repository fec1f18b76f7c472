"""Remark 66: the best number of clusters, and of sampled keys.

Statement.  (a) "The optimal cluster count is k = O(sqrt N) as predicted by theory, balancing
sparsity and approximation quality."  (b) "Global token ratio of 2.0-4.0 provides the best
accuracy-efficiency trade-off."

Verdict (a): vague.  No objective is named, and O(sqrt N) has every k of Table 3 in it, 2 as well as
32.  Each of them is optimal for some balance of sparsity and cosine.  sqrt(N) = 32 has the lowest
cosine and the longest time, and Corollary 31, the theory, falls in k up to k = N.
Verdict (b): vague.  Ratio of what to what is not said, and no number is printed.

Source.  Table 3, Corollary 31; `verify.sequence.experiments.ablation` for (b).
"""

from fractions import Fraction
from math import isqrt

from thermo.balance import optimal_for_some_balance
from verify import Claim
from verify.sequence.experiments.ablation import ablation
from verify.sequence.table3 import TABLE, N

remark66 = Claim("sequence/remark66", "the best number of clusters")


@remark66.vague(
    r"the optimal k is O(\sqrt N), as predicted, balancing sparsity and quality",
    part="a",
    why="No objective is named, and O(√N) has every k of the table in it.",
)
def best_clusters():
    columns = [[Fraction(row[i]) for row in TABLE] for i in (1, 2, 3)]
    balanced = optimal_for_some_balance(*columns[:2])
    return {
        "k optimal for some balance of sparsity and cosine": str([TABLE[i][0] for i in balanced]),
        "k of highest cosine": TABLE[columns[1].index(max(columns[1]))][0],
        "k of shortest time": TABLE[columns[2].index(min(columns[2]))][0],
        "k that minimises the N²/k edges of Corollary 31": N,
        "k that minimises N²/k + N k, the distances included": isqrt(N),
    }


@remark66.vague(
    "a global token ratio of 2 to 4 gives the best trade-off",
    part="b",
    why="Ratio of what to what is not said, and no number is printed.",
    reading="ratio √N sampled keys a query, k = 32",
)
def best_ratio():
    ratios = (1, 2, 4, 8)
    points = [ablation(clusters=(isqrt(N),), ratio=ratio)[0] for ratio in ratios]
    best = optimal_for_some_balance([p.density for p in points], [p.cosine for p in points])
    measured = {f"cosine at ratio {r}": p.cosine for r, p in zip(ratios, points, strict=True)}
    return {**measured, "ratios optimal for some balance": str([ratios[i] for i in best])}
