"""Progress of a run on stderr, only where it is a terminal; stdout stays clean for pipes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def shown(entries: list) -> Iterator[Callable]:
    """A callback (entry, stage) that draws a bar for several claims, a line for one."""
    if not sys.stderr.isatty():
        yield lambda entry, stage: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=len(entries))

        def tell(entry, stage: str) -> None:
            bar.update(task, description=entry.id, advance=1 if stage == "done" else 0)

        yield tell
