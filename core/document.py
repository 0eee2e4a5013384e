"""What stands on a piece of paper, independent of any printer.

A slip is a list of lines; the printer's driver turns them into its bytes, the screen may show the
same list. 48 half-width columns; a Chinese character takes two.
"""

from __future__ import annotations

from dataclasses import dataclass
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


DocumentLine = TextLine | Pair | Rule | Space | QrCode


@dataclass(frozen=True, slots=True)
class Document:
    """A slip. `document_id` is printed by whoever makes the lines; here it only names the job."""

    document_id: str
    lines: tuple[DocumentLine, ...]
