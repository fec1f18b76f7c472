"""The table of contents names what there is, and loads it only when asked."""

import subprocess
import sys

import pytest

import thermo
import thermo.free_energy


@pytest.mark.parametrize("name", thermo.__all__)
def test_every_name_is_there_and_in_the_contents(name):
    assert getattr(thermo, name).__name__ == name
    assert name in thermo.__doc__ or name[0].isupper()  # dataclasses go with their functions
    assert name in dir(thermo)


def test_modules():
    assert thermo.sparse.__name__ == "thermo.sparse"
    assert thermo.gibbs is thermo.free_energy.gibbs
    with pytest.raises(AttributeError, match="'thermo' has no attribute 'gibs'"):
        _ = thermo.gibs


def test_import_loads_nothing():
    program = "import sys, thermo; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
