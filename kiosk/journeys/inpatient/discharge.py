"""Settle a stay after the doctor's notice (H25, A.a10): list, insurer, payment, signature, rest.

The settling journey moves the money; deposit and direct claim are tenders that the backend plans
(L10), and credit is closed at a kiosk unless the profile opens it (C18). What a reader would get
wrong: the sheet is signed after it is paid, so a patient who walks away has settled all the same.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Bill, Settlement
from core.claims import ClaimMode
from core.inpatient import Admission, SignedSheet, StayList
from core.journeys.settle import Settled
from core.journeys.sign import sign_sheet
from core.ports import NotSent, Refused, Unknown
from core.signing import drawn
from core.steps import Leave
from core.steps.inpatient import (
    AskRestBack,
    FetchStayList,
    RestAsked,
)
from kiosk.journeys.ending import Retry, not_paid, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient import discharge_pages as pages
from kiosk.journeys.inpatient.stays import (
    Stays,
    deposit_left_fen,
    find_stays,
    no_stay,
)
from kiosk.journeys.look_up.claims_word import Insured, NotInsured, authorise
from kiosk.journeys.paying.till import Payer, pay_here
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Pressed, Signed


async def discharge(start: Start) -> Retry | None:
    """From the tile to a signed sheet."""
    stays = await find_stays("discharge", start)
    if not isinstance(stays, Stays):
        return stays
    who, found = stays.who, stays.found
    open_stay = found.newest("NOTICED") or found.newest("ADMITTED", "REQUESTED")
    match open_stay or found.newest("SETTLED"):
        case Admission(state="NOTICED") as stay if stay.discharge.allow:
            return await _check(who, stay)
        case Admission(state="NOTICED") as stay:
            return await trouble(stay.discharge.message_key)
        case Admission(state="SETTLED", deposit_fen=rest_fen) as stay if rest_fen:
            if isinstance(await pages.rest_page(who, rest_fen), Pressed):
                await _rest(who, stay, rest_fen)
        case None | Admission(state="SETTLED"):
            await no_stay(who)
        case Admission() as stay:
            await pages.not_yet_page(who, stay)
    return None


async def _check(who: Identified, stay: Admission) -> Retry | None:
    """The final list, and perhaps an insurer that pays a part, before anything is settled."""
    match await FetchStayList(stay.admission_id):
        case StayList(bill=Bill() as bill) as charged:
            pass
        case StayList():
            return await trouble("no_discharge_notice")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    insurer, wrong = "", ""
    while True:
        match await pages.final_page(who, stay, charged, insurer, wrong):
            case Pressed(pages.CHECKED):
                return await _settle(who, stay, bill)
            case Pressed():
                match await authorise(who, ClaimMode.DIRECT):
                    case Insured(policy=policy):
                        insurer, wrong = policy.insurer, ""
                    case NotInsured(wrong):
                        pass
            case Back() | Leave():
                return None
            case answer:
                assert_never(answer)


async def _settle(who: Identified, stay: Admission, bill: Bill) -> Retry | None:
    match await pay_here(Payer(who.patient, who.presence), (bill,)):
        case Settled(settlement, printed):
            await _settled(who, stay, settlement, printed)
            return None
        case ended:
            return await not_paid(ended)


async def _settled(who: Identified, stay: Admission, settlement: Settlement, printed: bool) -> None:
    signed = await _sign(who, settlement)
    rest_fen = await deposit_left_fen(who, stay)
    page = pages.settled_page(who, settlement, rest_fen, signed, printed)
    if isinstance(await page, Pressed):
        await _rest(who, stay, rest_fen)


async def _sign(who: Identified, settlement: Settlement) -> bool:
    """False: it is signed at a counter instead."""
    match await pages.sign_page(who, settlement):
        case Signed(strokes):
            picture = drawn(strokes)
        case Back() | Leave():
            return False
        case other:
            assert_never(other)
    match await sign_sheet(settlement.settlement_id, picture):
        case SignedSheet() | Refused("already_signed"):
            return True
        case Refused() | NotSent() | Unknown():
            return False
        case answer:
            assert_never(answer)


async def _rest(who: Identified, stay: Admission, rest_fen: int) -> None:
    """Ask for it where the profile lets patients ask here; a window gives it back in any case."""
    match await AskRestBack(stay.admission_id):
        case RestAsked() as asked:
            await pages.rest_asked_page(who, asked.total_fen)
        case Refused() | NotSent() | Unknown():
            await pages.rest_at_window_page(who, rest_fen)
        case other:
            assert_never(other)
