"""The experiments of the sequence paper's section 13, run again.

The paper gives neither data nor dimensions; what is chosen here is said where it is chosen, and
is an argument, so that it can be varied.  Every run has its own fixed seeds: its numbers do not
depend on the seed of a verification.

    needle      a token planted early, asked for at the end (Table 1, Figure 2, Remark 65)
    ablation    outputs of SSA against dense ones, by clusters (Table 3, Figure 5, Remark 66)
    spectra     spectra and mixing times of SSA's graph, by clusters (Section 13.3, Figure 3)
    scaling     operations by length (Figure 1)
    pareto      similarity against energy (Figure 4)
"""
