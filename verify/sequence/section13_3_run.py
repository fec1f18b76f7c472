"""Section 13.3, run again: the table and the picture.

N = 256, d = 32, as many clusters in the data as SSA has; `verify.sequence.experiments.spectra` says
what was chosen, and why.
"""

from verify import Table
from verify.sequence.experiments.spectra import CLUSTERS, spectra
from verify.sequence.section13_3 import section13_3


@section13_3.table
def beside():
    printed = {4: ("0.80", "9.7"), 32: ("0.54", "3.5")}
    table = []
    for k in CLUSTERS:
        error, ratio = printed.get(k, ("", ""))
        run = spectra(k)
        found = [round(x, 3) for x in (run.eigenvalue_error, run.mixing_ratio, run.sine)]
        table.append((k, error, found[0], ratio, found[1], found[2]))
    columns = ("k", "error", "run: of λ", "mixing ratio", "run", "run: ||sin Θ||_F")
    return Table(columns, tuple(table), "N = 256, d = 32, as many clusters in the data")


@section13_3.plot
def by_clusters(axes):
    run = [spectra(k) for k in CLUSTERS]
    axes.plot((4, 32), (0.80, 0.54), "o", label="spectral error, printed")
    axes.plot(CLUSTERS, [r.eigenvalue_error for r in run], "s--", label="error of λ₂ … λ_k, run")
    axes.plot(CLUSTERS, [r.sine for r in run], "^--", label="‖sin Θ‖, run")
    axes.set(xlabel="k", xscale="log")
    axes.set_xticks(CLUSTERS, [str(k) for k in CLUSTERS])
    axes.minorticks_off()
    axes.legend()
