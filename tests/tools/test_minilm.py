"""The tokenizer on a small vocabulary; the forward pass against the definition, in loops."""

import importlib.util
import json
import math
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

TOOLS = Path(__file__).resolve().parents[2] / "tools"
SPEC = importlib.util.spec_from_file_location("minilm", TOOLS / "minilm.py")
minilm = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(minilm)

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##aff",
    "##able",
    "cafe",
    ",",
    ".",
    "'",
    "s",
    "5",
    "$",
    "你",
]

# Tokenizer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("unaffable", ["un", "##aff", "##able"]),
        ("Café, CAFE.", ["cafe", ",", "cafe", "."]),
        ("un's\t\n$5", ["un", "'", "s", "$", "5"]),
        ("你un\u200b", ["你", "un"]),
        ("unknown " + "un" * 60, ["[UNK]", "[UNK]"]),
        ("", []),
    ],
)
def test_word_pieces(text, pieces):
    ids = minilm.WordPiece(VOCABULARY)(text)
    assert [VOCABULARY[i] for i in ids] == ["[CLS]", *pieces, "[SEP]"]


def test_the_longest_piece_comes_first():
    assert minilm.WordPiece(["a", "ab", "##c", "##bc"]).pieces("abc") == ["ab", "##c"]


# Forward pass ---------------------------------------------------------------------------

WIDTH, HEADS, INNER = 4, 2, 6
CONFIG = {
    "vocab_size": len(VOCABULARY),
    "num_hidden_layers": 2,
    "num_attention_heads": HEADS,
    "max_position_embeddings": 8,
    "layer_norm_eps": 1e-12,
}


def shapes():
    yield from {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings.weight": (8, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }.items()
    for layer in range(2):
        at = f"encoder.layer.{layer}"
        square = [f"{at}.attention.self.{x}" for x in ("query", "key", "value")]
        square.append(f"{at}.attention.output.dense")
        linear = dict.fromkeys(square, (WIDTH, WIDTH))
        linear |= {f"{at}.intermediate.dense": (INNER, WIDTH)}
        linear |= {f"{at}.output.dense": (WIDTH, INNER)}
        for name, shape in linear.items():
            yield f"{name}.weight", shape
            yield f"{name}.bias", shape[:1]
        for name in (f"{at}.attention.output", f"{at}.output"):
            yield f"{name}.LayerNorm.weight", (WIDTH,)
            yield f"{name}.LayerNorm.bias", (WIDTH,)


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    weights = {name: rng.standard_normal(shape, np.float32) for name, shape in shapes()}
    save_file(weights | {"embeddings.position_ids": np.arange(8)}, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return tmp_path


def linear(w, name, x):
    return [
        sum(w[f"{name}.weight"][r][c] * x[c] for c in range(len(x))) + w[f"{name}.bias"][r]
        for r in range(len(w[f"{name}.bias"]))
    ]


def normalize(w, name, x):
    mean = sum(x) / WIDTH
    spread = math.sqrt(sum((e - mean) ** 2 for e in x) / WIDTH + 1e-12)
    scale, shift = w[f"{name}.LayerNorm.weight"], w[f"{name}.LayerNorm.bias"]
    return [(e - mean) / spread * s + b for e, s, b in zip(x, scale, shift, strict=True)]


def attend(q, k, v, i, h):
    d = WIDTH // HEADS
    part = slice(h * d, (h + 1) * d)
    scores = [sum(a * b for a, b in zip(q[i][part], y[part], strict=True)) for y in k]
    weights = [math.exp(s / math.sqrt(d)) for s in scores]
    total = sum(weights)
    return [sum(p * y[part][c] for p, y in zip(weights, v, strict=True)) / total for c in range(d)]


def slow_forward(w, ids):
    """BERT by its definition, entry by entry: q, k, v a layer, and the last hidden states."""
    words, positions = (w[f"embeddings.{x}_embeddings.weight"] for x in ("word", "position"))
    segment = w["embeddings.token_type_embeddings.weight"][0]
    x = [normalize(w, "embeddings", words[t] + positions[i] + segment) for i, t in enumerate(ids)]
    seen = []
    for layer in range(2):
        at = f"encoder.layer.{layer}"
        q, k, v = (
            [linear(w, f"{at}.attention.self.{n}", row) for row in x]
            for n in ("query", "key", "value")
        )
        seen.append((q, k, v))
        for i in range(len(x)):
            together = [e for h in range(HEADS) for e in attend(q, k, v, i, h)]
            y = np.array(linear(w, f"{at}.attention.output.dense", together))
            middle = normalize(w, f"{at}.attention.output", y + x[i])
            inner = linear(w, f"{at}.intermediate.dense", middle)
            inner = [e / 2 * (1 + math.erf(e / math.sqrt(2))) for e in inner]
            y = np.array(linear(w, f"{at}.output.dense", inner))
            x[i] = normalize(w, f"{at}.output", y + middle)
    return seen, x


def test_the_forward_pass_is_berts(folder):
    model = minilm.MiniLM(folder)
    ids = model.tokenize("unaffable cafe 5")
    layers, hidden = model.run(ids)
    seen, slow = slow_forward(model.weights, ids)
    # Some 10^3 operations on numbers of size 10, divided by spreads of at least 10^-2.
    tolerance = 1e5 * np.finfo(float).eps
    np.testing.assert_allclose(hidden, slow, rtol=0, atol=tolerance)
    for layer, (q, k, v) in zip(layers, seen, strict=True):
        assert layer.q.shape == (HEADS, len(ids), WIDTH // HEADS)
        for fast, expected in ((layer.q, q), (layer.k, k), (layer.v, v)):
            rows = fast.swapaxes(0, 1).reshape(len(ids), WIDTH)
            np.testing.assert_allclose(rows, expected, rtol=0, atol=tolerance)


def test_an_embedding_has_norm_one(folder):
    assert abs(np.linalg.norm(minilm.MiniLM(folder).embedding("un")) - 1) < 4 * np.finfo(float).eps


def test_a_text_too_long_is_refused(folder):
    with pytest.raises(ValueError, match="the text must have at most 8 tokens, got 9"):
        minilm.MiniLM(folder).run([1] * 9)
