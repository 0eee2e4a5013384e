"""My refund requests: where each stands, and the contact's real name a second time (W20, W32).

What a reader would get wrong: looking moves nothing, and the account of a transfer is told at a
window, where papers can be seen.
"""

from __future__ import annotations

from typing import assert_never

from core.deferral import Decision
from core.ports import NotSent, Refused, Unknown
from core.refunds import Contact, RefundRequest
from core.steps import Leave
from core.steps.refunds import FetchPayee, FetchRefunds, ResubmitContact
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.refunds import my_refunds_pages as pages
from kiosk.journeys.service import Start
from kiosk.steps import Back, Typed
from kiosk.steps.pages import Chosen, Pressed

_TYPE_AGAIN = frozenset({"bad_id_number"})


async def my_refunds(start: Start) -> Retry | None:
    """From the tile to the state of a request."""
    who = await identify("my_refunds", start.shown)
    if not isinstance(who, Identified):
        return who
    found = await look(FetchRefunds(who.patient.patient_id))
    return found.end if isinstance(found, Ended) else await _look(who, found.refunds)


async def _look(who: Identified, refunds: tuple[RefundRequest, ...]) -> Retry | None:
    """One after another, until back."""
    while True:
        match await pages.overview(who, refunds):
            case Chosen(key):
                request = next(each for each in refunds if each.refund_id == key)
            case Back() | Leave():
                return None
        match await pages.told(who, request, await _payee(who, request)):
            case Pressed(pages.NAME_CONTACT.word):
                return await _name_contact(who)
            case Leave():
                return None
            case Pressed() | Back():
                continue


async def _payee(who: Identified, request: RefundRequest) -> Decision | None:
    """Asked for only while an account is missing."""
    if "PAYEE" not in request.needs:
        return None
    match await FetchPayee(who.patient.patient_id):
        case Decision() as decision:
            return decision
        case Refused() | NotSent() | Unknown():
            return None


async def _name_contact(who: Identified) -> Retry | None:
    """Name and number; a number that is not valid is typed again."""
    match await pages.contact_name(who):
        case Typed(name):
            pass
        case Back() | Leave():
            return None
    wrong = ""
    while True:
        match await pages.contact_number(who, wrong):
            case Typed(number):
                pass
            case Back() | Leave():
                return None
        match await ResubmitContact(who.patient.patient_id, name, number):
            case Contact() as contact:
                await pages.named(who, contact)
                return None
            case Refused(reason) if reason in _TYPE_AGAIN:
                wrong = reason
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return await trouble(reason)
            case other:
                assert_never(other)
