"""Golden pictures: what a few main screens looked like when a person last agreed with them.

`./run screens --golden` draws them anew. They are a fifth as wide and as high as the screen: the
files are small, and a glyph that another build of FreeType draws a little bolder changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from screen_rig import LYING, MODES, STANDING, Rig

FOLDER = Path(__file__).resolve().parent / "golden"
_SHRUNK = 5
_TOLERATED_MEAN = 0.5
"""Of 255, over all pixels and colours. The same fonts draw the same picture: the mean is 0 then."""
_NOTICEABLE = 48
_TOLERATED_SHARE = 0.002
"""The share of pixels that may differ noticeably: 160 of 83,000, a word or two."""


@dataclass(frozen=True, slots=True)
class Golden:
    """An example on a panel in a mode; the language is that of the rig."""

    example: str
    mode: str = "normal"
    size: tuple[int, int] = STANDING

    def file(self, language: str) -> Path:
        """Where its picture is kept."""
        lying = "" if self.size == STANDING else "_lying"
        return FOLDER / f"{self.example}_{language}_{self.mode}{lying}.png"


_MAIN = (
    "home",
    "identify",
    "quote",
    "payment_code",
    "settled",
    "type_phone",
    "page_choose",
    "page_show",
    "trouble_untouched",
    "take_card",
)
GOLDEN = {
    "zh": (
        *(Golden(name) for name in _MAIN),
        *(Golden(name, "all") for name in ("home", "quote", "settled")),
        *(Golden(name, size=LYING) for name in ("home", "quote", "payment_code")),
    ),
    "en": (Golden("home"), Golden("quote"), Golden("identify", "large")),
}


def draw(rig: Rig, golden: Golden) -> QImage:
    """The picture of now, shrunk."""
    rig.turn(golden.size)
    rig.use(MODES[golden.mode])
    rig.show(golden.example)
    width, height = golden.size
    return rig.window.grabWindow().scaled(
        width // _SHRUNK,
        height // _SHRUNK,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def differences(drawn: Path, kept: Path) -> Iterator[str]:
    """What a person would notice."""
    now, then = _pixels(drawn), _pixels(kept)
    if now.shape != then.shape:
        yield f"{kept.name}: {now.shape} instead of {then.shape}"
        return
    apart = np.abs(now - then)
    if apart.mean() > _TOLERATED_MEAN:
        yield f"{kept.name}: differs by {apart.mean():.2f} in the mean"
    share = float((apart.max(axis=2) > _NOTICEABLE).mean())
    if share > _TOLERATED_SHARE:
        yield f"{kept.name}: {share:.2%} of its pixels differ"


def _pixels(file: Path) -> NDArray[np.int16]:
    with Image.open(file) as image:
        return np.asarray(image.convert("RGB"), dtype=np.int16)
