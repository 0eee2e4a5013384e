"""Pay the bills of a visit: who, check every item, what is not wanted, settle, what is left.

What a reader would get wrong: between the list and the quote the doctor may change a bill and a
relative may pay it. Those are answers: the list is shown anew with what happened, or it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Bill, BillElsewhere, GiveUp
from core.identity import MediumKind
from core.journeys.print_slip import print_slip
from core.journeys.settle import NotSettled, Settled
from core.ports import NotSent, Refused, Unknown
from core.steps import FetchBills, Leave, MediumShown
from core.steps.paying import GiveUpItems
from kiosk.journeys.ending import Retry, not_paid, to_window, trouble
from kiosk.journeys.identify import Identified, identify, show_anything
from kiosk.journeys.look import Ended, look
from kiosk.journeys.paying import bill_pages as pages
from kiosk.journeys.paying.after import after_paying
from kiosk.journeys.paying.till import Payer, pay_here
from kiosk.journeys.service import Start
from kiosk.steps import Back, ShowNothingDue
from kiosk.steps.pages import Pressed

_MOST_LOOKS = 5
_LOOK_AGAIN = frozenset({"bill_changed", "bill_paid", "bill_locked"})
_NAMELESS = "ANONYMOUS"
_AT_WINDOW = frozenset({"DUAL_IDENTITY", "BENEFIT", "SPECIAL_DISEASE", "ON_ACCOUNT", _NAMELESS})


async def pay_bill(start: Start) -> Retry | None:
    """From the tile, or from a card shown at home, to a slip."""
    shown = start.shown or await show_anything("pay")
    who = await identify("pay", shown)
    if not isinstance(who, Identified):
        return who
    payer = Payer(who.patient, who.presence, _code_of(shown))
    happened = NotSettled(reason="")
    for _ in range(_MOST_LOOKS):
        told = await look(FetchBills(payer.patient.patient_id))
        if isinstance(told, Ended):
            return told.end
        if not told.bills:
            await _nothing_left(payer, told.elsewhere, happened)
            return None
        chosen = await _chosen(payer, told.bills, told.elsewhere, happened.reason)
        if not isinstance(chosen, _Chosen):
            return chosen
        ended = await settle_checked(payer, chosen.bills)
        if not isinstance(ended, NotSettled):
            return ended.again
        happened = ended
    return await trouble(happened.reason, happened.detail)


def _code_of(shown: MediumShown) -> str:
    """The insurance code that was scanned, which may pay as well (W12)."""
    return shown.medium.value if shown.medium.kind is MediumKind.EC_CODE else ""


async def _nothing_left(
    payer: Payer, elsewhere: tuple[BillElsewhere, ...], happened: NotSettled
) -> None:
    """Nothing may be paid here: paid meanwhile, being paid on a phone, or nothing due at all."""
    if elsewhere:
        await pages.elsewhere_page(elsewhere, payer.presence)
    elif happened.reason == "bill_paid":
        by_relative = happened.detail == "paid_by_relative"
        await pages.paid_meanwhile_page(by_relative, payer.presence)
    else:
        await ShowNothingDue(payer.patient, presence=payer.presence)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """These bills were checked and are to be paid."""

    bills: tuple[Bill, ...]


async def _chosen(
    payer: Payer, bills: tuple[Bill, ...], elsewhere: tuple[BillElsewhere, ...], why: str
) -> _Chosen | Retry | None:
    """Nobody checks items for a bill that a window settles anyway (S20)."""
    if _AT_WINDOW.intersection(payer.patient.identities):
        return _Chosen(bills)
    return await _checked(payer, bills, elsewhere, why)


async def _checked(
    payer: Payer, bills: tuple[Bill, ...], elsewhere: tuple[BillElsewhere, ...], why: str
) -> _Chosen | Retry | None:
    """Until every item was checked (N09), or something is given up (N10). `why`: shown anew."""
    while True:
        match await pages.check_page(payer.patient, bills, elsewhere, payer.presence, why):
            case Pressed(pages.CHECKED):
                return _Chosen(bills)
            case Pressed():
                pass
            case Back() | Leave():
                return None
        match await pages.give_up_page(bills, payer.presence):
            case tuple() as line_ids:
                return await _give_up(payer, bills, line_ids)
            case Back():
                continue
            case Leave():
                return None


async def _give_up(
    payer: Payer, bills: tuple[Bill, ...], line_ids: tuple[str, ...]
) -> _Chosen | Retry | None:
    """A slip for each bill with something in it that is not wanted; the others can be paid."""
    printed, rest = True, []
    for bill in bills:
        marked = tuple(line.line_id for line in bill.lines if line.line_id in line_ids)
        if not marked:
            rest.append(bill)
            continue
        match await GiveUpItems(bill, marked):
            case GiveUp() as asked:
                slip = pages.give_up_slip(payer.patient, bill, asked)
                printed = await print_slip(slip) and printed
            case Refused(reason, detail):
                return await trouble(reason, detail)
            case NotSent(reason) | Unknown(reason):
                return await trouble(reason)
            case other:
                assert_never(other)
    match await pages.given_up_page(tuple(rest), printed, payer.presence):
        case Pressed():
            return _Chosen(tuple(rest))
        case Leave():
            return None


@dataclass(frozen=True, slots=True)
class Over:
    """The visit is at its end."""

    again: Retry | None = None


async def settle_checked(payer: Payer, bills: tuple[Bill, ...]) -> Over | NotSettled:
    """NotSettled: the bills are not what they were; look at them again."""
    match await pay_here(payer, bills):
        case Settled(settlement, printed):
            await after_paying(payer, settlement, printed)
            return Over()
        case NotSettled("window_only"):
            return Over(await _refer(payer, bills))
        case NotSettled(reason) as changed if reason in _LOOK_AGAIN:
            return changed
        case ended:
            return Over(await not_paid(ended))


async def _refer(payer: Payer, bills: tuple[Bill, ...]) -> Retry | None:
    """Why, where to go, and a slip for it; nothing was charged (S16, S20, S27, H35)."""
    patient = payer.patient
    why = "anonymous_at_window" if _NAMELESS in patient.identities else "window_only"
    return await to_window(patient, bills, "window_only", payer.presence, why)
