"""Titles, texts, grids, charts as a PDF file with embedded fonts. Reads the font files only.

What a reader would get wrong: no font has every character of a Chinese name, so a text is set as
runs of the first font that has each character. The same content is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import assert_never
from xml.sax.saxutils import escape

from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from settlement_backend.documents.charts import Bars, bars_drawing

_FONT_FILES = (
    ("text", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    ("rare", "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    ("rarer", "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
_MARGIN = 18 * mm
_GAP = 4 * mm
_PADDING = 6  # points, of a page's frame
_TITLE = ParagraphStyle("title", fontName="text", fontSize=16, leading=24, alignment=1)
_HEADING = ParagraphStyle("heading", fontName="text", fontSize=12, leading=20)
_TEXT = ParagraphStyle("text", fontName="text", fontSize=10, leading=15, wordWrap="CJK")
_NUMBER = ParagraphStyle("number", parent=_TEXT, alignment=2)
_RULED = [
    ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
    ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
]


@dataclass(frozen=True, slots=True)
class Title:
    """In the middle, large."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Above what belongs together."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Ruled columns; the head is repeated on every page. `numbers`: columns that stand right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths_mm: tuple[int, ...]
    numbers: frozenset[int] = frozenset()


Part = Title | Heading | Line | Grid | Bars


def pdf_of(title: str, parts: Sequence[Part], foot: str) -> bytes:
    """A4 pages with `foot` and a page number on each. `title`: of the file."""

    def finish_page(canvas: Canvas, page: BaseDocTemplate) -> None:
        note = _set(f"{foot}  {page.page}", _TEXT)
        note.wrap(pagesizes.A4[0] - 2 * _MARGIN, _MARGIN)
        note.drawOn(canvas, _MARGIN, _MARGIN - 2 * _GAP)

    file = BytesIO()
    template = SimpleDocTemplate(
        file,
        pagesize=pagesizes.A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=title,
        invariant=1,
    )
    flow = [flowable for part in parts for flowable in _flow(part)]
    template.build(flow, finish_page, finish_page)
    return file.getvalue()


def _flow(part: Part) -> Iterator[Flowable]:
    match part:
        case Title(text):
            yield _set(text, _TITLE)
        case Heading(text):
            yield Spacer(1, _GAP)
            yield _set(text, _HEADING)
        case Line(text):
            yield _set(text, _TEXT)
        case Grid(head, rows, widths_mm, numbers):
            styles = [_NUMBER if place in numbers else _TEXT for place in range(len(head))]
            cells = [[*map(_set, line, styles)] for line in (head, *rows)]
            yield Table(cells, [width * mm for width in widths_mm], style=_RULED, repeatRows=1)
        case Bars():
            _fonts()  # a drawing names its font, and names only what is registered
            drawn = bars_drawing(part, pagesizes.A4[0] - 2 * _MARGIN - 2 * _PADDING)
            above = [Spacer(1, _GAP), _set(part.heading, _HEADING)]
            yield KeepTogether([*above, drawn, Spacer(1, _GAP / 2)])
        case impossible:
            assert_never(impossible)


def _set(text: str, style: ParagraphStyle) -> Paragraph:
    """Each run in the first font that has its characters."""
    markup = "".join(
        f'<font name="{font}">{escape("".join(run))}</font>'
        for font, run in groupby(text, key=_font_of)
    )
    return Paragraph(markup, style)


def _font_of(character: str) -> str:
    return next((name for name, known in _fonts() if ord(character) in known), "text")


@cache
def _fonts() -> tuple[tuple[str, frozenset[int]], ...]:
    """Registered once per process: name and characters."""
    fonts = [TTFont(name, path) for name, path in _FONT_FILES]
    for font in fonts:
        pdfmetrics.registerFont(font)
    return tuple((font.fontName, frozenset(font.face.charToGlyph)) for font in fonts)
