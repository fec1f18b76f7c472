"""Theorem 8, 3: g_{X + c1}(V, W) = g_X(V, W), invariance under translations of X.

Refuted.  Moving all tokens by c adds <x_i + c, c> + <c, x_j> to the score, and <c, x_j> changes the
softmax: at X = (0, 1), V = (0, 1), c = 1, P(X) has 1/2 where P(X + c) has e/(1 + e).  The printed
proof translates V, not X.

Repair.  g_X(V + c1, W) = g_X(V, W), which is what the proof proves; and translations of X do leave
g alone if the scores are -||x_i - x_j||^2 / 2 sqrt(d).
"""

import numpy as np

from spectral.distances import distance_attention
from spectral.metric import attention_form
from verify import eq
from verify.given import scalars, token_pairs
from verify.proofs.tokens import differences_cancel
from verify.sequence.theorem8 import g, theorem8


@theorem8.part(
    r"g_{X + c1}(V, V) = g_X(V, V)",
    part="3",
    given=(token_pairs(), scalars(0, 4)),
    reading="c = (t, …, t)",
    why="<c, x_j> is added to the score of key j, and softmax sees it",
)
def translated_tokens(X, V, t):
    return eq(g(X + t, V), g(X, V), scale=(V * V).sum())


@translated_tokens.amend(
    r"g_X(V + c1, V) = g_X(V, V): translations of the tangent vector", proofs=[differences_cancel]
)
def translated_vectors(X, V, t):
    return eq(g(X, V + t, V), g(X, V), scale=((abs(V) + t) ** 2).sum())


@translated_vectors.mutant("the first token alone is moved")
def one_token_moved(X, V, t):
    moved = V + t * np.eye(len(V), dtype=int)[0][:, None]
    return eq(g(X, moved, V), g(X, V), scale=((abs(V) + t) ** 2).sum())


@translated_tokens.amend(r"g_{X + c1} = g_X if the scores are -\|x_i - x_j\|^2/(2\sqrt d)")
def translated_with_distances(X, V, t):
    return eq(by_distance(X + t, V), by_distance(X, V), scale=(V * V).sum() * (1 + t * t))


@translated_with_distances.mutant("scaled, not translated, by 1 + t")
def dilated(X, V, t):
    return eq(by_distance(X * (1 + t), V), by_distance(X, V))


def by_distance(X, V):
    return attention_form(distance_attention(X), V)
