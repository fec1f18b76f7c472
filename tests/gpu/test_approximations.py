"""The methods that approximate, each against a slow copy of its own approximation.

A score q . k has an error of d eps |q| |k| at most, its exponential that times itself; sums of
weights that are positive add N eps.  So outputs, averages of v, agree to
c (d + N) eps (1 + max |score|) max |v|, c = 8 for the shift, the scale and two sums on both sides.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu import attend, reference
from gpu.low_rank import segment_means
from gpu.random_features import gaussian_features

SEED = 7


def tensors(N, M=None, d=4, dv=3, *, size=1.0, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    M = N if M is None else M
    q, k = (size * rng.standard_normal((n, d)) for n in (N, M))
    return tuple(x.astype(dtype) for x in (q, k, rng.standard_normal((M, dv))))


def huge(N):
    """Scores of +-1e4 and little between."""
    q, k, v = tensors(N)
    q, k = np.sign(q) * 100, np.sign(k) * 50
    return q, k, v


def tied(N):
    q, k, v = tensors(N)
    return q[:1].repeat(N, 0), k[:1].repeat(N, 0), v


HALF = np.arange(19) % 2 == 0
CASES = {
    "random": (tensors(19), {}),
    "float32": (tensors(19, dtype=np.float32), {}),
    "tied": (tied(19), {}),
    "huge": (huge(19), {}),
    "one": (tensors(1), {}),
    "two": (tensors(2), {}),
    "more than a tile": (tensors(130, size=0.5), {}),
    "scale": (tensors(19), {"scale": -0.3}),
    "masked": (tensors(19), {"keys": HALF}),
    "one key": (tensors(19), {"keys": np.arange(19) == 18}),
    "causal": (tensors(40), {"causal": True}),
    "causal, masked": (tensors(19), {"causal": True, "keys": ~HALF}),
    "causal, huge": (huge(19), {"causal": True}),
    "causal, tied": (tied(19), {"causal": True}),
    "cross": (tensors(7, 19), {}),
    "cross, causal": (tensors(7, 19), {"causal": True, "keys": HALF}),
}
NOT_CAUSAL = {"linformer given", "nystrom"}
SQUARE = {"ssa"}  # N = M only


def seen(q, k, causal=False, keys=None, **_):
    mask = np.ones((len(q), len(k)), bool) if keys is None else np.tile(keys, (len(q), 1))
    return np.tril(mask, len(k) - len(q)) if causal else mask


def average(logs, v, mask):
    """Softmax over the keys of a mask, row by row, in float64."""
    output = np.zeros((len(logs), v.shape[1]))
    for i, row in enumerate(mask):
        if row.any():
            w = np.exp(logs[i, row] - logs[i, row].max())
            output[i] = w @ v[row] / w.sum()
    return output


def scores(q, k, scale=None, **_):
    return q.astype(float) @ k.T.astype(float) * (q.shape[1] ** -0.5 if scale is None else scale)


# How each method is called, and the slow copy of what it then computes ---------------------


def listed(q, k, v, done, options):
    assert not (done.pattern.mask() & ~seen(q, k, **options)).any()
    return average(scores(q, k, **options), v, done.pattern.mask())


def slow_linformer(q, k, v, E, options):
    keys = seen(q, k, **options)[0]
    E = E[:, keys]
    return average(scores(q, E @ k[keys], **options), E @ v[keys], np.ones((len(q), len(E)), bool))


def slow_nystrom(q, k, v, done, options):
    keys = seen(q, k, **options)[0]
    k, v = k[keys], v[keys]
    m = min(3, len(q), len(k))
    a, b = segment_means(q, m), segment_means(k, m)

    def weights(x, y):
        return average(scores(x, y, **options), np.eye(len(y)), np.ones((len(x), len(y)), bool))

    return weights(q, b) @ np.linalg.pinv(weights(a, b)) @ weights(a, k) @ v


def slow_performer(q, k, v, done, options):
    omega = gaussian_features(q.shape[1], 6, np.random.default_rng(SEED), True)
    scale = options.get("scale", q.shape[1] ** -0.5)
    q, k = (x * abs(scale) ** 0.5 for x in (np.sign(scale) * q.astype(float), k.astype(float)))
    b, a = (x @ omega.T - (x**2).sum(1, keepdims=True) / 2 for x in (q, k))
    logs = np.logaddexp.reduce(b[:, None] + a[None], axis=2)
    return average(logs, v, seen(q, k, **options))


def slow_gated(q, k, v, done, options):
    logs = scores(q, k, **options) - 1
    gates = np.exp(-np.logaddexp(0, -logs)) * seen(q, k, **options)
    return gates @ v


def given_projection(M):
    return np.random.default_rng(3).standard_normal((4, M))


METHODS = {
    "ssa": (lambda q, k: {"clusters": min(3, len(q)), "sampled": 2}, listed),
    "lsh": (lambda q, k: {"buckets": 4, "chunk": 3}, listed),
    "lsh across": (lambda q, k: {"buckets": 4, "chunk": 3, "across_buckets": True}, listed),
    "linformer given": (
        lambda q, k: {"E": given_projection(len(k))},
        lambda q, k, v, done, o: slow_linformer(q, k, v, given_projection(len(k)), o),
    ),
    "nystrom": (None, slow_nystrom),
    "performer": (lambda q, k: {"features": 6}, slow_performer),
    "gated": (lambda q, k: {"bias": -1.0}, slow_gated),
}


def call(name, q, k, v, options):
    """A method by its name here, with a fresh generator where it takes one."""
    if name == "nystrom":
        present = len(k) if options.get("keys") is None else int(options["keys"].sum())
        own = {"landmarks": min(3, len(q), present)}
    else:
        own = METHODS[name][0](q, k)
    method = name.partition(" ")[0]
    if method in {"ssa", "lsh", "performer"}:
        own["rng"] = np.random.default_rng(SEED)
    return attend(q, k, v, method=method, **own, **options)


def tolerance(q, k, v, dtype):
    N, d = len(k), q.shape[1]
    largest = abs(scores(q, k)).max() + (q.astype(float) ** 2).sum(1).max()  # Performer's logs
    return 8 * (N + d) * np.finfo(dtype).eps * (1 + largest) * max(1, abs(v).max())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", METHODS)
def test_equals_a_slow_copy(name, case):
    (q, k, v), options = CASES[case]
    if options.get("causal") and name in NOT_CAUSAL:
        with pytest.raises(
            ValueError, match=r"causal must be False for (linformer|nystrom): .*pos"
        ):
            call(name, q, k, v, options)
        return
    if len(q) != len(k) and name in SQUARE:
        with pytest.raises(ValueError, match=r"N must be M, since keys cluster .*, got 7, 19"):
            call(name, q, k, v, options)
        return
    done = call(name, q, k, v, options)
    assert done.output.dtype == q.dtype
    assert done.output.shape == (len(q), v.shape[1])
    expected = METHODS[name][1](q, k, v, done, options)
    bound = tolerance(q, k, v, q.dtype)
    if name == "gated":
        bound *= len(k)  # a sum of values, not an average
    if name == "linformer given":
        bound *= abs(given_projection(len(k))).sum(1).max() ** 2  # of E k, and of E v
    if name == "nystrom":
        bound *= _nystrom_condition(q, k, options)
    np.testing.assert_allclose(done.output, expected, atol=bound, rtol=0)


def _nystrom_condition(q, k, options):
    """|A^+| at most, of the middle matrix A, squared: A^+ moves by |A^+|^2 |dA|."""
    k = k[seen(q, k, **options)[0]]
    m = min(3, len(q), len(k))
    logs = scores(segment_means(q, m), segment_means(k, m), **options)
    return max(1, np.linalg.norm(np.linalg.pinv(average(logs, np.eye(m), logs == logs)), 2)) ** 2


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("causal", [False, True])
def test_no_key_gives_zeros(name, causal):
    if causal and name in NOT_CAUSAL:
        return
    q, k, v = tensors(9)
    if name == "nystrom":
        done = attend(q, k, v, method="nystrom", keys=np.zeros(9, bool))
    else:
        done = call(name, q, k, v, {"keys": np.zeros(9, bool), "causal": causal})
    np.testing.assert_array_equal(done.output, 0)


@pytest.mark.parametrize("name", ["ssa", "performer", "lsh", "gated"])
def test_causal_outputs_do_not_know_later_keys(name):
    q, k, v = tensors(40)
    before = call(name, q, k, v, {"causal": True}).output
    k2, v2 = k.copy(), v.copy()
    v2[30:] += 5
    if name != "lsh":  # whose chunks hold fewer earlier keys where later ones share them
        k2[30:] += 1
    after = call(name, q, k2, v2, {"causal": True}).output
    np.testing.assert_array_equal(before[:30], after[:30])


@pytest.mark.parametrize("name", ["ssa", "performer", "nystrom", "linformer means"])
@settings(max_examples=10, deadline=None)
@given(N=st.integers(1, 40), seed=st.integers(0, 99), size=st.sampled_from([0.1, 1, 5]))
def test_rows_sum_to_one(name, N, seed, size):
    q, k, _ = tensors(N, size=size, seed=seed)
    v = np.ones((N, 2))
    options = {"E": "means"} if "means" in name else {}
    if name in {"ssa", "performer"}:
        options["rng"] = np.random.default_rng(seed)
    if name == "nystrom":
        options["landmarks"] = min(2, N)
    done = attend(q, k, v, method=name.partition(" ")[0], **options)
    bound = 64 * N * np.finfo(float).eps
    if name == "nystrom":
        m = min(2, N)
        logs = scores(segment_means(q, m), segment_means(k, m))
        A = average(logs, np.eye(m), logs == logs)
        condition = np.linalg.cond(A)
        if condition * np.finfo(float).eps * m > 0.01:
            return  # not invertible: rows are those of a projection
        bound *= condition
    np.testing.assert_allclose(done.output, 1, atol=bound)


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("ssa", {"clusters": 1}),
        ("ssa", {"sampled": 23}),
        ("importance_ssa", {"clusters": 1}),
        ("importance_ssa", {"sampled": 23}),
        ("importance_ssa", {"clusters": 1, "proposal": "centroid"}),
        ("linformer", {"E": np.eye(23)}),
        ("linformer", {"E": "means", "size": 23}),
        ("lsh", {"buckets": 1}),
        ("lsh", {"buckets": 4, "chunk": 23, "across_buckets": True}),
    ],
)
@pytest.mark.parametrize("keys", [None, np.arange(23) % 3 > 0])
def test_dense_is_the_limit(method, options, keys):
    q, k, v = tensors(23, size=2)
    if options.get("size") == 23 and keys is not None:
        options = options | {"size": int(keys.sum())}
    if method != "linformer":
        options = options | {"rng": np.random.default_rng(0)}
    done = attend(q, k, v, method=method, keys=keys, **options)
    expected = reference(q, k, v, keys=keys)
    np.testing.assert_allclose(done.output, expected.output, atol=tolerance(q, k, v, float))
    assert done.scores == expected.scores


def test_nystrom_with_all_landmarks_is_dense():
    q, k, v = tensors(12)
    q = k  # a well conditioned middle matrix
    bound = tolerance(q, k, v, float) * np.linalg.cond(
        average(scores(q, k), np.eye(12), q @ k.T < 99)
    )
    done = attend(q, k, v, method="nystrom", landmarks=12)
    np.testing.assert_allclose(done.output, reference(q, k, v).output, atol=bound)
    assert done.scores == 3 * 12 * 12


def test_equal_keys_give_the_mean_of_values():
    q, k, v = tied(20)
    options = {"rng": np.random.default_rng(0)}
    for method, own in {
        "performer": options,
        "importance_ssa": options | {"sampled": 20},
        "nystrom": {},
        "linformer": {"E": "means", "size": 4},
        "lsh": options | {"across_buckets": True, "chunk": 20},
    }.items():
        output = attend(q, k, v, method=method, **own).output
        np.testing.assert_allclose(
            output, v.mean(0)[None].repeat(20, 0), atol=256 * np.finfo(float).eps, err_msg=method
        )


def test_heads_and_groups():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal((2, h, 9, 4)) for h in (4, 2, 2))
    for name, own in {"ssa": 1, "linformer": 1, "nystrom": 0, "performer": 1, "lsh": 1}.items():
        options = {"rng": np.random.default_rng(0)} if own else {}
        done = attend(q, k, v, method=name, **options)
        assert done.output.shape == q.shape
        assert np.isfinite(done.output).all()
        options = {"rng": np.random.default_rng(0)} if own else {}
        first = attend(q[0, 0], k[0, 0], v[0, 0], method=name, **options).output
        np.testing.assert_array_equal(done.output[0, 0], first)


@pytest.mark.parametrize(("method", "options"), [("ssa", {}), ("lsh", {"buckets": 4})])
def test_numba_computes_the_same_lists(method, options):
    q, k, v = tensors(60, dtype=np.float32)
    found = [
        attend(q, k, v, method=method, backend=b, rng=np.random.default_rng(0), **options)
        for b in ("numpy", "numba")
    ]
    assert found[1].backend == "numba"
    np.testing.assert_array_equal(found[0].pattern.indices, found[1].pattern.indices)
    np.testing.assert_allclose(
        found[1].output, found[0].output, atol=tolerance(q, k, v, q.dtype), rtol=0
    )
