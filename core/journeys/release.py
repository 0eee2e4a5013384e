"""End a hold because the patient wants it: where it was made, then the backend looks.

Order: intention on disk → card terminal → backend, which asks the acquirer → finished. What a
reader would get wrong: the card terminal's word is not the end of it; the hold has ended when its
acquirer says so. "Released already" counts as done there, so recovery may ask it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Hold
from core.journeys.doubt import Doubtful, InDoubt, leave_in_doubt
from core.operation import OperationEvent, OperationKind
from core.ports import Done, NotSent, Refused, Unknown
from core.steps import Intend, Intended, JournalBroken, Record, ReleaseHoldAtPos
from core.steps.prefund import TellHoldReleased

_KIND = OperationKind.RELEASE
_STANDS = "HELD"
_FREE = frozenset({"RELEASED", "EXPIRED"})


@dataclass(frozen=True, slots=True)
class Released:
    """The amount is free on the card again."""

    hold: Hold


@dataclass(frozen=True, slots=True)
class NotReleased:
    """Nothing changed: the hold stands, or a bill was paid from it."""

    reason: str
    detail: str = ""


ReleaseEnd = Released | NotReleased | Doubtful


async def release_hold(hold: Hold, receipt: str) -> ReleaseEnd:
    """From the wish to a hold that has ended, or a truthful no.

    `receipt`: the hold's number at this machine's card terminal.
    """
    amount_fen = hold.remaining_fen
    facts: dict[str, str | int] = {
        "hold_id": hold.hold_id,
        "receipt": receipt,
        "amount_fen": amount_fen,
    }
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return NotReleased("journal_broken")
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return NotReleased("journal_broken")
    end = await end_hold(operation_id, hold.hold_id, receipt)
    if isinstance(end, InDoubt):
        return await leave_in_doubt(operation_id, _KIND, amount_fen, end)
    return end


async def end_hold(
    operation_id: str, hold_id: str, receipt: str, *, asked_before: bool = False
) -> Released | NotReleased | InDoubt:
    """At the card terminal, then the acquirer's word; recovery enters here too.

    `asked_before`: an earlier order may have arrived, so silence now proves nothing.
    """
    no: Refused | None = None
    match await ReleaseHoldAtPos(operation_id, receipt):
        case NotSent(reason) if not asked_before:
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotReleased(reason)
        case Refused() as no:
            pass
        case Done() | NotSent() | Unknown():
            pass
        case other:
            assert_never(other)
    match await TellHoldReleased(operation_id, hold_id):
        case Hold() as hold if hold.state in _FREE:
            await Record(operation_id, _KIND, OperationEvent.FINISH, {"state": hold.state})
            return Released(hold)
        case Hold(state=state) if no is not None or state != _STANDS:
            no = no or Refused("hold_unusable")
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": no.reason})
            return NotReleased(no.reason, no.detail)
        case Hold():
            return InDoubt("release_unsure")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)
