"""Runs the decoding program, starts it again when it died, and kills it when it hangs.

What a reader would get wrong: `read` blocks for as long as the program thinks, so it is called in
the camera's decode thread; `kill_if_stuck` is called in another, and makes that `read` fail.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import cv2
import numpy as np

from devices.camera.source import Image
from devices.camera.wire import HEAD, LONGEST_ANSWER, MOST_PIXELS
from devices.errors import TransportError
from devices.scanner.code import Code, Grey

COMMAND = (sys.executable, "-m", "devices.camera.decoder")
STUCK_S = 3.0
END_S = 2.0


class Decoder:
    """One decoding program at a time. `deaths`: how often it died or was killed as stuck."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._asked_at: float | None = None
        self.deaths = 0

    @property
    def pid(self) -> int | None:
        """Of the running program."""
        return None if self._process is None else self._process.pid

    def read(self, image: Image, rung: int) -> list[Code]:
        """Codes of a frame. TransportError: the program died of it, or talked nonsense."""
        process = self._process or self._start()
        grey = _fitting(image)
        self._asked_at = time.monotonic()
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(HEAD.pack(*grey.shape, rung))
            process.stdin.write(grey.data)
            process.stdin.flush()
            return _codes(process.stdout.readline(LONGEST_ANSWER))
        except (OSError, ValueError, RecursionError) as error:
            self.deaths += self._process is process
            self.close()
            raise TransportError(f"the decoder died: {error}") from None
        finally:
            self._asked_at = None

    def kill_if_stuck(self) -> None:
        """A program that thinks for STUCK_S will not come back."""
        asked_at, process = self._asked_at, self._process
        if asked_at is not None and process and time.monotonic() - asked_at > STUCK_S:
            process.kill()

    def close(self) -> None:
        """End the program; never raises."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(END_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:
            raise TransportError(f"the decoder cannot be started: {error}") from None
        self._process = process
        return process


def _fitting(image: Image) -> Grey:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if grey.size > MOST_PIXELS:
        factor = (MOST_PIXELS / grey.size) ** 0.5
        size = (int(grey.shape[1] * factor), int(grey.shape[0] * factor))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(grey, np.uint8)


def _codes(line: bytes) -> list[Code]:
    """ValueError: not an answer."""
    answer = json.loads(line)
    if not isinstance(answer, list):
        raise ValueError("not a list")
    codes = []
    for entry in answer:
        match entry:
            case [str(symbology), str(text)]:
                codes.append(Code(text, symbology))
            case _:
                raise ValueError("not a code")
    return codes
