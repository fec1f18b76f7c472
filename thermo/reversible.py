r"""Computing without erasing: a machine whose every step undoes itself.

Registers hold 64-bit words.  A step replaces a register t by t XOR f(s), for any function f of
*other* registers s; done twice it does nothing, so it is one to one and erases nothing, whatever
f is.  Bennett's construction: run a program forward into scratch registers that are 0, XOR the
result into a register that is kept, run the program backward.  What remains is the inputs and the
result; the scratch is 0 again, bit for bit, and there is nothing to erase.

So Landauer's principle gives 0 J as the least energy of computing attention (sequence paper,
Theorem 44, has N Delta H k_B T ln 2).

Reference: C. H. Bennett, Logical reversibility of computation, IBM J. Res. Dev. 17 (1973).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from thermo._checks import check_reals


@dataclass(frozen=True)
class Step:
    """target ^= bits of function(sources); the target must not be among the sources."""

    target: str
    function: Callable[..., np.ndarray]
    sources: tuple[str, ...]

    def __post_init__(self):
        if self.target in self.sources:
            raise ValueError(f"target must not be among the sources, got {self.target!r}")


@dataclass(frozen=True, eq=False)
class ReversibleRun:
    """What a reversible machine holds when it stops."""

    result: np.ndarray  # float64
    garbage_bits: int  # bits of the scratch registers that are not 0: what is left to erase
    inputs_kept: bool  # whether the inputs are what they were, bit for bit


def apply(step: Step, registers: dict[str, np.ndarray]) -> None:
    """One step, on registers of uint64; a register that is not there yet is 0."""
    values = step.function(*(registers[s].view(float) for s in step.sources))
    bits = np.ascontiguousarray(values, dtype=float).view(np.uint64)
    registers[step.target] = registers.get(step.target, np.zeros_like(bits)) ^ bits


def run_reversibly(program: Sequence[Step], inputs: dict[str, np.ndarray], *, undo: bool = True):
    """The `ReversibleRun` of a program; its result is the target of the last step.

    undo: run it backward afterwards, as Bennett does.  Without, the history stays as garbage.
    """
    if not program:
        raise ValueError("program must have a step, got none")
    registers = {name: _bits(value, name) for name, value in inputs.items()}
    before = {name: value.copy() for name, value in registers.items()}
    for step in program:
        apply(step, registers)
    apply(Step("kept", np.array, (program[-1].target,)), registers)
    for step in reversed(program if undo else ()):
        apply(step, registers)
    result = registers.pop("kept").view(float)
    scratch = [value for name, value in registers.items() if name not in before]
    garbage = sum(int(np.bitwise_count(value).sum()) for value in scratch)
    kept = all(np.array_equal(registers[name], value) for name, value in before.items())
    return ReversibleRun(result, garbage, kept)


def reversible_attention(q, k, v, *, undo: bool = True) -> ReversibleRun:
    """Softmax attention of q, k, v, (N, d) floats, computed reversibly: (N, d) result.

    Three steps, each into a register of its own: scores <q_i, k_j> / sqrt(d), weights, output.
    """
    scale = np.sqrt(np.shape(q)[-1])
    program = (
        Step("scores", lambda q, k: q @ k.T / scale, ("q", "k")),
        Step("weights", _softmax, ("scores",)),
        Step("output", np.matmul, ("weights", "v")),
    )
    return run_reversibly(program, {"q": q, "k": k, "v": v}, undo=undo)


def _softmax(scores):
    w = np.exp(scores - scores.max(axis=1, keepdims=True))
    return w / w.sum(axis=1, keepdims=True)


def _bits(value, name):
    value = check_reals(value, name, ndim=2)
    if value.dtype == object:
        raise ValueError(f"{name} must hold floats, got {type(value.flat[0]).__name__}")
    return np.ascontiguousarray(value).view(np.uint64)
