"""What pages of every mode are made of: rows under headings, and one sentence that stands out.

Qt-free; each mode draws them in its own way. What a reader would get wrong: everything shown is a
phrase (`core/phrase.py`), because the language may change while the page stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.phrase import Phrase


class Tone(StrEnum):
    """How a row or strip is coloured, beside its icon and its words."""

    PLAIN = ""
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Row:
    """What, and how much or where. `icon`: a name of `resources/icons`."""

    icon: str
    label: Phrase
    value: Phrase
    note: Phrase = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading; "" for none."""

    title: Phrase
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """One sentence that stands out."""

    tone: Tone
    icon: str
    words: Phrase
