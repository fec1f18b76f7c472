"""Capture without a model: what is recorded, which heads, the check, bad input.

With models, tests_models/ has the rest: `python -m pytest tests_models`.
"""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from spectral.heads import Head, load_heads
from verify import capture
from verify.captured import captured, chosen, output, rounding
from verify.cli import main
from verify.recording import Record, recorder

N, D, EPS = 5, 4, 2.0**-23


class Tensor:
    """What is used of a torch tensor, on an array."""

    def __init__(self, array, dtype="torch.float32"):
        self.array, self.shape, self.dtype = array, array.shape, dtype

    def detach(self):
        return self

    cpu = float = detach

    def numpy(self):
        return self.array


def softmax(scores, seen):
    weights = np.where(seen, np.exp(scores - scores.max(axis=-1, keepdims=True)), 0)
    return weights / weights.sum(axis=-1, keepdims=True)


def attend(module, query, key, value, mask, *, scaling=None, **options):
    """A plain attention function of grouped queries, as transformers calls one."""
    q, k, v = (t.array[0].astype(float) for t in (query, key, value))
    times = len(q) // len(k)
    scores = q @ np.repeat(k, times, axis=0).swapaxes(1, 2) * (scaling or D**-0.5)
    seen = np.tri(q.shape[1]) == 1 if module.is_causal else np.ones(scores.shape[1:], bool)
    out = softmax(scores, seen) @ np.repeat(v, times, axis=0)
    return Tensor(out.swapaxes(0, 1)[None].astype(np.float32)), None


def arrays(heads=4, groups=2, texts=1, seed=0):
    rng = np.random.default_rng(seed)
    sizes = (heads, groups, groups)
    return [rng.standard_normal((texts, h, N, D)).astype(np.float32) for h in sizes]


def record(*, layer=3, causal=True, mask=None, attend=attend, qkv=None, **options):
    """What a recorder keeps of one call of one layer."""
    records = []
    module = SimpleNamespace(layer_idx=layer, is_causal=causal)
    mask = None if mask is None else Tensor(mask, f"torch.{mask.dtype}")
    recorder(attend, {layer}, records)(module, *map(Tensor, qkv or arrays()), mask, **options)
    return records[0]


# Recording ------------------------------------------------------------------------------


def test_a_recorder_returns_what_attention_does():
    module = SimpleNamespace(layer_idx=0, is_causal=True)
    given = [*map(Tensor, arrays()), None]
    plain, _ = attend(module, *given)
    seen, weights = recorder(attend, (), [])(module, *given)
    assert (seen.array == plain.array).all()
    assert weights is None


def test_only_the_layers_asked_are_kept():
    records = []
    function = recorder(attend, {1, 2}, records)
    for layer in range(4):
        module = SimpleNamespace(layer_idx=layer, is_causal=False)
        function(module, *map(Tensor, arrays(seed=layer)), None)
    assert [r.layer for r in records] == [1, 2]
    assert (records[1].q == arrays(seed=2)[0][0]).all()


def test_layers_without_a_number_are_numbered_as_they_come():
    records = []
    function = recorder(attend, {0, 1}, records)
    modules = [SimpleNamespace(is_causal=False) for _ in range(2)]
    for module in modules:
        function(module, *map(Tensor, arrays()), None)
    assert [r.layer for r in records] == [0, 1]


def test_a_layer_that_attends_twice_is_refused():
    function = recorder(attend, {0}, [])
    given = (SimpleNamespace(layer_idx=0, is_causal=False), *map(Tensor, arrays()), None)
    function(*given)
    with pytest.raises(ValueError, match="each layer must attend once a text, got layer 0 twice"):
        function(*given)


LOW = np.finfo(np.float32).min
FULL = np.ones((1, 1, N, N), bool)


