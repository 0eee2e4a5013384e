"""The decoding program: grey frames in at its standard input, codes out at its standard output.

A process of its own (`python -m devices.camera.decoder`), because the libraries that decode are
written in C and meet pictures from strangers. What a reader would get wrong: nothing but answers
may go to standard output, and the end of its input is the order to end.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import BinaryIO

import cv2
import numpy as np

from devices.camera.wire import FRAME_ONLY, HEAD, MOST_PIXELS
from devices.scanner import rungs
from devices.scanner.code import Code, Grey
from devices.scanner.region import region_of
from devices.scanner.rungs import LARGE_AREA, MIDDLE_AREA


def read_frame(grey: Grey, rung: int) -> list[Code]:
    """zxing on the frame; on a miss one further rung on its densest region (1 to 3)."""
    found = rungs.zxing(grey)
    if found or rung == FRAME_ONLY:
        return found
    part = region_of(grey)
    if part is None:
        return []
    if rung == 1:
        return rungs.zxing(rungs.evened(rungs.scaled(part, 2, LARGE_AREA)))
    if rung == 2:
        return rungs.zbar(rungs.scaled(part, 1.5, MIDDLE_AREA))
    return rungs.zxing(rungs.scaled(part, 3, LARGE_AREA))


def serve(frames: BinaryIO, answers: BinaryIO) -> None:
    """Until the input ends, or is not what it should be."""
    while len(head := frames.read(HEAD.size)) == HEAD.size:
        height, width, rung = HEAD.unpack(head)
        if not 0 < height * width <= MOST_PIXELS:
            return
        pixels = frames.read(height * width)
        if len(pixels) < height * width:
            return
        grey = np.frombuffer(pixels, np.uint8).reshape(height, width)
        found = [[code.symbology, code.text] for code in read_frame(grey, rung)]
        answers.write(json.dumps(found).encode("ascii") + b"\n")
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    serve(sys.stdin.buffer, sys.stdout.buffer)
