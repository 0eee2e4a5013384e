"""How a settlement ends: followed, given up, concluded; the journey and recovery end it alike.

What a reader would get wrong: notes in the box never come out again. A settlement that is not paid
although it took notes is therefore not `NotSettled`: a person owes that money, and has a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import PosOrder, Settlement, SettlementState
from core.journeys.doubt import HandedOver, InDoubt
from core.operation import OperationEvent, OperationKind
from core.ports import NoSuchTransaction, NotSent, Refused, SaleApproved, Unknown
from core.steps import (
    CancelSettlement,
    CaseOpened,
    FollowSettlement,
    Record,
    ReportSuspense,
)
from core.steps.paying import AskPosForOrder, PosWord, TellPosWord

_KIND = OperationKind.SETTLE
_STOPPED = {"left": "stopped"}  # a wish to leave while money was on its way
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Course:
    """What is known here of one settlement. `cash_fen`: notes of it in the box; `in_hand_fen`: cash
    of it in a cashier's hand.

    `asked`: the tender that the card terminal was asked to take last, and `word`, what it said;
    None: nobody heard it.
    """

    operation_id: str
    cash_fen: int = 0
    asked: str = ""
    word: PosWord | None = None
    in_hand_fen: int = 0


@dataclass(frozen=True, slots=True)
class NotSettled:
    """Nothing was taken, or everything was returned (`returned`).

    `in_hand_fen`: cash that a cashier holds and gives back.
    """

    reason: str
    detail: str = ""
    returned: bool = False
    in_hand_fen: int = 0


FollowEnd = Settlement | NotSettled | InDoubt | HandedOver


async def follow(course: Course, limit_s: int) -> FollowEnd:
    """Wait for a final word on a settlement that may have been paid; recovery enters here too.

    A quote that was never committed is cancelled: after that no late commit can be accepted. One
    that still waits for the card terminal gets its word.
    """
    for _ in range(_MOST_WORDS):
        match await FollowSettlement(course.operation_id, limit_s):
            case Settlement(state=SettlementState.QUOTED):
                return await _cancel_late(course)
            case Settlement() as settlement if settlement.final:
                return await conclude(course, settlement)
            case Settlement(pos=None):
                return InDoubt("being_checked")
            case Settlement(pos=order):
                assert order is not None
                doubt = await _tell(course, order)
                if doubt is not None:
                    return doubt
            case NotSent(reason):
                return await nothing_taken(course, reason)
            case Unknown(reason):
                return InDoubt(reason)
            case other:
                assert_never(other)
    return InDoubt("being_checked")


async def _tell(course: Course, order: PosOrder) -> InDoubt | None:
    """A tender that the card terminal was never asked for was not taken. Where nobody heard it, it
    is asked itself: one that is at work no longer has said all that it will ever say."""
    word = course.word if course.asked == order.tender_id else PosWord.REFUSED
    if word is None:
        match await AskPosForOrder(order):
            case SaleApproved():
                word = PosWord.DONE
            case NoSuchTransaction():
                word = PosWord.REFUSED
            case Unknown():
                word = PosWord.UNKNOWN
            case NotSent(reason):
                return InDoubt(reason)
            case other:
                assert_never(other)
    told = await TellPosWord(course.operation_id, order.tender_id, word)
    return InDoubt(told.reason) if isinstance(told, Refused | NotSent | Unknown) else None


async def conclude(course: Course, settlement: Settlement) -> FollowEnd:
    """Write a final state down. A Settlement in the answer is a paid one."""
    match settlement.state:
        case SettlementState.COMPLETED:
            paid: dict[str, str | int] = {"self_pay_fen": settlement.self_pay_fen}
            await Record(course.operation_id, _KIND, OperationEvent.FINISH, paid)
            return settlement
        case SettlementState.SUSPENSE:
            return HandedOver(settlement.trouble or "being_checked")
        case _:
            reason = _STOPPED.get(settlement.trouble, settlement.trouble or "stopped")
            returned = settlement.state is SettlementState.REVERSED
            return await nothing_taken(course, reason, returned=returned)


async def _cancel_late(course: Course) -> FollowEnd:
    """Cancel a quote whose commit may still be on its way: only the backend's word counts."""
    match await CancelSettlement(course.operation_id, "left"):
        case Settlement() as settlement if settlement.final:
            return await conclude(course, settlement)
        case Settlement():
            return InDoubt("being_checked")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


async def give_up(course: Course, reason: str, limit_s: int) -> FollowEnd:
    """No payment was accepted as far as we know: unlock the bill, unless the backend knows better.

    When the backend cannot be told, its lock ends by itself; nothing was taken either way.
    """
    match await CancelSettlement(course.operation_id, reason):
        case Refused("completed"):
            return await follow(course, limit_s)
        case Settlement(state=state) if state is not SettlementState.CANCELLED:
            return await follow(course, limit_s)
        case _:
            return await nothing_taken(course, reason)


async def nothing_taken(course: Course, reason: str, *, returned: bool = False) -> FollowEnd:
    """The backend took nothing, or gave it back; notes in the box are a person's business now."""
    if course.cash_fen:
        return await _owe_cash(course)
    await Record(course.operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
    return NotSettled(reason, returned=returned, in_hand_fen=course.in_hand_fen)


async def _owe_cash(course: Course) -> InDoubt | HandedOver:
    evidence = "notes are in the box of a bill that is not paid"
    told = await ReportSuspense(course.operation_id, _KIND, course.cash_fen, evidence)
    match told:
        case CaseOpened():
            return HandedOver("cash_kept")
        case Refused(why) | NotSent(why) | Unknown(why):
            return InDoubt(why)
        case other:
            assert_never(other)
