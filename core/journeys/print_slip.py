"""Print one slip, or write that it is owed. Paper never blocks money.

A slip whose printing is in doubt is not printed again by itself: it stays owed and a person gets
it at a window, or by a reprint that is marked as a copy.
"""

from __future__ import annotations

from typing import assert_never

from core.operation import OperationEvent, OperationKind
from core.ports import DeviceTrouble, Printed, Unknown
from core.slips import (
    DoubtSlip,
    HoldSlip,
    ReferralSlip,
    RefundSlip,
    SettlementSlip,
    SlipContent,
    WrittenSlip,
)
from core.steps import Facts, Intend, Intended, JournalBroken, PrintSlip, Record
from core.steps.papers import PrintPages


async def print_slip(content: SlipContent) -> bool:
    """True when the printer proved that the paper came out."""
    return await print_once(_facts(content), PrintSlip(content))


async def print_once(facts: Facts, paper: PrintSlip | PrintPages) -> bool:
    """Any paper that is no money: what did not provably come out is owed."""
    kind = OperationKind.DOCUMENT
    match await Intend(kind, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return False
    if isinstance(await Record(operation_id, kind, OperationEvent.START), JournalBroken):
        return False
    match await paper:
        case Printed():
            await Record(operation_id, kind, OperationEvent.FINISH)
            return True
        case DeviceTrouble(_, reason) | Unknown(reason):
            await Record(operation_id, kind, OperationEvent.OWE, {"reason": reason})
            return False


def _facts(content: SlipContent) -> Facts:
    match content:
        case SettlementSlip(settlement):
            return {"slip": "settlement", "of": settlement.settlement_id}
        case ReferralSlip(slip=slip):
            return {"slip": "referral", "of": slip.slip_id}
        case HoldSlip(hold=hold):
            return {"slip": "hold", "of": hold.hold_id}
        case RefundSlip(refund):
            return {"slip": "refund", "of": refund.refund_id}
        case DoubtSlip(operation_id=operation_id):
            return {"slip": "doubt", "of": operation_id}
        case WrittenSlip(about=about, is_copy=is_copy):
            facts: Facts = {"slip": "written", "of": about}
            return {**facts, "copy": "yes"} if is_copy else facts
        case _:
            assert_never(content)


async def owe_slip(content: SlipContent, reason: str) -> None:
    """Write that a slip is owed without printing it: its patient may no longer be there."""
    kind = OperationKind.DOCUMENT
    match await Intend(kind, _facts(content)):
        case Intended(operation_id):
            await Record(operation_id, kind, OperationEvent.OWE, {"reason": reason})
