"""How the kiosk asks for a way to pay: the bill, all ways, a code, notes, a last look at a debit.

What a reader would get wrong: a wish for a (larger) hold cannot be had while the bill is quoted,
so the desk remembers it, answers that the patient leaves, and `till.py` begins again with the hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from core.billing import Settlement, TenderKind
from core.flow import Ask
from core.journeys.desk import Quote, payment_code
from core.journeys.take_notes import NotesSoFar
from core.ports import DeviceTrouble, NotesAllowed, Unknown
from core.steps import ConfirmQuote, Leave, NotUnderstood, PayWith
from core.steps.cash import AllowNotes, Answer, StopNotes
from core.steps.questions import OtherWays
from kiosk.journeys.paying import ways_pages as pages
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed
from kiosk.steps.paying import CodeShown

_AGREED = frozenset({TenderKind.CREDIT_LINE, TenderKind.FAMILY_CREDIT_LINE, TenderKind.BOUND_DEBIT})
_DRIVES = frozenset(
    {*_AGREED, TenderKind.ONE_CODE, TenderKind.SCAN, TenderKind.BANK_CARD, TenderKind.CASH}
)


@dataclass(frozen=True, slots=True)
class HoldWish:
    """A hold first. `replaces`: the hold that is too small, and then `amount_fen` is how much."""

    replaces: str = ""
    amount_fen: int = 0


class KioskDesk:
    """One settlement's desk. `shown_code`: the insurance code that the patient was known by."""

    def __init__(self, shown_code: str = "") -> None:
        self._shown_code = shown_code
        self.wish: HoldWish | None = None

    @property
    def drives(self) -> frozenset[TenderKind]:
        """All but what only a phone can do."""
        return _DRIVES | {TenderKind.REMOTE, TenderKind.PREAUTH}

    async def choose(self, quote: Quote) -> PayWith | Leave:
        """The bill with the first ways, then all of them, then a look where money just goes."""
        quote = replace(quote, settlement=self._ordered(quote))
        while True:
            tender: TenderKind | None
            match await _confirm(quote):
                case PayWith(tender):
                    pass
                case OtherWays():
                    answer = await self._other(quote)
                    if isinstance(answer, Leave):
                        return answer
                    if isinstance(answer, Back):
                        quote = replace(quote, trouble="")
                        continue
                    tender = answer
                case Leave() as leave:
                    return leave
                case other:
                    assert_never(other)
            trouble = await _ready(quote, tender)
            if not trouble:
                return PayWith(tender)
            quote = replace(quote, trouble="" if trouble == _BACK else trouble)

    def _ordered(self, quote: Quote) -> Settlement:
        """Who came with the insurance code pays with it first (W12): one scan does all."""
        options = quote.settlement.options
        if not self._shown_code:
            return quote.settlement
        first = tuple(one for one in options if one.kind is TenderKind.ONE_CODE and one.allowed)
        rest = tuple(one for one in options if one not in first)
        return replace(quote.settlement, options=(*first, *rest))

    async def _other(self, quote: Quote) -> TenderKind | Back | Leave:
        match await pages.ways_page(quote):
            case Chosen(pages.HOLD):
                self.wish = HoldWish()
                return Leave()
            case Chosen(pages.REAUTHORISE):
                hold = quote.settlement.hold
                assert hold is not None, "it is offered for a hold that is too small"
                self.wish = HoldWish(hold.hold_id, quote.settlement.reauthorise_fen)
                return Leave()
            case Chosen(kind):
                return TenderKind(kind)
            case Back() | Leave() as answer:
                return answer
            case other:
                assert_never(other)

    async def code(self, tender: TenderKind, quote: Quote) -> str | None:
        """A wallet's code, or the insurance code; one that was shown already is used once."""
        if tender is not TenderKind.ONE_CODE:
            return await payment_code(quote)
        if self._shown_code:
            text, self._shown_code = self._shown_code, ""
            return text
        trouble = ""
        while True:
            match await pages.insurance_code_page(quote, trouble):
                case CodeShown(text):
                    return text
                case NotUnderstood(reason):
                    trouble = reason
                case Leave():
                    return None
                case other:
                    assert_never(other)

    async def cash(self, quote: Quote) -> Callable[[NotesSoFar], Ask[Answer]]:
        """Where notes go in."""
        return lambda so_far: pages.notes_page(quote, so_far)


_BACK = "back"


async def _confirm(quote: Quote) -> PayWith | OtherWays | Leave:
    return await ConfirmQuote(
        quote.patient,
        quote.settlement,
        quote.presence,
        quote.slip_possible,
        quote.trouble,
        more=quote.settlement.due_fen > 0,
    )


async def _ready(quote: Quote, tender: TenderKind | None) -> str:
    """ "" when it may go on; else why not, `_BACK` when the patient thought better of it."""
    if tender in _AGREED:
        option = pages.option_of(quote.settlement, tender)
        agreed = isinstance(await pages.agreement_page(quote, option), Pressed)
        return "" if agreed else _BACK
    if tender is TenderKind.CASH:
        return await _cannot_end(quote.settlement.cash_fen)
    return ""


async def _cannot_end(due_fen: int) -> str:
    """Notes that are inside stay inside, so none may go in unless the last one can be taken too:
    what is left over the smallest note must be within what a note may exceed (C12)."""
    allowed = await _allowed(due_fen)
    if isinstance(allowed, str):
        return allowed
    rest_fen = due_fen % min(allowed)
    if not rest_fen:
        return ""
    last = await _allowed(rest_fen)
    return last if isinstance(last, str) else ""


async def _allowed(due_fen: int) -> tuple[int, ...] | str:
    """Which notes may come for this; why none. Nothing is let in yet."""
    answer = await AllowNotes(due_fen, exact=False)
    await StopNotes()
    match answer:
        case NotesAllowed(()):
            return "no_note_fits"
        case NotesAllowed(denominations_fen):
            return denominations_fen
        case DeviceTrouble(_, reason) | Unknown(reason):
            return reason
