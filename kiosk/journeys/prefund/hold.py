"""Place a pre-authorisation on a bank card (S10, S32): who, how much, the POS, a slip."""

from __future__ import annotations

from typing import assert_never

from core.billing import HoldTerms
from core.journeys.doubt import Doubtful
from core.journeys.hold import HoldNotPlaced, HoldPlaced, place_hold
from core.journeys.print_slip import print_slip
from core.journeys.same_card import same_card
from core.ports import NotSent, Refused, Unknown
from core.slips import HoldSlip
from core.steps import FetchHoldTerms, Leave
from kiosk.journeys.ending import Retry, doubt, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.steps import ChooseHoldAmount, ShowHoldPlaced


async def hold(start: Start) -> Retry | None:
    """From the tile to a frozen amount that the next bill may use."""
    who = await identify("hold", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchHoldTerms(who.patient.patient_id):
        case HoldTerms(allowed=True) as terms:
            pass
        case HoldTerms(reason=reason):
            return await trouble(reason)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    chosen = await ChooseHoldAmount(who.patient, terms, who.presence)
    if isinstance(chosen, Leave):
        return None
    if not await same_card(who.presence):
        return await trouble("card_changed")
    match await place_hold(who.patient.patient_id, chosen.amount_fen):
        case HoldPlaced(placed):
            printed = await print_slip(HoldSlip(who.patient, placed))
            await ShowHoldPlaced(placed, printed, presence=who.presence)
            return None
        case HoldNotPlaced(reason, detail, returned):
            return await trouble(reason, detail, returned=returned)
        case Doubtful() as doubtful:
            await doubt(doubtful)
            return None
        case end:
            assert_never(end)
