"""Positive random features: unbiased, orthogonal, and stable where scores are huge."""

import numpy as np
import pytest

from gpu import performer, reference
from gpu.random_features import gaussian_features


def generator(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("orthogonal", [False, True])
def test_the_kernel_is_right_on_average(orthogonal):
    """exp(x.y) within 5 standard errors sqrt(exp(2 x.y) (exp(|x + y|^2) - 1) / m) of m features.

    Derived for independent ones; orthogonal ones have less [C21, Theorem 2].
    """
    m, rng = 6_000, generator(1)
    omega = gaussian_features(3, m, rng, orthogonal)
    for _ in range(5):
        x, y = rng.standard_normal((2, 3)) / 2
        product = np.exp(omega @ (x + y) - (x @ x + y @ y) / 2).mean()
        error = np.exp(x @ y) * np.sqrt(np.expm1((x + y) @ (x + y)) / m)
        assert abs(product - np.exp(x @ y)) < 5 * error


def test_features_are_orthogonal_with_independent_lengths():
    omega = gaussian_features(4, 10, generator(), True)
    for block in (omega[:4], omega[4:8], omega[8:]):
        gram = block @ block.T
        off = gram - np.diag(np.diagonal(gram))
        assert abs(off).max() < 64 * np.finfo(float).eps * np.diagonal(gram).max()
    lengths = np.linalg.norm(gaussian_features(4, 4000, generator(), True), axis=1)
    assert abs((lengths**2).mean() - 4) < 5 * np.sqrt(8 / 4000)  # chi^2_4: mean 4, variance 8


def test_the_error_falls_as_one_over_root_features():
    """From 64 to 64^2 features by 8, give or take a factor of two."""
    rng = generator()
    q, k, v = (rng.standard_normal((30, 4)) / 2 for _ in range(3))
    exact = reference(q, k, v).output
    errors = [
        np.mean(
            [
                np.linalg.norm(performer(q, k, v, features=m, rng=generator(s)).output - exact)
                for s in range(4)
            ]
        )
        for m in (64, 4096)
    ]
    assert 4 < errors[0] / errors[1] < 16


def test_causal_without_a_mask_is_the_last_row():
    rng = generator()
    q, k, v = (rng.standard_normal((50, 4)) for _ in range(3))
    both = [
        performer(q, k, v, features=20, causal=causal, rng=generator()).output[-1]
        for causal in (False, True)
    ]
    np.testing.assert_allclose(*both, atol=1e4 * np.finfo(float).eps)  # logs up to some 20


def test_a_later_key_does_not_drown_an_early_one():
    """The largest feature rises by thousands from key to key: each query still sees its own."""
    k = np.array([[1.0], [30], [100], [-100]])
    q, v = np.array([[1.0]] * 4), np.eye(4)
    done = performer(q, k, v, causal=True, scale=1, features=8, rng=generator())
    assert np.isfinite(done.output).all()
    np.testing.assert_allclose(done.output.sum(1), 1, rtol=64 * np.finfo(float).eps)
    np.testing.assert_array_equal(done.output[0], [1, 0, 0, 0])


def test_scores_and_defaults():
    rng = generator()
    q, k, v = (rng.standard_normal((10, 4)) for _ in range(3))
    done = performer(q, k, v, rng=rng, keys=np.arange(10) < 6)
    assert done.scores == 6 * (10 + 6)  # ceil(4 log 4) = 6 features
    assert done.pattern.count() == 0
    one = performer(q[:, :1], k[:, :1], v, rng=rng)
    assert one.scores == 20


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"features": 0}, "features must be at least 1, got 0"),
        ({"rng": None}, "rng must be a numpy.random.Generator, got NoneType"),
    ],
)
def test_what_is_refused(options, message):
    q = np.ones((3, 2))
    with pytest.raises(ValueError, match=message):
        performer(q, q, q, **({"rng": generator()} | options))
