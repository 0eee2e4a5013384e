"""The Qt runner: one journey at a time, late answers dropped, Acts never interrupted."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from core.codes import PaymentCode
from core.flow import Abandoned, Act, Ask, Event, Journey, Reason, Touch
from core.identity import IdDocument
from core.ports import CardGone, CardTaken, CodeScanned, HealthCardPresent, IdCardPresent
from core.routes import Crashed, Offered, Route, Wish
from core.steps import ShowPaymentCode
from devices.worker import Worker
from terminal.lane import WorkerLane
from ui.flow_runner import FlowRunner

CARD = HealthCardPresent("04C0FFE2", "260000000025")
OTHER_CARD = HealthCardPresent("04C0FFEE", "260000000017")
DOCUMENT = IdDocument("王建国", "M", "汉", "1984-02-29", "温州", "330302198402290016", "局", "", "")
LIMIT_MS = 3_000


@dataclass(frozen=True, slots=True)
class Question(Ask[str]):
    """Answered by the word "yes", by a scanned code, or by a taken card."""

    name: str = ""

    def touched(self, touch: Touch) -> str | None:
        return touch.value if touch.word == "yes" else None

    def heard(self, event: Event) -> str | None:
        match event:
            case CodeScanned(text):
                return text
            case CardTaken():
                return "taken"
            case HealthCardPresent(_, number):
                return number
        return None


@dataclass(frozen=True, slots=True)
class Patient(Ask[str]):
    """Waits for ever."""

    idle_ms: ClassVar[int | None] = None


@dataclass(frozen=True, slots=True)
class Move(Act[str]):
    """Something a worker does."""

    what: str = ""


class HeldRequest:
    """Started and finished by the test, as a worker would."""

    def __init__(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._work, self._done = work, done
        self.reply: object = None
        self.started = self.withdrawn = False

    def start(self) -> None:
        assert not self.withdrawn
        self.started = True
        self.reply = self._work()

    def finish(self, reply: object = None) -> None:
        self._done(self.reply if reply is None else reply)

    def withdraw(self) -> bool:
        self.withdrawn = not self.started
        return self.withdrawn


class HeldLane:
    """A queue whose work waits for the test. `room` False: it is full."""

    def __init__(self) -> None:
        self.requests: list[HeldRequest] = []
        self.room = True

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        if not self.room:
            return None
        self.requests.append(HeldRequest(work, done))
        return self.requests[-1]

    def do(self) -> None:
        """The newest request, from start to reply."""
        self.requests[-1].start()
        self.requests[-1].finish()
        let_live()


def let_live() -> None:
    """Everything queued for the GUI thread arrives."""
    QCoreApplication.processEvents()


@dataclass
class Bench:
    """A runner whose signals are kept."""

    runner: FlowRunner
    lane: HeldLane
    wishes: list[Wish] = field(default_factory=list)
    asked: list[Ask[Any]] = field(default_factory=list)
    acted: list[bool] = field(default_factory=list)
    ended: list[object] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)

    def say(self, word: str, value: str = "", ticket: int | None = None) -> None:
        self.runner.said(self.runner.ticket if ticket is None else ticket, word, value)
        let_live()

    def tell(self, event: Event) -> None:
        self.runner.tell(event)
        let_live()

    def second(self, times: int = 1) -> None:
        """The clock of the open question ticks, if it runs."""
        timers = self.runner.findChildren(QTimer)
        clock = next(timer for timer in timers if not timer.isSingleShot())
        for _ in range(times):
            if clock.isActive():
                clock.timeout.emit()


Open = Callable[..., Bench]


@pytest.fixture
def bench(qapp: QCoreApplication) -> Iterator[Open]:
    """Makes benches: `levels`, `limit_ms`, `may_leave`."""
    made: list[Bench] = []

    def opened(
        *levels: Event, limit_ms: int = LIMIT_MS, may_leave: bool = False, idle_scale: float = 1.0
    ) -> Bench:
        lane = HeldLane()
        wishes: list[Wish] = []

        def work(step: Move, wish: Wish) -> str:
            wishes.append(wish)
            return f"did {step.what}"

        route = Route(lane, work, "unstarted", "overdue", limit_ms, may_leave)
        one = Bench(FlowRunner({Move: route}, levels, idle_scale), lane, wishes)
        one.runner.ask_shown.connect(lambda _ticket, ask: one.asked.append(ask))
        one.runner.act_shown.connect(lambda _ticket, _act, leave: one.acted.append(leave))
        one.runner.ended.connect(one.ended.append)
        one.runner.broken.connect(one.broken.append)
        one.runner.seconds_left.connect(one.seconds.append)
        made.append(one)
        return one

    yield opened
    for one in made:
        one.runner.deleteLater()


async def two_questions() -> tuple[str, str]:
    return await Question("first"), await Question("second")


async def act_then_ask() -> tuple[str, str]:
    return await Move("it"), await Question("after")


async def act_only() -> str:
    return await Move("it")


# --- tickets ---------------------------------------------------------------------------------


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


def test_wish_to_leave_is_told_to_the_act_and_thrown_before_the_next_question(bench: Open) -> None:
    desk = bench(may_leave=True)
    desk.runner.start(act_then_ask())
    desk.lane.requests[-1].start()
    assert not desk.wishes[0].is_set()
    desk.say("leave")
    assert desk.wishes[0].is_set()
    desk.lane.requests[-1].finish()
    let_live()
    assert (desk.ended, desk.asked) == ([Reason.LEFT], [])


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


def test_no_clock_runs_during_an_act_or_after_the_end(bench: Open) -> None:
    desk = bench()
    desk.runner.start(act_then_ask())
    desk.second(100)
    assert set(desk.seconds) == {-1}
    desk.lane.do()
    desk.say("yes")
    desk.second(100)
    assert desk.seconds[-1] == -1


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
    runner = FlowRunner({Move: Route(WorkerLane(worker), raises, "unstarted", "overdue", LIMIT_MS)})
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


async def raise_after_ask() -> str:
    await Patient()
    raise ValueError("a bug")


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
    lane = WorkerLane(worker)
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
    assert abs(grown) < 200, f"None is referred to {grown} times more"
    worker.stop()
    assert worker.join(LIMIT_MS / 1000)
