"""Reads codes from a keyboard scanner in a thread of its own.

What a reader would get wrong: the thread is not for speed; the kernel drops key events that nobody
fetches at once, and a dropped key would be a wrong payment code.
"""

from __future__ import annotations

import logging
import queue
import threading

from devices.checks import Identity
from devices.errors import TransportError
from devices.scanner.keyboard.keys import KeyText
from devices.transport.evdev import KeyStream
from devices.worker import Owner

log = logging.getLogger(__name__)

UNENDED_S = 0.5
MAX_KEPT = 64
JOIN_S = 2.0


class KeyboardScanner:
    """Owns an open, grabbed stream."""

    def __init__(self, keys: KeyStream) -> None:
        self._keys = keys
        keys.grab()
        self._codes: queue.Queue[str] = queue.Queue(MAX_KEPT)
        self._broken: TransportError | None = None
        self._owner = Owner()
        self._thread = threading.Thread(target=self._read, name="scanner keys", daemon=True)
        self._thread.start()

    def codes(self) -> list[str]:
        """Codes since the last call. TransportError when the keyboard is gone."""
        self._owner.check()
        codes: list[str] = []
        for _ in range(MAX_KEPT):
            try:
                codes.append(self._codes.get_nowait())
            except queue.Empty:
                break
        if self._broken is not None and not codes:
            raise self._broken
        return codes

    def trigger(self, on: bool) -> None:
        """A keyboard takes no commands."""

    def answers(self) -> bool:
        """The system found it and gave it to us alone."""
        return True

    def identity(self) -> Identity:
        """What its USB descriptor says."""
        return Identity(model=self._keys.device.name, serial=self._keys.device.uniq)

    def close(self) -> None:
        """Let go of the keyboard."""
        self._keys.wake()
        self._thread.join(JOIN_S)
        self._keys.close()

    def _read(self) -> None:
        text = KeyText()
        while self._broken is None:
            dropped_before = text.dropped
            try:
                self._take(text)
            except TransportError as error:
                self._broken = error
            if text.dropped > dropped_before:
                log.warning("scanner: a code that was too long, broken or unended was dropped")

    def _take(self, text: KeyText) -> None:
        events = self._keys.next(UNENDED_S)
        if not events and text.begun:
            text.forget()
        for event in events:
            code = text.feed(event)
            if code is not None and not self._codes.full():
                self._codes.put_nowait(code)
