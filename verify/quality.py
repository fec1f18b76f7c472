r"""The unified paper's cluster quality Q, and what its rule says.

Section 11.6: Q = (lambda_{k+1} - lambda_k) / lambda_N, lambda_i the eigenvalues of the attention
Laplacian, and

    Q > 0.3            SSA with full sparsification
    0.1 < Q < 0.3      a hybrid with reduced sparsification
    Q < 0.1            dense attention

with Figure 4: "benefits primarily for long sequences (N > 1500)".  k is the number of clusters,
ceil(sqrt N) as in Algorithm 2's k = Theta(sqrt N).

Which eigenvalues?  Definition 8.1 is I - D^-1 W of a *directed* W, whose spectrum is complex, where
"lambda_k" has no meaning; Definition 8.2 has real eigenvalues for symmetric W only.  Both readings
are computed: of the symmetric form for (W + W^T) / 2, and of I - D^-1 W by real parts.  A causal W
is triangular, and its eigenvalues 1 - P_ii are real: there the second reading is the definition.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gpu.budget import root

# Section 11.6.1 and Figure 4, as printed.
FULL, HYBRID, LONG = 0.3, 0.1, 1500
# Dense eigenvalues: N^3 operations, a minute or so at this N.  By choice.
_LARGEST = 4096


@dataclass(frozen=True)
class Quality:
    """Q of a head, in two readings, at a number of clusters."""

    clusters: int
    symmetric: float | None  # None where exp(q k) leaves float64
    directed: float
    causal: bool

    @property
    def value(self) -> float:
        """The reading that decides: the definition's where it is real."""
        return self.directed if self.causal or self.symmetric is None else self.symmetric


def cluster_quality(eigenvalues, clusters: int) -> float:
    """(lambda_{k+1} - lambda_k) / lambda_N of ascending real eigenvalues, counted from 1."""
    N = len(eigenvalues)
    if not 1 <= clusters < N:
        raise ValueError(f"clusters must be from 1 to N - 1 = {N - 1}, got {clusters}")
    largest = eigenvalues[-1]
    gap = eigenvalues[clusters] - eigenvalues[clusters - 1]
    return float(gap / largest) if largest > 0 else 0.0


def head_quality(head, clusters: int | None = None) -> Quality:
    """Q of a head with k clusters, ceil(sqrt N) by default."""
    if not 2 <= head.N <= _LARGEST:
        raise ValueError(f"N must be from 2 to {_LARGEST} for Q, got {head.N} ({head.name})")
    k = min(root(head.N), head.N - 1) if clusters is None else clusters
    directed = cluster_quality(_directed(head), k)
    return Quality(k, _symmetric(head, k), directed, head.causal)


def rule(quality: float) -> str:
    """What section 11.6.1 says of Q: "full SSA", "hybrid" or "dense"."""
    if quality > FULL:
        return "full SSA"
    return "hybrid" if quality > HYBRID else "dense"


def rule_with_length(quality: float, N: int) -> str:
    """The same, where the sequence is long enough for Figure 4."""
    return rule(quality) if N > LONG else "dense"


def _directed(head):
    """Real parts of the eigenvalues of I - P, ascending."""
    from spectral.graph import attention_matrix

    P = attention_matrix(head.q, head.k, causal=head.causal)
    if head.causal:
        return np.sort(1 - np.diagonal(P))
    return np.sort(1 - np.linalg.eigvals(P).real)


def _symmetric(head, k):
    from spectral.graph import attention_weights, symmetrize
    from spectral.laplacian import symmetric_normalized

    try:
        W = symmetrize(attention_weights(head.q, head.k, causal=head.causal), "mean")
    except ValueError:  # scores beyond 709
        return None
    return cluster_quality(np.linalg.eigvalsh(symmetric_normalized(W)), k)
