"""Sentences that are put together in one place and read in another language in another.

A journey says what a page shows; the page is drawn in the language of the moment, and again when
that changes. So what it says stays a message with its parts until somebody reads it. What a reader
would get wrong: a plain `str` is shown as it is, so only names, numbers and masked texts are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from core.billing import Text
from core.catalogue import Catalogue
from core.money import format_yuan

_DATE = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)(?:[T ](\d\d:\d\d))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount in fen, read as ¥185.24."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the contract (ISO 8601, +08:00), read as 22 Nov 09:12 or 11月22日 09:12."""

    iso: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date or time of the contract, read as 22 Nov 2025 or 2025年11月22日."""

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
            return date_words(iso, _.language, year=False)
        case Day(iso):
            return date_words(iso[:10], _.language)
        case str():
            return phrase


def date_words(iso: str, language: str, *, year: bool = True) -> str:
    """The one form of a date in each language, its time behind it if it has one: 22 Nov 2026 09:12
    and 2026年11月22日 09:12. What is no date stays as it is. Technicians read the ISO form."""
    found = _DATE.match(iso)
    if found is None:
        return iso
    years, month, day, time = found.groups(default="")
    shown = years if year else ""
    if language == "zh":
        date = f"{shown}年" * bool(shown) + f"{int(month)}月{int(day)}日"
    else:
        date = f"{int(day)} {_MONTHS[int(month) - 1]} {shown}".strip()
    return f"{date} {time}".strip()
