"""Place a pre-authorisation: POS first, then the backend learns of it; undone at the POS.

Order: intention on disk → POS → its word on disk → backend → finished. What the POS approved and
the backend refuses is released at the POS again. A doubt is written, told by a slip, and resolved
later by recovery; nothing is ever sent to the POS a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Hold, Reauthorisation
from core.journeys.doubt import Doubtful, InDoubt, leave_in_doubt
from core.journeys.receipts import receipt_facts
from core.operation import OperationEvent, OperationKind
from core.ports import Done, HoldApproved, NotSent, Refused, Unknown
from core.steps import (
    Intend,
    Intended,
    JournalBroken,
    PlaceHoldAtPos,
    Record,
    RegisterHold,
    ReleaseHoldAtPos,
)
from core.steps.paying import AnnounceHold

_KIND = OperationKind.HOLD


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """The hold stands and the backend knows it, by `operation_id` too."""

    hold: Hold
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class HoldNotPlaced:
    """Nothing is frozen. `returned`: it was, and was released again."""

    reason: str
    detail: str = ""
    returned: bool = False


HoldEnd = HoldPlaced | HoldNotPlaced | Doubtful


async def place_hold(patient_id: str, amount_fen: int, *, replaces: str = "") -> HoldEnd:
    """From the chosen amount to a hold that can be used, or a truthful no.

    `replaces`: the smaller hold that ends when this one stands (S12), announced before.
    """
    facts: dict[str, str | int] = {"patient_id": patient_id, "amount_fen": amount_fen}
    if replaces:
        facts["replaces"] = replaces
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return HoldNotPlaced("journal_broken")
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return HoldNotPlaced("journal_broken")
    if replaces:
        not_announced = await _announce(operation_id, replaces, amount_fen)
        if not_announced is not None:
            return not_announced
    match await PlaceHoldAtPos(operation_id, amount_fen):
        case HoldApproved() as approved:
            end = await register_hold(operation_id, patient_id, approved)
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return HoldNotPlaced(reason, detail)
        case NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return HoldNotPlaced(reason)
        case Unknown(reason):
            end = InDoubt(reason)
        case other:
            assert_never(other)
    if isinstance(end, InDoubt):
        return await leave_in_doubt(operation_id, _KIND, amount_fen, end)
    return end


async def _announce(operation_id: str, replaces: str, amount_fen: int) -> HoldNotPlaced | None:
    """An announcement that came to nothing is forgotten by the backend: no card was asked yet."""
    match await AnnounceHold(operation_id, replaces, amount_fen):
        case Reauthorisation():
            return None
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return HoldNotPlaced(reason, detail)
        case NotSent(reason) | Unknown(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return HoldNotPlaced(reason)
        case other:
            assert_never(other)


async def register_hold(
    operation_id: str, patient_id: str, approved: HoldApproved, *, told_before: bool = False
) -> HoldPlaced | HoldNotPlaced | InDoubt:
    """Write the POS's word down, tell the backend; release at the POS what it will not take.

    `told_before`: an earlier telling may have arrived, so silence now proves nothing, and neither
    does an answer that this terminal may not ask (recovery).
    """
    facts = {"phase": "approved", **receipt_facts(approved)}
    await Record(operation_id, _KIND, OperationEvent.NOTE, facts)
    match await RegisterHold(operation_id, patient_id, approved):
        case Hold() as hold:
            await Record(operation_id, _KIND, OperationEvent.FINISH, {"hold_id": hold.hold_id})
            return HoldPlaced(hold, operation_id)
        case NotSent(reason) if told_before:
            return InDoubt(reason)
        case Refused(reason) as no if told_before and no.turned_away:
            return InDoubt(reason)
        case Refused(reason) | NotSent(reason):
            return await release(operation_id, approved.receipt, reason)
        case Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


async def release(operation_id: str, receipt: str, reason: str) -> HoldNotPlaced | InDoubt:
    """Give the frozen amount back at the POS; recovery enters here too."""
    releasing = {"phase": "releasing", "reason": reason}
    await Record(operation_id, _KIND, OperationEvent.NOTE, releasing)
    match await ReleaseHoldAtPos(operation_id, receipt):
        case Done():
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return HoldNotPlaced(reason, returned=True)
        case Refused(why) | NotSent(why) | Unknown(why):
            return InDoubt(why)
        case other:
            assert_never(other)
