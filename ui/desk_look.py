"""What the looks of window and technician's mode share: words, colours, lengths, sizes of text.

Built on `ui/tokens.py`. What a reader would get wrong: sizes are those of a desk screen 1920
pixels wide, half an arm away, and a screen gets all of them scaled at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.catalogue import Catalogue
from ui.tokens import Modes, Palette, palette

COMPACT_BELOW_PX = 1700
_SMALLEST_TEXT_PX = 13


@dataclass(frozen=True, slots=True)
class DeskLook:
    """`words`: the catalogue of the language; `scale`: 1.0 at 1920 pixels of width."""

    words: Catalogue
    scale: float = 1.0

    @property
    def colour(self) -> Palette:
        """Colours by meaning."""
        return palette(Modes())

    def px(self, length: int) -> int:
        """A length of the 1920 layout on this screen."""
        return round(length * self.scale)

    def text_px(self, size: int) -> int:
        """A text size of the 1920 layout on this screen; never under 13."""
        return max(_SMALLEST_TEXT_PX, round(size * (1 + self.scale) / 2))
