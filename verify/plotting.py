"""`--plot`: a claim's picture as a file, in one style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from verify.files import replacing
from verify.registry import Entry, load
from verify.tightness import histogram

# Okabe and Ito's colours (2008), which those who see red and green alike tell apart.
_COLOURS = ("0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9", "000000")
STYLE = {
    "axes.prop_cycle": f"cycler(color={_COLOURS})",
    "figure.figsize": (6.4, 4.0),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "lines.markersize": 4,
    "legend.frameon": False,
    "svg.hashsalt": "verify",  # so that a rerun writes the same bytes
}


def draw(entry: Entry, folder: Path) -> Path | None:
    """Draw a claim's picture as `folder/paper-name.svg`; None where it has none.

    Its own, or how near its cases come to the bound.

    *Raises* ValueError where Matplotlib is not installed.
    """
    claim = load(entry)
    paint = claim.draw or histogram(claim)
    if paint is None:
        return None
    return save(paint, folder / f"{entry.id.replace('/', '-')}.svg")


def save(paint: Callable, path: Path) -> Path:
    """What `paint` draws on the axes it is given, as an SVG file at `path`.

    *Raises* ValueError where Matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ValueError("--plot needs Matplotlib: pip install 'refutable[plot]'") from error
    with mpl.rc_context(STYLE):
        figure = Figure()
        paint(figure.add_subplot())
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as beside:
            figure.savefig(beside, format="svg", metadata={"Date": None})
    return path
