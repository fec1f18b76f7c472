r"""Spectral sparse attention by sampling: as printed, and weighted to be right on average.

References
----------
.. [uni] "A Unified Mathematical Theory of Efficient Sequence Modeling", Algorithm 2.
.. [HT] D. G. Horvitz, D. J. Thompson, A generalization of sampling without replacement from a
   finite universe, J. Amer. Statist. Assoc. 47 (1952).
"""

from __future__ import annotations

from math import ceil, log

import numpy as np

from gpu._heads import per_head
from gpu._options import check_choice, check_count, check_rng, refuse_causal
from gpu._sampled_lists import Clusters, by_query, centroid_draws, uniform_draws, within
from gpu._softmax import listed_average
from gpu.attended import Attended
from gpu.budget import root
from gpu.grouping import group
from gpu.lists import attend_lists


@per_head("numpy", "numba")
def ssa(
    q, k, v, *, causal, scale, keys, backend, rng, clusters=None, sampled=None, projection=None
) -> Attended:
    """Attended: each query sees the keys of its cluster and some others, all with their weights.

    Algorithm 2 [uni]_ word for word: q Phi^T with Phi (projection, d) of N(0, 1/projection);
    k-means on it; key j has the cluster of *query* j (so N = M), and each query also sees `sampled`
    keys of other clusters, drawn uniformly without replacement.  Weights are exp(scale q k),
    normalised over what is seen: where a share p of the other keys is drawn, what the others weigh
    together is cut to p of it.  (The printed algorithm projects the keys too, and uses it nowhere.)

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        As in `gpu.definition.reference`; N = M.  Causal: drawn from the earlier keys; the
        clusters are of all queries, later ones too, for the paper has no causal form.
    rng : numpy.random.Generator
    clusters, sampled : int, optional
        ceil(sqrt N) both.
    projection : int, optional
        m = O(log N / eps^2): ceil(4 log N), which is eps = 1/2 with the constant 1.

    *Exact* for one cluster, or `sampled` = N.  *Cost*: N / clusters + sampled scores a query on
    average; k-means beside it, some N clusters projection multiply-adds.
    """
    made, sampled = _clustered(q, k, causal, keys, rng, clusters, sampled, projection)
    inside, (row, column, _) = within(made), uniform_draws(made, sampled, rng)
    rows, columns = np.append(inside[0], row), np.append(inside[1], column)
    (pattern,) = by_query((len(q), len(k)), rows, columns)
    return attend_lists(q, k, v, pattern, scale, backend)


@per_head("numpy")
def importance_ssa(
    q,
    k,
    v,
    *,
    causal,
    scale,
    keys,
    backend,
    rng,
    clusters=None,
    sampled=None,
    projection=None,
    proposal="uniform",
) -> Attended:
    """Attended: as `ssa`, but a sampled key counts for 1 / (its probability) of its kind.

    Numerator and denominator of softmax are then right on average [HT]_, their ratio up to
    O(1 / sampled); what it strays by is another matter, for weights exp(q k) vary by orders.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend, rng, clusters, sampled, projection
        As in `ssa`.
    proposal : "uniform" or "centroid"
        "uniform": drawn as in `ssa`, each key for (others) / (drawn).  "centroid": a cluster c with
        probability p_c proportional to n_c exp(scale q mean of its keys), a key of it uniformly,
        with replacement, each draw for n_c / (sampled p_c); `clusters` scores a query more, and not
        causal.
    """
    check_choice(proposal, "proposal", ("uniform", "centroid"))
    if proposal == "centroid":
        refuse_causal(causal, "proposal 'centroid'", "centroids average keys of all positions")
    made, sampled = _clustered(q, k, causal, keys, rng, clusters, sampled, projection)
    inside, extra = within(made), 0
    if proposal == "uniform":
        drawn = uniform_draws(made, sampled, rng)
    else:
        drawn, extra = centroid_draws(q, k, made, sampled, scale, rng)
    both = (*inside, np.zeros(len(inside[0])))
    joined = (np.append(x, y) for x, y in zip(both, drawn, strict=True))
    pattern, log_weights = by_query((len(q), len(k)), *joined)
    output = listed_average(q, k, v, pattern, scale, log_weights)
    return Attended(output, pattern.count() + extra, pattern, backend)


def query_clusters(q, clusters: int, projection: int, rng: np.random.Generator) -> np.ndarray:
    """(N,) labels of at most `clusters`: k-means on queries projected to `projection` dimensions.

    By `gpu.grouping.group`: its error is that of a full k-means within a few hundredths (by trial).
    """
    phi = rng.standard_normal((projection, q.shape[1])) / np.sqrt(projection)
    return group(q @ phi.T.astype(q.dtype), clusters, rng=rng).labels


def _clustered(q, k, causal, keys, rng, clusters, sampled, projection):
    """The clusters of Algorithm 2, and how many keys to draw."""
    N = len(q)
    if len(k) != N:
        raise ValueError(f"N must be M, since keys cluster as their queries do, got {N}, {len(k)}")
    clusters = check_count(root(N) if clusters is None else clusters, "clusters", 1, N)
    sampled = check_count(root(N) if sampled is None else sampled, "sampled", 0)
    wide = max(1, ceil(4 * log(N))) if projection is None else projection
    wide = check_count(wide, "projection", 1)
    return Clusters(query_clusters(q, clusters, wide, check_rng(rng)), keys, causal), sampled
