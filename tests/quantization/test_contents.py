"""The table of contents names what there is, and loads it only when asked."""

import subprocess
import sys

import pytest

import quantization
import quantization.ternary


@pytest.mark.parametrize("name", quantization.__all__)
def test_every_name_is_there_and_in_the_contents(name):
    assert getattr(quantization, name) is not None
    assert name in quantization.__doc__ or name in ("Survey", "Witness")
    assert name in dir(quantization)


def test_modules():
    assert quantization.gates.__name__ == "quantization.gates"
    assert quantization.absmean is quantization.ternary.absmean
    with pytest.raises(AttributeError, match="'quantization' has no attribute 'absmin'"):
        _ = quantization.absmin


def test_import_loads_nothing():
    program = "import sys, quantization; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
