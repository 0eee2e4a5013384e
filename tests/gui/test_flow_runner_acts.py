"""The Qt runner: what was not done, what devices tell, bugs and drift."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot
from runner_bench import (
    CARD,
    DOCUMENT,
    LIMIT_MS,
    OTHER_CARD,
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

from core.codes import PaymentCode
from core.flow import Ask, Event, Journey, Reason
from core.ports import CardGone, CardTaken, CodeScanned, HealthCardPresent, IdCardPresent
from core.routes import Crashed, Route, Wish
from core.steps import ShowPaymentCode
from devices.worker import Worker
from ui.flow_runner import FlowRunner


@pytest.fixture
def bench(qapp: QCoreApplication) -> Iterator[Open]:
    """Makes benches; see `benches`."""
    with benches() as opened:
        yield opened


# --- acts that are not done -------------------------------------------------------------------


def test_full_queue_is_the_routes_unstarted(bench: Open) -> None:
    desk = bench()
    desk.lane.room = False
    desk.runner.start(act_only())
    let_live()
    assert desk.ended == ["unstarted"]


@pytest.mark.expects_warnings("ui.flow_runner")
def test_deadline_before_the_start_withdraws(bench: Open, qtbot: QtBot) -> None:
    desk = bench(limit_ms=10)
    desk.runner.start(act_only())
    qtbot.waitUntil(lambda: bool(desk.ended), timeout=LIMIT_MS)
    assert (desk.ended, desk.lane.requests[0].withdrawn) == (["unstarted"], True)


@pytest.mark.expects_warnings("ui.flow_runner")
def test_deadline_after_the_start_is_overdue_and_the_late_reply_is_dropped(
    bench: Open, qtbot: QtBot
) -> None:
    desk = bench(limit_ms=10)
    desk.runner.start(act_then_ask())
    desk.lane.requests[0].start()
    qtbot.waitUntil(lambda: bool(desk.asked), timeout=LIMIT_MS)
    desk.lane.requests[0].finish()
    let_live()
    assert (desk.runner.step, desk.runner.stale) == (Question("after"), 1)
    desk.say("yes", "a")
    assert desk.ended == [("overdue", "a")]


def test_bug_in_the_worker_is_overdue(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_only())
    desk.lane.requests[0].start()
    desk.lane.requests[0].finish(Crashed(ValueError("a bug")))
    let_live()
    assert desk.ended == ["overdue"]


@pytest.mark.expects_warnings("devices.worker")
def test_bug_in_a_real_worker_is_overdue(qtbot: QtBot) -> None:
    def raises(_step: Move, _wish: Wish) -> str:
        raise ValueError("a bug")

    worker = Worker("buggy")
    worker.start()
    runner = FlowRunner({Move: Route(worker, raises, "unstarted", "overdue", LIMIT_MS)})
    with qtbot.waitSignal(runner.ended, timeout=LIMIT_MS) as ended:
        runner.start(act_only())
    worker.stop()
    assert worker.join(LIMIT_MS / 1000)
    assert ended.args == ["overdue"]


# --- events ----------------------------------------------------------------------------------


def test_presence_is_told_to_every_new_question(bench: Open) -> None:
    desk = bench()
    desk.tell(CARD)
    desk.runner.start(two_questions())
    assert (desk.ended, desk.asked) == ([(CARD.number, CARD.number)], [])


def test_newer_word_replaces_the_older(bench: Open) -> None:
    desk = bench(CARD)
    desk.tell(CardGone())
    desk.runner.start(two_questions())
    assert desk.runner.step == Question("first")


def test_edge_is_told_once_to_the_open_question(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    desk.tell(CardTaken())
    assert desk.runner.step == Question("second")


def test_edge_during_an_act_is_dropped(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_then_ask())
    desk.tell(CodeScanned("130000000000000000"))
    desk.lane.do()
    assert desk.runner.step == Question("after")


async def pay_with(card: HealthCardPresent | None) -> object:
    return await ShowPaymentCode(8_524, card)


@pytest.mark.parametrize("event", [CardGone(), OTHER_CARD], ids=["pulled", "swapped"])
@pytest.mark.parametrize("when", ["at the question", "before it"])
def test_card_that_must_stay_abandons_when(bench: Open, event: Event, when: str) -> None:
    async def journey() -> object:
        await Move()
        return await pay_with(CARD)

    desk = bench(CARD)
    desk.runner.start(journey())
    if when == "before it":
        desk.tell(event)
        desk.lane.do()
        assert desk.asked == []
    else:
        desk.lane.do()
        desk.tell(event)
    assert desk.ended == [Reason.CARD_PULLED]


def test_the_same_card_and_other_peoples_cards_leave_it_open(bench: Open) -> None:
    for presence, event in ((CARD, CARD), (None, CardGone()), (None, OTHER_CARD)):
        desk = bench()
        desk.runner.start(pay_with(presence))
        desk.tell(event)
        assert desk.ended == []
        desk.tell(CodeScanned("130000000000000000"))
        assert isinstance(desk.ended[0], PaymentCode)


async def leave_at_once() -> str:
    return await Patient()


def test_id_card_is_forgotten_with_the_visit(bench: Open) -> None:
    desk = bench()
    desk.runner.start(leave_at_once())
    desk.tell(IdCardPresent(DOCUMENT))
    desk.say("leave")
    heard: list[Event] = []
    desk.runner.start(_listening(heard))
    assert heard == []


@dataclass(frozen=True, slots=True)
class Listening(Ask[str]):
    """Keeps what it hears."""

    heard_events: list[Event]

    def heard(self, event: Event) -> None:
        self.heard_events.append(event)


async def _listening(heard: list[Event]) -> str:
    return await Listening(heard)


def test_event_of_another_thread_arrives_in_the_gui_thread(bench: Open, qtbot: QtBot) -> None:
    desk = bench()
    where: list[int] = []
    desk.runner.ended.connect(lambda _: where.append(threading.get_ident()))
    desk.runner.start(two_questions())
    desk.say("yes")
    threading.Thread(target=desk.runner.tell, args=(CardTaken(),)).start()
    qtbot.waitUntil(lambda: bool(desk.ended), timeout=LIMIT_MS)
    assert where == [threading.get_ident()]


# --- bugs and drift ----------------------------------------------------------------------------


@pytest.mark.expects_warnings("ui.flow_runner")
def test_journey_that_raises_is_broken_and_the_next_one_runs(bench: Open) -> None:
    async def wrong() -> str:
        raise ValueError(await Question())

    desk = bench()
    desk.runner.start(wrong())
    desk.say("yes", "a bug")
    assert [str(error) for error in desk.broken] == ["a bug"]
    assert (desk.runner.running, desk.ended, desk.seconds[-1]) == (False, [], -1)
    desk.runner.start(two_questions())
    desk.say("yes", "a")
    desk.say("yes", "b")
    assert desk.ended == [("a", "b")]


@pytest.mark.expects_warnings("ui.flow_runner")
def test_broken_visit_is_forgotten_too(bench: Open) -> None:
    async def wrong() -> str:
        raise ValueError(await Question())

    desk = bench()
    desk.runner.start(wrong())
    desk.tell(IdCardPresent(DOCUMENT))
    desk.say("yes")
    heard: list[Event] = []
    desk.runner.start(_listening(heard))
    assert (len(desk.broken), heard) == (1, [])


def test_two_journeys_at_a_time_is_a_bug(bench: Open) -> None:
    desk = bench()
    desk.runner.start(two_questions())
    second: Journey[tuple[str, str]] = two_questions()
    with pytest.raises(AssertionError):
        desk.runner.start(second)
    second.close()


def test_a_thousand_journeys_leave_nothing_behind(qtbot: QtBot) -> None:
    worker = Worker("steady")
    worker.start()
    lane = worker
    runner = FlowRunner({Move: Route(lane, lambda s, w: s.what, "unstarted", "overdue", LIMIT_MS)})
    runner.ask_shown.connect(lambda ticket, _ask: runner.said(ticket, "yes", "a"))
    ended: list[object] = []
    runner.ended.connect(ended.append)

    def play(times: int) -> None:
        ended.clear()
        for number in range(times):
            runner.start(act_then_ask())
            while len(ended) <= number:
                QCoreApplication.processEvents()

    play(300)
    threads, nones = threading.active_count(), sys.getrefcount(None)
    play(1_000)
    grown = sys.getrefcount(None) - nones
    assert (ended[-1], runner.stale) == (("it", "a"), 0)
    assert threading.active_count() == threads
    assert abs(grown) < 500, f"None is referred to {grown} times more"
    worker.stop()
    assert worker.join(LIMIT_MS / 1000)
