"""What stands on a piece of paper, independent of any printer.

A slip is a list of lines; the printer's driver turns them into its bytes, the screen may show the
same list. 48 half-width columns; a Chinese character takes two.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum


class Align(Enum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One paragraph; wrapped by the printer's driver. `large`: double width and height."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on one line, left and right; the left one is shortened, never the right one."""

    left: str
    right: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Space:
    """Some empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, centred."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A black-and-white picture, centred, such as a signature or the hospital's mark.

    `bits`: rows from the top, each packed in whole bytes, the leftmost dot in the highest bit,
    1 = black. ValueError: not a whole number of rows.
    """

    width_dots: int
    bits: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.width_dots < 1 or not self.bits or len(self.bits) % self.row_bytes:
            raise ValueError("a picture is a whole number of rows")

    @property
    def row_bytes(self) -> int:
        """Bytes of one row."""
        return (self.width_dots + 7) // 8

    @property
    def height_dots(self) -> int:
        """Rows."""
        return len(self.bits) // self.row_bytes


DocumentLine = TextLine | Pair | Rule | Space | QrCode | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A slip. `document_id` is printed by whoever makes the lines; here it only names the job."""

    document_id: str
    lines: tuple[DocumentLine, ...]


_COPY_MARK = TextLine("补打 Reprint", Align.CENTRE, bold=True, large=True)


def as_copy(document: Document) -> Document:
    """The same slip, marked as a reprint at its head: another whole one may exist."""
    return replace(document, lines=(_COPY_MARK, *document.lines))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; every row is as long as the head. ValueError: it is not."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("every row of a table is as long as its head")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; "" for no heading."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A paper of whole pages, such as a readiness report. `foot` stands on every page."""

    title: str
    sections: tuple[Section, ...]
    foot: str = ""
