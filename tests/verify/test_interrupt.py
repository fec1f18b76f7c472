"""An interruption that is lost on its way is sent again."""

import gc
import os
import signal
import sys
import threading
import time

import pytest

from verify import interrupt
from verify.interrupt import insisting


def wait_for_the_second(seconds=5):
    """Lose an interruption in a callback of the garbage collector, then wait."""

    def callback(phase, info):
        if phase == "start" and not sent:
            sent.append(True)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)

    sent = []
    gc.callbacks.append(callback)
    try:
        gc.collect()
    finally:
        gc.callbacks.remove(callback)
    time.sleep(seconds)


def test_it_comes_through_a_second_time_and_prints_nothing(monkeypatch, capsys):
    monkeypatch.setattr(interrupt, "_SECONDS", 0.05)
    with pytest.raises(KeyboardInterrupt), insisting():
        wait_for_the_second()
    assert capsys.readouterr().err == ""


def set_now():
    handlers = map(signal.getsignal, (signal.SIGINT, signal.SIGALRM))
    return [*handlers, sys.unraisablehook, threading.excepthook]


def test_handlers_timer_and_hooks_are_put_back():
    before = set_now()
    with insisting():
        assert signal.getsignal(signal.SIGINT) != before[0]
    with pytest.raises(KeyboardInterrupt), insisting():
        signal.raise_signal(signal.SIGINT)
    assert set_now() == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_outside_the_main_thread_nothing_is_touched():
    seen = []

    def run():
        with insisting():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]
