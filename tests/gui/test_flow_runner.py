"""The Qt runner: late answers dropped, Acts never interrupted, a clock for each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication
from runner_bench import (
    CARD,
    DOCUMENT,
    Move,
    Open,
    Patient,
    Question,
    act_only,
    act_then_ask,
    benches,
    let_live,
    two_questions,
)

from core.flow import Abandoned, Ask, Event, Reason
from core.ports import CardGone, IdCardPresent


@pytest.fixture
def bench(qapp: QCoreApplication) -> Iterator[Open]:
    """Makes benches; see `benches`."""
    with benches() as opened:
        yield opened


# --- many served in one journey ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnyId(Ask[str]):
    """Answered by an ID card that lies there."""

    def heard(self, event: Event) -> str | None:
        return event.document.id_number if isinstance(event, IdCardPresent) else None


@dataclass(frozen=True, slots=True)
class NextPlease(AnyId):
    """Asks whoever comes next."""

    forgets: ClassVar[bool] = True


@pytest.mark.parametrize(("question", "is_answered"), [(AnyId(), True), (NextPlease(), False)])
def test_id_card_of_before_answers_only_who_does_not_forget(
    bench: Open, question: AnyId, is_answered: bool
) -> None:
    async def journey() -> str:
        await Question("first")
        return await question

    desk = bench()
    desk.runner.start(journey())
    desk.tell(IdCardPresent(DOCUMENT))
    desk.say("yes")
    assert bool(desk.ended) is is_answered
    desk.tell(IdCardPresent(DOCUMENT))
    assert desk.ended == [DOCUMENT.id_number]


# --- tickets ---------------------------------------------------------------------------------


def test_renewed_question_is_answered_by_a_press_on_what_was_shown_before(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    ticket = desk.runner.ticket
    desk.runner.said(ticket, "yes", "a")
    desk.runner.renew(Question("newer"))
    assert (desk.runner.step, desk.runner.ticket) == (Question("newer"), ticket)
    let_live()
    assert desk.runner.ticket == ticket + 1


def test_double_press_answers_one_question(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    ticket = desk.runner.ticket
    desk.runner.said(ticket, "yes", "a")
    desk.runner.said(ticket, "yes", "a")
    let_live()
    assert desk.asked == [Question("first"), Question("second")]
    assert (desk.runner.step, desk.runner.stale, desk.ended) == (Question("second"), 1, [])


def test_answers_reach_their_questions_in_order(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.say("yes", "a")
    desk.say("yes", "b")
    assert desk.ended == [("a", "b")]
    assert not desk.runner.running


def test_press_after_the_end_is_stale(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.say("yes")
    desk.say("yes")
    desk.say("yes")
    assert (len(desk.ended), desk.runner.stale) == (1, 1)


def test_press_while_an_act_runs_is_not_its_reply(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_only())
    desk.say("yes", "forged")
    assert desk.runner.step == Move("it")
    desk.lane.do()
    assert desk.ended == ["did it"]


# --- leaving ---------------------------------------------------------------------------------


def test_leave_at_a_question_abandons_it(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.say("leave")
    assert desk.ended == [Reason.LEFT]


@pytest.mark.parametrize("happens", ["leave", "idle", "card pulled", "press"])
def test_nothing_abandons_a_running_act(bench: Open, happens: str) -> None:
    desk = bench(CARD)
    desk.runner.start(act_only())
    if happens == "leave":
        desk.runner.leave(Reason.SHUTDOWN)
    elif happens == "idle":
        desk.second(100)
    elif happens == "card pulled":
        desk.tell(CardGone())
    else:
        desk.say("leave")
    assert (desk.runner.step, desk.ended) == (Move("it"), [])
    desk.lane.do()
    assert desk.ended == ["did it"]


def test_wish_to_leave_is_told_to_the_act_and_its_outcome_is_shown(bench: Open) -> None:
    desk = bench(may_leave=True)
    desk.runner.start(act_then_ask())
    desk.lane.requests[-1].start()
    assert not desk.wishes[0].is_set()
    desk.say("leave")
    assert desk.wishes[0].is_set()
    desk.lane.requests[-1].finish()
    let_live()
    assert (desk.ended, desk.asked) == ([], [Question("after")])


def test_leave_pressed_at_an_act_that_cannot_be_left_is_forgotten(bench: Open) -> None:
    desk = bench(may_leave=False)
    desk.runner.start(act_then_ask())
    desk.say("leave")
    desk.lane.do()
    assert not desk.wishes[0].is_set()
    assert (desk.asked, desk.acted) == ([Question("after")], [False])


def test_shutdown_is_told_to_every_act(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_then_ask())
    desk.lane.requests[-1].start()
    desk.runner.leave(Reason.SHUTDOWN)
    assert desk.wishes[0].is_set()
    desk.lane.requests[-1].finish()
    let_live()
    assert (desk.ended, desk.asked) == ([Reason.SHUTDOWN], [])


def test_abandoned_journey_may_still_act(bench: Open) -> None:
    async def clean_up() -> None:
        try:
            await Question()
        except Abandoned as abandoned:
            await Move("back")
            raise Abandoned(abandoned.reason) from None

    desk = bench()
    desk.runner.start(clean_up())
    desk.say("leave")
    assert (desk.runner.step, desk.ended) == (Move("back"), [])
    desk.lane.do()
    assert desk.ended == [Reason.LEFT]


def test_a_wish_is_thrown_once(bench: Open) -> None:
    async def stubborn() -> str:
        try:
            return await Question("first")
        except Abandoned:
            return await Question("again")

    desk = bench()
    desk.runner.start(stubborn())
    desk.say("leave")
    assert desk.runner.step == Question("again")
    desk.say("yes", "b")
    assert desk.ended == ["b"]


def test_wish_of_one_journey_does_not_reach_the_next(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_only())
    desk.runner.leave(Reason.SHUTDOWN)
    desk.lane.do()
    desk.runner.start(act_then_ask())
    desk.lane.do()
    assert desk.runner.step == Question("after")
    assert not desk.wishes[1].is_set()


def test_left_by_whoever_shows_it_no_clock_runs_on(bench: Open) -> None:
    desk = bench()
    desk.runner.ask_shown.connect(lambda *_: desk.runner.leave(Reason.SHUTDOWN))
    desk.runner.start(two_questions())
    desk.second(100)
    assert (desk.ended, desk.seconds[-1]) == ([Reason.SHUTDOWN], -1)


# --- the idle clock --------------------------------------------------------------------------


def test_nobody_there_abandons_as_idle(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.second(59)
    assert (desk.seconds[0], desk.seconds[-1], desk.ended) == (60, 1, [])
    desk.second()
    assert desk.ended == [Reason.IDLE]


def test_every_question_has_its_own_clock(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.second(50)
    desk.say("yes")
    desk.second(50)
    assert (desk.runner.step, desk.seconds[-1]) == (Question("second"), 10)


@pytest.mark.parametrize("how", ["touch", "press that is no answer"])
def test_touch_starts_the_clock_again(bench: Open, how: str) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.second(59)
    if how == "touch":
        desk.runner.touched()
    else:
        desk.say("scroll")
    assert desk.seconds[-1] == 60
    desk.second(59)
    assert desk.ended == []


def test_question_without_a_limit_runs_no_clock(bench: Open) -> None:
    async def home() -> str:
        return await Patient()

    desk = bench()
    desk.runner.start(home())
    desk.runner.touched()
    desk.second(1000)
    assert (set(desk.seconds), desk.ended) == ({-1}, [])


def test_calm_mode_lengthens_every_wait(bench: Open) -> None:
    desk = bench(idle_scale=2.5)
    desk.runner.start(two_questions())
    assert desk.seconds == [150]


def test_calm_mode_lengthens_the_question_that_is_open(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.second(10)
    desk.runner.stretch(2.0)
    assert desk.seconds[-1] == 120


def test_no_clock_runs_during_an_act_or_after_the_end(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_then_ask())
    desk.second(100)
    assert set(desk.seconds) == {-1}
    desk.lane.do()
    desk.say("yes")
    desk.second(100)
    assert desk.seconds[-1] == -1
