"""Make one health card at a window: reserve a number, write a blank card, activate it (S05, S26).

A person holds the card, so nothing is dispensed or captured. Order: the intention on disk → the
number → the card is written and read back → its chip on disk → active. What a reader would get
wrong: a card that was written is the patient's, so recovery activates it; one of which nobody knows
whether it was written is void, whatever stands on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.journal.operations import Operation
from core.journeys.doubt import InDoubt, leave_in_doubt
from core.journeys.issue_card import CardIssued, CardNotIssued, IssueEnd, activate, void
from core.operation import OperationEvent, OperationKind
from core.ports import CardWritten, DeviceTrouble, NotSent, Refused, Unknown
from core.steps import CardReserved, Facts, Intend, Intended, JournalBroken, Record, ReserveCard
from core.steps.window_people import ReplaceCard, WriteCardAtDesk

_KIND = OperationKind.CARD_ISSUE
AT_DESK = "at_desk"
"""The fact that tells such an operation from a dispenser's."""


@dataclass(frozen=True, slots=True)
class CardWish:
    """For whom. `replaces`: the card that ends for it, with the number that stands on the holder's
    document."""

    patient_id: str
    replaces: str = ""
    id_number: str = ""

    def __repr__(self) -> str:
        return f"CardWish({self.patient_id})"


async def issue_at_desk(wish: CardWish) -> IssueEnd:
    """From a blank card on the reader to an active one."""
    facts: Facts = {"patient_id": wish.patient_id, AT_DESK: 1}
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return CardNotIssued("journal_broken")
    match await _reserve(operation_id, wish):
        case CardReserved(number):
            pass
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return CardNotIssued(reason, detail)
        case NotSent(reason) | Unknown(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return CardNotIssued(reason)
        case other:
            assert_never(other)
    start = await Record(operation_id, _KIND, OperationEvent.START, {"card_number": number})
    if isinstance(start, JournalBroken):
        return CardNotIssued("journal_broken")
    end = await _write(operation_id, number)
    return await leave_in_doubt(operation_id, _KIND, 0, end) if isinstance(end, InDoubt) else end


def _reserve(operation_id: str, wish: CardWish) -> ReplaceCard | ReserveCard:
    if wish.replaces:
        return ReplaceCard(operation_id, wish.replaces, wish.id_number)
    return ReserveCard(operation_id, wish.patient_id)


async def _write(operation_id: str, number: str) -> CardIssued | CardNotIssued | InDoubt:
    match await WriteCardAtDesk(number):
        case CardWritten(uid):
            facts: Facts = {"phase": "written", "uid": uid}
            noted = await Record(operation_id, _KIND, OperationEvent.NOTE, facts)
            if isinstance(noted, JournalBroken):
                return await void(operation_id, number, "journal_broken")
            return await activate(operation_id, number, uid)
        case DeviceTrouble(_, reason) | Unknown(reason):
            return await void(operation_id, number, reason)
        case other:
            assert_never(other)


async def recover_at_desk(operation: Operation) -> CardIssued | CardNotIssued | InDoubt | None:
    """After a cut. A number that was only reserved is let go by the next reservation."""
    operation_id, number = operation.operation_id, operation.text("card_number")
    if not number:
        await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": "interrupted"})
        return None
    if "written" in operation.phases:
        return await activate(operation_id, number, operation.text("uid"))
    return await void(operation_id, number, "interrupted")
