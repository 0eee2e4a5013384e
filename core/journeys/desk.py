"""How a mode asks for what settling needs: which way to pay, a code, cash.

What a reader would get wrong: a desk only asks. It is called while the quote stands, and whatever
it raises or answers, the journey that called it ends the quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, assert_never

from core.billing import Settlement, TenderKind
from core.codes import PaymentCode
from core.flow import Abandoned, Reason
from core.identity import Patient
from core.journeys.take_notes import Page as NotesPage
from core.ports import CardPresence
from core.steps import Leave, NotUnderstood, PayWith, ShowPaymentCode


@dataclass(frozen=True, slots=True)
class Quote:
    """A settlement that is quoted. `trouble`: why the last try did not pay it; a code.

    `with_pos`: this machine's card terminal may be asked. `part_fen`: so much of what is due is
    cash in the hand of whoever stands at the desk; one tender pays the rest.
    """

    operation_id: str
    patient: Patient
    settlement: Settlement
    presence: CardPresence | None
    with_pos: bool = False
    slip_possible: bool = True
    trouble: str = ""
    part_fen: int = 0

    @property
    def rest_fen(self) -> int:
        """What the tender pays."""
        return self.settlement.due_fen - self.part_fen


@dataclass(frozen=True, slots=True)
class PartInCash:
    """So much of what is due was counted in cash; 0: nothing, after all."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a person was handed and gives back: they are the due amount apart."""

    handed_fen: int
    change_fen: int


class CashInHand(Abandoned):
    """The quote was abandoned while a part of it lay in the hand of whoever stands at the desk.

    Nothing of it was booked: `amount_fen` goes back to `patient`.
    """

    def __init__(self, reason: Reason, quote: Quote) -> None:
        super().__init__(reason)
        self.operation_id, self.patient = quote.operation_id, quote.patient
        self.amount_fen = quote.part_fen


class Desk(Protocol):
    """`drives`: the ways to pay that this mode knows how to ask for."""

    @property
    def drives(self) -> frozenset[TenderKind]:
        """Which tenders."""

    async def choose(self, quote: Quote) -> PayWith | PartInCash | Leave:
        """The bill, and how it is paid; a part of it in cash only where a person can give it back
        by hand."""

    async def code(self, tender: TenderKind, quote: Quote) -> str | None:
        """What pays a SCAN or ONE_CODE. None: back to the bill."""

    async def cash(self, quote: Quote) -> NotesPage | Counted | None:
        """Where notes go in, or what a person counted. None: back to the bill."""


async def payment_code(quote: Quote) -> str | None:
    """The code of a wallet; other codes are answered with a sentence."""
    trouble = ""
    while True:
        match await ShowPaymentCode(quote.rest_fen, quote.presence, trouble):
            case PaymentCode(text=text):
                return text
            case NotUnderstood(reason):
                trouble = reason
            case Leave():
                return None
            case other:
                assert_never(other)
