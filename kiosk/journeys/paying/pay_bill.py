"""Pay the open bills: identify, look, settle; special identities get a slip to the window (S20)."""

from __future__ import annotations

from typing import assert_never

from core.billing import Bill
from core.journeys.doubt import Doubtful
from core.journeys.print_slip import print_slip
from core.journeys.settle import NotSettled, Settled, settle
from core.ports import NotSent, Refused, Unknown
from core.slips import ReferralSlip
from core.steps import Bills, FetchBills, MakeReferral, Referral
from kiosk.journeys.ending import Retry, doubt, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.steps import ShowNothingDue, ShowReferred, ShowSettled


async def pay_bill(start: Start) -> Retry | None:
    """From the tile, or from a card shown at home, to a slip."""
    who = await identify("pay", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchBills(who.patient.patient_id):
        case Bills(()):
            await ShowNothingDue(who.patient, presence=who.presence)
            return None
        case Bills(bills):
            return await _settle(who, bills)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _settle(who: Identified, bills: tuple[Bill, ...]) -> Retry | None:
    match await settle(who.patient, bills, who.presence):
        case Settled(settlement, printed):
            await ShowSettled(who.patient, settlement, printed, presence=who.presence)
            return None
        case NotSettled("window_only" as reason):
            return await _refer(who, bills, reason)
        case NotSettled("left", returned=False):
            return None
        case NotSettled(reason, detail, returned):
            return await trouble(reason, detail, returned=returned)
        case Doubtful() as doubtful:
            await doubt(doubtful)
            return None
        case other:
            assert_never(other)


async def _refer(who: Identified, bills: tuple[Bill, ...], reason: str) -> Retry | None:
    match await MakeReferral(who.patient, bills, reason):
        case Referral(ReferralSlip(window=window) as content):
            printed = await print_slip(content)
            await ShowReferred(window.zh, window.en, reason, bills, printed, presence=who.presence)
            return None
        case _:
            return await trouble(reason)
