"""Ctrl-C that is obeyed, wherever it arrives."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 1.0  # long enough to end the worker processes in, short enough to wait for


@contextmanager
def insisting() -> Iterator[None]:
    """Raise KeyboardInterrupt again every second until it has come through.

    One in some thirty arrives in a callback of the garbage collector (Hypothesis has one) or in a
    destructor: Python drops what is raised there, and prints that it did; here it does not print.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return

    def interrupt(number, frame):
        signal.setitimer(signal.ITIMER_REAL, _SECONDS)
        threading.excepthook = lambda failure: None  # of joblib's threads, whose work is taken away
        raise KeyboardInterrupt

    def dropped(unraisable):
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):
            hook(unraisable)

    hook, sys.unraisablehook = sys.unraisablehook, dropped
    of_threads = threading.excepthook
    handlers = {s: signal.signal(s, interrupt) for s in (signal.SIGINT, signal.SIGALRM)}
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        sys.unraisablehook, threading.excepthook = hook, of_threads


def forget() -> None:
    """Let the process end with its own status after an interruption.

    CPython remembers an interruption that left an `exec`, such as those of dataclasses, and at
    its end would kill itself by SIGINT; the next `exec` makes it forget.
    """
    exec("")
