"""Wrong functions, and a statement that is false as printed: every test here must fail."""

import pytest
from my_quantizer import quantize, quantize_by_median, quantize_by_sign, softmax_without_temperature


def test_binary(verify):
    verify.holds("sequence/theorem58", amendment=0, quantizer=quantize_by_sign)


def test_median(verify):
    verify.holds("sequence/theorem58", amendment=1, quantizer=quantize_by_median)


@pytest.mark.verify("sequence/theorem17", seed=7)
def test_softmax(verify):
    verify.holds(softmax=softmax_without_temperature)


def test_as_printed(verify):
    verify.holds("sequence/theorem58", quantizer=quantize)


def test_a_misspelt_keyword(verify):
    verify.holds("sequence/theorem58", quantiser=quantize)


def test_no_claim(verify):
    verify.holds(quantizer=quantize)
