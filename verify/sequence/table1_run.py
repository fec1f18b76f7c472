"""Table 1, run again: the table and the picture.

As printed the query carries the answer with it; the last rows change that, the width and the noise.
`verify.sequence.experiments.needle` says what was chosen, and why.
"""

from verify import Table
from verify.sequence.experiments.needle import mean_similarity
from verify.sequence.table1 import LENGTHS, TABLE, table1

COLUMNS = ("dense", "ssa", "local", "random")


VARIED = {"d = 32": {"d": 32}, "noise 1/2": {"noise": 1 / 2}, "own value": {"own_value": False}}


@table1.table
def beside():
    lines = [(N, str(N), texts, {}) for N, *texts in TABLE]
    lines += [(256, what, [""] * 4, choice) for what, choice in VARIED.items()]
    table = []
    for N, label, texts, choice in lines:
        run = [round(mean_similarity(m, N, runs=2, **choice), 4) for m in COLUMNS]
        cells = [cell for pair in zip(texts, run, strict=True) for cell in pair]
        table.append((label, *cells, "yes" if run[1] >= run[0] else "no"))
    heads = [head for m in ("Dense", "SSA", "Local", "Random") for head in (m, "run")]
    note = "means of 2 runs; the last rows: N = 256 with d, noise or the query's own value changed"
    return Table(("N", *heads, "SSA ≥"), tuple(table), note)


@table1.plot
def by_length(axes):
    for column, method in enumerate(COLUMNS, start=1):
        printed = [float(row[column]) for row in TABLE]
        (line,) = axes.plot(LENGTHS, printed, "o-", label=f"{method}, printed")
        run = [mean_similarity(method, N, runs=2) for N in LENGTHS]
        axes.plot(LENGTHS, run, "s--", color=line.get_color(), label=f"{method}, run")
    axes.set(xscale="log", xlabel="N", ylabel="similarity with the needle")
    axes.set_xticks(LENGTHS, [str(N) for N in LENGTHS])
    axes.minorticks_off()
    axes.legend(ncols=2, fontsize="small", loc=(0.02, 0.68))
