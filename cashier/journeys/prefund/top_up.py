"""Add to a prepaid balance at a window, where the policy still lets money in (S13, S14, W18-W26).

What a reader would get wrong: whether this patient may is asked of the backend each time; a need
that they declare may change it (W24), and a no leaves the balance and its refund as they are (C01).
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.day.opening import open_for
from cashier.journeys.paper import slip_row
from cashier.journeys.prefund import top_up_pages as pages
from cashier.journeys.prefund.clear import clear_balance
from cashier.journeys.till import in_doubt
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.journeys.doubt import Doubtful
from core.journeys.drawer import WhyOpened
from core.journeys.print_slip import print_slip
from core.journeys.take_notes import NoteCount
from core.journeys.top_up import (
    NotRaised,
    Raised,
    TopUpEnd,
    TopUpWish,
    top_up_by_card,
    top_up_slip,
)
from core.journeys.top_up_by_hand import NOTES_FEN, top_up_by_hand
from core.page_parts import Row, Tone
from core.phrase import Yuan, said
from core.ports import Refused
from core.prepay import CASH, CONSENT, PrepayTerms
from core.steps import Leave
from core.steps.prefund import FetchPrepayTerms
from core.steps.questions import MediumShown

_TITLE = said("Prepaid balance")


async def balance(at: AtWork) -> str:
    """What there is and by which rule; money in by card or cash, or all of it back."""
    declared, trouble = False, ""
    while True:
        terms = await fetched(FetchPrepayTerms(at.served.patient_id, declared), at, _TITLE)
        if terms is None:
            return ""
        match await pages.terms_sheet(at, terms, trouble, declared=declared):
            case Pressed("declare"):
                declared, trouble = True, ""
            case Pressed("back"):
                return await clear_balance(at)
            case Pressed(word) as pressed:
                wish = TopUpWish(at.served.patient_id, CONSENT in terms.collect.needs, declared)
                method, amount_fen = pages.METHODS[word], pressed.amount_fen("amount")
                trouble = _outside(terms, method, amount_fen)
                if not trouble and method == CASH:
                    trouble = await _by_hand(at, wish, amount_fen)
                elif not trouble:
                    await _ended(at, await top_up_by_card(wish, amount_fen))
            case Leave() | MediumShown():
                return ""


def _outside(terms: PrepayTerms, name: str, amount_fen: int) -> str:
    """A code when it is too little, too much, or more than the balance may be; else ""."""
    method = terms.method(name)
    assert method is not None
    if not method.min_fen <= amount_fen <= method.max_fen:
        return "limits"
    cap_fen = method.balance_cap_fen
    return "balance_cap" if cap_fen and terms.balance_fen + amount_fen > cap_fen else ""


async def _by_hand(at: AtWork, wish: TopUpWish, amount_fen: int) -> str:
    """The notes are counted before anything is booked; the drawer opens for what is booked."""
    trouble = ""
    while True:
        match await pages.notes_sheet(at, amount_fen, trouble):
            case Pressed() as pressed:
                counts = ((fen, int(pressed.value(f"n{fen}") or "0")) for fen in NOTES_FEN)
                notes = tuple(NoteCount(fen, count) for fen, count in counts if count)
            case Leave() | MediumShown():
                return ""
        if sum(note.value_fen * note.count for note in notes) == amount_fen:
            break
        trouble = "notes_not_the_amount"
    end = await top_up_by_hand(wish, notes)
    if isinstance(end, Raised):
        await open_for(at, WhyOpened.CASH_TAKEN, amount_fen)
    await _ended(at, end)
    return ""


async def _ended(at: AtWork, end: TopUpEnd) -> None:
    match end:
        case Raised(top_up):
            printed = await print_slip(top_up_slip(top_up, at.served.display_name))
            rows = (
                Row("coins", said("Added"), Yuan(top_up.amount_fen)),
                Row("wallet", said("Balance now"), Yuan(top_up.balance_fen)),
                Row("list", said("Rule"), top_up.rule_id),
                slip_row(printed=printed),
            )
            await told(at, said("The balance is topped up"), rows)
        case NotRaised(reason, returned=True):
            words = said("The money went back to the card.")
            await told(at, said("Nothing was added"), tone=Tone.WARNING, words=words)
        case NotRaised(reason):
            await refused(at, _TITLE, Refused(reason))
        case Doubtful() as doubtful:
            await in_doubt(at, doubtful)
        case other:
            assert_never(other)
