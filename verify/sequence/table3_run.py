"""Table 3, run again: the table and the picture.

16 clusters in 64 dimensions that overlap, and that lie apart; chosen and varied in
`verify.sequence.experiments.ablation`.
"""

from verify import Table
from verify.sequence.experiments.ablation import ablation
from verify.sequence.table3 import TABLE, table3


@table3.table
def beside():
    lines = [(TABLE, 0.3), ([(k, "", "", "") for k, *_ in TABLE], 0.7)]
    table = [
        (k, sparsity, round(run.density, 3), cosine, round(run.cosine, 3), apart)
        for texts, apart in lines
        for (k, sparsity, cosine, _), run in zip(texts, ablation(separation=apart), strict=True)
    ]
    columns = ("k", "Sparsity", "run", "Cosine", "run", "separation")
    return Table(columns, tuple(table), "16 clusters in 64 dimensions, spread 0.3")


@table3.plot
def front(axes):
    axes.plot(*([float(row[i]) for row in TABLE] for i in (1, 2)), "o-", label="printed")
    for apart in (0.3, 0.7):
        run = ablation(separation=apart)
        label = f"run, separation {apart}"
        axes.plot([f.density for f in run], [f.cosine for f in run], "s--", label=label)
    axes.set(xlabel="share of scores computed", ylabel="cosine with dense attention", xscale="log")
    axes.legend()
