"""Rows with characters that the printer does not have, drawn dot by dot; and fitted pictures.

What a reader would get wrong: the whole row is drawn, not the one character, because a printer
cannot put a raster beside text; columns stay where the printer's own text would have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from core.document import Align, Picture
from devices.rare_text import FontFile, Fonts
from devices.receipt_printer.escpos.frames import clean, columns_of

COLUMN_DOTS = 12
ROW_DOTS = 30
BASELINE_DOTS = 24
_PAPER_DOTS = {32: 384, 42: 512, 48: 576}
_ONE_DOT, _WHITE, _BLACK = "1", 0, 1
_OPAQUE = 128


def paper_dots(columns: int) -> int:
    """Dots across the paper of a profile (docs/protocols/escpos.md)."""
    return _PAPER_DOTS.get(columns, columns * COLUMN_DOTS)


@dataclass(frozen=True, slots=True)
class RareRows:
    """Draws what is not in `rom_charset` (gb2312, gbk or gb18030)."""

    rom_charset: str
    fonts: Fonts

    def needed(self, row: str) -> bool:
        """The printer itself cannot write all of this."""
        return not all(map(self._in_printer, clean(row)))

    def draw(self, row: str, columns: int, align: Align, *, bold: bool, large: bool) -> Picture:
        """The row across the whole paper, as high as a printed line."""
        row, scale = clean(row), 2 if large else 1
        dots = paper_dots(columns)
        image = Image.new(_ONE_DOT, (dots, ROW_DOTS * scale), _WHITE)
        pen = ImageDraw.Draw(image)
        free = max(dots - sum(map(columns_of, row)) * COLUMN_DOTS * scale, 0)
        left = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[align]
        for character in row:
            width = columns_of(character) * COLUMN_DOTS * scale
            for shift in (0, scale) if bold else (0,):
                self._draw_one(pen, character, left + shift, width, scale)
            left += width
        return Picture(dots, image.tobytes())

    def _draw_one(
        self, pen: ImageDraw.ImageDraw, character: str, left: int, width: int, scale: int
    ) -> None:
        file = self.fonts.file_for(character)
        face = self.fonts.face(file, self._size(file, width, scale))
        gap = (width - face.getlength(character)) / 2
        pen.text(
            (left + gap, BASELINE_DOTS * scale), character, fill=_BLACK, font=face, anchor="ls"
        )

    def _size(self, file: FontFile, width: int, scale: int) -> int:
        """Full height, or so much smaller that a half-width figure keeps its column."""
        full = COLUMN_DOTS * 2 * scale
        if width == full:
            return full
        return min(full, int(full * width / self.fonts.face(file, full).getlength("0")))

    def _in_printer(self, character: str) -> bool:
        if self.rom_charset == "gb18030":
            return ord(character) <= 0xFFFF
        try:
            character.encode(self.rom_charset)
        except UnicodeEncodeError:
            return False
        return True


def fitted(picture: Picture, columns: int) -> Picture:
    """No wider than the paper."""
    dots = paper_dots(columns)
    if picture.width_dots <= dots:
        return picture
    size = (picture.width_dots, picture.height_dots)
    image = Image.frombytes(_ONE_DOT, size, picture.bits)
    height = max(picture.height_dots * dots // picture.width_dots, 1)
    return Picture(dots, image.resize((dots, height)).tobytes())


def picture_from(file: Path) -> Picture:
    """A picture file in black and white; what is transparent is white. Raises OSError."""
    with Image.open(file) as opened:
        image = opened.convert("LA")
        white = Image.new("LA", image.size, (255, 255))
        grey = Image.alpha_composite(white.convert("RGBA"), image.convert("RGBA")).convert("L")
    black = grey.point(lambda level: 255 if level < _OPAQUE else 0, _ONE_DOT)
    return Picture(black.width, black.tobytes())
