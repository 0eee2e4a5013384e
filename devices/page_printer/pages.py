"""Slips and reports to PDF pages with embedded fonts. No I/O but the font files.

What a reader would get wrong: one line may be set in several fonts, because no font has every
character of a Chinese name; so every text becomes markup of runs before it is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import assert_never
from xml.sax.saxutils import escape

from PIL import Image as Raster
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors, pagesizes
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    HRFlowable,
    Image,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)
from reportlab.platypus import Table as Grid

from core.document import (
    Align,
    Document,
    DocumentLine,
    Pair,
    Picture,
    QrCode,
    Report,
    Rule,
    Section,
    Space,
    Table,
    TextLine,
)
from devices.page_printer.settings import PaperSize
from devices.rare_text import FontFile, Fonts

MARGIN = 18 * mm
TEXT_POINTS = 10
LARGE_POINTS = 18
HEADING_POINTS = 13
SMALL_POINTS = 8
LEADING = 1.45
PADDING = 6
QR_SIDE = 32 * mm
DOT = 25.4 / 203 * mm
_BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]
_RULED = [
    ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
    ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
_ALIGN = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.RIGHT: TA_RIGHT}

_SIZES = {PaperSize.A4: pagesizes.A4, PaperSize.A5: pagesizes.A5}


def pdf_of(content: Document | Report, fonts: Fonts, paper: PaperSize = PaperSize.A4) -> bytes:
    """A whole PDF file; pages break by themselves."""
    setter = _Setter(fonts, _SIZES[paper][0] - 2 * (MARGIN + PADDING))
    match content:
        case Document(document_id, lines):
            title, foot = document_id, ""
            flow = [part for line in lines for part in setter.line(line)]
        case Report(title, sections, foot):
            flow = list(setter.report(title, sections))
    file = BytesIO()
    template = SimpleDocTemplate(
        file,
        pagesize=_SIZES[paper],
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
    )

    def finish_page(canvas: Canvas, page: BaseDocTemplate) -> None:
        note = setter.text(f"{foot}  {page.page}".strip(), SMALL_POINTS, Align.CENTRE)
        _, height = note.wrap(setter.width, MARGIN)
        note.drawOn(canvas, MARGIN + PADDING, (MARGIN - height) / 2)

    template.build(flow, onFirstPage=finish_page, onLaterPages=finish_page)
    return file.getvalue()


def embeddable(file: FontFile) -> bool:
    """A font with TrueType outlines, which a PDF made here can hold."""
    try:
        _registered(file)
    except TTFError:
        return False
    return True


class _Setter:
    """Contents to flowables. `width` in points."""

    def __init__(self, fonts: Fonts, width: float) -> None:
        self._fonts = fonts
        self.width = width

    def line(self, line: DocumentLine) -> Iterator[Flowable]:
        match line:
            case TextLine(text, align, bold, large):
                yield self.text(text, LARGE_POINTS if large else TEXT_POINTS, align, bold=bold)
            case Pair(left, right, bold):
                yield self._pair(left, right, bold)
            case Rule():
                yield HRFlowable(width="100%", thickness=0.6, color=colors.black)
            case Space(lines):
                yield Spacer(1, lines * TEXT_POINTS * LEADING)
            case QrCode(text):
                yield _qr(text)
            case Picture():
                yield self._picture(line)
            case _:
                assert_never(line)

    def report(self, title: str, sections: tuple[Section, ...]) -> Iterator[Flowable]:
        yield self.text(title, LARGE_POINTS, Align.CENTRE, bold=True)
        yield Spacer(1, TEXT_POINTS)
        for section in sections:
            if section.heading:
                yield self.text(section.heading, HEADING_POINTS, bold=True)
            for paragraph in section.paragraphs:
                yield self.text(paragraph)
            for table in section.tables:
                yield Spacer(1, PADDING / 2)
                yield self._table(table)
            yield Spacer(1, TEXT_POINTS)

    def text(
        self,
        text: str,
        points: int = TEXT_POINTS,
        align: Align = Align.LEFT,
        *,
        bold: bool = False,
    ) -> Paragraph:
        """One wrapped paragraph."""
        style = ParagraphStyle(
            "text",
            fontName=_registered(self._fonts.file_for("中")),
            fontSize=points,
            leading=points * LEADING,
            alignment=_ALIGN[align],
            wordWrap="CJK",
        )
        marked = self._markup(text)
        return _Bold(marked, style) if bold else Paragraph(marked, style)

    def _pair(self, left: str, right: str, bold: bool) -> Flowable:
        """The right text is never cut: it takes what it needs, up to half the page's width."""
        need = sum(_width(run, file) for file, run in self._runs(right)) + 2
        room = min(need, self.width / 2)
        cells = [self.text(left, bold=bold), self.text(right, align=Align.RIGHT, bold=bold)]
        return Grid([cells], colWidths=[self.width - room, room], splitInRow=1, style=_BARE)

    def _table(self, table: Table) -> Flowable:
        rows = [[self.text(cell, bold=True) for cell in table.head]]
        rows += [[self.text(cell) for cell in row] for row in table.rows]
        return Grid(
            rows, colWidths=self._column_widths(table), repeatRows=1, splitInRow=1, style=_RULED
        )

    def _column_widths(self, table: Table) -> list[float]:
        """Columns of short texts take what they need; the others share the rest by their need."""
        needs = [
            2 * PADDING
            + max(sum(_width(run, file) for file, run in self._runs(cell)) for cell in c)
            for c in zip(table.head, *table.rows, strict=True)
        ]
        even = self.width / len(needs)
        long = sum(need for need in needs if need > even)
        if not long:
            return [need * self.width / sum(needs) for need in needs]
        left = self.width - sum(need for need in needs if need <= even)
        return [need if need <= even else left * need / long for need in needs]

    def _picture(self, picture: Picture) -> Flowable:
        bits = bytes(byte ^ 0xFF for byte in picture.bits)
        raster = Raster.frombytes("1", (picture.width_dots, picture.height_dots), bits)
        file = BytesIO()
        raster.save(file, "PNG")
        width = min(picture.width_dots * DOT, self.width)
        height = width * picture.height_dots / picture.width_dots
        return Image(file, width=width, height=height)

    def _markup(self, text: str) -> str:
        return "".join(
            f'<font name="{_registered(file)}">{escape(run)}</font>'
            for file, run in self._runs(text)
        )

    def _runs(self, text: str) -> Iterator[tuple[FontFile, str]]:
        """Neighbours set in one font; what cannot be printed becomes a space."""
        printable = "".join(c if c.isprintable() else " " for c in text)
        for file, characters in groupby(printable, self._fonts.file_for):
            yield file, "".join(characters)


class _Bold(Paragraph):  # type: ignore[misc]
    """Set twice, a little apart: fonts of rare characters have no bold face."""

    def draw(self) -> None:
        super().draw()
        self.canv.translate(0.3, 0)
        super().draw()


def _qr(text: str) -> Flowable:
    code = QrCodeWidget("".join(filter(str.isprintable, text)), barLevel="M")
    left, bottom, right, top = code.getBounds()
    scale = QR_SIDE / max(right - left, top - bottom)
    drawing = Drawing(QR_SIDE, QR_SIDE, transform=[scale, 0, 0, scale, 0, 0])
    drawing.add(code)
    drawing.hAlign = "CENTER"
    return drawing


def _width(run: str, file: FontFile) -> float:
    points: float = pdfmetrics.stringWidth(run, _registered(file), TEXT_POINTS)
    return points


def _registered(file: FontFile) -> str:
    """The font's name among reportlab's fonts. Raises TTFError: no TrueType outlines."""
    name = f"{file.name}#{file.face}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, file.name, subfontIndex=file.face))
    return name
