"""The `cupy` backend on a stand-in for CuPy: NumPy behind a wall.

Its arrays refuse, as CuPy's do, to be mixed with NumPy's: what passes here copies by name only.
What it cannot show is whether CuPy has each function, and how it rounds.
"""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from gpu import anchor_topk, backend, dense, random_keys, topk, window


def refuse(values):
    """No NumPy array among arguments, nor in an index."""
    for x in values:
        if isinstance(x, tuple | list):
            refuse(x)
        elif type(x) is np.ndarray and x.ndim:
            raise TypeError("a NumPy array where CuPy has its own")


def plain(x):
    if isinstance(x, tuple | list):
        return type(x)(plain(y) for y in x)
    return x.view(np.ndarray) if isinstance(x, Array) else x


def fenced(x):
    return x.view(Array) if isinstance(x, np.ndarray) else x


class Array(np.ndarray):
    """An array of the stand-in."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        refuse([*inputs, *options.values()])
        options = {name: plain(x) for name, x in options.items()}
        return fenced(getattr(ufunc, method)(*plain(inputs), **options))

    def __getitem__(self, index):
        refuse([index])
        return fenced(plain(self)[plain(index)])

    def __setitem__(self, index, value):
        refuse([index, value])
        plain(self)[plain(index)] = plain(value)

    def take(self, index, axis=None):
        refuse([index])
        return fenced(plain(self).take(plain(index), axis=axis))

    def get(self):
        return plain(self).copy()


Array.__module__ = "cupy"


class StandIn(SimpleNamespace):
    """The functions of NumPy on arrays of the stand-in."""

    def __getattr__(self, name):
        found = getattr(np, name)
        if isinstance(found, type) or not callable(found):
            return found

        def function(*inputs, **options):
            refuse([] if name == "asarray" else [*inputs, *options.values()])
            options = {key: plain(x) for key, x in options.items()}
            return fenced(found(*plain(inputs), **options))

        return function


@pytest.fixture
def cupy(monkeypatch):
    stand_in = StandIn()
    monkeypatch.setitem(sys.modules, "cupy", stand_in)
    looks = backend._LOOKS | {"cupy": lambda: backend.Backend("cupy", True, "a stand-in")}
    monkeypatch.setattr(backend, "_LOOKS", looks)
    return stand_in


@pytest.mark.parametrize("common", [{}, {"causal": True, "keys": np.arange(40) % 3 > 0}])
@pytest.mark.parametrize(
    ("method", "options"),
    [
        (dense, {}),
        (window, {"width": 5}),
        (random_keys, {"count": 4}),
        (topk, {"budget": 6}),
        (anchor_topk, {"budget": 9, "anchors": 2, "width": 3}),
    ],
)
def test_the_lines_of_numpy_run_on_cupy(cupy, method, options, common):
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal((h, 40, 6)) for h in (4, 2, 2))

    def run(*arrays):
        random = {"rng": np.random.default_rng(1)} if method is random_keys else {}
        return method(*arrays, **options, **common, **random)

    done, expected = run(*(cupy.asarray(x) for x in (q, k, v))), run(q, k, v)
    assert done.backend == "cupy"
    assert type(done.output) is Array
    # the same operations, but for the size of tiles: sums of 40 terms in another order
    bound = 80 * np.finfo(float).eps * np.abs(v).max()
    np.testing.assert_allclose(done.output.get(), expected.output, atol=bound, rtol=0)
    assert done.scores == expected.scores


def test_the_stand_in_refuses_what_cupy_refuses(cupy):
    x = cupy.asarray(np.ones(3))
    for mix in (lambda: x + np.ones(3), lambda: x[np.arange(2)], lambda: cupy.exp(np.ones(2))):
        with pytest.raises(TypeError, match="a NumPy array where CuPy has its own"):
            mix()
