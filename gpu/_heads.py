"""The edge of every method: checks of the input, batches, grouped-query heads, array types."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import numpy as np

from gpu.attended import Attended


def namespace(x):
    """NumPy, or CuPy, as the array is of one or the other."""
    kind = type(x).__module__.partition(".")[0]
    if kind == "numpy":
        return np
    if kind == "cupy":
        import cupy

        return cupy
    raise ValueError(f"q, k, v must be NumPy or CuPy arrays, got {type(x).__name__}")


def per_head(*backends: str) -> Callable:
    """Make a method of (N, d), (M, d), (M, dv) one of (..., H, N, d), (..., G, M, d and dv).

    G divides H: query head h sees the keys of head h // (H / G), as in grouped-query attention.
    `backends` are those the method has; the first is what NumPy arrays get if none is named, and
    "cupy" is what CuPy arrays get.
    """

    def decorate(method):
        @wraps(method)
        def attended(q, k, v, *, causal=False, scale=None, keys=None, backend=None, **options):
            q, k, v = _checked(q, k, v, causal)
            backend = _backend(backend, backends, q, method.__name__)
            keys = _key_mask(keys, k)
            scale = _scale(scale, q)
            same = {"causal": bool(causal), "scale": scale, "backend": backend, **options}
            if q.ndim == 2:
                return method(q, k, v, keys=keys, **same)
            return _stacked(method, q, k, v, keys, same)

        attended.backends = backends
        return attended

    return decorate


def _stacked(method, q, k, v, keys, options) -> Attended:
    """One head after the other, in one output."""
    xp = namespace(q)
    heads, groups = q.shape[-3], k.shape[-3]
    output = xp.empty((*q.shape[:-1], v.shape[-1]), q.dtype)
    patterns = np.empty(q.shape[:-2], object)
    scores = 0
    for index in np.ndindex(q.shape[:-2]):
        shared = (*index[:-1], index[-1] // (heads // groups))
        seen = None if keys is None else keys[index[: keys.ndim - 1]]
        done = method(q[index], k[shared], v[shared], keys=seen, **options)
        output[index], patterns[index] = done.output, done.pattern
        scores += done.scores
    return Attended(output, scores, patterns, options["backend"])


def _checked(q, k, v, causal):
    for name, x in (("q", q), ("k", k), ("v", v)):
        _check_array(x, name)
    if not q.ndim == k.ndim == v.ndim:
        raise ValueError(f"q, k, v must have one rank, got {q.ndim}, {k.ndim}, {v.ndim}")
    if q.dtype != k.dtype or q.dtype != v.dtype:
        raise ValueError(f"q, k, v must have one dtype, got {q.dtype}, {k.dtype}, {v.dtype}")
    if q.shape[-1] != k.shape[-1]:
        raise ValueError(f"q and k must have one width d, got {q.shape[-1]} and {k.shape[-1]}")
    if k.shape[:-1] != v.shape[:-1]:
        raise ValueError(f"k and v must agree but for the width, got {k.shape} and {v.shape}")
    if q.ndim > 2:
        _check_heads(q, k)
    if causal and q.shape[-2] > k.shape[-2]:
        raise ValueError(f"causal needs N <= M, got N = {q.shape[-2]} and M = {k.shape[-2]}")
    return q, k, v


def _check_heads(q, k):
    if q.shape[:-3] != k.shape[:-3]:
        raise ValueError(f"q and k must have one batch shape, got {q.shape} and {k.shape}")
    if q.shape[-3] % k.shape[-3]:
        raise ValueError(
            f"heads of k must divide heads of q, got {k.shape[-3]} and {q.shape[-3]} heads"
        )


def _check_array(x, name):
    xp = namespace(x)
    if x.dtype not in (xp.float32, xp.float64):
        raise ValueError(f"{name} must be float32 or float64, got {x.dtype}")
    if x.ndim < 2:
        raise ValueError(f"{name} must be (..., tokens, width), got shape {x.shape}")
    if x.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {x.shape}")
    if not bool(xp.isfinite(x).all()):
        bad = int((~xp.isfinite(x)).sum())
        raise ValueError(f"{name} must be finite, got {bad} entries that are not")


def _backend(name, offered, q, method):
    own = "cupy" if namespace(q) is not np else offered[0]
    name = own if name is None else name
    if name not in offered:
        raise ValueError(f"backend of {method} must be one of {sorted(offered)}, got {name!r}")
    if (name == "cupy") != (namespace(q) is not np):
        raise ValueError(f"backend {name!r} does not take arrays of {type(q).__module__}")
    from gpu.backend import require

    require(name)
    return name


def _key_mask(keys, k):
    if keys is None:
        return None
    keys = np.asarray(keys)
    if keys.dtype != bool:
        raise ValueError(f"keys must be booleans, True where a key takes part, got {keys.dtype}")
    shapes = [(*k.shape[:i], k.shape[-2]) for i in range(max(k.ndim - 2, 1))]
    if keys.shape not in shapes:
        raise ValueError(f"keys must have shape {' or '.join(map(str, shapes))}, got {keys.shape}")
    return keys


def _scale(scale, q):
    if scale is None:
        return 1 / np.sqrt(q.shape[-1])
    scale = float(scale)
    if not np.isfinite(scale):
        raise ValueError(f"scale must be finite, got {scale}")
    return scale
