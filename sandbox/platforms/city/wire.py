"""Requests and answers of the city's wire (docs/platforms/city.md).

Talks to nothing; the city's routes use it. What a reader would get wrong: evidence and operator of
a malicious flag are compulsory, so that no program can set one by itself.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.city.people import CardState, HealthCard
from sandbox.platforms.desk import Refuse, Reset
from sandbox.platforms.faults import FaultOrder
from sandbox.platforms.shapes import Day, Fen, IdNumber, Text

Hospital = Annotated[str, Field(pattern=r"^H\d{11}$")]
Reference = Annotated[str, Field(min_length=1, max_length=64)]
CodeName = Annotated[str, Field(pattern="^[A-Z0-9]{6}$")]
SocialCardNo = Annotated[str, Field(pattern="^[A-Z][A-Z0-9]{8}$")]


class StatusQuery(BaseModel):
    """``/credit/status``."""

    id_number: IdNumber


class Report(BaseModel):
    """What every report of a hospital carries."""

    id_number: IdNumber
    hospital: Hospital
    reference: Reference


class Suspension(Report):
    """``/credit/suspend``."""

    amount_fen: Fen
    since: Day


class Malice(Report):
    """``/credit/malicious``: a human decision with evidence."""

    evidence_digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    operator: Text


class Withdrawal(Report):
    """``/credit/malicious/withdraw``."""

    operator: Text


class CodeQuery(BaseModel):
    """``/citycode/decode``."""

    code: Text
    purpose: Annotated[str, Field(pattern=r"^\d{5}$")]


class CardNumber(BaseModel):
    """``/cards/find``."""

    number: Text


class CardWord(BaseModel):
    """``/cards/publish``."""

    number: Text
    hospital: Hospital
    id_number: IdNumber | Literal[""]
    name: Annotated[str, Field(max_length=64)]
    state: CardState


class SocialCard(BaseModel):
    """``/sscard/find``."""

    card_no: Text


class AddPerson(BaseModel):
    """Let one more person show city codes, or replace the one with that code_name."""

    do: Literal["add_person"]
    id_number: IdNumber
    name: Text
    code_name: CodeName
    family_of: IdNumber | None = None
    sscard_no: SocialCardNo | Literal[""] = ""


Control = Annotated[AddPerson | FaultOrder | Refuse | Reset, Field(discriminator="do")]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Answer of ``/citycode/decode``."""

    id_number: str
    name: str
    family_of: str | None
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(frozen=True, slots=True)
class FoundCard:
    """Answer of ``/cards/find``."""

    hospital: str
    id_number: str
    name: str
    state: CardState
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Answer of ``/sscard/find``."""

    id_number: str
    name: str
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(frozen=True, slots=True)
class BookedEntry:
    """A suspension in ``GET /books``."""

    id_number: str
    hospital: str
    reference: str
    amount_fen: int
    since: str
    state: Literal["STANDING", "REPAIRED"]


@dataclass(frozen=True, slots=True)
class BookedFlag:
    """A malicious flag in ``GET /books``."""

    id_number: str
    hospital: str
    reference: str
    evidence_digest: str
    operator: str
    withdrawn_by: str
    state: Literal["FLAGGED", "WITHDRAWN"]


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    entries: list[BookedEntry]
    flags: list[BookedFlag]
    cards: list[HealthCard]
