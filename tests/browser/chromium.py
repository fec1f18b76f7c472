"""A headless Chromium, asked through its DevTools pipe: no driver, no package, no port."""

from __future__ import annotations

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")
FLAGS += ("--disable-dev-shm-usage",)  # a container may have little of it
SECONDS = 60  # the longest wait for an answer; a busy machine takes ten to start the browser
CODES = {
    "Enter": {"windowsVirtualKeyCode": 13, "text": "\r"},
    "Escape": {"windowsVirtualKeyCode": 27},
}


class Chromium:
    """One browser with one tab; `complaints` is what its console has said against the pages."""

    def __init__(self):
        name = next(filter(None, map(shutil.which, NAMES)), None)
        if name is None:
            raise RuntimeError(f"a browser is needed, none of {', '.join(NAMES)} is installed")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        ours, theirs = os.pipe(), os.pipe()
        self._process = subprocess.Popen(
            [name, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={self._profile.name}"],
            preexec_fn=lambda: _as_three_and_four(ours[0], theirs[1]),
            close_fds=False,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        os.close(ours[0])
        os.close(theirs[1])
        self._to, self._from = ours[1], theirs[0]
        self._numbers, self._buffer, self._events = itertools.count(1), b"", []
        self.complaints: list[str] = []
        self._session = None
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *failure) -> None:
        self._process.terminate()
        self._process.wait(SECONDS)
        os.close(self._to)
        os.close(self._from)
        self._profile.cleanup()

    def size(self, width: int, height: int, *, dark: bool = False, media: str = "") -> None:
        """The window's size, the system's preference of light or dark, and the medium."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            **{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def open(self, url: str) -> None:
        """Load a page and wait until it has."""
        self._events.clear()
        self._ask("Page.navigate", url=url)
        self._wait("Page.loadEventFired")

    def evaluate(self, script: str):
        """The value of an expression in the page; an exception in it is raised."""
        found = self._ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"]["exception"].get("description"))
        return found["result"].get("value")

    def key(self, name: str) -> None:
        """Press a key, as a person does."""
        code = CODES.get(name, {"text": name})
        self._ask("Input.dispatchKeyEvent", type="keyDown", key=name, **code)
        self._ask("Input.dispatchKeyEvent", type="keyUp", key=name)

    def click(self, selector: str) -> None:
        """Click in the middle of the element that a selector finds."""
        x, y = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = e.getBoundingClientRect();"
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def settle(self, script: str) -> None:
        """Wait until an expression is true; what a key or a click starts takes a moment."""
        end = time.monotonic() + SECONDS
        while not self.evaluate(script):
            if time.monotonic() > end:
                raise TimeoutError(f"never true: {script}")
            time.sleep(0.05)

    def screenshot(self, path: Path) -> None:
        """What is in the window, as a PNG file."""
        data = self._ask("Page.captureScreenshot", format="png")["data"]
        Path(path).write_bytes(base64.b64decode(data))

    def _ask(self, method: str, **params) -> dict:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def _wait(self, event: str) -> None:
        while event not in self._events:
            self._read()

    def _read(self) -> dict:
        """The next message; events are noted, complaints of the console kept."""
        end = time.monotonic() + SECONDS
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._from], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"no answer from the browser in {SECONDS} s")
            self._buffer += os.read(self._from, 1 << 20)
        raw, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(raw)
        if "method" in message:
            self._events.append(message["method"])
            self._note(message["method"], message.get("params", {}))
        return message

    def _note(self, method: str, params: dict) -> None:
        if method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(params["exceptionDetails"])[:500])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning"):
            self.complaints.append(json.dumps(params["args"])[:500])
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(json.dumps(params["entry"])[:500])


def _as_three_and_four(reading: int, writing: int) -> None:
    """In the new process: the two ends under the numbers that Chromium expects."""
    high = [os.dup(reading), os.dup(writing)]
    while min(high) < 5:
        high = [os.dup(fd) for fd in high]
    os.dup2(high[0], 3)
    os.dup2(high[1], 4)
