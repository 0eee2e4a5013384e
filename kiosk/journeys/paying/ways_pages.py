"""Pages of ways to pay: all of them with what they can do today, and the last look before a debit.

What a reader would get wrong: a way that is not open here is shown too, with its reason and where
it is open, because "no" without a way out helps nobody (H35).
"""

from __future__ import annotations

from core.billing import Settlement, TenderKind, TenderOption
from core.journeys.desk import Quote
from core.journeys.take_notes import NotesSoFar
from core.page_parts import Row, Section
from core.phrase import Phrase, Said, Yuan, said
from core.wording import TENDERS
from kiosk.steps.cash import InsertNotes
from kiosk.steps.pages import Button, Choose, Option, Show
from kiosk.steps.paying import TENDER_ICONS, ShowInsuranceCode

HOLD, REAUTHORISE = "HOLD", "REAUTHORISE"
_NOTES: dict[TenderKind, Said] = {
    TenderKind.SCAN: said("Show your payment code"),
    TenderKind.ONE_CODE: said("The insurance code on your phone pays at once"),
    TenderKind.BANK_CARD: said("At the bank terminal below"),
    TenderKind.CASH: said("Notes only; change is paid at a window"),
}
_WHY: dict[str, Said] = {
    "window_only": said("Only at a service window"),
    "not_offered": said("Only on a phone"),
    "not_in_scope": said("Not for this department"),
    "anonymous": said("Only with a card that carries your name"),
    "not_insured": said("Only with insurance"),
    "no_agreement": said("You have not signed this yet"),
    "credit_not_enough": said("The credit left is not enough"),
    "daily_limit": said("More than the limit of today"),
    "not_for_deposits": said("Not for deposits"),
    "pos_not_ready": said("The bank terminal is not ready"),
}


def ways_page(quote: Quote) -> Choose:
    """Every way, in the backend's order; more of a hold first, when that would pay it all."""
    settlement = quote.settlement
    return Choose(
        title=said("How do you want to pay?"),
        hint=said("To pay now: {amount}", amount=Yuan(settlement.due_fen)),
        icon="wallet",
        presence=quote.presence,
        place=2,
        options=(*_hold_options(quote), *map(_way, settlement.options)),
    )


def _hold_options(quote: Quote) -> tuple[Option, ...]:
    """S19: short of balance, so a hold is offered right here; a larger one for one too small."""
    settlement = quote.settlement
    if not quote.with_pos:
        return ()
    if settlement.reauthorise_fen:
        words = said(
            "Raise the pre-authorisation to {amount}", amount=Yuan(settlement.reauthorise_fen)
        )
        note = said("The new one comes first, then the old one ends")
        return (Option(REAUTHORISE, words, "shield-plus", note),)
    if settlement.hold is None:
        note = said("An amount is only frozen; the bill takes what it costs")
        return (Option(HOLD, said("Pre-authorise a card"), "shield-lock", note),)
    return ()


def _way(option: TenderOption) -> Option:
    return Option(
        option.kind.value,
        Said(TENDERS[option.kind]),
        TENDER_ICONS[option.kind],
        agreement_note(option) or _NOTES.get(option.kind, ""),
        off="" if option.allowed else _why(option),
    )


def _why(option: TenderOption) -> Phrase:
    if option.place is not None:
        return said("Only at this place: {place}", place=option.place)
    return _WHY.get(option.reason, said("Not possible here now"))


def agreement_note(option: TenderOption) -> Phrase:
    """Who pays and what is left today, before anything is pressed (W01, W03)."""
    if option.left_fen is None:
        return ""
    left = Yuan(option.left_fen)
    if not option.payer:
        return said("Left today: {left}", left=left)
    return said("Paid by {payer}; left today: {left}", payer=option.payer, left=left)


def agreement_page(quote: Quote, option: TenderOption) -> Show:
    """The last look before money of an agreement moves (W04, H28, H30)."""
    due = Yuan(quote.settlement.due_fen)
    who: Phrase = option.payer or quote.patient.display_name
    left = () if option.left_fen is None else (_left(option.left_fen),)
    return Show(
        title=said("Is this right?"),
        hint=Said(TENDERS[option.kind]),
        icon=TENDER_ICONS[option.kind],
        presence=quote.presence,
        place=2,
        sections=(
            Section(
                "",
                (
                    Row("user", said("Patient"), quote.patient.display_name),
                    Row("wallet", said("Who pays"), who),
                    *left,
                ),
            ),
        ),
        big_label=said("Is taken now"),
        big_value=due,
        buttons=(Button("pay", said("Pay {amount}", amount=due)),),
    )


def _left(left_fen: int) -> Row:
    return Row("clock", said("Left today"), Yuan(left_fen))


def insurance_code_page(quote: Quote, trouble: str) -> ShowInsuranceCode:
    """The insurance code of the phone, which pays what insurance does not (W12)."""
    return ShowInsuranceCode(
        title=said("Hold your insurance code over the scan window"),
        hint=said("It pays your own part from the account that is linked to it"),
        icon="qrcode",
        presence=quote.presence,
        trouble=trouble,
        place=2,
        parts=("scan",),
        hand="phone",
        steps=(
            said("Open the insurance code on your phone"),
            said("Turn the screen to the scan window"),
            said("Hold it still until you hear a beep"),
        ),
        amount=Yuan(quote.settlement.due_fen),
    )


def notes_page(quote: Quote, so_far: NotesSoFar) -> InsertNotes:
    """Notes for the bill; once one is inside, the bill is paid or a window owes it (C12)."""
    settlement, inside_fen = quote.settlement, so_far.inside.amount_fen
    return InsertNotes(
        title=said("Please put notes in, one by one"),
        hint=said(
            "Due {due}, inside {inside}",
            due=Yuan(settlement.cash_fen),
            inside=Yuan(inside_fen),
        ),
        icon="cash-banknote",
        presence=quote.presence,
        trouble=so_far.trouble,
        place=2,
        parts=("cash",),
        hand="note",
        steps=(
            said("Smooth the note and put it in"),
            said("Wait until it is drawn in"),
            said("Notes that are inside do not come out again"),
        ),
        amount=Yuan(max(0, settlement.cash_fen - inside_fen)),
        due_fen=settlement.cash_fen,
        inside_fen=inside_fen,
        handled=so_far.handled,
        buttons=() if inside_fen else (Button("cancel", said("Pay another way"), "x", main=False),),
    )


def option_of(settlement: Settlement, kind: TenderKind) -> TenderOption:
    """The option of a kind that may pay."""
    return next(one for one in settlement.options if one.kind is kind and one.allowed)
