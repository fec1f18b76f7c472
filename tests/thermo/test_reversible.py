"""A machine that erases nothing: its steps undo themselves, its scratch ends at 0."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax

from thermo.reversible import Step, apply, reversible_attention, run_reversibly

few = settings(max_examples=30, deadline=None)
shapes = st.tuples(st.integers(1, 6), st.integers(1, 4))


@few
@given(shapes, st.integers(0, 2**32 - 1))
def test_attention(shape, seed):
    q, k, v = np.random.default_rng(seed).standard_normal((3, *shape))
    run = reversible_attention(q, k, v)
    assert run.garbage_bits == 0
    assert run.inputs_kept
    direct = softmax(q @ k.T / np.sqrt(shape[1]), axis=1) @ v
    # softmax by another route: rounding of a few exponentials and sums of at most 6 terms
    np.testing.assert_allclose(run.result, direct, rtol=0, atol=2**8 * np.finfo(float).eps)


@few
@given(shapes, st.integers(0, 2**32 - 1))
def test_a_step_undoes_itself(shape, seed):
    rng = np.random.default_rng(seed)
    registers = {name: rng.integers(0, 2**64, shape, dtype=np.uint64) for name in "abt"}
    before = {name: value.copy() for name, value in registers.items()}
    step = Step("t", lambda a, b: np.where(a > b, a, 0), ("a", "b"))
    apply(step, registers)
    apply(step, registers)
    for name in "abt":
        np.testing.assert_array_equal(registers[name], before[name])


def test_without_undoing_the_history_is_garbage():
    q = np.array([[0.0], [1.0]])
    run = reversible_attention(q, q, q, undo=False)
    assert run.garbage_bits > 0
    assert run.inputs_kept
    assert reversible_attention(q * 0, q * 0, q * 0).garbage_bits == 0


def test_any_program():
    program = (Step("square", np.square, ("x",)), Step("twice", np.add, ("square", "square")))
    run = run_reversibly(program, {"x": np.array([[3.0, -1.0]])})
    np.testing.assert_array_equal(run.result, [[18, 2]])
    assert run.garbage_bits == 0


def test_bad_input():
    with pytest.raises(ValueError, match="target must not be among the sources, got 'x'"):
        Step("x", np.square, ("x",))
    with pytest.raises(ValueError, match="program must have a step"):
        run_reversibly((), {})
    with pytest.raises(ValueError, match="q must be nonempty with 2 axes"):
        reversible_attention([1.0], [[1.0]], [[1.0]])
    with pytest.raises(ValueError, match="v must hold floats, got Fraction"):
        reversible_attention([[1.0]], [[1.0]], np.array([[Fraction(1)]]))
