"""Pages of a top-up: what the policy says, consent, how much, and the notes.

What a reader would get wrong: the rule that lets money in stands in words on the page and by its
number on the slip, because an exemption holds for a filed reason only (W23-W25).
"""

from __future__ import annotations

from core.journeys.take_notes import CashWanted, NotesSoFar
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Said, Yuan, said
from core.prepay import PrefundMethod, PrepayTerms, ToppedUp
from kiosk.journeys.identify import Identified
from kiosk.steps.cash import InsertNotes
from kiosk.steps.pages import Button, Choose, ChooseAmount, Finished, Option, Show

_SUGGESTED_FEN = (5_000, 10_000, 50_000, 100_000, 200_000)
RULES: dict[str, Said] = {
    "OP-EXEMPT-SCENE": said("Allowed in an emergency or for an operation"),
    "OP-EXEMPT-GROUP": said("Allowed for the elderly and whoever needs it"),
    "OP-LEGACY": said("Allowed by the rules of this hospital"),
}
"""Words of the rules that let money in."""


def rule(rule_id: str) -> Said:
    """By which rule, in words; its number is for staff, on the slip and in the audit."""
    return RULES.get(rule_id, RULES["OP-LEGACY"])


def stopped(who: Identified, terms: PrepayTerms, *, may_declare: bool) -> Choose:
    """No money is taken in advance any more (W18), and what can be done instead (C01)."""
    declare = Option(
        "declare",
        said("I need to pay in advance, of my own will"),
        "hand-stop",
        said("For people with a real need, such as long treatment"),
    )
    refund = Option("refund", said("Ask for my balance back"), "receipt-refund")
    hold = Option(
        "hold",
        said("Pre-authorise a card instead"),
        "shield-lock",
        said("No money leaves your card"),
    )
    return Choose(
        title=said("Outpatient prepayments have ended"),
        hint=said("Since 31 March 2025 nobody has to pay in advance. Nothing was charged."),
        icon="info-circle",
        presence=who.presence,
        strip=Strip(
            Tone.INFO, "wallet", said("Your balance: {amount}", amount=Yuan(terms.balance_fen))
        ),
        options=(*((declare,) if may_declare else ()), hold, refund),
    )


def consent(who: Identified, terms: PrepayTerms) -> Show:
    """Of their own will (W24): read, then agreed to."""
    return Show(
        title=said("Paying in advance is your own choice"),
        hint=said("Please read this first."),
        icon="file-text",
        presence=who.presence,
        text=said(
            "You do not have to pay in advance. You are treated the same without it. "
            "The money stays yours: it pays your next bills, and you can ask for all of it "
            "back at any time, here, on your phone or at a window."
        ),
        sections=(Section("", (Row("file-text", said("Rule"), rule(terms.collect.rule_id)),)),),
        buttons=(
            Button("agree", said("I want to, of my own will")),
            Button("no", said("No, go back"), "x", main=False),
        ),
    )


def most_fen(method: PrefundMethod, balance_fen: int) -> int:
    """The limit of one time, and what the cap of the balance leaves (S13, S14)."""
    if not method.balance_cap_fen:
        return method.max_fen
    return min(method.max_fen, method.balance_cap_fen - balance_fen)


def amount(who: Identified, method: PrefundMethod, balance_fen: int) -> ChooseAmount:
    """Between the limits, which include their numbers."""
    most = most_fen(method, balance_fen)
    return ChooseAmount(
        title=said("How much shall be added?"),
        hint=said("From {least} to {most} at a time.", least=Yuan(method.min_fen), most=Yuan(most)),
        icon="credit-card",
        presence=who.presence,
        min_fen=method.min_fen,
        max_fen=most,
        suggestions_fen=tuple(fen for fen in _SUGGESTED_FEN if method.min_fen <= fen <= most),
    )


def confirmation(who: Identified, amount_fen: int, balance_fen: int) -> Show:
    """The same amounts once more before money moves."""
    return Show(
        title=said("Take this from your bank card?"),
        hint=said("The money leaves your card at once and is added to your balance."),
        icon="credit-card",
        presence=who.presence,
        big_label=said("From your card"),
        big_value=Yuan(amount_fen),
        sections=(
            Section(
                "",
                (
                    Row("wallet", said("Balance now"), Yuan(balance_fen)),
                    Row("wallet", said("Balance afterwards"), Yuan(balance_fen + amount_fen)),
                ),
            ),
        ),
        buttons=(
            Button("pay", said("Yes, go to the card reader"), "credit-card"),
            Button("no", said("No, go back"), "x", main=False),
        ),
    )


def notes(who: Identified, wanted: CashWanted, so_far: NotesSoFar) -> InsertNotes:
    """One note after the other; what is inside stays inside."""
    inside_fen = so_far.inside.amount_fen
    enough = Button("enough", said("That is all, add it"))
    cancel = Button("cancel", said("No, go back"), "x", main=False)
    return InsertNotes(
        title=said("Please put in your banknotes"),
        hint=said("One at a time. A note that went in cannot come out again."),
        icon="cash",
        presence=who.presence,
        parts=("cash",),
        hand="insert_note",
        amount=Yuan(inside_fen),
        steps=(
            said("These notes are taken: {notes}", notes=_values(so_far.allowed_fen)),
            said("At most {most} at a time", most=Yuan(wanted.due_fen)),
            said("Press the button when you have put in all"),
        ),
        trouble=so_far.trouble,
        buttons=(enough,) if inside_fen else (cancel,),
        due_fen=wanted.due_fen,
        inside_fen=inside_fen,
        handled=so_far.handled,
        may_stop=bool(inside_fen),
    )


def _values(denominations_fen: tuple[int, ...]) -> str:
    return " ".join(f"¥{fen // 100}" for fen in denominations_fen)


def done(who: Identified, top_up: ToppedUp, *, printed: bool) -> Finished:
    """Booked: the same amounts as on every page before."""
    return Finished(
        title=said("Your balance was topped up"),
        hint=said("It pays your next bills."),
        icon="wallet",
        presence=who.presence,
        big_label=said("Balance now"),
        big_value=Yuan(top_up.balance_fen),
        rows=(
            Row("plus", said("Added"), Yuan(top_up.amount_fen)),
            Row("file-text", said("Rule"), rule(top_up.rule_id)),
        ),
        printed=printed,
    )
