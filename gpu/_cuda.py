"""What the CUDA kernels share: sizes, copies to the device and back, bits of numbers.

Numba's simulator runs the same kernels on the CPU (NUMBA_ENABLE_CUDASIM=1, before Numba is
imported), a Python thread each, so blocks are small there.
"""

from __future__ import annotations

import numpy as np
from numba import config, cuda, from_dtype

SIMULATED = bool(config.ENABLE_CUDASIM)
THREADS = 8 if SIMULATED else 64  # of a block; not yet tuned on a device
_SHARED = 40_000  # bytes of a block's shared memory that tiles may take, of 48 KB


def rows_that_fit(width: int, dtype) -> int:
    """How many rows of a tile fit, a power of two, at most `THREADS`."""
    rows = THREADS
    while rows > 1 and rows * width * np.dtype(dtype).itemsize > _SHARED:
        rows //= 2
    return rows


def on_device(x, dtype=None):
    """A device array: a copy of a host array, or what is on the device already."""
    if hasattr(x, "__cuda_array_interface__"):
        return cuda.as_cuda_array(x)
    return cuda.to_device(np.ascontiguousarray(x, dtype))


def like_input(out, x):
    """The output on the host if the input was there."""
    return out if hasattr(x, "__cuda_array_interface__") else out.copy_to_host()


def number(dtype):
    """Numba's type of a NumPy one."""
    return from_dtype(np.dtype(dtype))


if SIMULATED:

    @cuda.jit(device=True)
    def widened(x):
        """A bfloat16, its bits an int16, as float32."""
        return (np.int32(x) << np.int32(16)).view(np.float32)

else:

    @cuda.jit(device=True)
    def widened(x):
        """A bfloat16, its bits an int16, as float32."""
        return cuda.libdevice.int_as_float(np.int32(np.int32(x) << 16))


@cuda.jit(device=True)
def smaller(a, b):
    """The built-in min: Numba 0.68 does not compile it for CUDA."""
    return a if a < b else b


@cuda.jit(device=True)
def larger(a, b):
    return a if a > b else b


@cuda.jit(device=True)
def same(x):
    """A number as it is."""
    return x
