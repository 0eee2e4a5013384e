"""Register for a stay that a doctor asked for (H22, A.a8): check it, register, a slip.

What a reader would get wrong: registering twice is registering once, by the backend's own rule; so
an answer that was lost is simply asked for again.
"""

from __future__ import annotations

from typing import assert_never

from core.inpatient import Admission, Contacts
from core.journeys.print_slip import print_slip
from core.ports import NotSent, Refused, Unknown
from core.stay_papers import admission_slip
from core.steps import Leave
from core.steps.inpatient import Admit, FetchContact, NameContact
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient import admission_pages as pages
from kiosk.journeys.inpatient.deposit import pay_deposit
from kiosk.journeys.inpatient.stays import Stays, find_stays, no_stay
from kiosk.journeys.service import Start
from kiosk.steps import Back, Typed
from kiosk.steps.pages import Pressed


async def admission(start: Start) -> Retry | None:
    """From the tile to the slip of the ward."""
    stays = await find_stays("admission", start)
    if not isinstance(stays, Stays):
        return stays
    match stays.found.newest("REQUESTED", "ADMITTED", "NOTICED"):
        case None:
            await no_stay(stays.who)
            return None
        case Admission(state="REQUESTED") as stay:
            return await _check(stays.who, stay)
        case Admission() as stay:
            return await _again(stays.who, stay)
        case other:
            assert_never(other)


async def _check(who: Identified, stay: Admission) -> Retry | None:
    """The stay and the contact, until they are right."""
    contacts = await FetchContact(who.patient.patient_id)
    contact = contacts.contact if isinstance(contacts, Contacts) else None
    wrong = ""
    while True:
        match await pages.asked_page(who, stay, contact, wrong):
            case Pressed(pages.CONFIRM):
                return await _admit(who, stay)
            case Pressed():
                wrong = ""
                match await _name_contact(who):
                    case Contacts(contact):
                        pass
                    case str(wrong):
                        pass
            case Back() | Leave():
                return None
            case other:
                assert_never(other)


async def _name_contact(who: Identified) -> Contacts | str | None:
    """A text is the reason why not; None: they went back."""
    name = await pages.contact_name(who)
    if not isinstance(name, Typed):
        return None
    phone = await pages.contact_phone(who)
    if not isinstance(phone, Typed):
        return None
    match await NameContact(who.patient.patient_id, name.text, phone.text):
        case Contacts() as named:
            return named
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return reason
        case other:
            assert_never(other)


async def _admit(who: Identified, stay: Admission) -> Retry | None:
    match await Admit(stay.admission_id):
        case Admission() as admitted:
            printed = await print_slip(admission_slip(admitted))
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    if isinstance(await pages.admitted_page(who, admitted, printed), Pressed):
        return await pay_deposit(who, admitted)
    return None


async def _again(who: Identified, stay: Admission) -> Retry | None:
    if isinstance(await pages.already_page(who, stay), Pressed):
        printed = await print_slip(admission_slip(stay, is_copy=True))
        await pages.copy_page(who, printed)
    return None
