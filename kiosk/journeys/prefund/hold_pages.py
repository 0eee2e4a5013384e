"""Pages about holds that stand: what a hold is, which there are, and a larger one (S01, S12, S32).

What a reader would get wrong: a hold moves no money, so every page says frozen and never paid.
"""

from __future__ import annotations

from core.billing import Hold, HoldTerms
from core.phrase import Day, Yuan, said
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import (
    Button,
    Choose,
    ChooseAmount,
    Option,
    Row,
    Section,
    Show,
    Strip,
    Tone,
)

NEW = "new"
_YUAN_FEN = 100


def standing(who: Identified, holds: tuple[Hold, ...]) -> Choose:
    """What stands already, and another one."""
    return Choose(
        title=said("Your holds"),
        hint=said("Look at one, or place another."),
        icon="shield-lock",
        presence=who.presence,
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("A hold freezes an amount on your bank card. It is paid only when a bill is."),
        ),
        options=(
            *(_option(hold) for hold in holds),
            Option(NEW, said("Place another hold"), "plus"),
        ),
    )


def _option(hold: Hold) -> Option:
    note = said("Card {card}, until {day}", card=hold.masked_card, day=Day(hold.expires_on))
    return Option(
        hold.hold_id, said("Frozen on your card"), "shield-lock", note, Yuan(hold.remaining_fen)
    )


def one(who: Identified, hold: Hold, terms: HoldTerms) -> Show:
    """One hold whole; a larger one takes its place."""
    larger = Button("larger", said("Make it larger"), "plus")
    back = Button("no", said("Leave it as it is"), "x", main=False)
    may = hold.amount_fen + _YUAN_FEN <= terms.max_fen
    return Show(
        title=said("This hold"),
        hint=said("Nothing was paid. What no bill needs is freed on the last day by itself."),
        icon="shield-lock",
        presence=who.presence,
        big_label=said("Still frozen"),
        big_value=Yuan(hold.remaining_fen),
        sections=(
            Section(
                "",
                (
                    Row("shield-lock", said("Frozen at first"), Yuan(hold.amount_fen)),
                    Row("receipt", said("Paid from it"), Yuan(hold.taken_fen)),
                    Row("credit-card", said("Bank card"), hold.masked_card),
                    Row("calendar", said("Last day"), Day(hold.expires_on)),
                ),
            ),
        ),
        buttons=(larger, back) if may else (back,),
    )


def larger(who: Identified, hold: Hold, terms: HoldTerms) -> ChooseAmount:
    """More than now, within the limits, which include their numbers (S10)."""
    least = max(terms.min_fen, hold.amount_fen + _YUAN_FEN)
    return ChooseAmount(
        title=said("How much shall be frozen instead?"),
        hint=said("The new hold comes first, then the old one ends."),
        icon="shield-lock",
        presence=who.presence,
        min_fen=least,
        max_fen=terms.max_fen,
        suggestions_fen=tuple(fen for fen in terms.suggestions_fen if fen >= least),
    )
