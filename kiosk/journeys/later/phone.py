"""Sign on the phone: show the code of the bank or wallet, look whether it was signed (H08, W02).

What a reader would get wrong: nothing is signed at this machine, and a code that nobody signed
comes to nothing by itself.
"""

from __future__ import annotations

from typing import assert_never

from core.deferral import Agreement
from core.ports import NotSent, Refused, Unknown
from core.steps.later import FetchAgreement, StartAgreement
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.later import phone_pages as pages
from kiosk.steps.pages import Pressed


async def sign_on_phone(who: Identified, product: str) -> Retry | None:
    """From the code to the state that its bank tells."""
    match await StartAgreement(who.patient.patient_id, product):
        case Agreement() as agreement:
            return await _wait(who, product, agreement)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _wait(who: Identified, product: str, agreement: Agreement) -> Retry | None:
    """The code, until it was signed or the person leaves."""
    wrong = ""
    while agreement.state == "WAITING":
        if not isinstance(await pages.code(who, product, agreement, wrong), Pressed):
            return None
        match await FetchAgreement(agreement.agreement_id):
            case Agreement() as agreement:
                wrong = "not_signed_yet"
            case Refused(wrong) | NotSent(wrong) | Unknown(wrong):
                pass
            case other:
                assert_never(other)
    if agreement.state == "CANCELLED":
        return await trouble("agreement_ended")
    await pages.signed(who, agreement)
    return None
