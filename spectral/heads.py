r"""Attention heads: from files, and from clusters that one chose.

A file of heads is a .npz or .safetensors file with, for each head,

    NAME/q, NAME/k, NAME/v     (N, d) each, before the scaling by 1 / sqrt(d)
    NAME/causal                one true or false; without it, false

or with all heads of one size stacked,

    q, k, v                    (heads, N, d) each, or (N, d) for a single head
    causal                     one value, or one a head; without it, false
    name                       one a head; without it, head0, head1, ...

Names may contain slashes, as in minilm/layer0/head3/origin.  `save_heads` writes the first form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._checks import check_count, check_scalar
from spectral._head import Head
from spectral._head_files import load_heads, save_heads


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class ClusteredHead(Head):
    """A head whose tokens lie in Gaussian clusters, and that knows them."""

    labels: np.ndarray  # (N,) the cluster of each token, 0 .. clusters - 1
    centers: np.ndarray  # (clusters, d)


def clustered_heads(
    N: int,
    d: int,
    clusters: int,
    *,
    rng: np.random.Generator,
    separation=1,
    noise=0.1,
    heads: int = 1,
    causal: bool = False,
) -> tuple[ClusteredHead, ...]:
    """Heads whose queries, and whose keys, are k Gaussian clusters around common centers.

    Centers are c_a = separation z_a; token i of cluster a has q_i = c_a + noise z, k_i = c_a +
    noise z', v_i = z'', all z independent standard normal in d dimensions.  Clusters are as equal
    in size as N allows, in random order.

    Parameters
    ----------
    N, d, clusters : int
        Tokens, width, and number of clusters, 1 <= clusters <= N.
    rng : numpy.random.Generator
    separation : float
        Standard deviation of the centers' coordinates, >= 0.  Scores <q, k> / sqrt(d) are then
        about separation^2 sqrt(d) within a cluster, and +- separation^2 between two.
    noise : float
        Standard deviation of each coordinate around its center, >= 0.
    heads : int
        How many heads, each with centers of its own.
    causal : bool
    """
    N, d = check_count(N, "N", 1), check_count(d, "d", 1)
    clusters, heads = check_count(clusters, "clusters", 1, N), check_count(heads, "heads", 1)
    separation, noise = _size(separation, "separation"), _size(noise, "noise")

    def head(index):
        labels = rng.permutation(np.arange(N) % clusters)
        centers = separation * rng.standard_normal((clusters, d))
        q, k = (centers[labels] + noise * rng.standard_normal((N, d)) for _ in range(2))
        v = rng.standard_normal((N, d))
        name = f"clustered{index}"
        return ClusteredHead(q, k, v, causal, name, labels=labels, centers=centers)

    return tuple(head(index) for index in range(heads))


def _size(x, name):
    x = check_scalar(x, name, like=np.zeros(1))
    if x < 0:
        raise ValueError(f"{name} must be at least 0, got {x}")
    return x


__all__ = ["ClusteredHead", "Head", "clustered_heads", "load_heads", "save_heads"]
