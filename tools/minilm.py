"""all-MiniLM-L6-v2 in NumPy: its tokenizer, its forward pass, and what each head computes.

The model is BERT's encoder with 6 layers of 12 heads, 384 = 12 * 32 wide.  Everything is float64
inside, so that what is later rounded to float32 does not depend on the order of sums.

References
----------
.. [D19] J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, BERT: Pre-training of deep bidirectional
   transformers for language understanding, NAACL (2019).
.. [W20] W. Wang et al., MiniLM: Deep self-attention distillation for task-agnostic compression
   of pre-trained transformers, NeurIPS (2020).
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import erf

_DROPPED = ("Mn", "Cc", "Cf", "Co", "Cs")  # accents and controls
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """BERT's uncased tokenizer over a list of pieces: greedy, the longest piece first [D19]_."""

    def __init__(self, vocabulary: list[str]):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}

    def __call__(self, text: str) -> list[int]:
        """Token ids, [CLS] before and [SEP] after."""
        pieces = [piece for word in self.words(text) for piece in self.pieces(word)]
        return [self.ids[piece] for piece in ("[CLS]", *pieces, "[SEP]")]

    @staticmethod
    def words(text: str) -> list[str]:
        """Lower case, accents and control characters off; each punctuation mark a word."""
        spread = []
        for char in unicodedata.normalize("NFD", text):
            kind = unicodedata.category(char)
            if char in "\t\n\r" or kind == "Zs":
                spread.append(" ")
            elif char != "\ufffd" and kind not in _DROPPED:
                spread.append(f" {char} " if _stands_alone(char, kind) else char.lower())
        return "".join(spread).split()

    def pieces(self, word: str) -> list[str]:
        """The word in pieces, all but the first marked ##; [UNK] where there is no way."""
        found, start = [], 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if mark + word[start:e] in self.ids), None)
            if end is None or len(word) > 100:  # BERT's own limit
                return ["[UNK]"]
            found.append(mark + word[start:end])
            start = end
        return found


@dataclass(frozen=True)
class Layer:
    """What the heads of one layer saw: q, k and v, each (heads, N, d), biases included."""

    q: np.ndarray
    k: np.ndarray
    v: np.ndarray


class MiniLM:
    """The encoder, from a folder with model.safetensors, config.json and vocab.txt."""

    def __init__(self, folder: Path):
        from safetensors.numpy import load_file

        weights = load_file(folder / "model.safetensors")
        self.weights = {name: w.astype(float) for name, w in weights.items() if w.dtype.kind == "f"}
        self.config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.tokenize = WordPiece(vocabulary[: self.config["vocab_size"]])

    def run(self, ids: list[int]) -> tuple[list[Layer], np.ndarray]:
        """The heads' q, k, v of every layer, and the last hidden states (N, width)."""
        x, layers = self._embed(ids), []
        for index in range(self.config["num_hidden_layers"]):
            prefix = f"encoder.layer.{index}"
            layer = Layer(*(self._heads(x, prefix, name) for name in ("query", "key", "value")))
            x = self._feed(x, _attend(layer), prefix)
            layers.append(layer)
        return layers, x

    def embedding(self, text: str) -> np.ndarray:
        """The sentence embedding: mean of the last hidden states, of norm 1."""
        mean = self.run(self.tokenize(text))[1].mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _embed(self, ids):
        limit = self.config["max_position_embeddings"]
        if len(ids) > limit:
            raise ValueError(f"the text must have at most {limit} tokens, got {len(ids)}")
        tables = (
            f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")
        )
        word, position, segment = (self.weights[table] for table in tables)
        return self._normalize(word[ids] + position[: len(ids)] + segment[0], "embeddings")

    def _heads(self, x, prefix, name):
        flat = self._linear(x, f"{prefix}.attention.self.{name}")
        return flat.reshape(len(x), self.config["num_attention_heads"], -1).swapaxes(0, 1)

    def _feed(self, x, attended, prefix):
        y = self._linear(attended, f"{prefix}.attention.output.dense")
        x = self._normalize(x + y, f"{prefix}.attention.output")
        y = self._linear(x, f"{prefix}.intermediate.dense")
        y = self._linear(y * (1 + erf(y / np.sqrt(2))) / 2, f"{prefix}.output.dense")  # GELU
        return self._normalize(x + y, f"{prefix}.output")

    def _linear(self, x, name):
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normalize(self, x, name):
        scale, shift = (self.weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        x = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((x**2).mean(axis=1, keepdims=True) + self.config["layer_norm_eps"])
        return x / spread * scale + shift


def _attend(layer):
    """Softmax attention of all heads, side by side: (N, heads * d)."""
    scores = layer.q @ layer.k.swapaxes(1, 2) / np.sqrt(layer.q.shape[2])
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    outputs = weights / weights.sum(axis=2, keepdims=True) @ layer.v
    return outputs.swapaxes(0, 1).reshape(outputs.shape[1], -1)


def _stands_alone(char, kind):
    """Punctuation (BERT counts all ASCII symbols as such) and CJK characters."""
    symbol = char.isascii() and not char.isalnum()
    return symbol or kind[0] == "P" or any(low <= ord(char) <= high for low, high in _CJK)
