r"""Attention run on a machine that counts: every multiplication, and every word that moves.

The machine has a large slow memory (DRAM) and a fast one.  A product loads its operands and
stores its result, N d or d^2 or N^2 words each, unless they are `on_chip`: then they stay in the
fast memory, and neither move.  Inputs (x and four projections) are loaded at least once, the
output is stored.  Of one head on x, (N, d), with d_k = d:

    q, k, v = x W_Q, x W_K, x W_V;   s = q k^T;   p = softmax(s);   z = p v;   y = z W_O.

*MACs* are the scalar multiplications of the six products, counted one by one by numbers that
count; softmax and the scaling by 1 / sqrt(d) are none.  *Words* are numbers of any
width.  With a mask, only the edges (i, j) of the mask are computed, moved and mixed; which they
are is taken as known, and no index is moved.

Reference: sequence paper, Propositions 41 and 42.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

import numpy as np

from thermo._metered import metered, values

INTERMEDIATES = ("q", "k", "v", "s", "p", "z")
# What a schedule may keep on chip: the intermediates, and x between its three uses.
KEEPABLE = ("x", *INTERMEDIATES)


@dataclass(frozen=True, eq=False)
class Counted:
    """A result with what it took."""

    result: np.ndarray
    macs: int
    words: int


@dataclass
class _Machine:
    """Slow and fast memory, and a meter; `counting` says whether multiplications are counted."""

    on_chip: frozenset
    counting: bool
    macs: int = 0
    words: int = 0
    fast: set = field(default_factory=set)

    def load(self, **arrays):
        for name, array in arrays.items():
            if name not in self.fast:
                self.words += array.size
            if name in self.on_chip:
                self.fast.add(name)

    def store(self, **arrays):
        for name, array in arrays.items():
            if name in self.on_chip:
                self.fast.add(name)
            else:
                self.words += array.size

    def product(self, a, b):
        if not self.counting:
            return a @ b
        return values(metered(a, self) @ metered(b, self))


def counted_attention(
    x, projections, *, mask=None, on_chip=(), return_weights=False, count_macs=True
):
    """Attention of one head, `Counted`: result (N, d), MACs and words.

    Parameters
    ----------
    x : (N, d) array
    projections : (4, d, d) array
        W_Q, W_K, W_V and W_O.
    mask : (N, N) booleans, or None for all
        The edges; each row needs one.
    on_chip : names of KEEPABLE
        What is kept in fast memory.
    return_weights : bool
        p is an output too, stored once whether or not it is kept.
    count_macs : bool
        Without, they stay 0, and it is faster.
    """
    x, projections, edges = _judged(x, projections, mask, on_chip)
    machine = _Machine(frozenset(on_chip), count_macs)
    made = {}
    for name, W in zip("qkv", projections, strict=False):
        machine.load(x=x, **{f"W_{name}": W})
        made[name] = machine.product(x, W)
        machine.store(**{name: made[name]})
    machine.load(q=made["q"], k=made["k"])
    s = [machine.product(q, made["k"][e].T) for q, e in zip(made["q"], edges, strict=True)]
    machine.store(s=np.concatenate(s))
    machine.load(s=np.concatenate(s))
    p = [_softmax(row / np.sqrt(x.shape[1])) for row in s]
    machine.store(p=np.concatenate(p))
    machine.load(p=np.concatenate(p), v=made["v"])
    z = np.array([machine.product(w, made["v"][e]) for w, e in zip(p, edges, strict=True)])
    machine.store(z=z)
    machine.load(z=z, W_o=projections[3])
    y = machine.product(z, projections[3])
    machine.store(y=y)
    if return_weights and "p" in machine.on_chip:
        machine.words += sum(map(len, p))
    return Counted(y, machine.macs, machine.words)


def counted_lloyd(x, centers) -> Counted:
    """One iteration of k-means: labels (N,) of the nearest of (k, d) centers, and N k d MACs.

    Squared distances by differences.  Words are not counted: points and centers stay on chip.
    """
    x, centers = np.asarray(x), np.asarray(centers)
    if x.ndim != 2 or centers.ndim != 2 or x.shape[1] != centers.shape[1]:
        raise ValueError(f"x and centers must have one width, got {x.shape} and {centers.shape}")
    machine = _Machine(frozenset(), counting=True)
    points, means = metered(x, machine), metered(centers, machine)
    differences = points[:, None] - means
    distances = values((differences * differences).sum(axis=2))
    return Counted(distances.argmin(axis=1), machine.macs, 0)


def balanced_labels(N: int, k: int) -> np.ndarray:
    """(N,) labels of k clusters whose sizes differ by at most one."""
    if not 1 <= k <= N:
        raise ValueError(f"k must be from 1 to N = {N}, got {k}")
    return np.arange(N) * k // N


def schedules() -> Iterator[frozenset]:
    """Every set of KEEPABLE: all 128 choices of what stays on chip."""
    sizes = range(len(KEEPABLE) + 1)
    return map(frozenset, chain.from_iterable(combinations(KEEPABLE, n) for n in sizes))


def _judged(x, projections, mask, on_chip: Iterable[str]):
    x, projections = np.asarray(x), np.asarray(projections)
    N, d = x.shape if x.ndim == 2 else (0, 0)
    if N == 0 or projections.shape != (4, d, d):
        shapes = f"{x.shape} and {projections.shape}"
        raise ValueError(f"x must be (N, d) and projections (4, d, d), got {shapes}")
    unknown = set(on_chip) - set(KEEPABLE)
    if unknown:
        raise ValueError(f"on_chip must name some of {KEEPABLE}, got {sorted(unknown)}")
    mask = np.ones((N, N), bool) if mask is None else np.asarray(mask)
    if mask.shape != (N, N) or mask.dtype != bool or not mask.any(axis=1).all():
        raise ValueError(f"mask must be ({N}, {N}) booleans, some in each row, got {mask.shape}")
    return x, projections, [np.flatnonzero(row) for row in mask]


def _softmax(row):
    w = np.exp((row - row.max()).astype(float))
    return w / w.sum()
