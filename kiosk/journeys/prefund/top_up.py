"""Add to the balance by bank card or banknotes, where the policy still lets money in (S13, S14).

What a reader would get wrong: the tile is offered when somebody may pay in advance; whether this
patient may is asked of the backend each time, and a no leads to the balance and its refund (C01).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.flow import Abandoned
from core.journeys.doubt import Doubtful
from core.journeys.print_slip import print_slip
from core.journeys.same_card import same_card
from core.journeys.take_notes import CashWanted
from core.journeys.top_up import (
    NotRaised,
    Raised,
    TopUpEnd,
    TopUpWish,
    top_up_by_card,
    top_up_by_cash,
    top_up_slip,
)
from core.ports import NotSent, Refused, Unknown
from core.prepay import CASH, CONSENT, TRANSFER, PrefundMethod, PrepayTerms
from core.steps import Leave
from core.steps.prefund import FetchPrepayTerms
from kiosk.journeys.ending import Retry, doubt, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.prefund import top_up_pages as pages
from kiosk.journeys.prefund.hold import hold_of
from kiosk.journeys.prefund.refund_balance import refund_of
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Amount, Chosen, Pressed


@dataclass(frozen=True, slots=True)
class _Allowed:
    """Money may come in, and the patient wants it."""

    who: Identified
    terms: PrepayTerms
    method: PrefundMethod
    wish: TopUpWish


async def top_up_transfer(start: Start) -> Retry | None:
    """From the tile to a higher balance: a sale at the bank POS (S13, S33)."""
    allowed = await _allowed(start, TRANSFER)
    if not isinstance(allowed, _Allowed):
        return allowed
    who, balance_fen = allowed.who, allowed.terms.balance_fen
    chosen = await pages.amount(who, allowed.method, balance_fen)
    if not isinstance(chosen, Amount):
        return None
    sure = await pages.confirmation(who, chosen.amount_fen, balance_fen)
    if sure != Pressed("pay"):
        return None
    if not await same_card(who.presence):
        return await trouble("card_changed")
    return await _ended(who, await top_up_by_card(allowed.wish, chosen.amount_fen))


async def top_up_cash(start: Start) -> Retry | None:
    """From the tile to a higher balance: banknotes (S14). Only notes that can be booked come in."""
    allowed = await _allowed(start, CASH)
    if not isinstance(allowed, _Allowed):
        return allowed
    who, method = allowed.who, allowed.method
    wanted = CashWanted(pages.most_fen(method, allowed.terms.balance_fen), method.min_fen)
    if not await same_card(who.presence):
        return await trouble("card_changed")
    end = await top_up_by_cash(
        allowed.wish, wanted, lambda so_far: pages.notes(who, wanted, so_far)
    )
    return await _ended(who, end)


async def _allowed(start: Start, name: str) -> _Allowed | Retry | None:
    who = await identify("top_up", start.shown)
    if not isinstance(who, Identified):
        return who
    declared = False
    while True:
        match await FetchPrepayTerms(who.patient.patient_id, declared):
            case PrepayTerms() as terms:
                pass
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return await trouble(reason)
            case other:
                assert_never(other)
        method = terms.method(name)
        if method is not None and method.allowed:
            break
        if terms.collect.allow or terms.collect.message_key == "anonymous":
            return await trouble(method.reason if method is not None else "method")
        answer = await pages.stopped(
            who, terms, may_declare=start.terms.prepay_allowed and not declared
        )
        match answer:
            case Chosen("declare"):
                declared = True
            case Chosen("hold"):
                return await hold_of(who)
            case Chosen():
                return await refund_of(who)
            case Back() | Leave():
                return None
    return await _consented(who, terms, method, declared)


async def _consented(
    who: Identified, terms: PrepayTerms, method: PrefundMethod, declared: bool
) -> _Allowed | Retry | None:
    """Of their own will, where the rule wants it; then whether the balance has room."""
    consent = CONSENT in terms.collect.needs
    if consent and await pages.consent(who, terms) != Pressed("agree"):
        return None
    if pages.most_fen(method, terms.balance_fen) < method.min_fen:
        return await trouble("balance_cap")
    return _Allowed(who, terms, method, TopUpWish(who.patient.patient_id, consent, declared))


async def _ended(who: Identified, end: TopUpEnd) -> Retry | None:
    match end:
        case Raised(top_up, left):
            printed = await print_slip(top_up_slip(top_up, who.patient.display_name))
            if left is not None:
                raise Abandoned(left)
            await pages.done(who, top_up, printed=printed)
            return None
        case NotRaised(left=None, reason="stopped"):
            return None
        case NotRaised(reason, detail, returned, None):
            return await trouble(reason, detail, returned=returned)
        case NotRaised(left=left):
            assert left is not None
            raise Abandoned(left)
        case Doubtful() as doubtful:
            await doubt(doubtful)
            return None
        case other:
            assert_never(other)
