"""The table of contents names what there is, and loads it only when asked."""

import subprocess
import sys
from pathlib import Path

import pytest

import spectral
import spectral.graph

MODULES = sorted(
    p.stem
    for p in Path(spectral.__file__).parent.iterdir()
    if not p.name.startswith("_") and (p.suffix == ".py" or (p / "__init__.py").exists())
)


@pytest.mark.parametrize("name", spectral.__all__)
def test_every_name_is_there_and_in_the_contents(name):
    assert getattr(spectral, name).__name__ == name
    assert name in spectral.__doc__
    assert name in dir(spectral)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_in_the_contents(module):
    assert f"`spectral.{module}`" in spectral.__doc__
    assert getattr(spectral, module).__name__ == f"spectral.{module}"


def test_names_are_those_of_their_modules():
    assert spectral.scores is spectral.graph.scores
    with pytest.raises(AttributeError, match="'spectral' has no attribute 'score'"):
        _ = spectral.score


def test_import_loads_nothing():
    program = "import sys, spectral; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
