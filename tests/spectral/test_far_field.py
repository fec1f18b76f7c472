"""The far field as a theorem has it: in floats and balls, and what is refused."""

from fractions import Fraction

import numpy as np
import pytest

from spectral.balls import midpoints, to_balls
from spectral.far_field import diameter, far_field_attention, far_field_bound
from spectral.graph import attention_matrix

Q = np.array([[1.0, 0.5], [0.25, -0.5]])
K = np.array([[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0], [0.5, 0.5]])
LABELS, NEAR = np.array([0, 1, 0, 1]), np.array([0, 0, 0, 1])


def test_exact_is_attention_and_near_keys_keep_their_scores():
    f = far_field_attention(Q, K, LABELS, NEAR)
    np.testing.assert_allclose(f.exact, attention_matrix(Q, K), rtol=1e-15)
    np.testing.assert_array_equal(f.deviations[:, 3], 0)
    np.testing.assert_allclose(f.approximate.sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_array_equal(f.far, NEAR == 0)


def test_deviations_have_mean_zero_cluster_by_cluster():
    f = far_field_attention(Q, K, np.zeros(4, int), NEAR)
    np.testing.assert_allclose((f.approximate * f.deviations).sum(axis=1), 0, atol=1e-16)
    plain = far_field_attention(Q, K, np.zeros(4, int), NEAR, tilted=False)
    assert abs((plain.approximate * plain.deviations).sum(axis=1)).max() > 0.01


def test_a_pair_in_closed_form():
    # delta = 1 and -1 at each query, nothing near: exact softmax(1, -1), far field (1/2, 1/2)
    f = far_field_attention([[1.0], [-1.0]], [[1.0], [-1.0]], np.zeros(2, int), np.zeros(2, int))
    np.testing.assert_allclose(f.distance, np.tanh(1) / 2, rtol=1e-15)
    np.testing.assert_allclose(f.mass_ratio, np.cosh(1), rtol=1e-15)
    np.testing.assert_allclose(f.radius, 1)
    np.testing.assert_allclose(f.share, 1)


def test_balls_enclose_floats():
    exact = [[[Fraction(x) for x in row] for row in A] for A in (Q, K)]
    balls = far_field_attention(*(to_balls(np.array(A, object)) for A in exact), LABELS, NEAR)
    floats = far_field_attention(Q, K, LABELS, NEAR)
    for name in ("distance", "share", "radius", "mass_ratio"):
        # some 20 roundings of numbers up to 10
        np.testing.assert_allclose(
            midpoints(getattr(balls, name)), getattr(floats, name), rtol=1e-14
        )


def test_equal_keys_and_one_query_change_nothing():
    same = np.full((4, 2), 1 / 3)
    assert (far_field_attention(Q, same, LABELS, NEAR).deviations == 0).all()
    assert (far_field_attention(Q[:1], K, LABELS, NEAR).deviations == 0).all()


def test_the_bound_and_the_diameter():
    assert far_field_bound(0.5, np.log(3)) == pytest.approx(0.5)
    assert diameter([[0.0, 0.0], [3.0, 4.0], [1.0, 1.0]]) == 5
    assert diameter([[2.0]]) == 0


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"near must have one entry a key, \(4,\), got shape \(3"):
        far_field_attention(Q, K, LABELS, NEAR[:3])
    with pytest.raises(ValueError, match="labels must have one entry a key"):
        far_field_attention(Q, K, LABELS[:2], NEAR)
    with pytest.raises(ValueError, match="q must be finite, got nan"):
        far_field_attention(Q * np.nan, K, LABELS, NEAR)
