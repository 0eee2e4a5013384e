"""Where frames come from: a camera, a network stream, or pictures in a folder.

What a reader would get wrong: OpenCV's `isOpened` goes on saying yes after a camera was unplugged;
only a read that fails, or no new picture, tells. A source belongs to the thread that reads it,
because releasing it while another thread reads may end the process.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.errors import TransportError

Image = NDArray[np.uint8]

OPEN_LIMIT_MS = 3000
READ_LIMIT_MS = 1500
FOLDER_FRAME_S = 1 / 15
MOST_PICTURES = 10_000
_PICTURES = (".png", ".jpg", ".jpeg")


class FrameSource(Protocol):
    """An open source of BGR frames. `has_noise`: two equal frames mean that it is frozen."""

    has_noise: bool

    def read(self) -> Image:
        """The next frame; waits for it. TransportError: there will be none."""

    def release(self) -> None:
        """Give it back; never raises."""


class OpenCvSource:
    """A camera by number, or a stream by URL."""

    has_noise = True

    def __init__(self, capture: cv2.VideoCapture, name: str) -> None:
        self._capture = capture
        self._name = name
        if not capture.isOpened():
            raise TransportError(f"{name}: cannot be opened")

    def read(self) -> Image:
        """See `FrameSource`."""
        try:
            good, frame = self._capture.read()
        except cv2.error as error:
            raise TransportError(f"{self._name}: {error}") from None
        if not good or frame is None or frame.ndim != 3 or frame.dtype != np.uint8:
            raise TransportError(f"{self._name}: no frame")
        return frame.astype(np.uint8, copy=False)

    def release(self) -> None:
        """See `FrameSource`."""
        self._capture.release()


class FolderSource:
    """Pictures in order, again and again, fifteen a second."""

    has_noise = False

    def __init__(self, place: str) -> None:
        self._pictures = _pictures_at(place)
        self._next = 0
        self._pace = threading.Event()
        if not self._pictures:
            raise TransportError(f"{place}: no pictures")

    def read(self) -> Image:
        """See `FrameSource`."""
        self._pace.wait(FOLDER_FRAME_S)
        picture = self._pictures[self._next % len(self._pictures)]
        self._next += 1
        frame = cv2.imread(str(picture))
        if frame is None:
            raise TransportError(f"{picture}: not a picture")
        return frame.astype(np.uint8, copy=False)

    def release(self) -> None:
        """See `FrameSource`."""
        self._pace.set()


def open_source(path: str, width: int, height: int) -> FrameSource:
    """`path`: see docs/protocols/camera.md. TransportError: not there."""
    scheme, _, rest = path.partition(":")
    match scheme:
        case "camera":
            kind = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_V4L2
            wishes = [cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")]
            wishes += [cv2.CAP_PROP_FRAME_WIDTH, width, cv2.CAP_PROP_FRAME_HEIGHT, height]
            return _opened(int(rest), kind, wishes, path)
        case "stream":
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_LIMIT_MS]
            limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_LIMIT_MS]
            return _opened(rest, cv2.CAP_FFMPEG, limits, path)
        case _:
            return FolderSource(rest)


def _opened(place: int | str, kind: int, wishes: list[int], name: str) -> OpenCvSource:
    try:
        if isinstance(place, int):
            return OpenCvSource(cv2.VideoCapture(place, kind, wishes), name)
        return OpenCvSource(cv2.VideoCapture(place, kind, wishes), name)
    except cv2.error as error:
        raise TransportError(f"{name}: {error}") from None


def _pictures_at(place: str) -> list[Path]:
    if "%" not in place:
        folder = Path(place)
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return [path for path in found if path.suffix.lower() in _PICTURES][:MOST_PICTURES]
    first = 0 if Path(place % 0).exists() else 1
    pictures = []
    for number in range(first, first + MOST_PICTURES):
        path = Path(place % number)
        if not path.exists():
            break
        pictures.append(path)
    return pictures