@pytest.mark.parametrize(
    ("declared", "mask", "options", "causal"),
    [
        (True, None, {}, True),
        (False, None, {}, False),
        (True, None, {"is_causal": False}, False),
        (False, None, {"is_causal": True}, True),
        (True, np.tril(FULL), {}, True),
        (False, np.tril(FULL), {}, True),
        (True, FULL, {}, False),
        (False, np.where(np.tril(FULL), 0, LOW), {}, True),
        (False, np.where(np.tril(FULL), 0, -np.inf), {}, True),
        (True, np.zeros((1, 4, N, N), np.float32), {}, False),
    ],
)
def test_the_mask_says_who_sees_whom(declared, mask, options, causal):
    assert record(causal=declared, mask=mask, **options).causal is causal


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        (np.tril(FULL) & ~np.tril(FULL, -3), "layer 3 must attend to all tokens or to those befo"),
        (FULL & (np.arange(N) < 4), "layer 3 must attend to all tokens or to those before, got an"),
        (np.arange(25.0).reshape(1, 1, N, N), "layer 3 must have a mask of zeros and one other va"),
        (
            np.full((1, 1, N, N), -1.0),
            "layer 3 must have a mask of zeros and one other value, got a",
        ),
    ],
)
def test_other_masks_are_refused(mask, said):
    with pytest.raises(ValueError, match=said):
        record(mask=mask)


def test_one_text_at_a_time():
    with pytest.raises(ValueError, match=r"must attend within one text, got .* = \(2, 5, 5\)"):
        record(qkv=arrays(texts=2))


def test_an_arithmetic_of_unknown_spacing_is_refused():
    function = recorder(attend, {0}, [])
    given = [Tensor(x, "torch.float8_e4m3fn") for x in arrays()]
    with pytest.raises(ValueError, match=r"must compute in one of \['bfloat16', .*got float8_e4m3"):
        function(SimpleNamespace(layer_idx=0, is_causal=True), *given, None)


# Heads ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("heads", "groups"), [(4, 4), (4, 2), (4, 1), (1, 1)])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("scaling", [None, 1.0, 0.1])
def test_captured_heads_compute_what_the_attention_did(heads, groups, causal, scaling):
    qkv = arrays(heads, groups)
    found = captured(
        record(causal=causal, qkv=qkv, scaling=scaling), range(heads), "m/layer{layer}/head{head}"
    )
    assert [c.head.name for c in found] == [f"m/layer3/head{h}" for h in range(heads)]
    for h, c in enumerate(found):
        assert (c.head.v == qkv[2][0, h * groups // heads]).all()
        assert (c.head.k == qkv[1][0, h * groups // heads]).all()
        assert c.head.causal is causal
        assert c.distance <= 2 * EPS  # of the rounding of the output, which is of order 1
        assert c.share <= 1


def test_the_scale_of_the_model_goes_into_q():
    (c,) = captured(record(scaling=1.0), [0], "{layer}{head}")
    assert (c.head.q == 2 * arrays()[0][0, 0]).all()  # sqrt(d) = 2


@pytest.mark.parametrize("wrong", ["causal", "order", "cap", "sink"])
def test_a_head_that_is_not_what_the_model_computed_is_refused(wrong):
    def another(module, query, key, value, mask, **options):
        out, _ = attend(module, query, key, value, mask, **options)
        if wrong == "causal":
            other = SimpleNamespace(is_causal=not module.is_causal)
            out, _ = attend(other, query, key, value, mask, **options)
        elif wrong == "order":  # groups dealt out in turn: heads 0 and 2 share, not 0 and 1
            out = Tensor(np.ascontiguousarray(out.array[:, :, [0, 2, 1, 3]]))
        elif wrong == "cap":
            small = Tensor(np.tanh(query.array))
            out, _ = attend(module, small, key, value, mask, **options)
        else:
            out = Tensor(out.array * np.float32(1 - 2.0**-10))
        return out, None

    with pytest.raises(
        ValueError, match=r"m3.1: softmax\(.*\) v must be what .* times what roundi"
    ):
        captured(record(attend=another), [1], "m{layer}.{head}")


def test_k_must_be_shared_evenly():
    q, k, v = (x[0] for x in arrays(3, 2))
    uneven = Record(0, q, k, v, q, True, 1.0, EPS)
    with pytest.raises(ValueError, match="heads must be a multiple of those of k and of v, got 3,"):
        captured(uneven, [0], "")


def test_values_of_another_width_are_refused():
    q, k, v = arrays(2, 2)
    narrow = Record(0, q[0], k[0], v[0, :, :, :3], None, True, 1.0, EPS)
    with pytest.raises(ValueError, match="m: v must have the shape of q"):
        captured(narrow, [0], "m")


@pytest.mark.parametrize("scale", [0.1, 1, 10])
@pytest.mark.parametrize("causal", [False, True])
def test_rounding_bounds_what_float32_does(scale, causal):
    rng = np.random.default_rng(0)
    for _ in range(20):
        q, k, v = rng.standard_normal((3, 40, 8)).astype(np.float32)
        head = Head(scale * q, k, v, causal)
        q, k = head.q.astype(np.float32), head.k.astype(np.float32)
        scores = q @ k.T / np.float32(8**0.5)
        seen = np.tri(40) == 1 if causal else np.ones((40, 40), bool)
        weights = softmax(np.where(seen, scores, np.float32(-np.inf)), seen)
        weights = weights.astype(np.float32)
        assert (np.abs(weights @ v - output(head)) <= rounding(head, EPS)).all()


# Which heads ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("all", (0, 1, 2, 3, 4, 5)),
        ("0", (0,)),
        ("5,0", (0, 5)),
        ("1-3", (1, 2, 3)),
        ("0, 2-3 ,3", (0, 2, 3)),
    ],
)
def test_lists_of_numbers(text, numbers):
    assert chosen(text, 6, "layers") == numbers


@pytest.mark.parametrize("text", ["", ",", "x", "1-", "-1", "1--2", "1.0", "²", "1;2"])
def test_what_is_no_list(text):
    with pytest.raises(ValueError, match="--layers must be as 0,3,5-7 or all, got"):
        chosen(text, 6, "layers")


@pytest.mark.parametrize("text", ["6", "0,6", "3-6", "3-2"])
def test_numbers_that_the_model_has_not(text):
    with pytest.raises(ValueError, match=r"--heads must be of 0 to 5, got '\d.*'"):
        chosen(text, 6, "heads")


# The command ----------------------------------------------------------------------------


def refused(capsys, tmp_path, **options):
    """The line that a wrong option gets."""
    asked = {"model": "nowhere", "text": "two words", "output": tmp_path / "heads.npz"} | options
    try:
        status = main(["capture", *(f"--{name}={value}" for name, value in asked.items())])
    except SystemExit as leaving:  # argparse
        status = leaving.code
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert list(tmp_path.glob("heads*")) == []
    return err.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"output": "/nonexistent/heads.npz"},
            "--output must be a .npz or .safetensors file in an",
        ),
        ({"output": "heads.csv"}, "file in an existing folder, got heads.csv"),
        ({"text": ""}, "--text must have words in it, got ''"),
        ({"text": " \n"}, "--text must have words in it"),
        ({"text": "nosuch.txt"}, "No such file or directory: 'nosuch.txt'"),
        ({"tokens": "0"}, "argument --tokens: must be an integer >= 1, got '0'"),
    ],
)
def test_bad_input_is_a_line(capsys, tmp_path, options, said):
    assert said in refused(capsys, tmp_path, **options)


