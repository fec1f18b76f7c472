"""Proposition 41: MACs and memory traffic of dense attention.

Statement.  One head, x of N tokens and width d, b bits a word:

    compute   (4 N d^2 + 2 N^2 d) e_MAC(b)
    memory    (4 d^2 + 2 N d + N^2) b e_DRAM

Verdict (compute): holds.  Counted by running the algorithm on numbers that count their products:
N d^2 for each of Q, K, V and the output, N^2 d for Q K^T and for P V; softmax is not counted.
Verdict (memory): refuted.  An intermediate is never moved once: `proposition41_memory`.

Proof.  A product is a sum over three indices.

Source.  Convention: a product loads its operands and stores its result, unless they are on chip.
"""

from functools import cache

import numpy as np

from thermo.counting import KEEPABLE, counted_attention
from thermo.energy_model import dense_work
from verify import Claim, eq
from verify.given import counts
from verify.proofs.counting import six_products

proposition41 = Claim("sequence/proposition41", "MACs and words of dense attention")


@cache
def run(N, d, on_chip=(), **options):
    x, projections = np.ones((N, d), int), np.ones((4, d, d), int)  # counts do not see the values
    return counted_attention(x, projections, on_chip=on_chip, **options)


@cache
def words_moved(N, d, spilled):
    kept = tuple(set(KEEPABLE) - set(spilled))
    return run(N, d, kept, count_macs=False).words


@proposition41.part(
    "$4Nd^2 + 2N^2d$ MACs",
    part="compute",
    given=(counts(1, 5), counts(1, 4)),
    reading="one head, d_k = d; softmax is none",
    proofs=[six_products],
)
def macs(N, d):
    return eq(run(N, d).macs, dense_work(N, d).macs)


@macs.mutant("without the output projection")
def three_projections(N, d):
    return eq(run(N, d).macs, dense_work(N, d).macs - N * d**2)
