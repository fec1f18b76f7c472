"""`python -m verify capture`: q, k and v of a model's heads on a text, as a file of heads.

Any model of the transformers library that attends through its interface: a folder, a .gguf file,
or a name on the hub (the library's variables decide whether it may be reached: HF_HUB_OFFLINE).
The file is then asked with `--on FILE`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.captured import Captured

_SUFFIXES = (".npz", ".safetensors")


def capture(
    model, ids, *, layers: str = "all", heads: str = "all", name: str = "layer{layer}/head{head}"
) -> tuple[Captured, ...]:
    """The heads of some layers of a model on one text, a `Captured` each, in order.

    Each is checked: softmax(q k^T / sqrt(d)) v is what the model's attention returned.

    Parameters
    ----------
    model : transformers.PreTrainedModel
        An encoder or a decoder.
    ids : list of int
        The tokens of the text.
    layers, heads : str
        Which ones: "0,3,5-7", or "all".
    name : str
        What a head is called, a format of `layer` and `head`.
    """
    import torch

    from verify.captured import captured, chosen
    from verify.recording import recording

    config = model.config.get_text_config()
    if config.is_encoder_decoder:
        raise ValueError(f"model must be an encoder or a decoder, got {type(model).__name__}")
    limit = getattr(config, "max_position_embeddings", len(ids))
    if not 1 <= len(ids) <= limit:
        raise ValueError(f"the text must have 1 to {limit} tokens, got {len(ids)}")
    wanted = chosen(layers, config.num_hidden_layers, "layers")
    which = chosen(heads, config.num_attention_heads, "heads")
    with recording(model, wanted) as records, torch.inference_mode():
        model(input_ids=torch.tensor([ids], device=model.device), use_cache=False)
    by_layer = {record.layer: record for record in records}
    if missing := [layer for layer in wanted if layer not in by_layer]:
        raise ValueError(f"layers must attend through transformers' interface, got {missing}")
    return tuple(c for layer in wanted for c in captured(by_layer[layer], which, name))


def main(arguments: list[str]) -> int:
    """Capture, check, write, and say what was written."""
    options = _parser().parse_args(arguments)
    target = Path(options.output)
    if target.suffix not in _SUFFIXES or target.is_dir() or not target.parent.is_dir():
        rule = f"a {' or '.join(_SUFFIXES)} file in an existing folder"
        raise ValueError(f"--output must be {rule}, got {target}")
    text, of_text = _text(options.text)
    try:
        model, tokenizer = _loaded(options.model)
    except ImportError as error:
        raise ValueError(
            f"capture needs the extra `models`: pip install 'refutable[models]' ({error})"
        ) from error
    shortened = {"truncation": True, "max_length": options.tokens} if options.tokens else {}
    ids = tokenizer(text, **shortened)["input_ids"]
    of_model = options.name or _stem(options.model)
    name = f"{of_model}/layer{{layer}}/head{{head}}{of_text}"
    _write(target, capture(model, ids, layers=options.layers, heads=options.heads, name=name))
    return 0


def _parser() -> argparse.ArgumentParser:
    from verify.cli import _whole

    parser = argparse.ArgumentParser(
        prog="python -m verify capture", description=__doc__.splitlines()[0], allow_abbrev=False
    )
    add = parser.add_argument
    add("--model", required=True, metavar="MODEL", help="a folder, a .gguf file or a hub name")
    add("--text", required=True, metavar="TEXT", help="a file, or the text itself")
    add("--output", required=True, metavar="FILE", help="a .npz or .safetensors file of heads")
    add("--layers", default="all", metavar="LIST", help="as 0,3,5-7 (default all)")
    add("--heads", default="all", metavar="LIST", help="of each layer (default all)")
    add("--tokens", type=_whole(1), metavar="N", help="only the first N tokens of the text")
    add("--name", metavar="NAME", help="what the heads' names begin with (default the model's)")
    return parser


def _text(given: str) -> tuple[str, str]:
    """The text, and what it adds to the heads' names: /STEM of its file."""
    path = Path(given)
    words = given.split()
    if len(words) == 1 and (path.suffix or "/" in given or path.exists()):
        text, name = path.read_text(encoding="utf-8"), f"/{path.stem}"
    else:
        text, name = given, ""
    if not text.strip():
        raise ValueError(f"--text must have words in it, got {text!r}")
    return text, name


def _loaded(name: str):
    """The model in float32 and its tokenizer."""
    if not sys.stderr.isatty():
        os.environ.setdefault("TQDM_DISABLE", "1")
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    path = Path(name)
    place, more = (path.parent, {"gguf_file": path.name}) if _is_gguf(path) else (name, {})
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(place, **more)
        model = transformers.AutoModel.from_pretrained(place, dtype=torch.float32, **more)
    except (OSError, ValueError, KeyError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ValueError(
            f"--model must be a model's folder, .gguf file or hub name, got {name}: {first}"
        ) from error
    return model.eval(), tokenizer


def _is_gguf(path: Path) -> bool:
    if path.suffix == ".gguf" and not path.is_file():
        raise ValueError(f"--model must be a file that exists, got {path}")
    return path.suffix == ".gguf"


def _stem(model: str) -> str:
    """What a model is called: the last part of its path or name."""
    path = Path(model)
    return path.stem if path.suffix == ".gguf" else path.resolve().name


def _write(target: Path, found: tuple[Captured, ...]) -> None:
    from spectral.heads import save_heads
    from verify.commands import say

    save_heads(target, [c.head for c in found])
    head, kinds = found[0].head, sorted({c.head.causal for c in found})
    causal = {(False,): "not causal", (True,): "causal"}.get(tuple(kinds), "causal in part")
    say(f"{target}: {len(found)} heads, N = {head.N}, d = {head.d}, {causal}\n")
    distance, share = max(c.distance for c in found), max(c.share for c in found)
    say(
        f"they return what the model's attention did: to {distance:.1e}, "
        f"at most {share:.2g} of what rounding explains\n"
    )