def test_an_empty_file_has_no_words(capsys, tmp_path):
    (tmp_path / "empty.txt").write_text("\n")
    assert "--text must have words" in refused(capsys, tmp_path, text=tmp_path / "empty.txt")


@pytest.mark.parametrize("missing", ["torch", "transformers"])
def test_without_the_extra(capsys, tmp_path, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace())
    monkeypatch.setitem(sys.modules, missing, None)
    said = "verify: capture needs the extra `models`: pip install 'refutable[models]' (import of"
    assert refused(capsys, tmp_path).startswith(said)


def test_what_is_captured_is_written_and_said(capsys, tmp_path, monkeypatch):
    (tmp_path / "words.txt").write_text("some words")
    asked = {}

    def taken(model, ids, *, layers, heads, name):
        asked.update(model=model, ids=ids, layers=layers, heads=heads)
        return captured(record(), chosen(heads, 4, "heads"), name)

    monkeypatch.setattr(capture, "capture", taken)
    tokenizer = lambda text, **options: {"input_ids": [text, options]}  # noqa: E731
    monkeypatch.setattr(capture, "_loaded", lambda name: (name, tokenizer))
    files = ["--text", str(tmp_path / "words.txt"), "--output", str(tmp_path / "heads.npz")]
    options = ["--model", "some/small.gguf", "--layers", "3", "--heads", "1-2", "--tokens", "7"]
    assert main(["capture", *files, *options]) == 0
    assert asked == {
        "model": "some/small.gguf",
        "ids": ["some words", {"truncation": True, "max_length": 7}],
        "layers": "3",
        "heads": "1-2",
    }
    names = [head.name for head in load_heads(tmp_path / "heads.npz")]
    assert names == ["small/layer3/head1/words", "small/layer3/head2/words"]
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("heads.npz: 2 heads, N = 5, d = 4, causal")
    assert second.startswith("they return what the model's attention did: to ")
