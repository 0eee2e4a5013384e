"""Refund some items of a settlement after a second person's review (W20, C05).

The window asks, or finds what a patient asked for; a reviewer approves; then the backend executes.
What a reader would get wrong: "accepted" is never "refunded", and a transfer that was sent is not
either. It is no doubt: the backend follows it for days, and this machine's part is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Refund
from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.journeys.print_slip import print_slip
from core.operation import OperationEvent, OperationKind
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.slips import RefundSlip, WrittenSlip
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


@dataclass(frozen=True, slots=True)
class Transferring:
    """What could go back at once is back; the rest goes by transfer, or waits for an account."""

    refund: Refund
    printed: bool


RefundEnd = Refunded | Transferring | NotRefunded | Doubtful


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
    refund = asked.refund
    return await _execute(asked.operation_id, refund.refund_id, refund.total_fen)


async def carry_out_refund(refund_id: str, total_fen: int) -> RefundEnd:
    """Asked for and reviewed earlier, at any terminal: an operation of this window from now on."""
    match await Intend(_KIND, {"refund_id": refund_id}):
        case Intended(operation_id):
            return await _execute(operation_id, refund_id, total_fen)
        case JournalBroken():
            return NotRefunded("journal_broken")


async def _execute(operation_id: str, refund_id: str, total_fen: int) -> RefundEnd:
    facts: dict[str, str | int] = {"refund_id": refund_id, "amount_fen": total_fen}
    started = await Record(operation_id, _KIND, OperationEvent.START, facts)
    if isinstance(started, JournalBroken):
        return NotRefunded("journal_broken")
    end = await confirm(operation_id, refund_id)
    match end:
        case Refund() if end.by_transfer:
            return Transferring(end, await print_slip(refund_slip(end)))
        case Refund():
            return Refunded(end, await print_slip(refund_slip(end)))
        case NotRefunded():
            return end
        case InDoubt() | HandedOver():
            return await leave_in_doubt(operation_id, _KIND, total_fen, end)


async def confirm(
    operation_id: str, refund_id: str, *, told_before: bool = False
) -> Refund | NotRefunded | InDoubt | HandedOver:
    """The same request under the same key, however often; recovery enters here too.

    `told_before`: an earlier request may have arrived, so an answer that nobody is signed in says
    nothing about the refund.
    """
    match await ConfirmRefund(operation_id, refund_id):
        case Refund(state="PAID") as paid:
            await Record(operation_id, _KIND, OperationEvent.FINISH)
            return paid
        case Refund() as sent if sent.by_transfer:
            await Record(operation_id, _KIND, OperationEvent.FINISH, {"left": "transfer"})
            return sent
        case Refund(state="REJECTED"):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": "rejected"})
            return NotRefunded("rejected")
        case Refund(state="SUSPENSE" | "PAYOUT_UNKNOWN"):
            return HandedOver("being_checked")
        case Refund():
            return InDoubt("being_checked")
        case Refused(reason) as no if told_before and no.turned_away:
            return InDoubt(reason)
        case Refused(reason):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotRefunded(reason)
        case NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


def refund_slip(refund: Refund) -> RefundSlip | WrittenSlip:
    """Refunded; or, while a transfer is under way, that it is not yet (W20)."""
    if not refund.by_transfer:
        return RefundSlip(refund)
    sent_fen = sum(part.amount_fen for part in refund.parts if part.state != "DONE")
    return WrittenSlip(
        about=refund.refund_id,
        title=said("Refund by bank transfer"),
        display_name="",
        pairs=(
            (said("Request"), refund.refund_id[:8].upper()),
            (said("Back already"), Yuan(refund.total_fen - sent_fen)),
            (said("By bank transfer"), Yuan(sent_fen)),
        ),
        lines=(said("Not all of it is back yet. A transfer takes some working days."),),
    )
