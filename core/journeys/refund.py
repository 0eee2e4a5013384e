"""Refund some items of a settlement after a second person's review (W20, C05).

The window asks, a supervisor reviews, then the backend executes; "accepted" is never "refunded".
The Asks in between belong to the window; they come in as coroutines of its own journeys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Refund
from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.journeys.print_slip import print_slip
from core.operation import OperationEvent, OperationKind
from core.ports import NotSent, Refused, Unknown
from core.slips import RefundSlip
from core.steps import Intend, Intended, JournalBroken, Record
from core.window_steps import ConfirmRefund, RequestRefund

_KIND = OperationKind.REFUND


@dataclass(frozen=True, slots=True)
class RefundAsked:
    """Accepted with a plan; no money has moved."""

    operation_id: str
    refund: Refund


@dataclass(frozen=True, slots=True)
class Refunded:
    """Every part has arrived at its route."""

    refund: Refund
    printed: bool


@dataclass(frozen=True, slots=True)
class NotRefunded:
    """No money moved."""

    reason: str


RefundEnd = Refunded | NotRefunded | Doubtful


async def ask_for_refund(
    settlement_id: str, line_ids: tuple[str, ...], why: str
) -> RefundAsked | NotRefunded:
    """Intention on disk, then the backend's plan."""
    match await Intend(_KIND, {"settlement_id": settlement_id, "lines": ",".join(line_ids)}):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return NotRefunded("journal_broken")
    match await RequestRefund(operation_id, settlement_id, line_ids, why):
        case Refund() as refund:
            return RefundAsked(operation_id, refund)
        case Refused(reason):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotRefunded(reason)
        case NotSent(reason) | Unknown(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotRefunded(reason)
        case other:
            assert_never(other)


async def drop_refund(asked: RefundAsked, reason: str) -> NotRefunded:
    """Not reviewed, or refused by the reviewer: the request ends here."""
    await Record(asked.operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
    return NotRefunded(reason)


async def execute_refund(asked: RefundAsked) -> RefundEnd:
    """Reviewed: let the backend move the money, and believe only PAID."""
    operation_id, refund = asked.operation_id, asked.refund
    facts: dict[str, str | int] = {"refund_id": refund.refund_id, "amount_fen": refund.total_fen}
    started = await Record(operation_id, _KIND, OperationEvent.START, facts)
    if isinstance(started, JournalBroken):
        return NotRefunded("journal_broken")
    end = await confirm(operation_id, refund.refund_id)
    match end:
        case Refund():
            return Refunded(end, await print_slip(RefundSlip(end)))
        case NotRefunded():
            return end
        case InDoubt() | HandedOver():
            return await leave_in_doubt(operation_id, _KIND, refund.total_fen, end)


async def confirm(operation_id: str, refund_id: str) -> Refund | NotRefunded | InDoubt | HandedOver:
    """The same request under the same key, however often; recovery enters here too."""
    match await ConfirmRefund(operation_id, refund_id):
        case Refund(state="PAID") as paid:
            await Record(operation_id, _KIND, OperationEvent.FINISH)
            return paid
        case Refund(state="REJECTED"):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": "rejected"})
            return NotRefunded("rejected")
        case Refund(state="SUSPENSE"):
            return HandedOver("being_checked")
        case Refund():
            return InDoubt("being_checked")
        case Refused(reason):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotRefunded(reason)
        case NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)
