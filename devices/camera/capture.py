"""Reads a source in a thread of its own and keeps only the newest frame.

What a reader would get wrong: the thread alone opens, reads and releases the source; one that hangs
in the camera's driver is abandoned, and `check` then says that no frame comes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from devices.camera.source import FrameSource, Image
from devices.errors import DeviceError, TransportError

FIRST_FRAME_S = 5.0
SILENT_S = 3.0
FROZEN_S = 3.0
JOIN_S = 2.0
STILL_AFTER_S = 2.0
_THUMBNAIL = (32, 18)
_CHANGED_LEVELS = 8
_COMPARED_ROWS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """`number` grows with each frame that is not the copy of the one before."""

    number: int
    image: Image
    still: bool


class Capture:
    """An open camera."""

    def __init__(self, open_source: Callable[[], FrameSource]) -> None:
        self._open_source = open_source
        self._news = threading.Condition()
        self._stopping = threading.Event()
        # Text, not the exception: its traceback would hold this object and a picture with it.
        self._fault = ""
        self._frame: Frame | None = None
        self._thumbnail = np.zeros(_THUMBNAIL[::-1], np.int16)
        self._read_at = self._differs_at = self._changed_at = time.monotonic()
        self._count = 0
        self._thread = threading.Thread(target=self._run, name="camera capture", daemon=True)

    def open(self) -> None:
        """Begin; waits for the first frame. TransportError: none came."""
        self._thread.start()
        with self._news:
            self._news.wait_for(lambda: self._frame or self._fault, FIRST_FRAME_S)
        if self._frame is None:
            self.close()
            raise TransportError(self._fault or "no first frame")

    def close(self) -> None:
        """Let the thread give the source back; one that hangs is abandoned."""
        self._stopping.set()
        self._thread.join(JOIN_S)

    def check(self) -> None:
        """TransportError: reading failed, no frame comes, or the picture is frozen."""
        now = time.monotonic()
        with self._news:
            if self._fault:
                raise TransportError(self._fault)
            if now - self._read_at > SILENT_S:
                raise TransportError("no frame comes")
            if now - self._differs_at > FROZEN_S:
                raise TransportError("the picture is frozen")

    def newest(self) -> Frame | None:
        """The newest frame."""
        return self._frame

    def next(self, after: int, limit_s: float) -> Frame | None:
        """The newest frame if its number is above `after`, waiting for it; None: none came."""
        with self._news:
            self._news.wait_for(lambda: self._frame and self._frame.number > after, limit_s)
            frame = self._frame
        return frame if frame is not None and frame.number > after else None

    def count(self) -> int:
        """Frames read so far, copies too."""
        return self._count

    def _run(self) -> None:
        source: FrameSource | None = None
        try:
            source = self._open_source()
            while not self._stopping.is_set():
                self._keep(source.read(), source.has_noise)
        except DeviceError as error:
            with self._news:
                self._fault = str(error)
                self._news.notify_all()
        finally:
            if source is not None:
                source.release()

    def _keep(self, image: Image, has_noise: bool) -> None:
        now = time.monotonic()
        before = self._frame
        is_copy = has_noise and before is not None and _same(before.image, image)
        thumbnail = cv2.resize(image, _THUMBNAIL, interpolation=cv2.INTER_AREA)
        levels = thumbnail.mean(axis=2).astype(np.int16)
        if int(np.abs(levels - self._thumbnail).max()) > _CHANGED_LEVELS:
            self._thumbnail, self._changed_at = levels, now
        number = (before.number if before else 0) + (not is_copy)
        with self._news:
            self._count += 1
            self._read_at = now
            if not is_copy:
                self._differs_at = now
            self._frame = Frame(number, image, now - self._changed_at > STILL_AFTER_S)
            self._news.notify_all()


def _same(one: Image, other: Image) -> bool:
    return np.array_equal(one[::_COMPARED_ROWS], other[::_COMPARED_ROWS])
