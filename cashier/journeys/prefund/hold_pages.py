"""Pages of holds: those of a patient with what is left, and why one cannot be ended here."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    FieldOption,
    ForCustomer,
    Line,
    Table,
    Takes,
    WorkSheet,
)
from core.billing import Hold, HoldTerms
from core.money import format_yuan
from core.page_parts import Row, Section, Tone
from core.phrase import Day, Phrase, Said, Yuan, said
from core.prepay import HoldRelease
from core.wording import wording

_STATES: dict[str, Said] = {
    "HELD": said("Stands"),
    "COMPLETED": said("Paid from it"),
    "RELEASED": said("Ended"),
    "EXPIRED": said("Over"),
    "SUPERSEDED": said("Replaced by a larger one"),
}


def holds_sheet(
    at: AtWork, terms: HoldTerms, holds: tuple[Hold, ...], trouble: str = ""
) -> WorkSheet:
    """All of them, the newest first; only one that stands can be changed."""
    columns = (
        Column(said("Bank card"), 3),
        Column(said("Frozen at first"), 2, right=True),
        Column(said("Paid from it"), 2, right=True),
        Column(said("Still frozen"), 2, right=True),
        Column(said("Last day"), 2),
        Column(said("State"), 2),
    )
    held = any(one.state == "HELD" for one in holds)
    off = "" if terms.allowed else said(wording(terms.reason).happened)
    none: Phrase = off or ("" if held else said("No hold stands"))
    return WorkSheet(
        title=said("Hold on a bank card"),
        patient=at.patient,
        trouble=trouble,
        text=said("It freezes an amount. Nothing is paid before a bill is."),
        table=Table(columns, tuple(_line(one) for one in holds), nothing=said("No hold stands")),
        fields=(_amount(terms),) if terms.allowed else (),
        actions=(
            Action("place", said("Place a hold"), off=off),
            Action("larger", said("A larger one instead"), "Ctrl+G", Takes.ROW, off=none),
            Action(
                "release",
                said("End this hold"),
                "Ctrl+E",
                Takes.ROW,
                twice=True,
                off="" if held else said("No hold stands"),
                fills=False,
            ),
        ),
        customer=ForCustomer(said("An amount is frozen on your bank card; nothing is paid")),
    )


def _amount(terms: HoldTerms) -> Field:
    """The numbers of S10, and what is often asked for."""
    words = said("Amount, {least} to {most}", least=Yuan(terms.min_fen), most=Yuan(terms.max_fen))
    usual = tuple(FieldOption(_typed(fen), Yuan(fen)) for fen in terms.suggestions_fen)
    return Field("amount", words, FieldKind.AMOUNT, options=usual)


def _typed(amount_fen: int) -> str:
    return format_yuan(amount_fen).replace(",", "")


def _line(hold: Hold) -> Line:
    stands = hold.state == "HELD"
    state: Phrase = _STATES.get(hold.state, hold.state)
    cells = (
        hold.masked_card,
        Yuan(hold.amount_fen),
        Yuan(hold.taken_fen),
        Yuan(hold.remaining_fen),
        Day(hold.expires_on),
        state,
    )
    return Line(
        hold.hold_id, cells, Tone.SUCCESS if stands else Tone.PLAIN, "" if stands else state
    )


def elsewhere_sheet(at: AtWork, may: HoldRelease) -> WorkSheet:
    """It can be ended, but not here or not now (H35)."""
    match may.decision.message_key:
        case "hold_elsewhere" if may.place is not None:
            words: Phrase = said(
                "Only the machine that made it can end it: {place}", place=may.place
            )
        case "hold_in_use":
            words = said("A bill is being paid from it. It can be ended afterwards.")
        case reason:
            words = said(wording(reason).happened)
    frozen = Row("shield-lock", said("Still frozen"), Yuan(may.hold.remaining_fen))
    last = Row("calendar", said("Last day"), Day(may.hold.expires_on))
    return WorkSheet(
        title=said("It cannot be ended here"),
        patient=at.patient,
        text=words,
        sections=(Section("", (frozen, last)),),
        actions=(Action("done", said("Done")),),
    )
