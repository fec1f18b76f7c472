r"""Attention by positive random features.

    exp(x . y) = E phi(x) . phi(y),    phi_r(x) = exp(omega_r . x - |x|^2 / 2) / sqrt(m),

omega_r ~ N(0, I): with x = sqrt(scale) q and y = sqrt(scale) k, sums over keys come before the
product with the query.  The variance of one feature's product is exp(2 x.y) (exp(|x + y|^2) - 1):
it is of use where q and k are short.

*Numerics*: the logarithms a_jr of a key's features are lowered by c_r, the largest over the keys
seen, those of the query raised by it, and then lowered by their own largest.  The feature that is
largest for a query so has weight 1, and the largest key in it too: the denominator is at least 1,
nothing overflows, and no small number is added to it as is usual.

References
----------
.. [C21] K. Choromanski et al., Rethinking attention with Performers, ICLR (2021): Lemma 1,
   equation 5, section 2.4 (orthogonal features), Appendix B (prefix sums).
"""

from __future__ import annotations

from math import ceil, log

import numpy as np

from gpu._heads import per_head
from gpu._options import check_count, check_rng
from gpu._softmax import row_tiles
from gpu.attended import Attended
from gpu.patterns import NoPattern

_BLOCK = 16  # queries that share a step of the prefix sums; by trial: 8 and 32 are no faster
_LOW = -1e30  # a logarithm below all others, and finite: -inf less -inf would be no number


@per_head("numpy")
def performer(
    q, k, v, *, causal, scale, keys, backend, rng, features=None, orthogonal=True
) -> Attended:
    """Attended: FAVOR+, phi(q) (phi(k)^T v) / phi(q) (phi(k)^T 1) [C21]_.

    Rows sum to one, and the output is an average of values.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        As in `gpu.definition.reference`.  Causal: prefix sums, in blocks of 16 queries.
    rng : numpy.random.Generator
    features : int, optional
        m; ceil(d log d), at least 1.
    orthogonal : bool
        omega of d features at a time orthogonal, with the lengths of independent ones.

    *Exact* in the limit of many features.  *Cost*: features (1 + M / N) scores a query.
    """
    m = max(1, ceil(q.shape[1] * log(q.shape[1]))) if features is None else features
    omega = gaussian_features(q.shape[1], check_count(m, "features", 1), rng, orthogonal)
    root = abs(scale) ** 0.5
    logs_q = _Logs(q * q.dtype.type(np.copysign(root, scale)), omega.astype(q.dtype))
    logs_k = _Logs(k * q.dtype.type(root), omega.astype(q.dtype))
    present = np.ones(len(k), bool) if keys is None else keys
    average = _causal if causal else _bidirectional
    output = average(logs_q, logs_k, v, present)
    count = (len(q) + int(present.sum())) * len(omega)
    return Attended(output, count, NoPattern((len(q), len(k))), backend)


def gaussian_features(d: int, m: int, rng, orthogonal: bool) -> np.ndarray:
    """(m, d) rows N(0, I), independent or orthogonal within blocks of d rows."""
    rng = check_rng(rng)
    omega = rng.standard_normal((m, d))
    if not orthogonal:
        return omega
    lengths = np.linalg.norm(omega, axis=1, keepdims=True)
    blocks = [_rotation(d, rng) for _ in range(-(-m // d))]
    return lengths * np.concatenate(blocks)[:m]


def _rotation(d, rng):
    """A uniform orthogonal matrix: Q of QR, with the signs that make R's diagonal positive."""
    Q, R = np.linalg.qr(rng.standard_normal((d, d)))
    return Q * np.sign(np.diagonal(R))


class _Logs:
    """log(sqrt(m) phi) of the rows asked for."""

    def __init__(self, x, omega):
        self.x, self.omega = x, omega

    def __len__(self):
        return len(self.x)

    def __getitem__(self, rows):
        x = self.x[rows]
        return x @ self.omega.T - (x * x).sum(axis=1, keepdims=True) / 2


class _Sums:
    """exp(a - c)^T v and its row of ones, over the keys added so far, c their largest a."""

    def __init__(self, m, v):
        self.c = np.full(m, _LOW, v.dtype)
        self.total = np.zeros((m, v.shape[1] + 1), v.dtype)

    def add(self, logs, v):
        if not len(logs):
            return
        c = np.maximum(self.c, logs.max(axis=0))
        ones = np.ones((len(v), 1), v.dtype)
        self.total *= np.exp(self.c - c)[:, None]
        self.total += np.exp(logs - c).T @ np.hstack([v, ones])
        self.c = c


def _bidirectional(logs_q, logs_k, v, present):
    sums = _Sums(len(logs_k.omega), v)
    index = np.flatnonzero(present)
    for tile in row_tiles(len(index), len(sums.c)):
        sums.add(logs_k[index[tile]], v[index[tile]])
    output = np.zeros((len(logs_q), v.shape[1]), v.dtype)
    for tile in row_tiles(len(logs_q), len(sums.c)):
        output[tile] = _divided(_raised(logs_q[tile], sums.c) @ sums.total)
    return output


def _causal(logs_q, logs_k, v, present):
    """Queries in blocks: the keys before the block by their sums, those within it one by one."""
    N, ahead = len(logs_q), len(logs_k) - len(logs_q)
    sums = _Sums(len(logs_k.omega), v)
    first = np.flatnonzero(present[:ahead])
    for tile in row_tiles(len(first), len(sums.c)):
        sums.add(logs_k[first[tile]], v[first[tile]])
    output = np.zeros((N, v.shape[1]), v.dtype)
    for start in range(0, N, _BLOCK):
        rows = slice(start, min(start + _BLOCK, N))
        block = slice(rows.start + ahead, rows.stop + ahead)
        seen, a = present[block], logs_k[block]
        output[rows] = _block(logs_q[rows], a, v[block], seen, sums)
        sums.add(a[seen], v[block][seen])
    return output


def _block(b, a, v, seen, sums):
    """Queries with logs b, keys with logs a: key j of the block is seen by its queries i >= j."""
    lowered = np.where(seen[:, None], a, _LOW)
    c = np.maximum(np.maximum.accumulate(lowered, axis=0), sums.c)  # (queries, m)
    weights = _raised(b, c)
    inside = np.tri(len(b), dtype=bool) & seen
    exponent = np.where(inside[:, :, None], a[None] - c[:, None], _LOW)
    pairs = np.einsum("ir,ijr->ij", weights, np.exp(exponent))
    ones = np.ones((len(v), 1), v.dtype)
    return _divided(weights * np.exp(sums.c - c) @ sums.total + pairs @ np.hstack([v, ones]))


def _raised(b, c):
    logs = b + c
    return np.exp(logs - logs.max(axis=1, keepdims=True))


def _divided(sums):
    """Averages; zeros where no key was seen."""
    weight = sums[:, -1:]
    return np.where(weight > 0, sums[:, :-1] / np.where(weight > 0, weight, 1), 0)
