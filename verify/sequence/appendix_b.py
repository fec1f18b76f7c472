"""Appendix B: which figures are regenerated.

Statement.  A script "regenerate[s] all figures (Figures 1-6) and tables presented in this paper".

Verdict: refuted.  The paper has no Figure 6: its captions are those of Figures 1 to 5.

Repair.  Figures 1 to 5 and Tables 1 to 4, each of which is run again here.

Source.  The captions in section 13.  (The code the appendix names is not published with it.)
"""

from verify import Claim, eq, every

appendixB = Claim("sequence/appendixB", "which figures are regenerated")  # noqa: N816

# Of the captions, as printed.
FIGURES = {
    1: "Runtime scalability comparison.",
    2: 'Long-range retrieval accuracy ("Needle in a Haystack").',
    3: "Validation of Theorems 30 and 64.",
    4: "Pareto frontier of Accuracy vs. Energy.",
    5: "Ablation study showing the trade-off between sparsity and approximation quality.",
}


@appendixB.part(
    "Figures 1-6 are presented in this paper",
    part="figures",
    given=every(range(1, 7)),
    why="the captions end with Figure 5",
)
def presented(figure):
    return eq(int(figure in FIGURES), 1)


@presented.amend("Figures 1-5 are", given=every(range(1, 6)))
def presented_up_to_5(figure):
    return presented(figure)


@presented_up_to_5.mutant("Figures 0-5 are", given=every(range(6)))
def presented_from_0(figure):
    return presented(figure)
