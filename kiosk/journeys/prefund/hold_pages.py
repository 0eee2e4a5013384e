"""Pages about holds that stand: which there are, a larger one, the end of one (S01, S12, S32).

What a reader would get wrong: a hold moves no money, so every page says frozen and never paid.
"""

from __future__ import annotations

from core.billing import Hold, HoldTerms
from core.identity import short_card
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said
from core.prepay import HoldRelease
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, ChooseAmount, Finished, Option, Show

NEW, LARGER, RELEASE = "new", "larger", "release"
_YUAN_FEN = 100


def standing(who: Identified, holds: tuple[Hold, ...], *, may_place: bool) -> Choose:
    """What stands already, and another one where new ones are offered."""
    another = Option(NEW, said("Pre-authorise once more"), "plus")
    return Choose(
        title=said("Your pre-authorisations"),
        hint=said("Look at one, or place another.") if may_place else said("Look at one."),
        icon="shield-lock",
        presence=who.presence,
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("An amount is frozen on your bank card. It is paid only when a bill is."),
        ),
        options=(*(_option(hold) for hold in holds), *((another,) if may_place else ())),
    )


def _option(hold: Hold) -> Option:
    note = said("Card {card}, until {day}", card=hold.masked_card, day=Day(hold.expires_on))
    return Option(
        hold.hold_id, said("Frozen on your card"), "shield-lock", note, Yuan(hold.remaining_fen)
    )


def one(who: Identified, told: HoldRelease, terms: HoldTerms) -> Show:
    """One hold whole; a larger one takes its place, or it ends."""
    hold = told.hold
    larger = Button(LARGER, said("Make it larger"), "plus")
    release = Button(RELEASE, said("End this pre-authorisation"), "lock-open", main=False)
    back = Button("no", said("Leave it as it is"), "x", main=False)
    may_grow = terms.allowed and hold.amount_fen + _YUAN_FEN <= terms.max_fen
    return Show(
        title=said("This pre-authorisation"),
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
        strip=_why_not(told),
        buttons=(
            *((larger,) if may_grow else ()),
            *((release,) if told.decision.allow else ()),
            back,
        ),
    )


def _why_not(told: HoldRelease) -> Strip | None:
    """It can be ended, but not here or not now (H35)."""
    match told.decision.message_key:
        case "hold_elsewhere" if told.place is not None:
            words = said("It can be ended at the machine that made it: {place}", place=told.place)
        case "hold_in_use":
            words = said("A bill is being paid from it. It can be ended afterwards.")
        case _:
            return None
    return Strip(Tone.INFO, "info-circle", words)


def ending(who: Identified, hold: Hold) -> Show:
    """What ending means, before it is done."""
    return Show(
        title=said("End this pre-authorisation?"),
        hint=said("Nothing was paid from it, and nothing is paid now."),
        icon="lock-open",
        presence=who.presence,
        big_label=said("Free on your card again"),
        big_value=Yuan(hold.remaining_fen),
        sections=(
            Section("", (Row("credit-card", said("Bank card"), short_card(hold.masked_card)),)),
        ),
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("Later bills are then paid another way. You can pre-authorise again at any time."),
        ),
        buttons=(
            Button("yes", said("Yes, end it"), "check"),
            Button("no", said("No, keep it"), "arrow-back-up", main=False),
        ),
    )


def ended(who: Identified, hold: Hold, *, printed: bool) -> Finished:
    """The acquirer said so."""
    return Finished(
        title=said("The pre-authorisation has ended"),
        hint=said("Nothing was paid. The whole amount is free on your card."),
        icon="lock-open",
        presence=who.presence,
        big_label=said("Free on your card again"),
        big_value=Yuan(hold.released_fen),
        rows=(Row("credit-card", said("Bank card"), short_card(hold.masked_card)),),
        strip=Strip(Tone.INFO, "info-circle", said("Some banks take a day until they show it.")),
        printed=printed,
    )


def larger(who: Identified, hold: Hold, terms: HoldTerms) -> ChooseAmount:
    """More than now, within the limits, which include their numbers (S10)."""
    least = max(terms.min_fen, hold.amount_fen + _YUAN_FEN)
    return ChooseAmount(
        title=said("How much shall be frozen instead?"),
        hint=said("The new pre-authorisation comes first, then the old one ends."),
        icon="shield-lock",
        presence=who.presence,
        min_fen=least,
        max_fen=terms.max_fen,
        suggestions_fen=tuple(fen for fen in terms.suggestions_fen if fen >= least),
    )
