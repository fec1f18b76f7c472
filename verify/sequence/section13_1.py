"""Section 13.1: the baselines.

Statement.  SSA is compared with dense attention, Linformer ("projects keys/values to fixed
dimension (256)"), local attention ("sliding window with width 256") and random sparse attention
("each query attends to random 10% of keys").

Verdict: definition.  With those settings as defaults in `spectral.baselines`, each method with the
scores it computes.  Linformer then appears in no table of the paper: its projections are learned,
and nothing is trained here.

Source.  Wang et al. 2020, equation 7; Beltagy et al. 2020, section 3.1.
"""

from verify import Claim

section13_1 = Claim("sequence/section13.1", "the baselines")

section13_1.definition(
    "dense, Linformer (256), local window (256), random 10 %", where="spectral.baselines.linformer"
)
