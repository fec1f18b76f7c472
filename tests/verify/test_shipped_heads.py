"""The heads that come with the package: what they are, and that their attention is varied."""

import re
from importlib.resources import files

import numpy as np
import pytest

from spectral.graph import attention_matrix, attention_weights
from spectral.heads import load_heads

PATH = files("verify") / "data" / "heads.npz"
TOKENS = {"origin": 217, "pride": 149, "gettysburg": 180}


@pytest.fixture(scope="module")
def heads():
    return load_heads(PATH)


@pytest.fixture(scope="module")
def entropies(heads):
    """Mean entropy of a row of attention, in nats, by name."""
    found = {}
    for head in heads:
        P = attention_matrix(head.q, head.k)
        logs = np.log(P, out=np.zeros_like(P), where=P > 0)
        found[head.name] = -(P * logs).sum(axis=1).mean()
    return found


def test_the_file_is_small():
    assert PATH.stat().st_size < 2e6


def test_names_and_sizes(heads):
    assert len({head.name for head in heads}) == len(heads) == 27
    for head in heads:
        match = re.fullmatch(r"minilm/layer[025]/head(\d+)/(\w+)", head.name)
        assert 0 <= int(match[1]) < 12
        assert (head.N, head.d, head.causal) == (TOKENS[match[2]], 32, False)


def test_every_entry_is_a_float32(heads):
    for head in heads:
        for array in (head.q, head.k, head.v):
            np.testing.assert_array_equal(array, array.astype(np.float32))
            assert array.std() > 0


def test_rows_are_from_sharp_to_diffuse(heads, entropies):
    assert min(entropies.values()) < 0.2
    assert max(entropies.values()) > 4.8
    for head in heads:
        assert 0 < entropies[head.name] < np.log(head.N)


@pytest.mark.parametrize("layer", [0, 2, 5])
@pytest.mark.parametrize("text", TOKENS)
def test_each_layer_goes_from_sharp_to_diffuse(entropies, layer, text):
    sharp, middling, diffuse = (
        value for name, value in entropies.items() if f"layer{layer}/" in name and text in name
    )
    assert sharp < middling < diffuse


def test_a_head_that_looks_one_token_back(heads):
    (head,) = (h for h in heads if h.name == "minilm/layer0/head2/origin")
    seen = attention_matrix(head.q, head.k).argmax(axis=1)
    assert (seen == np.arange(head.N) - 1).mean() > 0.75


def test_no_weight_over_or_underflows(heads):
    for head in heads:
        assert attention_weights(head.q, head.k).min() > 0
