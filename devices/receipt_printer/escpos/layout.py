"""A `core.document.Document` to ESC/POS bytes: wrapping, columns, sizes. No I/O.

What a reader would get wrong: in a `Pair` the right text (an amount) is never cut; the left one
gives way. Columns are half-width; a Chinese character takes two.
"""

from __future__ import annotations

import re
from typing import assert_never

from core.document import (
    Align,
    Document,
    DocumentLine,
    Pair,
    Picture,
    QrCode,
    Rule,
    Space,
    TextLine,
)
from devices.receipt_printer.escpos import frames
from devices.receipt_printer.escpos.pictures import RareRows, fitted

_ALIGN = {
    Align.LEFT: frames.ALIGN_LEFT,
    Align.CENTRE: frames.ALIGN_CENTRE,
    Align.RIGHT: frames.ALIGN_RIGHT,
}
_PIECE = re.compile(r"[!-~]+|.")
_MAX_FEED = 255


def job(document: Document, columns: int, rare: RareRows | None = None) -> bytes:
    """The document's lines; `rare` draws what the printer cannot write, None sends all as text."""
    writer = _Writer(columns, rare)
    return b"".join(writer.line(line) for line in document.lines)


def width(text: str) -> int:
    """Columns of a text."""
    return sum(map(frames.columns_of, text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns`; words of letters stay whole where they fit."""
    lines = [""]
    for piece in _PIECE.findall(frames.clean(text)):
        parts = [piece] if width(piece) <= columns else list(piece)
        for part in parts:
            if width(lines[-1]) + width(part) <= columns:
                lines[-1] += part
            else:
                lines[-1] = lines[-1].rstrip()
                lines.append("" if part == " " else part)
    return lines


def pair_lines(left: str, right: str, columns: int) -> list[str]:
    """Both on one line; a right text that fills the line stands alone below."""
    left, right = frames.clean(left), frames.clean(right)
    room = columns - width(right) - 1
    if room < 1:
        return [shorten(left, columns), *wrap(right, columns)]
    kept = shorten(left, room)
    return [kept + " " * (columns - width(kept) - width(right)) + right]


def shorten(text: str, columns: int) -> str:
    """As many characters from the start as fit."""
    kept, used = "", 0
    for character in text:
        used += frames.columns_of(character)
        if used > columns:
            break
        kept += character
    return kept


class _Writer:
    """Lines to bytes on one kind of paper."""

    def __init__(self, columns: int, rare: RareRows | None) -> None:
        self._columns = columns
        self._rare = rare

    def line(self, line: DocumentLine) -> bytes:
        match line:
            case TextLine():
                return self._text_line(line)
            case Pair(left, right, bold):
                rows = pair_lines(left, right, self._columns)
                return _bold(self._rows(rows, TextLine("", bold=bold)), bold)
            case Rule():
                return self._rows(["-" * self._columns], TextLine(""))
            case Space(lines):
                return frames.feed(min(max(lines, 0), _MAX_FEED))
            case QrCode(text):
                return _centred(frames.qr_code(text))
            case Picture():
                return _centred(frames.raster(fitted(line, self._columns)))
        assert_never(line)

    def _text_line(self, line: TextLine) -> bytes:
        columns = self._columns // 2 if line.large else self._columns
        rows = self._rows(wrap(line.text, columns), line)
        if line.large:
            rows = frames.SIZE_DOUBLE + rows + frames.SIZE_NORMAL
        if line.align is not Align.LEFT:
            rows = _ALIGN[line.align] + rows + frames.ALIGN_LEFT
        return _bold(rows, line.bold)

    def _rows(self, rows: list[str], style: TextLine) -> bytes:
        return b"".join(self._row(row, style) for row in rows)

    def _row(self, row: str, style: TextLine) -> bytes:
        if self._rare is None or not self._rare.needed(row):
            return frames.text_bytes(row) + frames.LINE_END
        drawn = self._rare.draw(row, self._columns, style.align, bold=style.bold, large=style.large)
        return frames.raster(drawn)


def _centred(content: bytes) -> bytes:
    return frames.ALIGN_CENTRE + content + frames.ALIGN_LEFT


def _bold(rows: bytes, bold: bool) -> bytes:
    return frames.BOLD_ON + rows + frames.BOLD_OFF if bold else rows
