"""When a code that frames show may be told.

A QR code at once; a Code 128 after two equal reads in different frames within a second
(devices.scanner.tally). The same text within three seconds is the same showing. What a reader
would get wrong: reads of one frame count once, however many rungs were climbed.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

from devices.scanner.code import Code
from devices.scanner.repeats import Repeats
from devices.scanner.tally import Tally

WINDOW_S = 1.0
CAMERA_REPEAT_S = 3.0
MOST_SIGHTINGS = 64


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one frame showed; `at` in monotonic seconds."""

    at: float
    codes: tuple[Code, ...]


@dataclass(slots=True)
class CodeSession:
    """From `start` to `stop` of the camera."""

    _recent: deque[Sighting] = field(default_factory=lambda: deque(maxlen=MOST_SIGHTINGS))
    _repeats: Repeats = field(default_factory=lambda: Repeats(CAMERA_REPEAT_S))

    def heard(self, sighting: Sighting) -> list[str]:
        """Texts to tell now."""
        self._recent.append(sighting)
        tally = Tally()
        for recent in self._recent:
            if sighting.at - recent.at <= WINDOW_S:
                tally.add(list(recent.codes))
        seen = {code.text for code in sighting.codes}
        texts = dict.fromkeys(code.text for code in tally.sure() if code.text in seen)
        return [text for text in texts if self._repeats.is_new(text)]

    def forget(self) -> None:
        """A new visit: nothing of the one before counts."""
        self._recent.clear()
        self._repeats = Repeats(CAMERA_REPEAT_S)


def sighting_now(codes: list[Code]) -> Sighting:
    """At this moment."""
    return Sighting(time.monotonic(), tuple(codes))
