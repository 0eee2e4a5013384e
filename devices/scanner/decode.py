"""The best answer for one still image: which QR and Code 128 codes are in it.

Rungs are climbed from cheap to dear until what was read is sure (docs/decoding.md, `tally`). What
a reader would get wrong: this is not the camera's way, which climbs one rung per frame
(devices.camera).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.scanner import rungs
from devices.scanner.code import CODE128, QR, Code, Grey
from devices.scanner.region import region_of, straightened
from devices.scanner.rungs import LARGE_AREA, MIDDLE_AREA, Rung
from devices.scanner.tally import Tally

__all__ = ["CODE128", "QR", "Code", "decode"]

SMALLEST_SIDE = 8
WHOLE_AREA = 2_000_000

Climb = tuple[Rung, Callable[[], Grey]]


def decode(image: NDArray[np.uint8]) -> list[Code]:
    """Codes of a BGR, BGRA or grey uint8 image, best seen first; [] for anything else."""
    grey = grey_of(image)
    if grey is None:
        return []
    tally = Tally()
    for rung, view in _ladder(grey):
        tally.add(rung(view()))
        if tally.settled:
            break
    return tally.sure()


def grey_of(image: NDArray[np.uint8]) -> Grey | None:
    """One plane, contiguous; None: not an image, or too small to hold a code."""
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim not in (2, 3):
        return None
    if min(image.shape[:2]) < SMALLEST_SIDE:
        return None
    if image.ndim == 2:
        return np.ascontiguousarray(image)
    match image.shape[2]:
        case 1:
            return np.ascontiguousarray(image[:, :, 0])
        case 3:
            return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
        case 4:
            return cv2.cvtColor(image, cv2.COLOR_BGRA2GRAY).astype(np.uint8, copy=False)
        case _:
            return None


def _ladder(grey: Grey) -> Iterator[Climb]:
    """Rungs with what each looks at; a view is only made when its rung is reached."""
    whole = rungs.scaled(grey, 1, WHOLE_AREA)
    yield rungs.zxing, lambda: whole
    if whole is not grey:
        yield rungs.zxing, lambda: grey
    part = region_of(grey)
    if part is not None:
        yield from _region_rungs(part)
    yield rungs.zxing_histogram, lambda: whole
    if grey.size <= WHOLE_AREA / 2:
        larger = rungs.scaled(grey, 2, WHOLE_AREA)
        yield rungs.zxing, lambda: rungs.evened(larger)
    yield rungs.zxing_old_model, lambda: rungs.framed(rungs.scaled(grey, 2, LARGE_AREA))


def _region_rungs(part: Grey) -> Iterator[Climb]:
    twice = rungs.scaled(part, 2, LARGE_AREA)
    yield rungs.zxing, lambda: rungs.evened(twice)
    yield rungs.zbar, lambda: rungs.scaled(part, 1.5, MIDDLE_AREA)
    yield rungs.zxing, lambda: rungs.scaled(part, 3, LARGE_AREA)
    yield rungs.zxing, lambda: rungs.smeared(twice)
    yield rungs.zxing, lambda: rungs.sharpened(twice)
    yield rungs.zbar, lambda: twice
    upright = straightened(part)
    if upright is not None:
        yield rungs.zxing, lambda: rungs.scaled(upright, 2, LARGE_AREA)
        yield rungs.zxing, lambda: rungs.smeared(upright)
        yield rungs.zbar, lambda: rungs.scaled(upright, 1.5, MIDDLE_AREA)
