"""Sign the commitment to pay after the visit: read, perhaps a guardian, draw, slip (N01, N22).

What a reader would get wrong: where a bank lends, nothing is signed here; its code is shown.
"""

from __future__ import annotations

from typing import assert_never

from core.deferral import (
    DEBIT,
    Agreement,
    Agreements,
    Commitment,
    Decision,
    Signature,
    SigningPage,
)
from core.deferral_papers import signed_slip
from core.journeys.print_slip import print_slip
from core.journeys.sign import sign_deferral
from core.ports import NotSent, Refused, Unknown
from core.signing import drawn
from core.steps import Leave
from core.steps.later import FetchSigningPage, FindAgreements, SignDeferral
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.later import signing_pages as pages
from kiosk.journeys.later.id_check import shown_id_card
from kiosk.journeys.later.phone import sign_on_phone
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed, Signed

_GUARDIAN = "GUARDIAN"


async def sign_up(who: Identified) -> Retry | None:
    """From the first page to the slip."""
    match await FetchSigningPage(who.patient.patient_id):
        case SigningPage(commitment=None, product=product) if product:
            return await sign_on_phone(who, product)
        case SigningPage(decision=Decision(allow=True), commitment=Commitment() as text) as page:
            return await _sign(who, page, text)
        case SigningPage(decision=decision):
            await pages.not_for_you(who, decision)
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _sign(who: Identified, page: SigningPage, text: Commitment) -> Retry | None:
    if not await _read(who, page, text):
        return None
    guardian = ""
    if _GUARDIAN in page.decision.needs:
        if not isinstance(await pages.guardian_first(who), Pressed):
            return None
        medium = await shown_id_card()
        if medium is None:
            return None
        guardian = medium.value
    by_debit = await _by_debit(who)
    if by_debit is None:
        return None
    written = await pages.signature(who, text, by_guardian=guardian != "")
    if not isinstance(written, Signed):
        return None
    picture = drawn(written.strokes)
    step = SignDeferral(
        who.patient.patient_id, text.version, picture, guardian, repay_by_debit=by_debit
    )
    match await sign_deferral(step):
        case Signature() as signed:
            return await _done(who, signed)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _read(who: Identified, page: SigningPage, text: Commitment) -> bool:
    """True: read to the end and agreed."""
    while True:
        if not isinstance(await pages.explained(who, page), Pressed):
            return False
        match await pages.promised(who, text):
            case Pressed("agree"):
                return True
            case Pressed() | Leave():
                return False
            case Back():
                continue


async def _by_debit(who: Identified) -> bool | None:
    """Asked only of somebody who bound an account; None when the person left."""
    match await FindAgreements(who.patient.patient_id):
        case Agreements(found):
            bound = next((each for each in found if _pays(each)), None)
        case Refused() | NotSent() | Unknown():
            bound = None
    if bound is None:
        return False
    match await pages.repaid_how(who, bound):
        case Chosen(key):
            return key == "debit"
        case Back() | Leave():
            return None


def _pays(agreement: Agreement) -> bool:
    return (agreement.kind, agreement.state) == (DEBIT, "SIGNED")


async def _done(who: Identified, signed: Signature) -> Retry | None:
    printed = await print_slip(signed_slip(who.patient.display_name, signed))
    await pages.done(who, signed, printed=printed)
    return None
