"""Pay out an old balance that was asked for and reviewed (W20, W27-W29, W35).

Order: intention on disk → backend, which asks the channels and queues transfers → finished. What a
reader would get wrong: CONFIRMED is no doubt. The backend follows channels and transfers for days,
or opens a case; this machine's part is done when it took the word.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.operation import OperationEvent, OperationKind
from core.ports import NotSent, Refused, Unknown
from core.steps import Intend, Intended, JournalBroken, Record
from core.steps.window_prefund import ConfirmCleanOut
from core.window_prepay import CleanOutFile

_KIND = OperationKind.REFUND


@dataclass(frozen=True, slots=True)
class CleanedOut:
    """The backend took the word; its state says how far the money is."""

    file: CleanOutFile


@dataclass(frozen=True, slots=True)
class NotCleanedOut:
    """No money moved."""

    reason: str


CleanOutEnd = CleanedOut | NotCleanedOut | Doubtful


async def carry_out_clean_out(clean_out_id: str, amount_fen: int) -> CleanOutEnd:
    """From the press to the backend's word."""
    facts: dict[str, str | int] = {"clean_out_id": clean_out_id, "amount_fen": amount_fen}
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return NotCleanedOut("journal_broken")
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return NotCleanedOut("journal_broken")
    match await confirm_clean_out(operation_id, clean_out_id):
        case InDoubt() | HandedOver() as doubt:
            return await leave_in_doubt(operation_id, _KIND, amount_fen, doubt)
        case end:
            return end


async def confirm_clean_out(
    operation_id: str, clean_out_id: str
) -> CleanedOut | NotCleanedOut | InDoubt | HandedOver:
    """The same request under the same key, however often; recovery enters here too.

    Without somebody signed in the backend says nothing about the money, so it is asked again.
    """
    match await ConfirmCleanOut(operation_id, clean_out_id):
        case CleanOutFile(state="SUSPENSE" | "PAYOUT_UNKNOWN"):
            return HandedOver("being_checked")
        case CleanOutFile() as file:
            await Record(operation_id, _KIND, OperationEvent.FINISH, {"state": file.state})
            return CleanedOut(file)
        case NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case Refused(reason) as no if no.turned_away:
            return InDoubt(reason)
        case Refused(reason):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotCleanedOut(reason)
