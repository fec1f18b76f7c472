r"""Patterns that do not look at the scores: windows, random keys, Longformer, BigBird.

Query i stands at place i + M - N among the keys, so that the last query is at the last key, as a
causal mask has it.  All methods are softmax over lists of keys (`gpu.lists`): exact where the
lists have all keys that may be seen, no bound on the error otherwise.  A list takes 4 bytes a pair.
"""

from __future__ import annotations

import numpy as np

from gpu._heads import per_head
from gpu._key_lists import drawn, narrowed, of_candidates, places_of_queries, with_full_rows
from gpu._options import check_count, check_rng
from gpu._visible import visible
from gpu.attended import Attended
from gpu.lists import attend_lists


@per_head("numpy", "numba", "cuda", "cupy")
def window(q, k, v, *, width: int, causal, scale, keys, backend) -> Attended:
    """Attended: each query sees the `width` keys around its place; shapes of `reference`.

    (width - 1) / 2 of them on each side, one more before it if `width` is even; causal, the last
    `width` up to itself.  At the ends, and where `keys` is False, there are fewer.
    *Cost*: `width` scores a query.
    """
    offsets = _window(check_count(width, "width", 1), causal)
    candidates = places_of_queries(len(q), len(k))[:, None] + offsets
    pattern = narrowed(of_candidates(candidates, len(k)), causal, keys)
    return attend_lists(q, k, v, pattern, scale, backend)


@per_head("numpy", "numba", "cuda", "cupy")
def random_keys(
    q, k, v, *, count: int, rng: np.random.Generator, causal, scale, keys, backend
) -> Attended:
    """Attended: each query sees `count` keys drawn evenly, without repeats, from those it may see.

    All of them if there are no more.  Shapes of `reference`.  *Cost*: `count` scores a query, and
    a few random numbers each to draw them.
    """
    seen = visible(q, k, v, causal, keys)
    ranks = drawn(check_rng(rng), seen.last, check_count(count, "count", 1))
    candidates = np.where(ranks < 0, -1, np.append(seen.places, -1)[ranks])
    return attend_lists(q, k, v, of_candidates(candidates, len(k)), scale, backend)


@per_head("numpy", "numba", "cuda", "cupy")
def longformer(
    q, k, v, *, width: int, dilation: int = 1, global_tokens=(0,), causal, scale, keys, backend
) -> Attended:
    """Attended: a window, with gaps if dilated, and tokens that see and are seen by all.

    Beltagy, Peters and Cohan (2020), section 3.1.  Shapes of `reference`.  Differences: global
    tokens have no projections of their own; `width` counts the token itself.

    Parameters
    ----------
    width : int
        Keys of a window, placed as in `window`, but `dilation` apart.
    dilation : int
        1 is a window without gaps.
    global_tokens : sequence of int
        Places among the keys; the queries there see all keys, and all queries see those keys.

    *Cost*: width + len(global_tokens) scores a query, and M each of the global tokens.
    """
    N, M = len(q), len(k)
    offsets = check_count(dilation, "dilation", 1) * _window(check_count(width, "width", 0), causal)
    tokens = _tokens(global_tokens, M)
    places = places_of_queries(N, M)
    candidates = np.hstack([places[:, None] + offsets, np.tile(tokens, (N, 1))])
    full = np.flatnonzero(np.isin(places, tokens))
    pattern = with_full_rows(of_candidates(candidates, M), full)
    return attend_lists(q, k, v, narrowed(pattern, causal, keys), scale, backend)


@per_head("numpy", "numba", "cuda", "cupy")
def bigbird(
    q,
    k,
    v,
    *,
    rng: np.random.Generator,
    block: int = 64,
    window_blocks: int = 3,
    random_blocks: int = 3,
    global_blocks: int = 2,
    causal,
    scale,
    keys,
    backend,
) -> Attended:
    """Attended: a window, random keys and global tokens, in blocks; shapes of `reference`.

    Zaheer et al. (2020), section 2 (BigBird-ITC), in blocks as in their appendix D and with its
    sizes: all queries of a block see the same blocks of keys, namely `window_blocks` around their
    own, `random_blocks` drawn evenly without repeats from the others, and the first
    `global_blocks`, whose queries see all keys.  The paper is bidirectional only; here, causal, the
    window ends with the own block, random ones come from before it, and later keys drop.

    *Cost*: block (window_blocks + random_blocks + global_blocks) scores a query, M a global one.
    """
    N, M = len(q), len(k)
    block = check_count(block, "block", 1)
    blocks = np.arange(-(-M // block))
    near = blocks[:, None] + _window(check_count(window_blocks, "window_blocks", 0), causal)
    first = check_count(global_blocks, "global_blocks", 0)
    random = _other_blocks(
        check_rng(rng), near, first, check_count(random_blocks, "random_blocks", 0), causal
    )
    seen = np.hstack([near, random, np.tile(np.arange(first), (len(blocks), 1))])
    places = places_of_queries(N, M)
    seen = seen[np.clip(places // block, 0, None), :, None]
    candidates = np.where(seen < 0, -1, seen * block + np.arange(block)).reshape(N, -1)
    full = np.flatnonzero((places >= 0) & (places < first * block))
    pattern = with_full_rows(of_candidates(candidates, M), full)
    return attend_lists(q, k, v, narrowed(pattern, causal, keys), scale, backend)


def _window(width: int, causal: bool) -> np.ndarray:
    """The `width` offsets of a window."""
    return np.arange(width) - (width - 1 if causal else width // 2)


def _other_blocks(rng, near, first: int, count: int, causal: bool):
    """(blocks, count) blocks that are neither among the first nor near, -1 where none is left."""
    blocks = len(near)
    first = min(first, blocks)
    own = np.arange(blocks)
    low, high = (near[:, 0], near[:, -1] + 1) if near.shape[1] else (own, own)
    low, high = np.clip(low, first, blocks), np.clip(high, first, blocks)
    others = low - first + (0 if causal else blocks - high)
    ranks = drawn(rng, others, count)
    before = first + ranks < low[:, None]
    found = first + ranks + np.where(before, 0, (high - low)[:, None])
    return np.where(ranks < 0, -1, found)


def _tokens(tokens, M: int) -> np.ndarray:
    tokens = np.unique(np.asarray(tokens, np.int64))
    if len(tokens) and not (tokens[0] >= 0 and tokens[-1] < M):
        raise ValueError(f"global_tokens must be in 0 ... {M - 1}, got {tokens[[0, -1]]}")
    return tokens
