"""The card terminal's part of a settlement: a sale, or the completion of its own hold.

Order: the tender on disk → the card terminal, once → its word on disk → the backend. What a reader
would get wrong: the word only decides when the acquirer is asked. Money counts as taken when the
acquirer says so to the backend, which undoes under the same number what it cannot confirm.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from core.billing import PosOrder, Settlement
from core.journeys.settle_end import Course, FollowEnd, NotSettled, conclude, follow
from core.operation import OperationEvent, OperationKind
from core.ports import Done, NotSent, Refused, SaleApproved, Unknown
from core.steps import JournalBroken, Record
from core.steps.paying import PayAtPos, PosWord, TellPosWord

_KIND = OperationKind.SETTLE
_MOST_ORDERS = 3


async def serve_pos(course: Course, told: Settlement, limit_s: int) -> FollowEnd:
    """Carry out what the settlement asks for, one order after the other, to its end."""
    no: Refused | None = None
    for _ in range(_MOST_ORDERS):
        order = told.pos
        if order is None:
            break
        course = replace(course, asked=order.tender_id)
        said = await _ask(course, order)
        no = said if isinstance(said, Refused) else no
        word = _word(said)
        course = replace(course, word=word)
        await Record(course.operation_id, _KIND, OperationEvent.NOTE, _said_facts(word))
        answer = await TellPosWord(course.operation_id, order.tender_id, word)
        if not isinstance(answer, Settlement):
            return _because(no, await follow(course, limit_s))
        told = answer
    if told.final:
        return _because(no, await conclude(course, told))
    return _because(no, await follow(course, limit_s))


async def _ask(course: Course, order: PosOrder) -> SaleApproved | Done | Refused | Unknown:
    """What the card terminal says; what never reached it is a no."""
    facts: dict[str, str | int] = {
        "phase": "at_pos",
        "tender_id": order.tender_id,
        "tender_fen": order.amount_fen,
        "word": "",
    }
    written = await Record(course.operation_id, _KIND, OperationEvent.NOTE, facts)
    if isinstance(written, JournalBroken):
        return Refused("journal_broken")
    match await PayAtPos(course.operation_id, order):
        case NotSent(reason):
            return Refused(reason)
        case SaleApproved() | Done() | Refused() | Unknown() as said:
            return said
        case other:
            assert_never(other)


def _word(said: SaleApproved | Done | Refused | Unknown) -> PosWord:
    match said:
        case SaleApproved() | Done():
            return PosWord.DONE
        case Refused():
            return PosWord.REFUSED
        case Unknown():
            return PosWord.UNKNOWN


def _said_facts(word: PosWord) -> dict[str, str | int]:
    return {"phase": "pos_said", "word": word.value}


def _because(no: Refused | None, end: FollowEnd) -> FollowEnd:
    """The card terminal's own reason says more than that nothing was confirmed."""
    if no is not None and isinstance(end, NotSettled):
        return replace(end, reason=no.reason, detail=no.detail)
    return end
