"""Sentences that are put together in one place and read in another language in another.

A journey says what a page shows; the page is drawn in the language of the moment, and again when
that changes. So what it says stays a message with its parts until somebody reads it. What a reader
would get wrong: a plain `str` is shown as it is, so only names, numbers and masked texts are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from core.billing import Text
from core.catalogue import Catalogue
from core.money import format_yuan


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount in fen, read as ¥185.24."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the contract (ISO 8601, +08:00), read as 11-22 09:12."""

    iso: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date or time of the contract, read as 2025-11-22."""

    iso: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the catalogue with what is put into its braces."""

    message: str
    parts: tuple[tuple[str, Phrase], ...] = ()


Phrase: TypeAlias = Said | Text | Yuan | Moment | Day | str


def said(message: str, **parts: Phrase | int) -> Said:
    """`said("Places left: {count}", count=3)`: marks the message for the catalogue, too."""
    return Said(message, tuple((n, str(p) if isinstance(p, int) else p) for n, p in parts.items()))


def spoken(phrase: Phrase, _: Catalogue) -> str:
    """What a reader of this catalogue's language sees."""
    match phrase:
        case Said(message, parts):
            return _(message).format(**{name: spoken(part, _) for name, part in parts})
        case Text(zh, en):
            return zh if _.language == "zh" else en
        case Yuan(amount_fen):
            return f"¥{format_yuan(amount_fen)}"
        case Moment(iso):
            return f"{iso[5:10]} {iso[11:16]}".strip()
        case Day(iso):
            return iso[:10]
        case str():
            return phrase
