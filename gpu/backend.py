"""Where kernels can run: said in one call, and required by name; nothing falls back silently."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True)
class Backend:
    """A place where kernels run: whether it works here, on what, and what is missing if not."""

    name: str
    works: bool
    device: str  # what it runs on, or why it does not work


class MissingBackend(ValueError, ImportError):
    """A backend was asked for that does not work on this machine."""


def backends() -> dict[str, Backend]:
    """All backends by name: numpy, numba (CPU), cuda (Numba on an NVIDIA GPU), cupy.

    It looks for the libraries, and imports them only where they are found.
    """
    return {name: look() for name, look in _LOOKS.items()}


def require(name: str) -> None:
    """Nothing, or `MissingBackend` that says what is missing."""
    if name == "numpy":
        return
    if name not in _LOOKS:
        raise ValueError(f"backend must be one of {sorted(_LOOKS)}, got {name!r}")
    found = _LOOKS[name]()
    if not found.works:
        raise MissingBackend(f"backend {name!r} does not work here: {found.device}")


def _numpy() -> Backend:
    return Backend("numpy", True, f"CPU, {os.cpu_count()} cores, NumPy and its BLAS")


def _numba() -> Backend:
    if find_spec("numba") is None:
        return Backend("numba", False, "Numba is not installed: pip install 'refutable[numba]'")
    import numba

    return Backend("numba", True, f"CPU, {numba.config.NUMBA_NUM_THREADS} threads")


def _cuda() -> Backend:
    if find_spec("numba") is None:
        return Backend("cuda", False, "Numba is not installed: pip install 'refutable[gpu]'")
    from numba import config, cuda

    if config.ENABLE_CUDASIM:
        return Backend("cuda", True, "Numba's simulator on the CPU: right, and very slow")
    if not cuda.is_available():
        return Backend("cuda", False, "no NVIDIA GPU or driver is found")
    name = cuda.get_current_device().name
    return Backend("cuda", True, name.decode() if isinstance(name, bytes) else name)


def _cupy() -> Backend:
    if find_spec("cupy") is None:
        return Backend("cupy", False, "CuPy is not installed: pip install 'refutable[gpu]'")
    import cupy

    try:
        properties = cupy.cuda.runtime.getDeviceProperties(0)
    except cupy.cuda.runtime.CUDARuntimeError as error:
        return Backend("cupy", False, f"no NVIDIA GPU or driver is found ({error})")
    return Backend("cupy", True, properties["name"].decode())


_LOOKS = {"numpy": _numpy, "numba": _numba, "cuda": _cuda, "cupy": _cupy}
