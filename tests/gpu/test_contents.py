"""The table of contents names what there is, and loads it only when asked."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import gpu
import gpu.definition

MODULES = sorted(
    p.stem
    for p in Path(gpu.__file__).parent.iterdir()
    if not p.name.startswith("_") and (p.suffix == ".py" or (p / "__init__.py").exists())
)


@pytest.mark.parametrize("name", gpu.__all__)
def test_every_name_is_there_and_in_the_contents(name):
    assert getattr(getattr(gpu, name), "__name__", name) == name  # METHODS is a table
    assert name in gpu.__doc__
    assert name in dir(gpu)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_in_the_contents(module):
    assert f"`gpu.{module}`" in gpu.__doc__
    assert getattr(gpu, module).__name__ == f"gpu.{module}"


def test_names_are_those_of_their_modules():
    assert gpu.reference is gpu.definition.reference
    with pytest.raises(AttributeError, match="'gpu' has no attribute 'refer'"):
        _ = gpu.refer


def test_import_loads_nothing():
    program = "import sys, gpu; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_import_loads_no_gpu_library():
    program = "import sys, gpu; sys.exit(bool({'numba', 'cupy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("method", gpu.METHODS)
def test_every_method_is_there_under_its_name(method):
    assert getattr(import_module(gpu.METHODS[method]), method).__name__ == method
