"""Corollary 45: sparse attention and Landauer's limit.

Statement.  Dense attention computes N^2 pairs, most of which softmax effectively erases; SSA
approaches the Landauer limit more closely.

Verdict: vague.  "Most", "effectively" and "closely" have no number, and there is no limit to
approach (Theorem 44 b).  Against N log2(N) k_B T ln 2, the most that Theorem 44 can mean once its
factor N is dropped, dense attention spends 6e13 times as much at N = 4096, d = 64 and 45 nm, SSA
3e12: nearer, as far as fewer joules are, but neither is near.  How much softmax concentrates is a
matter of the head: I / log2 N is 0.25 on the median shipped head (0 is none, 1 is one key).

Source.  Horowitz, ISSCC 2014; Propositions 41 and 42.
"""

from statistics import median

from spectral.graph import attention_matrix
from thermo.energy_model import dense_work, fp16, layer_energy, sparse_work
from thermo.hardware import CMOS_45NM
from thermo.landauer import concentration, landauer_limit
from verify import Claim
from verify.heads import shipped_heads

corollary45 = Claim("sequence/corollary45", "sparse attention and Landauer's limit")

N, D = 4096, 64
LIMIT = landauer_limit(N * 12)  # log2(4096) = 12 bits a query


def over_the_limit(work):
    return layer_energy(work, fp16(CMOS_45NM), dram_bit=CMOS_45NM.dram_bit).total / LIMIT


def share(head):
    """Mean of I / log2 N over the queries: that of the first token alone is log2 N."""
    bits = concentration(attention_matrix(head.q, head.k))
    return bits.mean() / concentration([[1, *[0] * (head.N - 1)]])[0]


@corollary45.vague(
    "softmax erases most pairs; SSA approaches the Landauer limit more closely",
    why="No threshold for most, effectively or closely; no limit to approach (Theorem 44 b).",
)
def distances():
    return {
        "dense over N log2 N bits, at N = 4096, d = 64": over_the_limit(dense_work(N, D)),
        "SSA over them": over_the_limit(sparse_work(N, D, 64**3)),
        "I / log2 N of a shipped head, median": median(map(share, shipped_heads())),
    }
