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
from core.steps.prefund import HoldPlace, Holds
from core.wording import wording

_STATES: dict[str, Said] = {
    "HELD": said("Stands"),
    "COMPLETED": said("Paid from it"),
    "RELEASED": said("Ended"),
    "EXPIRED": said("Over"),
    "SUPERSEDED": said("Replaced by a larger one"),
}


def holds_sheet(at: AtWork, terms: HoldTerms, found: Holds, trouble: str = "") -> WorkSheet:
    """All of them, the newest first, with where one that stands can be ended; only such a one can
    be changed."""
    columns = (
        Column(said("Bank card"), 3),
        Column(said("Frozen at first"), 2, right=True),
        Column(said("Paid from it"), 2, right=True),
        Column(said("Still frozen"), 2, right=True),
        Column(said("Last day"), 2),
        Column(said("State and place"), 4),
    )
    held = any(one.state == "HELD" for one in found.holds)
    places = {one.hold_id: _where(one) for one in found.places}
    lines = tuple(_line(one, places.get(one.hold_id, "")) for one in found.holds)
    off = "" if terms.allowed else said(wording(terms.reason).happened)
    none: Phrase = off or ("" if held else said("No pre-authorisation stands"))
    return WorkSheet(
        title=said("Pre-authorise a card"),
        patient=at.patient,
        trouble=trouble,
        text=said("It freezes an amount. Nothing is paid before a bill is."),
        table=Table(columns, lines, nothing=said("No pre-authorisation stands")),
        fields=(_amount(terms),) if terms.allowed else (),
        actions=(
            Action("place", said("Pre-authorise"), off=off),
            Action("larger", said("Make it larger"), "Ctrl+G", Takes.ROW, off=none),
            Action(
                "release",
                said("End this one"),
                "Ctrl+E",
                Takes.ROW,
                twice=True,
                off="" if held else said("No pre-authorisation stands"),
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


def _where(found: HoldPlace) -> Phrase:
    if found.here:
        return said("Stands: this window")
    return said("Stands: {place}", place=found.place) if found.place else ""


def _line(hold: Hold, where: Phrase) -> Line:
    stands = hold.state == "HELD"
    state: Phrase = where or _STATES.get(hold.state, hold.state)
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
