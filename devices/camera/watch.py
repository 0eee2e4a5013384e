"""The thread between capture and decoder: which frame is decoded, with which rung, and how often.

What a reader would get wrong: a frame that comes while the decoder is busy is never queued; the
newest one counts. A scene that stands still is looked at five times a second and no harder.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque

from devices.camera.capture import Capture, Frame
from devices.camera.session import Sighting, sighting_now
from devices.camera.supervisor import Decoder
from devices.camera.wire import FRAME_ONLY, FURTHER_RUNGS
from devices.errors import TransportError

log = logging.getLogger(__name__)

MOVING_FRAME_S = 1 / 15
STILL_FRAME_S = 1 / 5
NO_FRAME_S = 0.2
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
MOST_KEPT = 64
JOIN_S = 2.0


class Watch:
    """Decodes what a capture sees while `active` is set. Ended by `close`."""

    def __init__(self, capture: Capture, active: threading.Event, decoder: Decoder) -> None:
        self._capture = capture
        self._active = active
        self._decoder = decoder
        self._stopping = threading.Event()
        self._sightings: deque[Sighting] = deque(maxlen=MOST_KEPT)
        self._failures = 0
        self._turn = 0
        self._thread = threading.Thread(target=self._run, name="camera decode", daemon=True)
        self._thread.start()

    def sightings(self) -> list[Sighting]:
        """What was read since the last call."""
        taken: list[Sighting] = []
        while self._sightings and len(taken) < MOST_KEPT:
            taken.append(self._sightings.popleft())
        return taken

    @property
    def failures(self) -> int:
        """How often in a row the decoder died."""
        return self._failures

    def close(self) -> None:
        """End thread and decoder."""
        self._stopping.set()
        self._decoder.close()
        self._thread.join(JOIN_S)
        self._decoder.close()

    def _run(self) -> None:
        number = 0
        while not self._stopping.is_set():
            if not self._active.wait(NO_FRAME_S):
                continue
            frame = self._capture.next(number, NO_FRAME_S)
            if frame is not None:
                number = frame.number
                begin = time.monotonic()
                pause_s = self._look(frame)
                self._stopping.wait(max(begin + pause_s - time.monotonic(), 0.0))

    def _look(self, frame: Frame) -> float:
        """Decode a frame; how long after its beginning the next one is looked at."""
        rung = FRAME_ONLY if frame.still else 1 + self._turn % FURTHER_RUNGS
        self._turn += not frame.still
        try:
            codes = self._decoder.read(frame.image, rung)
        except TransportError as error:
            return self._failed(error)
        self._failures = 0
        if codes and self._active.is_set():
            self._sightings.append(sighting_now(codes))
        return STILL_FRAME_S if frame.still else MOVING_FRAME_S

    def _failed(self, error: TransportError) -> float:
        if not self._failures and not self._stopping.is_set():
            log.warning("camera: %s; it is started again", error)
        self._failures += 1
        pause_s: float = FIRST_PAUSE_S * 2.0 ** min(self._failures - 1, 10)
        return min(pause_s, LONGEST_PAUSE_S)
