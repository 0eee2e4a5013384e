"""A `core.document.Document` to ESC/POS bytes: wrapping, columns, sizes. No I/O.

What a reader would get wrong: in a `Pair` the right text (an amount) is never cut; the left one
gives way. Columns are half-width; a Chinese character takes two.
"""

from __future__ import annotations

import re
from typing import assert_never

from core.document import Align, Document, DocumentLine, Pair, QrCode, Rule, Space, TextLine
from devices.receipt_printer.escpos import frames

_ALIGN = {
    Align.LEFT: frames.ALIGN_LEFT,
    Align.CENTRE: frames.ALIGN_CENTRE,
    Align.RIGHT: frames.ALIGN_RIGHT,
}
_PIECE = re.compile(r"[!-~]+|.")
_MAX_FEED = 255


def job(document: Document, columns: int) -> bytes:
    """The whole print job, from clearing the buffer to the cut."""
    lines = b"".join(_line(line, columns) for line in document.lines)
    return frames.INITIALISE + frames.CHINESE_ON + lines + frames.CUT


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


def _line(line: DocumentLine, columns: int) -> bytes:
    match line:
        case TextLine():
            return _text_line(line, columns)
        case Pair(left, right, bold):
            return _bold(_rows(pair_lines(left, right, columns)), bold)
        case Rule():
            return _rows(["-" * columns])
        case Space(lines):
            return frames.feed(min(max(lines, 0), _MAX_FEED))
        case QrCode(text):
            return frames.ALIGN_CENTRE + frames.qr_code(text) + frames.ALIGN_LEFT
    assert_never(line)


def _text_line(line: TextLine, columns: int) -> bytes:
    rows = _rows(wrap(line.text, columns // 2 if line.large else columns))
    if line.large:
        rows = frames.SIZE_DOUBLE + rows + frames.SIZE_NORMAL
    if line.align is not Align.LEFT:
        rows = _ALIGN[line.align] + rows + frames.ALIGN_LEFT
    return _bold(rows, line.bold)


def _rows(lines: list[str]) -> bytes:
    return b"".join(frames.text_bytes(line) + frames.LINE_END for line in lines)


def _bold(rows: bytes, bold: bool) -> bytes:
    return frames.BOLD_ON + rows + frames.BOLD_OFF if bold else rows
