r"""The far field of attention: which scores it replaces by which, and how far the output moves.

A group of queries with mean q_bar attends near keys exactly, and the far keys of each cluster as
one.  With w_j = exp(scale <q_bar, k_j>), a cluster stands at its mean k_c = sum w_j k_j / sum w_j
as that group sees it, and query i gives its far key j the score

    s~_ij = s_ij - delta_ij,        delta_ij = scale <q_i - q_bar, k_j - k_c>.

That is softmax attention of other scores: `gpu.far_field` computes it without forming them.  The
mean of delta over a cluster, weighted by exp(s~), is zero; the bounds rest on that.

Its claim is far-field/theorem1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import linalg
from spectral._checks import check_array
from spectral.balls import enclosing_max, sqrt_nonnegative
from spectral.graph import scores


@dataclass(frozen=True, eq=False)
class FarField:
    """Attention of n queries to m keys, exact and with a far field.

    Attributes
    ----------
    exact : (n, m) row-stochastic, softmax of the scores s
    approximate : (n, m) row-stochastic, softmax of s - deviations
    deviations : (n, m) delta; 0 at near keys
    far : (m,) booleans
    """

    exact: np.ndarray
    approximate: np.ndarray
    deviations: np.ndarray
    far: np.ndarray

    @property
    def distance(self) -> np.ndarray:
        """(n,) total variation between the two, 1/2 sum_j |p_ij - p~_ij|."""
        return abs(self.exact - self.approximate).sum(axis=1) / 2

    @property
    def share(self) -> np.ndarray:
        """(n,) what the far keys have of the approximate attention: it is known after a run."""
        return (self.approximate * self.far).sum(axis=1)

    @property
    def radius(self) -> np.ndarray:
        """(n,) max_j |delta_ij|."""
        return enclosing_max(abs(self.deviations), axis=1)

    def first_order(self, v) -> np.ndarray:
        """(n, dv) sum_j p~_ij delta_ij v_j: how far the output moves to first order in delta."""
        return (self.approximate * self.deviations) @ v

    @property
    def mass_ratio(self) -> np.ndarray:
        """(n,) sum exp(s) / sum exp(s - delta): how much the far field misses of the mass."""
        return (self.approximate * linalg.exp(self.deviations)).sum(axis=1)


def far_field_attention(q, k, labels, near, *, scale=None, tilted: bool = True) -> FarField:
    """FarField of one group of queries (n, d) and keys (m, d) in clusters.

    labels : (m,) integers, the cluster of each key;  near : (m,) booleans.  tilted=False puts
    each cluster at its plain mean, for comparison: delta has then no mean of zero.
    """
    q, k = check_array(q, "q", ndim=2), check_array(k, "k", ndim=2)
    labels, near = _per_key(labels, "labels", len(k)), _per_key(near, "near", len(k))
    far = near == 0
    center = _mean(q, q[:, 0] * 0 + 1)
    exact = scores(q, k, scale=scale)
    w = linalg.exp(_shifted(scores(center[None], k, scale=scale)[0]))
    means = k * 0 + k  # a near key stands for itself
    for cluster in set(labels[far].tolist()):
        members = far & (labels == cluster)
        weights = w[members] if tilted else w[members] * 0 + 1
        means[members] = _mean(k[members], weights)
    deviations = scores(q - center, k - means, scale=scale) * far
    return FarField(_softmax(exact), _softmax(exact - deviations), deviations, far)


def far_field_bound(share, radius):
    """F (exp(r) - 1) / 2 >= total variation, F the far share and r = max |delta| (theorem 1).

    The output is then within diam(v_1 ... v_m) times that of exact attention.
    """
    return share * (linalg.exp(radius) - 1) / 2


def _mean(x, weights):
    """Of points, taken from the first of them: that of equal points is exactly that point."""
    return x[0] + (weights[:, None] * (x - x[0])).sum(axis=0) / weights.sum()


def diameter(v):
    """The largest |v_i - v_j|, from (m, dv)."""
    v = check_array(v, "v", ndim=2)
    return sqrt_nonnegative(enclosing_max(((v[:, None] - v[None]) ** 2).sum(axis=2)))


def a_group_of(head):
    """(q, k, v, labels, near) of one group of a head's queries, as `gpu.far_field` would have it.

    Groups by k-means, sqrt(N) of each; near are the sqrt(N) keys of the largest score for the
    mean of the group.  The group is that of the first query.
    """
    from gpu.budget import root
    from gpu.grouping import group

    count, rng = root(len(head.q)), np.random.default_rng(0)
    queries, keys = group(head.q, count, rng=rng), group(head.k, count, rng=rng)
    first = queries.labels == queries.labels[0]
    order = np.argsort(-(head.k @ head.q[first].mean(axis=0)), kind="stable")
    near = np.isin(np.arange(len(head.k)), order[:count]).astype(int)
    return head.q[first], head.k, head.v, keys.labels, near


def _per_key(values, name, m):
    values = np.asarray(values)
    if values.shape != (m,):
        raise ValueError(f"{name} must have one entry a key, ({m},), got shape {values.shape}")
    return values


def _softmax(s):
    weights = linalg.exp(_shifted(s))
    return weights / weights.sum(axis=1)[:, None]


def _shifted(s):
    """Floats are shifted by the largest of a row, or exp overflows; balls need no shift."""
    return s if s.dtype == object else s - s.max(axis=-1, keepdims=True)
