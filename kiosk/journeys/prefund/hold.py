"""Holds on a bank card (S10, S12, S32): a new one, a larger one in place of one, the end of one.

What a reader would get wrong: a hold moves no money, so nothing of it is a prepayment (C02); a
larger hold is placed first, only then the old one ends; and a hold that stands can be seen and
ended where new ones are no longer offered.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Hold, HoldTerms
from core.hold_papers import hold_ended_slip
from core.journeys.doubt import Doubtful
from core.journeys.hold import HoldEnd, HoldNotPlaced, HoldPlaced, place_hold
from core.journeys.print_slip import print_slip
from core.journeys.reauthorise import reauthorise
from core.journeys.release import NotReleased, Released, release_hold
from core.journeys.same_card import same_card
from core.ports import DeviceTrouble, NotSent, Refused, Unknown
from core.prepay import HoldRelease
from core.slips import HoldSlip
from core.steps import FetchHoldTerms, Leave
from core.steps.paying import CheckPos
from core.steps.prefund import FetchHoldRelease, FetchPatientHolds, Holds
from kiosk.journeys.ending import Retry, doubt, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.prefund import hold_pages as pages
from kiosk.journeys.service import Start
from kiosk.steps import AmountChosen, Back, ChooseHoldAmount, ShowHoldPlaced
from kiosk.steps.pages import Amount, Chosen, Pressed


async def hold(start: Start) -> Retry | None:
    """From the tile to a frozen amount that the next bill may use."""
    who = await identify("hold", start.shown)
    return await hold_of(who) if isinstance(who, Identified) else who


async def hold_of(who: Identified) -> Retry | None:
    """The same for a patient who is known already, by whichever page they came."""
    pos = await CheckPos()
    if isinstance(pos, DeviceTrouble):
        return await trouble(pos.reason)
    match await FetchHoldTerms(who.patient.patient_id):
        case HoldTerms() as terms:
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    match await FetchPatientHolds(who.patient.patient_id):
        case Holds(holds):
            held = tuple(each for each in holds if each.state == "HELD")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    if not held and not terms.allowed:
        return await trouble(terms.reason)
    while held:
        match await pages.standing(who, held, may_place=terms.allowed):
            case Chosen(pages.NEW):
                break
            case Chosen(hold_id):
                one = next(each for each in held if each.hold_id == hold_id)
            case Back() | Leave():
                return None
        told = await look(FetchHoldRelease(one.hold_id))
        if isinstance(told, Ended):
            return told.end
        match await pages.one(who, told, terms):
            case Pressed(pages.LARGER):
                return await _larger(who, one, terms)
            case Pressed(pages.RELEASE):
                return await _release(who, told)
            case Leave():
                return None
    match await ChooseHoldAmount(who.patient, terms, who.presence):
        case AmountChosen(amount_fen):
            return await _place(who, amount_fen)
        case Leave():
            return None


async def _larger(who: Identified, old: Hold, terms: HoldTerms) -> Retry | None:
    match await pages.larger(who, old, terms):
        case Amount(amount_fen):
            return await _place(who, amount_fen, old)
        case Back() | Leave():
            return None


async def _release(who: Identified, told: HoldRelease) -> Retry | None:
    """The end of it; of a doubt the patient knows that nothing was paid."""
    if await pages.ending(who, told.hold) != Pressed("yes"):
        return None
    if not await same_card(who.presence):
        return await trouble("card_changed")
    match await release_hold(told.hold, told.receipt):
        case Released(ended):
            printed = await print_slip(hold_ended_slip(who.patient.display_name, ended))
            await pages.ended(who, ended, printed=printed)
            return None
        case NotReleased(reason, detail):
            return await trouble(reason, detail)
        case Doubtful(case_id, printed):
            return await trouble("release_unsure", case_id=case_id, printed=printed)
        case other:
            assert_never(other)


async def _place(who: Identified, amount_fen: int, old: Hold | None = None) -> Retry | None:
    if not await same_card(who.presence):
        return await trouble("card_changed")
    patient_id = who.patient.patient_id
    end: HoldEnd
    if old is None:
        end = await place_hold(patient_id, amount_fen)
    else:
        end = await reauthorise(patient_id, old.hold_id, amount_fen)
    match end:
        case HoldPlaced(placed):
            printed = await print_slip(HoldSlip(who.patient, placed))
            await ShowHoldPlaced(placed, printed, presence=who.presence)
            return None
        case HoldNotPlaced(reason, detail, returned):
            return await trouble(reason, detail, returned=returned)
        case Doubtful() as doubtful:
            await doubt(doubtful)
            return None
        case other:
            assert_never(other)
