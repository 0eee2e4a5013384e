"""Holds on a bank card at the window's card terminal (S10, S12, S32): new, larger, ended.

What a reader would get wrong: a hold moves no money, so nothing of it is a prepayment (C02); and a
larger hold is placed first, only then the old one ends.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.paper import slip_row
from cashier.journeys.prefund import hold_pages as pages
from cashier.journeys.till import in_doubt
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.billing import Hold, HoldTerms
from core.hold_papers import hold_ended_slip
from core.journeys.doubt import Doubtful
from core.journeys.hold import HoldEnd, HoldNotPlaced, HoldPlaced, place_hold
from core.journeys.print_slip import print_slip
from core.journeys.reauthorise import reauthorise
from core.journeys.release import NotReleased, Released, release_hold
from core.page_parts import Row
from core.phrase import Day, Yuan, said
from core.ports import Refused
from core.slips import HoldSlip
from core.steps import FetchHoldTerms, Leave
from core.steps.prefund import FetchHoldRelease, FetchPatientHolds, Holds
from core.steps.questions import MediumShown

_TITLE = said("Pre-authorise a card")


async def hold(at: AtWork) -> str:
    """What stands, and what can be done, again after each thing that was done."""
    patient_id, trouble = at.served.patient_id, ""
    while True:
        terms: HoldTerms | None = await fetched(FetchHoldTerms(patient_id), at, _TITLE)
        found: Holds | None = await fetched(FetchPatientHolds(patient_id), at, _TITLE)
        if terms is None or found is None:
            return ""
        match await pages.holds_sheet(at, terms, found, trouble):
            case Pressed("release") as pressed:
                trouble = ""
                await _release(at, pressed.row)
            case Pressed("larger") as pressed:
                old = next(one for one in found.holds if one.hold_id == pressed.row)
                trouble = await _place(at, terms, pressed.amount_fen("amount"), old)
            case Pressed() as pressed:
                trouble = await _place(at, terms, pressed.amount_fen("amount"), None)
            case Leave() | MediumShown():
                return ""


async def _place(at: AtWork, terms: HoldTerms, amount_fen: int, old: Hold | None) -> str:
    """A code when the amount cannot be; limits include their numbers (S10)."""
    least_fen = max(terms.min_fen, old.amount_fen + 1 if old is not None else 0)
    if not least_fen <= amount_fen <= terms.max_fen:
        return "limits"
    end: HoldEnd
    if old is None:
        end = await place_hold(at.served.patient_id, amount_fen)
    else:
        end = await reauthorise(at.served.patient_id, old.hold_id, amount_fen)
    match end:
        case HoldPlaced(placed):
            printed = await print_slip(HoldSlip(at.served, placed))
            rows = (
                Row("shield-lock", said("Frozen on the card"), Yuan(placed.amount_fen)),
                Row("credit-card", said("Bank card"), placed.masked_card),
                Row("calendar", said("Last day"), Day(placed.expires_on)),
                slip_row(printed=printed),
            )
            await told(at, said("The pre-authorisation stands"), rows)
        case HoldNotPlaced(reason):
            await refused(at, _TITLE, Refused(reason))
        case Doubtful() as doubtful:
            await in_doubt(at, doubtful)
        case other:
            assert_never(other)
    return ""


async def _release(at: AtWork, hold_id: str) -> None:
    """Where it was made; elsewhere the page says where (H35)."""
    may = await fetched(FetchHoldRelease(hold_id), at, _TITLE)
    if may is None:
        return
    if not may.decision.allow:
        await pages.elsewhere_sheet(at, may)
        return
    match await release_hold(may.hold, may.receipt):
        case Released(ended):
            printed = await print_slip(hold_ended_slip(at.served.display_name, ended))
            freed = Row("lock-open", said("Free on the card again"), Yuan(ended.released_fen))
            await told(
                at, said("The pre-authorisation has ended"), (freed, slip_row(printed=printed))
            )
        case NotReleased(reason):
            await refused(at, _TITLE, Refused(reason))
        case Doubtful() as doubtful:
            await in_doubt(at, doubtful)
        case other:
            assert_never(other)
