"""One stay after another: register it, its deposit, its daily lists, settle it, give the rest back.

What a reader would get wrong: what may be done follows the stay's state and the backend's word for
this window; the page is made again from what is so after each thing that was done.
"""

from __future__ import annotations

from cashier.journeys.inpatient import stay_pages as pages
from cashier.journeys.inpatient.daily_lists import daily_lists
from cashier.journeys.inpatient.deposit import take_deposit
from cashier.journeys.inpatient.discharge import discharge, give_rest_back, sign_sheet_of
from cashier.journeys.paper import slip_row
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Pressed
from core.inpatient import Admission, Admissions
from core.journeys.print_slip import print_slip
from core.page_parts import Row, Tone
from core.phrase import said
from core.stay_papers import admission_slip
from core.steps import Leave
from core.steps.inpatient import Admit, FetchAdmissions
from core.steps.questions import MediumShown

_TITLE = said("Stays in hospital")


async def stays(at: AtWork) -> str:
    """The only one, or a chosen one, until it is left."""
    found = await fetched(FetchAdmissions(at.served.patient_id), at, _TITLE)
    chosen = await _choose(at, found) if found is not None else ""
    while chosen and found is not None:
        stay = next(one for one in found.admissions if one.admission_id == chosen)
        match await pages.stay_sheet(at, stay):
            case Pressed(word):
                await _do(at, stay, word)
            case Leave() | MediumShown():
                return ""
        found = await fetched(FetchAdmissions(at.served.patient_id), at, _TITLE)
    return ""


async def _choose(at: AtWork, found: Admissions) -> str:
    match found.admissions:
        case ():
            words = said("The doctor asks for a stay first.")
            await told(at, said("No stay in hospital is asked for"), tone=Tone.INFO, words=words)
            return ""
        case (only,):
            return only.admission_id
        case several:
            answer = await pages.stays_sheet(at, several)
            return answer.row if isinstance(answer, Pressed) else ""


async def _do(at: AtWork, stay: Admission, word: str) -> None:
    match word:
        case pages.ADMIT:
            await _admit(at, stay)
        case pages.SLIP:
            printed = await print_slip(admission_slip(stay, is_copy=True))
            await told(at, said("The slip once more"), (slip_row(printed=printed),))
        case pages.DEPOSIT:
            await take_deposit(at, stay)
        case pages.LISTS:
            await daily_lists(at, stay)
        case pages.SETTLE:
            await discharge(at, stay)
        case pages.SIGN:
            await sign_sheet_of(at, stay)
        case _:
            await give_rest_back(at, stay)


async def _admit(at: AtWork, stay: Admission) -> None:
    """Registering twice is registering once, by the backend's own rule (H22)."""
    admitted = await fetched(Admit(stay.admission_id), at, _TITLE)
    if admitted is None:
        return
    printed = await print_slip(admission_slip(admitted))
    rows = (Row("bed", said("Ward"), admitted.ward), slip_row(printed=printed))
    await told(at, said("The stay is registered"), rows)
