"""One workbench window under test and the host's end of the units' wires.

Talks to the units' control socket and ptys, not through the window's own code: what a test asserts
is what a device or a driver would see.
"""

from __future__ import annotations

import json
import select
import termios
import tty
import urllib.request
from collections.abc import Callable, Mapping
from os import O_NOCTTY, O_RDWR, close, read, write
from os import open as open_file
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from sandbox.units.control import ControlClient
from sandbox.workbench.front_part import Part
from sandbox.workbench.hands import RunFolder
from sandbox.workbench.window import Workbench
from sandbox.workbench.words import Words

LIMIT_MS = 8000


class Bench:
    """One window on one run folder, and what the test needs to look behind it."""

    def __init__(self, qtbot: QtBot, run_dir: Path, language: str) -> None:
        self._qtbot = qtbot
        self._done = Words(language)("done", label="")
        self.machine = RunFolder(run_dir).terminal()
        self.window = Workbench(run_dir, language)
        self.window.show()

    def until(self, true: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(true, timeout=LIMIT_MS)

    def button(self, name: str) -> QAbstractButton:
        found = self.window.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton), name
        return found

    def press(self, name: str) -> None:
        """Wait until it can be pressed, press it, wait for the outcome."""
        button = self.button(name)
        self.until(button.isEnabled)
        button.click()
        self.until(lambda: self.text("outcome").startswith(self._done))

    def choose(self, name: str, words: str) -> None:
        box = self.window.findChild(QComboBox, name)
        assert isinstance(box, QComboBox)
        self.until(lambda: box.findText(words) >= 0)
        box.setCurrentIndex(box.findText(words))

    def text(self, name: str) -> str:
        label = self.window.findChild(QLabel, name)
        assert isinstance(label, QLabel), name
        return label.text()

    def parts(self) -> list[Part]:
        """All parts of the machine's front."""
        buttons = self.window.findChildren(QAbstractButton)
        return [button for button in buttons if isinstance(button, Part)]

    def part(self, name: str) -> Part:
        """A part of the machine's front."""
        return next(part for part in self.parts() if part.name == name)

    def says(self, part: str) -> str:
        """What a part of the front says of itself."""
        return self.part(part).sight.says

    def action(self, name: str) -> QAction:
        """A line of a service menu."""
        found = self.window.findChild(QAction, name)
        assert isinstance(found, QAction), name
        return found

    def serve(self, name: str) -> None:
        """Choose a line of a service menu, wait for the outcome."""
        action = self.action(name)
        self.until(action.isEnabled)
        action.trigger()
        self.until(lambda: self.text("outcome").startswith(self._done))

    def unit(self, name: str) -> dict[str, object]:
        """The unit's own word."""
        with ControlClient(self.machine / "control.sock") as client:
            state = client.state()[name]
        assert isinstance(state, dict)
        return state


class Wire:
    """The host's end of a unit's pty; `terminal` is the folder of its units."""

    def __init__(self, terminal: Path, unit: str) -> None:
        told = json.loads((terminal / "units.json").read_text("utf-8"))
        self._file = open_file(told[unit]["path"].removeprefix("serial:"), O_RDWR | O_NOCTTY)
        tty.setraw(self._file, termios.TCSANOW)

    def send(self, data: bytes) -> None:
        write(self._file, data)

    def receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count and select.select([self._file], [], [], 5)[0]:
            data += read(self._file, count - len(data))
        return data

    def receive_line(self) -> str:
        line = b""
        while not line.endswith(b"\r\n"):
            byte = self.receive(1)
            assert byte, line
            line += byte
        return line.decode().removesuffix("\r\n")

    def close(self) -> None:
        close(self._file)


def ask(
    url: str, body: Mapping[str, object] | None = None, *, token: str = "", key: str = ""
) -> dict[str, Any]:
    """JSON from loopback: POST with a body, else GET; raises urllib's HTTPError."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data)  # noqa: S310  loopback
    request.add_header("Content-Type", "application/json")
    request.add_header("Authorization", f"Bearer {token}")
    if key:
        request.add_header("Idempotency-Key", key)
    with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310  loopback
        found: dict[str, Any] = json.load(answer)
    return found
