"""What the camera costs: `python -m tests.measure.camera_cost [SECONDS]`.

Plays drawn 1280x720 scenes at 15 frames a second and tells processor time as a part of one core,
terminal's threads and decoding program apart. A command for people, not a test. Linux only.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from core.ports import CodeScanned
from devices.camera.service import Camera
from devices.camera.supervisor import Decoder
from tests.measure.drawn_codes import Image, drawn

PICTURES = 12
POLL_S = 0.1
WARM_UP_S = 3.5
TICKS = os.sysconf("SC_CLK_TCK")


def scene(kind: str) -> Iterator[Image]:
    """The pictures of one scene."""
    frames = [frame for frame in drawn(400, 5) if frame.fault == "mild"]
    empty = next(frame.image for frame in frames if not frame.text)
    codes = [frame.image for frame in frames if frame.text]
    noise = np.random.default_rng(1)
    for number in range(PICTURES):
        base = codes[number] if kind == "codes, moving" else empty
        shift = number * 20 if kind == "no code, moving" else 0
        noisy = np.roll(base, shift, axis=1).astype(np.int16)
        noisy += noise.integers(-3, 4, noisy.shape, np.int16)
        yield noisy.clip(0, 255).astype(np.uint8)


def process_seconds(pid: int | None) -> float:
    """Processor time of another process so far."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(kind: str, seconds: float, *, asked: bool = True) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in enumerate(scene(kind)):
            cv2.imwrite(f"{folder}/{number:03d}.jpg", picture)
        decoder, pace = Decoder(), threading.Event()
        camera = Camera(f"frames:{folder}", decoder=decoder)
        camera.poll()
        if not asked:
            camera.stop()
        pace.wait(WARM_UP_S)
        ours, theirs, begin = time.process_time(), process_seconds(decoder.pid), time.monotonic()
        told = 0
        while time.monotonic() - begin < seconds:
            told += sum(isinstance(event, CodeScanned) for event in camera.poll())
            pace.wait(POLL_S)
        passed = time.monotonic() - begin
        ours = (time.process_time() - ours) / passed
        theirs = (process_seconds(decoder.pid) - theirs) / passed
        camera.close()
    return f"{kind:18} asked {asked!s:5} terminal {ours:.2f} decoder {theirs:.2f} codes told {told}"


def main(arguments: list[str]) -> int:
    """The command."""
    cv2.setNumThreads(1)
    seconds = float(arguments[0]) if arguments else 8.0
    for kind, asked in (
        ("no code, still", True),
        ("no code, moving", True),
        ("codes, moving", True),
        ("no code, moving", False),
    ):
        print(measure(kind, seconds, asked=asked), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
