"""Where in a picture a code is likely to be: the region with the densest edges.

What a reader would get wrong: the region is looked for in a small copy, so a region costs a
millisecond even for a photograph of twelve megapixels.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from devices.scanner.code import Grey

_LOOK_SIDE = 400
_WEAKEST_EDGE = 6
_PART_OF_TOP = 0.45
_PAD_PART = 0.30
_PAD_PIXELS = 8
_SMALLEST_SIDE = 24
_FEW_BLOBS = 40
_STRAIGHT_ENOUGH_DEGREES = 12.0
_COHERENT = 0.25


def region_of(grey: Grey) -> Grey | None:
    """The densest-edged part with some border; None: a picture without edges, or too small."""
    height, width = grey.shape
    step = max(2, max(height, width) // _LOOK_SIDE)
    if min(height, width) // step < 2:
        return None
    small = cv2.resize(grey, (width // step, height // step), interpolation=cv2.INTER_AREA)
    side = max(5, (min(small.shape[:2]) // 14) | 1)
    edges = cv2.blur(_edges(small.astype(np.uint8, copy=False)), (side, side))
    top = int(edges.max())
    if top < _WEAKEST_EDGE:
        return None
    _, dense = cv2.threshold(edges, top * _PART_OF_TOP, 255, cv2.THRESH_BINARY)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dense)
    if count < 2:
        return None
    weights = [
        int(edges[labels == blob].sum() if count < _FEW_BLOBS else stats[blob][4])
        for blob in range(1, count)
    ]
    left, upper, wide, high = (int(n) * step for n in stats[1 + int(np.argmax(weights))][:4])
    pad = int(_PAD_PART * max(wide, high)) + _PAD_PIXELS
    part = grey[max(0, upper - pad) : upper + high + pad, max(0, left - pad) : left + wide + pad]
    return np.ascontiguousarray(part) if min(part.shape) >= _SMALLEST_SIDE else None


def straightened(grey: Grey) -> Grey | None:
    """Turned so that a strip's bars stand upright; None: no bars, or upright or lying already."""
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    difference = float(np.mean(across * across - down * down))
    mixed = 2 * float(np.mean(across * down))
    energy = float(np.mean(across * across + down * down))
    if energy == 0 or math.hypot(difference, mixed) < _COHERENT * energy:
        return None
    degrees = math.degrees(math.atan2(mixed, difference)) / 2
    if min(abs(degrees), 90 - abs(degrees)) < _STRAIGHT_ENOUGH_DEGREES:
        return None
    height, width = grey.shape
    side = math.ceil(math.hypot(height, width))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += ((side - width) / 2, (side - height) / 2)
    turned = cv2.warpAffine(grey, turn, (side, side), borderMode=cv2.BORDER_REPLICATE)
    return turned.astype(np.uint8, copy=False)


def _edges(small: Grey) -> Grey:
    across = cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, 1, 0))
    down = cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, 0, 1))
    return cv2.addWeighted(across, 0.5, down, 0.5, 0).astype(np.uint8, copy=False)
