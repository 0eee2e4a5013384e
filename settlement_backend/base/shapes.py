"""What goes over the wire, in both directions: strict types everywhere.

Requests are `Body`s, answers are `Shape`s (both pydantic). `false`, "1" and 1.0 are no money
(reliability 4.7); a field nobody knows is refused in a request and impossible in an answer.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    model_validator,
)

from core.identity import Audience

Json = dict[str, Any]

NUL = "\x00"
MOST_FEN = 10_000_000_00
Fen = Annotated[StrictInt, Field(ge=0, le=MOST_FEN)]
Word = Annotated[StrictStr, Field(max_length=200)]
Ident = Annotated[StrictStr, Field(min_length=1, max_length=80)]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Day = Annotated[StrictStr, Field(pattern=f"^{_DAY.pattern}$")]


def _written_as_a_day(told: object) -> object:
    """A number is no day, though pydantic would take it for one."""
    if isinstance(told, str) and _DAY.fullmatch(told) is None:
        raise ValueError("not YYYY-MM-DD")
    return told


IsoDay = Annotated[date, BeforeValidator(_written_as_a_day)]


class Body(BaseModel):
    """A request's body. No text in it holds a NUL, which PostgreSQL cannot keep."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nul(cls, told: object) -> object:
        if _holds_nul(told):
            raise ValueError("a text holds a NUL")
        return told


def _holds_nul(told: object) -> bool:
    match told:
        case str():
            return NUL in told
        case dict():
            return any(_holds_nul(part) for pair in told.items() for part in pair)
        case list():
            return any(_holds_nul(part) for part in told)
        case _:
            return False


class Shape(BaseModel):
    """An answer. Its fields are the contract of `openapi.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Nothing(Body):
    """A request that has nothing to say."""


class Reason(Body):
    """Why something is asked, for the books."""

    reason: Word


class Words(Shape):
    """A name in both languages."""

    zh: str
    en: str


def words(zh: str, en: str) -> Json:
    """A name in both languages."""
    return {"zh": zh, "en": en}


def audience_of(terminal_kind: str) -> Audience:
    """Windows see more than kiosks; everybody else sees what a kiosk sees."""
    return Audience.WINDOW if terminal_kind == "window" else Audience.KIOSK
