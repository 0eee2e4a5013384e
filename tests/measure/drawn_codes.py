"""Draws phone screens with a QR code or a Code 128 strip as a bad camera would see them.

A set of pictures to measure a decoder on when there are no photographs. What a reader would get
wrong: the faults are simulated one by one; rates on these pictures compare decoders, they do not
foretell a kiosk's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Random = np.random.Generator
WIDTH, HEIGHT = 1280, 720
_FIRST_DIGITS = ("10", "13", "25", "28", "62")


@dataclass(frozen=True, slots=True)
class Drawn:
    """`text` "": a screen without a code."""

    fault: str
    text: str
    image: Image


def drawn(count: int, seed: int) -> Iterator[Drawn]:
    """`count` frames, 1280x720 BGR, the faults in turn, one in seven without a code."""
    random = np.random.default_rng(seed)
    for number in range(count):
        fault = tuple(FAULTS)[number % len(FAULTS)]
        kind = ("qr", "qr", "code128", "qr", "code128", "qr", "none")[number % 7]
        text = _payment_text(random) if kind != "none" else ""
        frame = _placed(_screen(kind, text, random), random, small=fault == "small")
        yield Drawn(fault, text, _seen(FAULTS[fault](frame, random), random))


def _payment_text(random: Random) -> str:
    first = _FIRST_DIGITS[int(random.integers(len(_FIRST_DIGITS)))]
    return first + "".join(str(digit) for digit in random.integers(0, 10, 16))


def _code(kind: str, text: str) -> Image:
    forms = zxingcpp.BarcodeFormat
    form = forms.QRCodeModel2 if kind == "qr" else forms.Code128
    image = np.array(zxingcpp.create_barcode(text, form).to_image(scale=1, add_quiet_zones=False))
    rows, columns = (320, 320) if kind == "qr" else (110, 400)
    return cv2.resize(image, (columns, rows), interpolation=cv2.INTER_NEAREST).astype(np.uint8)


def _screen(kind: str, text: str, random: Random) -> Image:
    """A bright phone screen, 460 wide and 800 high, with some app around the code."""
    screen = np.full((800, 460), 245, np.uint8)
    screen[:60] = random.integers(60, 200)
    for row in range(620, 780, 40):
        cv2.putText(screen, "1234 abcd", (30, row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 90, 2)
    if kind == "none":
        cv2.circle(screen, (230, 330), 120, 120, 8)
        return screen
    code = _code(kind, text)
    top, left = 200, (460 - code.shape[1]) // 2
    screen[top : top + code.shape[0], left : left + code.shape[1]] = code
    return screen


def _placed(screen: Image, random: Random, *, small: bool) -> Image:
    """Held before a dark room, turned a little and seen from a side."""
    height = random.uniform(260, 380) if small else random.uniform(420, 680)
    width = height * 460 / 800
    left = random.uniform(60, WIDTH - width - 60)
    top = random.uniform(10, HEIGHT - height - 10)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    corners += random.normal(0, height * 0.025, (4, 2)) + np.array([left, top])
    sheet = np.array([[0, 0], [460, 0], [460, 800], [0, 800]], np.float32)
    room = random.normal(60, 12, (HEIGHT // 40, WIDTH // 40)).clip(0, 255).astype(np.uint8)
    frame = cv2.resize(room, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    turn = cv2.getPerspectiveTransform(sheet, corners.astype(np.float32))
    area = cv2.INTER_AREA if small else cv2.INTER_LINEAR
    seen = cv2.warpPerspective(screen, turn, (WIDTH, HEIGHT), flags=area)
    mask = cv2.warpPerspective(np.full_like(screen, 255), turn, (WIDTH, HEIGHT))
    return np.where(mask > 127, seen, frame).astype(np.uint8)


def _seen(frame: Image, random: Random) -> Image:
    noisy = frame.astype(np.float32) + random.normal(0, 4, frame.shape)
    grey = noisy.clip(0, 255).astype(np.uint8)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR).astype(np.uint8)


def _mild(frame: Image, random: Random) -> Image:
    return frame


def _motion(frame: Image, random: Random) -> Image:
    length = int(random.integers(5, 15))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5,) * 2, random.uniform(0, 180), 1)
    return cv2.filter2D(frame, -1, cv2.warpAffine(kernel, turn, (length, length))).astype(np.uint8)


def _defocus(frame: Image, random: Random) -> Image:
    return cv2.GaussianBlur(frame, (0, 0), random.uniform(1.5, 4)).astype(np.uint8)


def _glare(frame: Image, random: Random) -> Image:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    top, left = random.uniform(200, 520), random.uniform(300, 980)
    size = random.uniform(60, 180)
    spot = np.exp(-((rows - top) ** 2 + (columns - left) ** 2) / (2 * size**2))
    lit: Image = (frame + 400 * spot).clip(0, 255).astype(np.uint8)
    return lit


def _moire(frame: Image, random: Random) -> Image:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    period, angle = random.uniform(3, 9), random.uniform(0, 3)
    wave = np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * 6.28 / period)
    waved: Image = (frame + 45 * wave).clip(0, 255).astype(np.uint8)
    return waved


def _light(frame: Image, random: Random) -> Image:
    slope = np.linspace(random.uniform(0.05, 0.3), 1, WIDTH)[None, :]
    lit: Image = (frame * slope * random.uniform(0.3, 1) + 8).clip(0, 255).astype(np.uint8)
    return lit


def _combined(frame: Image, random: Random) -> Image:
    return _light(_defocus(_moire(frame, random), random), random)


FAULTS: dict[str, Callable[[Image, Random], Image]] = {
    "mild": _mild,
    "motion": _motion,
    "defocus": _defocus,
    "glare": _glare,
    "moire": _moire,
    "light": _light,
    "small": _mild,
    "combined": _combined,
}
