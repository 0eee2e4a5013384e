"""Make one health card: reserve a number, dispense, write, read back, present, taken, active.

The intention is on disk before the motor turns. On any failure after a card left the stacker it
is captured, never ejected (protocols.md 3.7), and its number is voided. A card that is not taken
in 30 s is captured and voided too. What a reader would get wrong: once a card was on its way to
the gate, an empty transport means that the patient has it, whatever was heard or not heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.flow import Abandoned
from core.journeys.doubt import Doubtful, InDoubt, leave_in_doubt
from core.operation import OperationEvent, OperationKind
from core.ports import CardMoved, CardWritten, DeviceTrouble, Done, NotSent, Refused, Unknown
from core.steps import (
    ActivateCard,
    CaptureCard,
    CardReserved,
    Facts,
    FindDispenserCard,
    Intend,
    Intended,
    JournalBroken,
    MoveCardToEncoder,
    PresentCard,
    Record,
    ReserveCard,
    TakeCard,
    VoidCard,
    WriteCard,
)

_KIND = OperationKind.CARD_ISSUE


@dataclass(frozen=True, slots=True)
class CardIssued:
    """The patient holds an active card."""

    number: str


@dataclass(frozen=True, slots=True)
class CardNotIssued:
    """No card of this operation is in anybody's hand."""

    reason: str
    detail: str = ""


IssueEnd = CardIssued | CardNotIssued | Doubtful


async def issue_card(patient_id: str) -> IssueEnd:
    """From a registered person to a card in the hand."""
    path = await FindDispenserCard()
    if isinstance(path, DeviceTrouble):
        return CardNotIssued(path.reason)
    if path.stacker == "empty" or path.bin_full or path.position != "none":
        reason = "empty" if path.stacker == "empty" else "bin_full" if path.bin_full else "busy"
        return CardNotIssued(reason)
    match await Intend(_KIND, {"patient_id": patient_id}):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return CardNotIssued("journal_broken")
    match await ReserveCard(operation_id, patient_id):
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
    end = await _make(operation_id, number)
    return await leave_in_doubt(operation_id, _KIND, 0, end) if isinstance(end, InDoubt) else end


async def _make(operation_id: str, number: str) -> CardIssued | CardNotIssued | InDoubt:
    match await MoveCardToEncoder():
        case CardMoved():
            noted = await _note(operation_id, {"phase": "dispensed"})
        case DeviceTrouble(_, reason) | Unknown(reason):
            return await withdraw(operation_id, number, reason)
    if not noted:
        return await withdraw(operation_id, number, "journal_broken")
    match await WriteCard(number):
        case CardWritten(uid):
            noted = await _note(operation_id, {"phase": "written", "uid": uid})
        case DeviceTrouble() | Unknown():
            return await withdraw(operation_id, number, "card_not_written")
    if not noted:
        return await withdraw(operation_id, number, "journal_broken")
    if not await _note(operation_id, {"phase": "presenting"}):
        return await withdraw_presented(operation_id, number, uid, "journal_broken")
    match await PresentCard():
        case CardMoved():
            pass
        case DeviceTrouble(_, reason) | Unknown(reason):
            return await withdraw_presented(operation_id, number, uid, reason)
    try:
        await TakeCard()
    except Abandoned:
        return await withdraw_presented(operation_id, number, uid, "card_not_taken")
    return await taken(operation_id, number, uid)


async def _note(operation_id: str, facts: Facts) -> bool:
    noted = await Record(operation_id, _KIND, OperationEvent.NOTE, facts)
    return not isinstance(noted, JournalBroken)


async def taken(operation_id: str, number: str, uid: str) -> CardIssued | InDoubt:
    """The gate is empty and nothing was captured: the patient has the card."""
    await _note(operation_id, {"phase": "taken"})
    return await activate(operation_id, number, uid)


async def activate(operation_id: str, number: str, uid: str) -> CardIssued | InDoubt:
    """The card is in the patient's hand; recovery enters here too."""
    match await ActivateCard(operation_id, number, uid):
        case Done():
            await Record(operation_id, _KIND, OperationEvent.FINISH)
            return CardIssued(number)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return InDoubt(reason)


async def withdraw(operation_id: str, number: str, reason: str) -> CardNotIssued | InDoubt:
    """Capture what is in the transport and void the number; recovery enters here too."""
    path = await FindDispenserCard()
    if isinstance(path, DeviceTrouble):
        return InDoubt(path.reason)
    if path.position != "none" and not isinstance(await CaptureCard(), CardMoved):
        return InDoubt("jam")
    return await void(operation_id, number, reason)


async def withdraw_presented(
    operation_id: str, number: str, uid: str, reason: str
) -> CardIssued | CardNotIssued | InDoubt:
    """Capture a card that was on its way to the gate, unless the patient has taken it.

    The capture is noted first, because afterwards an empty transport proves nothing. Recovery
    enters here too.
    """
    path = await FindDispenserCard()
    if isinstance(path, DeviceTrouble):
        return InDoubt(path.reason)
    if path.position == "none":
        return await taken(operation_id, number, uid)
    if not await _note(operation_id, {"phase": "capturing"}):
        return InDoubt("journal_broken")
    if not isinstance(await CaptureCard(), CardMoved):
        return InDoubt("jam")
    return await void(operation_id, number, reason)


async def void(operation_id: str, number: str, reason: str) -> CardNotIssued | InDoubt:
    """No card with this number is outside the machine."""
    match await VoidCard(operation_id, number, reason):
        case Done():
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return CardNotIssued(reason)
        case Refused(why) | NotSent(why) | Unknown(why):
            return InDoubt(why)
