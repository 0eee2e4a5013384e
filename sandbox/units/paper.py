"""One sheet of receipt paper: draws text, QR codes and pictures as 576 dots wide black on white.

Talks to the font and to nothing else. A half-width character is 12 by 24 dots and a Chinese one
24 by 24, so a line holds 48 columns; what is wider goes on in the next line.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFont

WIDTH_DOTS = 576
COLUMN_DOTS, GLYPH_DOTS = 12, 24
GROWTH_DOTS = 1024
WHITE, BLACK = 255, 0
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
MONO_CHINESE = "Noto Sans Mono CJK SC"
FACES_IN_FILE = 10
FONT_DOTS = 22  # leaves room for descenders in the 24 dots of a cell
FONT_UP_DOTS = 6


@dataclass(frozen=True, slots=True)
class Style:
    """How characters look; scales are 1 to 8."""

    width_scale: int = 1
    height_scale: int = 1
    bold: bool = False


@cache
def _font() -> ImageFont.FreeTypeFont:
    """The Chinese monospace face of the collection; its index differs between releases."""
    for index in range(FACES_IN_FILE):
        font = ImageFont.truetype(str(FONT), FONT_DOTS, index=index)
        if font.getname()[0] == MONO_CHINESE:
            return font
    return ImageFont.truetype(str(FONT), FONT_DOTS)


@cache
def _glyph(character: str, style: Style) -> Image.Image:
    width = COLUMN_DOTS * _columns(character)
    glyph = Image.new("L", (width, GLYPH_DOTS), WHITE)
    pen = ImageDraw.Draw(glyph)
    for offset in range(2 if style.bold else 1):
        pen.text(
            (offset + _columns(character) // 2, -FONT_UP_DOTS), character, font=_font(), fill=BLACK
        )
    hard = glyph.point(lambda level: WHITE if level > 140 else BLACK)
    size = (width * style.width_scale, GLYPH_DOTS * style.height_scale)
    return hard.resize(size, Image.Resampling.NEAREST)


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


class Sheet:
    """A growing sheet; ``height_dots`` is what was fed so far."""

    def __init__(self) -> None:
        self.height_dots = 0
        self.lines: list[str] = []
        self.codes: list[str] = []
        self.pictures = 0
        self.has_ink = False
        self._canvas = Image.new("L", (WIDTH_DOTS, GROWTH_DOTS), WHITE)
        self._line: list[tuple[str, Style]] = []
        self._line_dots = 0

    def add_text(self, text: str, style: Style, align: int, spacing_dots: int) -> None:
        """Put characters on the current line; a full line is printed and a new one begun."""
        for character in text:
            width = COLUMN_DOTS * _columns(character) * style.width_scale
            if self._line_dots + width > WIDTH_DOTS:
                self.end_line(align, spacing_dots)
            self._line.append((character, style))
            self._line_dots += width

    def end_line(self, align: int, spacing_dots: int) -> None:
        """Print the current line, or feed an empty one; ``align`` is 0 left, 1 centre, 2 right."""
        self.lines.append("".join(character for character, _style in self._line).rstrip())
        tallest = max((style.height_scale for _c, style in self._line), default=1)
        height = max(GLYPH_DOTS * tallest, spacing_dots)
        self._reach(self.height_dots + height)
        x = self._left(self._line_dots, align)
        for character, style in self._line:
            glyph = _glyph(character, style)
            bottom = self.height_dots + GLYPH_DOTS * tallest
            self._stamp(glyph, x, bottom - glyph.height)
            x += glyph.width
        self.height_dots += height
        self._line, self._line_dots = [], 0

    @property
    def line_waits(self) -> bool:
        """True when characters wait for the end of their line."""
        return bool(self._line)

    def feed(self, dots: int) -> None:
        """Blank paper."""
        self._reach(self.height_dots + dots)
        self.height_dots += dots

    def add_code(self, content: bytes, module_dots: int, level: str, align: int) -> None:
        """A QR code; its text is noted as the phone would read it."""
        code = segno.make(content, error=level, micro=False, boost_error=False)
        matrix = [bytes(row) for row in code.matrix]
        side = len(matrix) * module_dots
        picture = Image.new("L", (len(matrix), len(matrix)), WHITE)
        picture.putdata([BLACK if cell else WHITE for row in matrix for cell in row])
        self._add_picture(picture.resize((side, side), Image.Resampling.NEAREST), align)
        self.codes.append(content.decode("utf-8", "replace"))

    def add_raster(
        self, width_bytes: int, height: int, data: bytes, scale: int, align: int
    ) -> None:
        """A picture of one bit a dot; ``scale`` bit 0 doubles the width, bit 1 the height."""
        bits = Image.frombytes("1", (width_bytes * 8, height), data)
        picture = ImageChops.invert(bits.convert("L"))
        size = (picture.width * (1 + (scale & 1)), picture.height * (1 + (scale >> 1 & 1)))
        self._add_picture(picture.resize(size, Image.Resampling.NEAREST), align)
        self.pictures += 1

    def picture(self) -> Image.Image:
        """The sheet as it would be torn off now."""
        return self._canvas.crop((0, 0, WIDTH_DOTS, max(self.height_dots, 1)))

    def _add_picture(self, picture: Image.Image, align: int) -> None:
        self._reach(self.height_dots + picture.height)
        self._stamp(picture, self._left(picture.width, align), self.height_dots)
        self.height_dots += picture.height

    def _stamp(self, picture: Image.Image, x: int, y: int) -> None:
        self._canvas.paste(picture, (x, y))
        self.has_ink = self.has_ink or picture.getextrema()[0] == BLACK

    def _left(self, width_dots: int, align: int) -> int:
        return max(0, (WIDTH_DOTS - width_dots) * align // 2)

    def _reach(self, height_dots: int) -> None:
        if height_dots <= self._canvas.height:
            return
        longer = Image.new("L", (WIDTH_DOTS, height_dots + GROWTH_DOTS), WHITE)
        longer.paste(self._canvas, (0, 0))
        self._canvas = longer
