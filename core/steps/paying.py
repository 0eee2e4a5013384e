"""Acts around a bill: what is given up, the card terminal's part of a settlement, what is left.

What a reader would get wrong: `PayAtPos` is the only one that takes money, and it is asked once
for a tender; what the card terminal said is only a hint, the acquirer's word to the backend counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.billing import Bill, GiveUp, PosOrder, Reauthorisation, Settlement
from core.flow import Act
from core.ports import (
    DeviceTrouble,
    Done,
    NoSuchTransaction,
    NotSent,
    Refused,
    SaleApproved,
    Unknown,
)
from core.prepay import Residual


@dataclass(frozen=True, slots=True)
class CheckPos(Act[Done | DeviceTrouble]):
    """Does the card terminal answer, before anything is offered that needs it?"""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PayAtPos(Act[SaleApproved | Done | Refused | NotSent | Unknown]):
    """Carry the settlement's order out; a wish to leave aborts a sale at the card terminal."""

    operation_id: str
    order: PosOrder


@dataclass(frozen=True, slots=True)
class AskPosForOrder(Act[SaleApproved | NoSuchTransaction | NotSent | Unknown]):
    """What the card terminal did of it, by our reference; NotSent: it is busy or does not answer.

    NoSuchTransaction proves that it is not at work on it any longer; whether it did it, the
    acquirer knows.
    """

    durable: ClassVar[bool] = False
    order: PosOrder


class PosWord(StrEnum):
    """What the card terminal said, as the backend is told."""

    DONE = "DONE"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class TellPosWord(Act[Settlement | Refused | NotSent | Unknown]):
    """Tell it; the backend asks the acquirer whether it is so."""

    operation_id: str
    tender_id: str
    word: PosWord


@dataclass(frozen=True, slots=True)
class GiveUpItems(Act[GiveUp | Refused | NotSent | Unknown]):
    """A slip to the window about items that are not wanted; the bill stays as it is (N10)."""

    durable: ClassVar[bool] = False
    bill: Bill
    line_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FetchResidual(Act[Residual | Refused | NotSent | Unknown]):
    """Unused money after a settlement, and what to do with it (C09)."""

    durable: ClassVar[bool] = False
    settlement_id: str


@dataclass(frozen=True, slots=True)
class AnnounceHold(Act[Reauthorisation | Refused | NotSent | Unknown]):
    """Say which hold the next one takes the place of, before the card terminal makes it (S12)."""

    operation_id: str
    hold_id: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class FetchReauthorisation(Act[Reauthorisation | Refused | NotSent | Unknown]):
    """How far it is; `reauthorisation_id` is the id of the new hold's operation."""

    durable: ClassVar[bool] = False
    reauthorisation_id: str


@dataclass(frozen=True, slots=True)
class TellOldReleased(Act[Reauthorisation | Refused | NotSent | Unknown]):
    """The card terminal released the old hold; the backend asks the acquirer whether it is so."""

    operation_id: str
    reauthorisation_id: str
