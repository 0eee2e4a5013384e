"""Stories of money kept ready: top-ups by card and by notes, holds, and balances asked back.

What a reader would get wrong: the patient of the notes puts in one, and says that it is enough as
soon as something is inside; a note that came out is put in again once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core.flow import Step
from core.journeys.release import release_hold
from core.journeys.take_notes import CashWanted, NotesSoFar
from core.journeys.top_up import TopUpWish, top_up_by_card, top_up_by_cash
from core.ports import NoteOffered
from core.steps import Leave
from core.steps.cash import EnoughNotes
from kiosk.journeys.services import SERVICES
from kiosk.steps import Typed
from kiosk.steps.cash import InsertNotes
from kiosk.steps.pages import Amount, Choose, ChooseAmount, Chosen, Pressed, Show, TypeIn
from tests.helpers.explore import Story
from tests.helpers.journey_stories import START, patient
from tests.helpers.told.told_prefund import MAY_RELEASE
from tests.helpers.world import Script

WISH = TopUpWish("P1", consent=True, declared_need=False)
WANTED = CashWanted(20_000, 5_000)
AT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def offered(number: int, denomination_fen: int = 10_000) -> NoteOffered:
    """The note of this number."""
    return NoteOffered(denomination_fen, number, None, AT)


def page(so_far: NotesSoFar) -> InsertNotes:
    """As bare as can be."""
    return InsertNotes(
        title="",
        due_fen=WANTED.due_fen,
        inside_fen=so_far.inside.amount_fen,
        handled=so_far.handled,
        trouble=so_far.trouble,
        may_stop=bool(so_far.inside.amount_fen),
    )


def _notes(step: Step[Any]) -> object:
    if not isinstance(step, InsertNotes):
        return patient()(step)
    last = step.handled.note_number if step.handled else 0
    if step.inside_fen == 10_000:
        return offered(last + 1, 5_000)
    if step.inside_fen:
        return EnoughNotes()
    return Leave() if last > 1 else offered(last + 1)


def willing(step: Step[Any]) -> object:
    """Goes on wherever it goes on, types and chooses the first thing there is."""
    match step:
        case Show(buttons=buttons):
            main = [button.word for button in buttons if button.main]
            return Pressed(main[0]) if main else Leave()
        case Choose(options=options):
            return Chosen(options[0].key)
        case ChooseAmount(min_fen=min_fen):
            return Amount(min_fen)
        case TypeIn():
            return Typed("6222021234567890123")
        case _:
            return _notes(step)


def ends_it(step: Step[Any]) -> object:
    """Looks at the hold that stands, and ends it."""
    match step:
        case Show(buttons=buttons) if "release" in {button.word for button in buttons}:
            return Pressed("release")
        case _:
            return willing(step)


def one_more(step: Step[Any]) -> object:
    """Lets the hold that stands stand, and places another."""
    match step:
        case Choose(options=options):
            return Chosen(options[-1].key)
        case _:
            return willing(step)


def service(name: str, script: Script = willing) -> Story:
    """One service from its tile on."""
    return Story(name, lambda: SERVICES[name].begin(START), script)


def with_a_hold(name: str, script: Script) -> Story:
    """The same of holds, for a patient who has one."""
    return replace(service("hold", script), name=name, standing=True)


RELEASE_HOLD = Story(
    "end a hold",
    lambda: release_hold(MAY_RELEASE.hold, MAY_RELEASE.receipt),
    patient(),
)
TOP_UP_BY_CASH = Story("top up with notes", lambda: top_up_by_cash(WISH, WANTED, page), _notes)
TOP_UP_BY_CARD = Story("top up by card", lambda: top_up_by_card(WISH, 20_000), patient())
MONEY = (TOP_UP_BY_CASH, TOP_UP_BY_CARD, RELEASE_HOLD)
TRANSFER_SERVICE = service("top_up_transfer")
CASH_SERVICE = service("top_up_cash")
REFUND_SERVICE = service("refund_balance")
LARGER_HOLD = with_a_hold("a larger hold", willing)
STANDING_HOLD_ENDS = with_a_hold("the end of a hold", ends_it)
SECOND_HOLD = with_a_hold("one more hold", one_more)
STANDING = (LARGER_HOLD, STANDING_HOLD_ENDS, SECOND_HOLD)
STORIES: tuple[Story, ...] = (*MONEY, TRANSFER_SERVICE, CASH_SERVICE, REFUND_SERVICE, *STANDING)
