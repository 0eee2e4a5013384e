"""Ask for a refund of what was paid: which payment, which items, why, the ID card, a slip (H20).

What a reader would get wrong: a request is never a refund; a window reviews it and alone moves
money (C05). A request whose answer was lost is looked for in the list, and asking again is safe,
because items belong to one request only.
"""

from __future__ import annotations

from typing import assert_never

from core.deferral import Decision
from core.journeys.print_slip import print_slip
from core.people import FaceCheck
from core.ports import NotSent, Refused, Unknown
from core.refunds import (
    UNDER_WAY,
    RefundableLine,
    RefundableSettlement,
    RefundRequest,
    RefundRequests,
)
from core.steps import Leave
from core.steps.refunds import AskRefund, FetchPayee, FetchRefundable, FetchRefunds
from kiosk.journeys.cards.face import check_face
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.later.id_check import Proven, prove
from kiosk.journeys.look import Ended, look
from kiosk.journeys.refunds import refund_pages as pages
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed

_UNSURE = "refund_unsure"


async def refund_bill(start: Start) -> Retry | None:
    """From the tile to a request with a number."""
    who = await identify("refund_bill", start.shown)
    if not isinstance(who, Identified):
        return who
    found = await look(FetchRefundable(who.patient.patient_id))
    return found.end if isinstance(found, Ended) else await _choose(who, found.settlements)


async def _choose(who: Identified, found: tuple[RefundableSettlement, ...]) -> Retry | None:
    """Back is one question back."""
    while True:
        match await pages.settlements(who, found):
            case Chosen(key):
                settlement = next(each for each in found if each.settlement_id == key)
            case Back() | Leave():
                return None
        match await pages.items(who, settlement):
            case tuple() as marked:
                lines = tuple(line for line in settlement.lines if line.line_id in marked)
            case Back():
                continue
            case Leave():
                return None
        match await pages.why(who):
            case Chosen(reason):
                return await _confirm(who, settlement, lines, reason)
            case Back():
                continue
            case Leave():
                return None


async def _confirm(
    who: Identified,
    settlement: RefundableSettlement,
    lines: tuple[RefundableLine, ...],
    reason: str,
) -> Retry | None:
    payee = await _payee(who)
    page = pages.confirmation(who, settlement, lines, reason, payee)
    if await page != Pressed("send"):
        return None
    proof = await _prove(who)
    if not isinstance(proof, Proven):
        return proof
    settlement_id = settlement.settlement_id
    match await AskRefund(
        settlement_id, tuple(line.line_id for line in lines), reason.replace("_", " ")
    ):
        case RefundRequest() as request:
            return await _sent(who, request)
        case Refused(why, detail):
            return await trouble(why, detail)
        case NotSent(why):
            return await trouble(why)
        case Unknown():
            return await _look(who, settlement_id)
        case other:
            assert_never(other)


async def _prove(who: Identified) -> Proven | Retry | None:
    """By the ID card, or by the face after the text about it was agreed to (W33)."""
    match await pages.proof(who):
        case Chosen(pages.FACE):
            check = await check_face(who.patient, who.presence)
            return Proven() if isinstance(check, FaceCheck) else check
        case Chosen():
            return await prove(who)
        case Back() | Leave():
            return None


async def _payee(who: Identified) -> Decision | None:
    """For minors only; nobody is kept from asking because this was not heard."""
    match await FetchPayee(who.patient.patient_id):
        case Decision() as decision:
            return decision
        case Refused() | NotSent() | Unknown():
            return None


async def _look(who: Identified, settlement_id: str) -> Retry | None:
    """Nobody said whether it was taken. Before, none of this payment was under way."""
    match await FetchRefunds(who.patient.patient_id):
        case RefundRequests(refunds):
            ours = (each for each in refunds if each.settlement_id == settlement_id)
            found = next((each for each in ours if each.state in UNDER_WAY), None)
        case Refused() | NotSent() | Unknown():
            found = None
    if found is None:
        return await trouble(_UNSURE)
    return await _sent(who, found)


async def _sent(who: Identified, request: RefundRequest) -> Retry | None:
    printed = await print_slip(pages.slip(who, request))
    await pages.sent(who, request, printed=printed)
    return None
