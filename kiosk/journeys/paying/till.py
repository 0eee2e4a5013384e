"""Settle at the kiosk with every way to pay, and with a (larger) hold first when that is wished.

What a reader would get wrong: a hold cannot be placed while the bill is quoted, because it would
not be in the quote. So the quote is given up, the hold placed, and the bill settled from the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Bill, HoldTerms
from core.identity import Patient
from core.journeys.doubt import Doubtful
from core.journeys.hold import HoldEnd, HoldNotPlaced, HoldPlaced, place_hold
from core.journeys.print_slip import print_slip
from core.journeys.reauthorise import reauthorise
from core.journeys.same_card import same_card
from core.journeys.settle import NotSettled, SettleEnd, settle
from core.ports import CardPresence, NotSent, Refused, Unknown
from core.slips import HoldSlip
from core.steps import FetchHoldTerms, Leave
from kiosk.journeys.paying.desk import HoldWish, KioskDesk
from kiosk.steps import ChooseHoldAmount

_MOST_HOLDS = 3


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays at this machine. `shown_code`: the insurance code that named the patient, or ""."""

    patient: Patient
    presence: CardPresence | None
    shown_code: str = ""

    def __repr__(self) -> str:
        return f"Payer({self.patient.patient_id})"


async def pay_here(payer: Payer, bills: tuple[Bill, ...]) -> SettleEnd:
    """Like `settle`, by everything this kiosk can take. A hold that was placed for it stays."""
    for _ in range(_MOST_HOLDS):
        desk = KioskDesk(payer.shown_code)
        end = await settle(payer.patient, bills, payer.presence, desk)
        if desk.wish is None or not _may_go_on(end):
            return end
        held = await _hold(payer, desk.wish)
        match held:
            case HoldPlaced(hold):
                await print_slip(HoldSlip(payer.patient, hold))
            case HoldNotPlaced("left"):
                continue
            case HoldNotPlaced(reason, detail, returned):
                return NotSettled(reason, detail, returned)
            case Doubtful() as doubtful:
                return doubtful
            case other:
                assert_never(other)
    return NotSettled("left")


def _may_go_on(end: SettleEnd) -> bool:
    """The quote was given up and nothing became of it."""
    return end == NotSettled("left")


async def _hold(payer: Payer, wish: HoldWish) -> HoldEnd:
    patient = payer.patient
    if not await same_card(payer.presence):
        return HoldNotPlaced("card_changed")
    if wish.replaces:
        return await reauthorise(patient.patient_id, wish.replaces, wish.amount_fen)
    match await FetchHoldTerms(patient.patient_id):
        case HoldTerms(allowed=True) as terms:
            pass
        case HoldTerms(reason=reason):
            return HoldNotPlaced(reason)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return HoldNotPlaced(reason)
        case other:
            assert_never(other)
    chosen = await ChooseHoldAmount(patient, terms, payer.presence)
    if isinstance(chosen, Leave):
        return HoldNotPlaced("left")
    if not await same_card(payer.presence):
        return HoldNotPlaced("card_changed")
    return await place_hold(patient.patient_id, chosen.amount_fen)
