"""Stories of bills that are paid: every way that moves money of its own, and a larger hold.

What a reader would get wrong: the patient of the notes puts in two, which is more than is due; the
change is owed by a slip. A note that came out is put in again once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core import steps
from core.billing import TenderKind
from core.flow import Step
from core.journeys.reauthorise import reauthorise
from core.journeys.settle import settle
from core.ports import NoteOffered
from kiosk.journeys.paying.desk import KioskDesk
from kiosk.steps.cash import InsertNotes
from kiosk.steps.pages import ChooseSome, Pressed, Show
from kiosk.steps.paying import CodeShown, ShowInsuranceCode
from tests.helpers import people
from tests.helpers.explore import Story
from tests.helpers.journey_stories import patient, service

AT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
_MOST_NOTES = 3


def _pays_notes(step: Step[Any]) -> object:
    if not isinstance(step, InsertNotes):
        return patient()(step)
    last = step.handled.note_number if step.handled else 0
    return steps.Leave() if last >= _MOST_NOTES else NoteOffered(5_000, last + 1, None, AT)


def _gives_up(step: Step[Any]) -> object:
    match step:
        case Show():
            return Pressed("give_up")
        case ChooseSome(options=options):
            return (options[0].key,)
    return patient()(step)


def _settle() -> Any:  # noqa: ANN401  a journey
    return settle(people.PATIENT, (people.BILL,), None, KioskDesk())


SETTLE_BY_CARD = Story(
    "settle by bank card", _settle, patient(), ways=(TenderKind.BANK_CARD, TenderKind.SCAN)
)
SETTLE_BY_NOTES = Story("settle with notes", _settle, _pays_notes, ways=(TenderKind.CASH,))
ONE_CODE = Story(
    "settle by insurance code",
    _settle,
    patient({ShowInsuranceCode: CodeShown("ECDEMO0000000000000000WANGJ1")}),
    ways=(TenderKind.ONE_CODE,),
)
REAUTHORISE = Story("raise a hold", lambda: reauthorise("P1", "H-old", people.HOLD_FEN), patient())
GIVE_UP = Story("give items up", service("pay").begin, _gives_up)
MONEY: tuple[Story, ...] = (SETTLE_BY_CARD, SETTLE_BY_NOTES, REAUTHORISE)
STORIES: tuple[Story, ...] = (*MONEY, ONE_CODE, GIVE_UP)
