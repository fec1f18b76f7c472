"""Proposition 42: MACs and memory traffic of spectral sparse attention.

Statement.  With sparsity rho = N^(-1/2) (N^(3/2) edges, from k = sqrt(N) clusters):

    order      4 N d^2 + C N^(3/2) d MACs and 4 d^2 + 2 N d + C N^(3/2) words, for some C
    constant   the same C in both, as printed

Verdict (order): holds.  With C = 3 + 2t for k = ceil(sqrt N) clusters of equal size (to one token)
and t iterations of k-means, at most: counted by running both.  It needs the balance: one cluster
of N/2 tokens has N^2/4 edges (Corollary 31).
Verdict (constant): refuted.  It is 2 in the MACs and 1 in the words: `proposition42_constant`.

Proof.  Sizes q and q + 1, N = q k + r: their squares sum to N^2/k + r (k - r)/k <= N^2/k + k/4.
Now k >= sqrt N gives N^2/k <= N^(3/2), and k < sqrt N + 1 gives k/4 <= N^(3/2)/2: at most
3/2 N^(3/2) edges.  k-means takes t N k d MACs, and k <= 2 sqrt N.

Source.  Words as in Proposition 41 (c): the attention weights are an output, no index is moved, the
clustering stays on chip.
"""

from fractions import Fraction
from functools import cache
from math import isqrt

import numpy as np

from spectral.sparsify import clustered_mask
from thermo.counting import KEEPABLE, balanced_labels, counted_attention, counted_lloyd
from verify import Claim, le
from verify.given import counts
from verify.proofs.counting import squares_of_sizes

proposition42 = Claim("sequence/proposition42", "MACs and words of spectral sparse attention")


@cache
def run(N, d, k):
    x, projections = np.ones((N, d), int), np.ones((4, d, d), int)
    mask = clustered_mask(balanced_labels(N, k))
    return counted_attention(x, projections, mask=mask, on_chip=KEEPABLE, return_weights=True)


@cache
def clustering(N, d, k):
    return counted_lloyd(np.ones((N, d), int), np.ones((k, d), int)).macs


def root(N):
    return isqrt(N - 1) + 1


def extra(N, d, k, t):
    """MACs and words beyond those of the projections."""
    macs = run(N, d, k).macs + t * clustering(N, d, k)
    return macs - 4 * N * d**2, run(N, d, k).words - 4 * d**2 - 2 * N * d


def within(C, N, d, macs, words):
    """macs <= C N^(3/2) d and words <= C N^(3/2), squared."""
    return le(macs**2, C**2 * N**3 * d**2) & le(words**2, C**2 * N**3)


@proposition42.part(
    r"$4Nd^2 + CN^{3/2}d$ MACs and $4d^2 + 2Nd + CN^{3/2}$ words",
    part="order",
    given=(counts(1, 27), counts(1, 2), counts(0, 3)),
    reading="at most, with C = 3 + 2t; balanced clusters, t iterations of k-means counted",
    proofs=[squares_of_sizes],
)
def order(N, d, t):
    return within(3 + 2 * t, N, d, *extra(N, d, root(N), t))


@order.mutant("C = 3 + t/4: two iterations cost less than they do")
def free_clustering(N, d, t):
    return within(3 + Fraction(t, 4), N, d, *extra(N, d, root(N), t))


@order.mutant("with N^(1/3) clusters")
def too_few_clusters(N, d, t):
    return within(3 + 2 * t, N, d, *extra(N, d, max(k for k in range(1, 5) if k**3 <= N), t))
