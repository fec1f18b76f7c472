"""What is proved of ternary quantization and of softmax, asked of this project's functions."""

import pytest
from my_quantizer import quantize, softmax


@pytest.mark.parametrize("amendment", [0, 1])
def test_error_of_the_quantizer(verify, amendment):
    verify.holds("sequence/theorem58", amendment=amendment, quantizer=quantize)


@pytest.mark.verify("sequence/theorem17")
def test_softmax_minimises_the_free_energy(verify):
    verify.holds(softmax=softmax)


def test_the_engine_is_at_hand(verify):
    assert verify.get("theorem58").id == "sequence/theorem58"


def test_without_the_engine():
    assert quantize([0.0, 2.0]).tolist() == [0.0, 1.0]
