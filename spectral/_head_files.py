"""Heads to and from .npz and .safetensors files; the layout is in `spectral.heads`."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from spectral._head import Head

_SUFFIXES = (".npz", ".safetensors")
_LAYOUT = "NAME/q, NAME/k, NAME/v (and NAME/causal) a head, or q, k, v (and causal, name)"
_BROKEN = (ValueError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


def load_heads(path) -> tuple[Head, ...]:
    """The heads in a .npz or .safetensors file, in the file's order.

    *Raises* ValueError for other keys (it lists those seen and those expected), for arrays that
    make no head (it names the head) and for a file that cannot be read as what its suffix says;
    OSError where the file itself cannot be opened.
    """
    arrays = _read(Path(path))
    parts = _unstack(arrays, path) if "q" in arrays else _group(arrays, path)
    return tuple(_head(path, *part) for part in parts)


def save_heads(path, heads: Iterable[Head]) -> None:
    """Write heads as float32, one NAME/q, NAME/k, NAME/v, NAME/causal each.

    The file is written beside `path` and then renamed, so that an interrupted write leaves the
    old file, or none; the same heads give the same bytes.

    *Raises* ValueError for no heads, for two of one name, and for an entry beyond float32.
    """
    path, heads = Path(path), tuple(heads)
    _check_suffix(path)
    names = [head.name for head in heads]
    if not heads or len(set(names)) < len(heads):
        raise ValueError(f"heads must be at least one, with distinct names, got {names}")
    arrays = {}
    for head in heads:
        for letter in "qkv":
            arrays[f"{head.name}/{letter}"] = _single(getattr(head, letter), head.name, letter)
        arrays[f"{head.name}/causal"] = np.array(head.causal)
    _write(path, arrays)


# Layout ---------------------------------------------------------------------------------


def _group(arrays, path):
    """(name, q, k, v, causal) of each head stored under NAME/..."""
    heads: dict[str, dict] = {}
    for key, array in arrays.items():
        name, _, letter = key.rpartition("/")
        heads.setdefault(name, {})[letter] = array
    for name, head in heads.items():
        if not name or not {"q", "k", "v"} <= set(head) <= {"q", "k", "v", "causal"}:
            _refuse(arrays, path)
    if not heads:
        _refuse(arrays, path)
    return [(name, h["q"], h["k"], h["v"], h.get("causal", False)) for name, h in heads.items()]


def _unstack(arrays, path):
    """(name, q, k, v, causal) of each head along the first axis of q, k and v."""
    if not {"q", "k", "v"} <= set(arrays) <= {"q", "k", "v", "causal", "name"}:
        _refuse(arrays, path)
    q, k, v = (_stacked(arrays[letter], letter, path) for letter in "qkv")
    if not len(q) == len(k) == len(v):
        counts = f"{len(q)}, {len(k)}, {len(v)}"
        raise ValueError(f"{path}: q, k and v must have as many heads each, got {counts}")
    names = arrays.get("name", np.array([f"head{i}" for i in range(len(q))]))
    names = _one_each(names, "name", len(q), path)
    causal = _one_each(arrays.get("causal", np.array(False)), "causal", len(q), path)
    return list(zip(map(str, names), q, k, v, causal, strict=True))


def _stacked(array, letter, path):
    if array.ndim not in (2, 3) or array.size == 0:
        raise ValueError(
            f"{path}: {letter} must be (heads, N, d) or (N, d), nonempty, got shape {array.shape}"
        )
    return array if array.ndim == 3 else array[None]


def _one_each(values, key, count, path):
    """One value a head; a single one of `causal` is for all of them."""
    shared = values.ndim == 0 and (key == "causal" or count == 1)
    if not shared and values.shape != (count,):
        raise ValueError(f"{path}: {key} must have {count} values, got shape {values.shape}")
    return [values[()]] * count if shared else list(values)


def _head(path, name, q, k, v, causal):
    try:
        flag = np.asarray(causal)
        if flag.size != 1 or flag.dtype.kind not in "biuf" or flag.item() not in (0, 1):
            raise ValueError(f"causal must be one true or false, got {flag.tolist()!r}")
        return Head(q, k, v, bool(flag.item()), name)
    except ValueError as error:
        raise ValueError(f"{path}, head {name}: {error}") from error


def _refuse(arrays, path):
    seen = sorted(arrays)
    shown = ", ".join(seen[:12]) + (f", ... ({len(seen)} in all)" if len(seen) > 12 else "")
    raise ValueError(f"{path} must hold {_LAYOUT}, got {shown or 'no keys'}")


# Bytes ----------------------------------------------------------------------------------


def _check_suffix(path):
    if path.suffix not in _SUFFIXES:
        raise ValueError(f"path must end in {' or '.join(_SUFFIXES)}, got {path}")


def _read(path) -> dict[str, np.ndarray]:
    _check_suffix(path)
    data = path.read_bytes() if path.suffix == ".safetensors" else None
    try:
        return _read_npz(path) if data is None else _read_safetensors(data)
    except _BROKEN as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"{path} must be a readable {path.suffix} file, got: {reason}") from error


def _read_npz(path):
    with open(path, "rb") as file:
        if not zipfile.is_zipfile(file):
            raise ValueError("no zip archive")
        file.seek(0)
        with np.load(file, allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}


def _read_safetensors(data):
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(data)
    except SafetensorError as error:
        raise ValueError(str(error)) from error
    except KeyError as error:  # how safetensors says that NumPy has no such dtype
        raise ValueError(f"dtype {error} has no NumPy equal: store float32") from error


def _single(array, name, letter):
    with np.errstate(over="ignore"):
        single = array.astype(np.float32)
    if not np.isfinite(single).all():
        largest = np.abs(array).max()
        raise ValueError(f"{letter} of head {name} must be within float32, got {largest:.3g}")
    return single


def _write(path, arrays):
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            if path.suffix == ".npz":
                np.savez_compressed(file, **arrays)
            else:
                from safetensors.numpy import save

                file.write(save(arrays))
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
