"""Save a report where the settings say: pages as PDF, rows as CSV.

What a reader would get wrong: rows of phrases are read in the window's language when the file is
written; what came from the backend is written byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from core.flow import Act
from core.papers import Pdf, WrittenPages
from core.phrase import Phrase
from core.ports import Refused


@dataclass(frozen=True, slots=True)
class Csv:
    """Rows that the backend has written already."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """Rows that are written here; the first is the head."""

    rows: tuple[tuple[Phrase, ...], ...]


FileContent: TypeAlias = Pdf | WrittenPages | Csv | WrittenRows


@dataclass(frozen=True, slots=True)
class Saved:
    """Where it lies now."""

    path: str


@dataclass(frozen=True, slots=True)
class SaveFile(Act[Saved | Refused]):
    """`name`: without its ending; the moment is added, so nothing is ever written over."""

    durable: ClassVar[bool] = False
    name: str
    content: FileContent
