"""Refund requests: the exact steps of each journey, and what its bad paths say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.deferral import Decision
from core.flow import Act, Reason, Step
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.refunds import Refundable, RefundRequests, RefundStep
from core.slips import WrittenSlip
from core.steps.refunds import AskRefund, ResubmitContact
from kiosk.journeys.refunds import my_refunds_pages, refund_pages
from kiosk.journeys.refunds.my_refunds import my_refunds
from kiosk.journeys.refunds.refund_bill import refund_bill
from kiosk.steps import ShowTrouble
from kiosk.steps.pages import Choose, ChooseSome, Finished, Show, TypeIn
from tests.helpers import people, stories_later
from tests.helpers import stories_refunds as stories
from tests.helpers.driver import Answer, Played, play
from tests.helpers.explore import Story, explore
from tests.helpers.journey_stories import START
from tests.helpers.told import told_refunds as told
from tests.helpers.world import World

_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_WHO = ["Identify", "FindPatient"]
_SEQUENCES = [
    (
        stories.REFUND_BILL,
        [
            *(*_WHO, "FetchRefundable", "Choose", "ChooseSome", "Choose", "FetchPayee", "Show"),
            *("Choose", "PlaceIdCard", "FindPatient", "AskRefund", *_SLIP, "Finished"),
        ],
    ),
    (
        stories.NAME_CONTACT,
        [
            *(*_WHO, "FetchRefunds", "Choose", "FetchPayee", "Show", "TypeIn", "TypeIn"),
            *("ResubmitContact", "Finished"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("story", "sequence"), _SEQUENCES, ids=[story.name for story, _ in _SEQUENCES]
)
def test_good_story_is_exactly_this_sequence(story: Story, sequence: list[str]) -> None:
    _, played = story.run({})

    assert played.names == sequence


@pytest.mark.slow
@pytest.mark.parametrize("story", stories.STORIES, ids=[story.name for story in stories.STORIES])
def test_no_fault_breaks_a_rule(story: Story) -> None:
    assert list(explore(story, 1)) == []


@pytest.mark.parametrize("story", stories.STORIES, ids=[story.name for story in stories.STORIES])
@pytest.mark.parametrize("reason", list(Reason))
def test_any_question_abandoned_asks_for_nothing_more(story: Story, reason: Reason) -> None:
    _, good = story.run({})
    for number, ask in enumerate(good.asks[:-1]):
        world, _ = story.run({}, _left_at(number, reason, story))
        assert not any(isinstance(act, AskRefund | ResubmitContact) for act in world.acts), ask


def _left_at(number: int, reason: Reason, story: Story) -> Answer:
    seen = -1

    def answer(step: Step[Any]) -> object:
        nonlocal seen
        seen += 1
        return reason if seen == number else story.script(step)

    return answer


def _answered(*words: str, **replies: object) -> tuple[World, Answer]:
    """A world whose backend gives these answers, each by the name of its Act."""
    world = World(stories_later.willing(*words))

    def answer(step: Step[Any]) -> object:
        name = type(step).__name__
        return replies[name] if isinstance(step, Act) and name in replies else world.answer(step)

    return world, answer


def _trouble(played: Played[Any]) -> str:
    (shown,) = (ask for ask in played.asks if isinstance(ask, ShowTrouble))
    return shown.reason


def test_h20_what_was_done_already_is_shown_with_its_reason_and_cannot_be_chosen() -> None:
    world, played = stories.REFUND_BILL.run({})

    (items,) = (ask for ask in played.asks if isinstance(ask, ChooseSome))
    assert [str(option.off) for option in items.options] == [
        "",
        str(said("This item was done already")),
    ]
    (asked,) = (act for act in world.acts if isinstance(act, AskRefund))
    assert asked.line_ids == ("L1",)


def test_c05_payment_that_a_window_alone_refunds_says_so() -> None:
    _, played = stories.REFUND_BILL.run({})

    choose = next(ask for ask in played.asks if isinstance(ask, Choose))
    offs = [str(option.off) for option in choose.options]
    assert offs == ["", str(said("Refunds of this payment are asked for at a window"))]


def test_c05_request_is_never_called_refunded() -> None:
    world, played = stories.REFUND_BILL.run({})

    (slip,) = (paper for paper in world.printer.paper if isinstance(paper, WrittenSlip))
    end = played.asks[-1]
    assert isinstance(end, Finished)
    for words in (str(slip).lower(), str(end).lower()):
        assert "no money has moved yet" in words
        assert "refunded" not in words
    assert slip.big == told.REQUEST.number == "9F86D081"


def test_w31_warning_is_read_before_it_is_sent_and_names_nobody() -> None:
    _, played = stories.REFUND_BILL.run({})

    (page,) = (ask for ask in played.asks if isinstance(ask, Show))
    assert page.strip is not None
    assert page.strip.words == told.WARNING


def test_w30_minor_reads_whose_account_a_transfer_goes_to() -> None:
    clear = Decision(True, "W30", "", ("REGISTERED_CONTACT",))
    _, answer = _answered("send", FetchPayee=clear)

    played = play(refund_bill(START), answer)

    assert "goes to the registered contact" in str(played.asks)


def test_w33_another_persons_id_card_asks_for_no_refund() -> None:
    another = replace(people.PATIENT, patient_id="P2")
    found = iter([people.PATIENT, another])
    world = World(stories.REFUND_BILL.script)

    def answer(step: Step[Any]) -> object:
        return next(found) if type(step).__name__ == "FindPatient" else world.answer(step)

    played = play(refund_bill(START), answer)

    assert _trouble(played) == "another_person"
    assert "AskRefund" not in played.names


def test_request_whose_answer_was_lost_is_found_in_the_list() -> None:
    _, answer = _answered("send", AskRefund=Unknown("backend_silent"))

    played = play(refund_bill(START), answer)

    assert played.names.count("AskRefund") == 1
    assert isinstance(played.asks[-1], Finished)


@pytest.mark.parametrize("listed", [RefundRequests(()), Unknown("x"), NotSent("x"), Refused("x")])
def test_request_that_nobody_can_find_is_told_as_unsure(listed: object) -> None:
    _, answer = _answered("send", AskRefund=Unknown("backend_silent"), FetchRefunds=listed)

    assert _trouble(play(refund_bill(START), answer)) == "refund_unsure"


def test_who_paid_nothing_reads_so() -> None:
    _, answer = _answered(FetchRefundable=Refundable(()))

    played = play(refund_bill(START), answer)

    page = played.asks[-1]
    assert isinstance(page, Choose)
    assert page.nothing


def test_w20_four_steps_stand_with_their_times() -> None:
    page = my_refunds_pages.told(stories_later.WHO, told.RESUBMIT, None)

    rows = page.sections[0].rows
    assert [row.icon for row in rows] == ["circle-check"] * 3 + ["hourglass"]


def test_w20_refused_request_ends_there() -> None:
    steps = (*told.REQUEST.steps, RefundStep("REJECTED", "2026-01-07T09:00:00+08:00"))
    rejected = replace(told.REQUEST, state="REJECTED", steps=steps)

    rows = my_refunds_pages.told(stories_later.WHO, rejected, None).sections[0].rows

    assert len(rows) == 2


def test_w32_wrong_number_is_typed_again() -> None:
    world = World(stories.NAME_CONTACT.script)
    replies: list[object] = [Refused("bad_id_number"), told.TOLD[ResubmitContact]]

    def answer(step: Step[Any]) -> object:
        return replies.pop(0) if isinstance(step, ResubmitContact) else world.answer(step)

    played = play(my_refunds(START), answer)

    typed = [ask for ask in played.asks if isinstance(ask, TypeIn)]
    assert [ask.trouble for ask in typed] == ["", "", "bad_id_number"]


def test_reasons_are_words_that_staff_can_read() -> None:
    page = refund_pages.why(stories_later.WHO)

    assert next(option.key for option in page.options) == "not_done"


def test_w33_face_is_looked_at_after_its_text_was_agreed_to() -> None:
    world = World(stories_later.willing("send", "face", "agree"))

    played = play(refund_bill(START), world.answer)

    names = played.names
    assert names.index("FetchConsentTexts") < names.index("TakePicture") < names.index("CheckFace")
    assert names.index("CheckFace") < names.index("AskRefund")
    assert "PlaceIdCard" not in names


@pytest.mark.parametrize("check", [Refused("not_found"), Unknown("backend_silent")])
def test_w33_face_that_is_not_known_asks_for_no_refund(check: object) -> None:
    _, answer = _answered("send", "face", "agree", CheckFace=check)

    played = play(refund_bill(START), answer)

    assert "AskRefund" not in played.names
