"""Sign on the phone at a window: the code on the patient's screen, then the bank's word (H07, H08).

What a reader would get wrong: nothing is signed here, and a code that nobody signed comes to
nothing by itself; so leaving the page undoes nothing and needs no word to anybody.
"""

from __future__ import annotations

from cashier.journeys.later import phone_pages as pages
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Pressed
from core.agreement_words import OFFERED, name, rows
from core.deferral import Agreement
from core.page_parts import Tone
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.later import FetchAgreement, FindAgreements, StartAgreement
from core.steps.questions import MediumShown

_TITLE = said("Signed on the phone")


async def agreements(at: AtWork) -> str:
    """All of this patient, and one more."""
    while True:
        found = await fetched(FindAgreements(at.served.patient_id), at, _TITLE)
        if found is None:
            return ""
        match await pages.agreements_sheet(at, found.agreements):
            case Pressed("open") as pressed:
                chosen = next(o for o in found.agreements if o.agreement_id == pressed.row)
                await told(at, name(chosen), rows(chosen), tone=Tone.PLAIN)
            case Pressed(product) if product in OFFERED:
                await sign_on_phone(at, product)
            case Pressed() | Leave() | MediumShown():
                return ""


async def sign_on_phone(at: AtWork, product: str) -> None:
    """From the code to the state that its bank tells."""
    agreement = await fetched(StartAgreement(at.served.patient_id, product), at, _TITLE)
    if agreement is None:
        return
    trouble = ""
    while agreement.state == "WAITING":
        if await pages.code_sheet(at, product, agreement, trouble) != Pressed("check"):
            return
        match await FetchAgreement(agreement.agreement_id):
            case Agreement() as agreement:
                trouble = "not_signed_yet"
            case Refused(trouble) | NotSent(trouble) | Unknown(trouble):
                pass
    if agreement.state == "SIGNED":
        await told(at, said("Signed"), rows(agreement))
    else:
        await told(at, said("The agreement is ended"), rows(agreement), tone=Tone.WARNING)
