"""Acts that move cards and paper, or ask a device about the money in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.ports import (
    CardConfirmed,
    CardMissing,
    CardMoved,
    CardPath,
    CardSwapped,
    CardWritten,
    DeviceTrouble,
    Done,
    HoldApproved,
    NoSuchTransaction,
    NotSent,
    Printed,
    Refused,
    Unknown,
)
from core.slips import SlipContent


@dataclass(frozen=True, slots=True)
class FindDispenserCard(Act[CardPath | DeviceTrouble]):
    """Where a card is inside the dispenser, and whether there are more."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class MoveCardToEncoder(Act[CardMoved | DeviceTrouble | Unknown]):
    """The motor turns: one blank card from the stacker to the RF position."""


@dataclass(frozen=True, slots=True)
class WriteCard(Act[CardWritten | DeviceTrouble | Unknown]):
    """Write the number and read it back."""

    number: str


@dataclass(frozen=True, slots=True)
class PresentCard(Act[CardMoved | DeviceTrouble | Unknown]):
    """To the gate, still held."""


@dataclass(frozen=True, slots=True)
class CaptureCard(Act[CardMoved | DeviceTrouble | Unknown]):
    """Into the bin."""


@dataclass(frozen=True, slots=True)
class PlaceHoldAtPos(Act[HoldApproved | Refused | NotSent | Unknown]):
    """A reservation at the bank POS; a wish to leave aborts it at the POS."""

    operation_id: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class AskPosForLast(Act[HoldApproved | NoSuchTransaction | NotSent | Unknown]):
    """What the POS last did, believed only if it carries our reference."""

    operation_id: str


@dataclass(frozen=True, slots=True)
class ReleaseHoldAtPos(Act[Done | Refused | NotSent | Unknown]):
    """Reverse a reservation in full at the POS that made it."""

    operation_id: str
    receipt: str


@dataclass(frozen=True, slots=True)
class CheckPrinter(Act[Done | DeviceTrouble]):
    """Is there paper, before money is taken?"""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PrintSlip(Act[Printed | DeviceTrouble | Unknown]):
    """Lay the slip out and print it."""

    content: SlipContent


@dataclass(frozen=True, slots=True)
class ConfirmCard(Act[CardConfirmed | CardSwapped | CardMissing | DeviceTrouble]):
    """Read the patient's card again, right before money: presence alone may be an exchanged card.

    `uid`: the chip's number as it was told when the patient was identified.
    """

    durable: ClassVar[bool] = False
    uid: str
