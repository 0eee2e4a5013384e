"""Paying a bill: exact sequences, every answer, and what becomes of money that went in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import steps
from core.billing import TenderKind
from core.operation import OperationKind, OperationState
from core.ports import Refused
from kiosk.journeys.paying.pay_bill import settle_checked
from kiosk.journeys.paying.till import Payer
from kiosk.steps import ShowReferred
from tests.helpers import people
from tests.helpers.explore import Story, explore
from tests.helpers.journey_stories import SETTLE_COVERED, patient
from tests.helpers.stories_paying import (
    GIVE_UP,
    MONEY,
    ONE_CODE,
    REAUTHORISE,
    SETTLE_BY_CARD,
    SETTLE_BY_NOTES,
    STORIES,
)
from tests.helpers.variants import Variant

_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_QUOTE = ["settle.intend", "settle.start", "CheckPos", "OpenSettlement", "CheckPrinter"]
_PAY = ["settle.note.paying", "CommitSettlement"]
_NOTE = ["settle.note.note_offered", "TakeNote", "settle.note.note_taken"]
_SEQUENCES = {
    SETTLE_BY_CARD.name: [
        *(*_QUOTE, "ConfirmQuote", *_PAY),
        *("settle.note.at_pos", "PayAtPos", "settle.note.pos_said", "TellPosWord"),
        *("settle.finish", *_SLIP),
    ],
    ONE_CODE.name: [
        *(*_QUOTE, "ConfirmQuote", "ShowInsuranceCode", *_PAY, "settle.finish", *_SLIP),
    ],
    SETTLE_BY_NOTES.name: [
        *(*_QUOTE, "ConfirmQuote", "AllowNotes", "StopNotes", "AllowNotes", "StopNotes"),
        *("AllowNotes", "InsertNotes", *_NOTE, "AllowNotes", "InsertNotes", *_NOTE, "StopNotes"),
        *(*_PAY, "settle.finish", *_SLIP, *_SLIP),
    ],
    REAUTHORISE.name: [
        *("hold.intend", "hold.start", "AnnounceHold", "PlaceHoldAtPos", "hold.note.approved"),
        *("RegisterHold", "hold.finish", "FetchReauthorisation"),
        *("release.intend", "release.start", "ReleaseHoldAtPos", "TellOldReleased"),
        "release.finish",
    ],
    GIVE_UP.name: [
        *("Identify", "FindPatient", "FetchBills", "Show", "ChooseSome", "GiveUpItems"),
        *(*_SLIP, "Finished"),
    ],
}


@pytest.mark.parametrize("story", STORIES, ids=[story.name for story in STORIES])
def test_good_story_is_exactly_this_sequence(story: Story) -> None:
    world, played = story.run({})

    assert played.names == _SEQUENCES[story.name]
    assert {one.state for one in world.operations().values()} == {OperationState.DONE}


@pytest.mark.slow
@pytest.mark.parametrize("story", MONEY, ids=[story.name for story in MONEY])
def test_money_under_any_two_faults_keeps_every_rule(story: Story) -> None:
    broken = list(explore(story, 2))

    assert not broken, f"{len(broken)} plans break a rule, such as {broken[0]}"


@pytest.mark.parametrize("story", STORIES, ids=[story.name for story in STORIES])
def test_any_one_fault_keeps_every_rule(story: Story) -> None:
    broken = list(explore(story, 1))

    assert not broken, f"{len(broken)} plans break a rule, such as {broken[0]}"


def test_c12_notes_above_what_is_due_are_owed_by_a_second_slip() -> None:
    world, _ = SETTLE_BY_NOTES.run({})

    settled = next(one for one in world.operations().values() if one.kind is OperationKind.SETTLE)
    assert settled.number("cash_fen") == 10_000
    assert [type(slip).__name__ for slip in world.printer.paper] == [
        "SettlementSlip",
        "WrittenSlip",
    ]


def test_s16_h35_card_without_a_name_is_sent_to_the_window_with_its_reason() -> None:
    nameless = replace(people.PATIENT, identities=("ANONYMOUS",), display_name="")
    payer = Payer(nameless, None)
    story = Story("a card without a name", lambda: settle_checked(payer, (people.BILL,)), patient())

    _, played = story.run({3: Variant(Refused, "not done", "window_only")})

    (referred,) = [ask for ask in played.asks if isinstance(ask, ShowReferred)]
    assert referred.reason == "anonymous_at_window"
    assert "ConfirmQuote" not in played.names


def test_s17_existing_money_pays_first_and_the_patient_only_confirms() -> None:
    world, played = SETTLE_COVERED.run({})

    (quote,) = [ask for ask in played.asks if isinstance(ask, steps.ConfirmQuote)]
    assert (quote.settlement.due_fen, quote.settlement.tenders[0].kind) == (0, TenderKind.PREAUTH)
    assert world.backend.accounts != {}
