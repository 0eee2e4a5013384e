"""The device worker: bounded queue, withdrawal, crash, poll faults, a hanging device."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator

import pytest
from peer import wait_until

from core.flow import Event
from core.ports import CardGone, CardTaken
from core.routes import Crashed
from devices.worker import Owner, Worker

LIMIT_S = 5.0


@pytest.fixture
def replies() -> queue.Queue[object]:
    return queue.Queue()


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """What a request waits for; set at the end so that no thread hangs."""
    event = threading.Event()
    yield event
    event.set()


def hold(started: threading.Event, held: threading.Event) -> Callable[[], object]:
    """Work that hangs until `held` is set."""

    def work() -> object:
        started.set()
        return held.wait(LIMIT_S)

    return work


def stopped(worker: Worker) -> bool:
    worker.stop()
    return worker.join(LIMIT_S)


def test_reply_comes_from_the_workers_own_thread(replies: queue.Queue[object]) -> None:
    worker = Worker("printer")
    worker.start()
    assert worker.offer(lambda: threading.current_thread().name, replies.put) is not None
    assert replies.get(timeout=LIMIT_S) == "printer"
    assert stopped(worker)


@pytest.mark.expects_warnings("devices.worker")
def test_work_that_raises_is_crashed_and_logged(
    replies: queue.Queue[object], caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> object:
        raise ValueError("a bug")

    worker = Worker("printer")
    worker.start()
    with caplog.at_level(logging.ERROR):
        worker.offer(work, replies.put)
        reply = replies.get(timeout=LIMIT_S)
    assert isinstance(reply, Crashed)
    assert isinstance(reply.error, ValueError)
    assert "a request failed" in caplog.text
    assert stopped(worker)


def test_full_queue_takes_no_more(held: threading.Event) -> None:
    started = threading.Event()
    worker = Worker("printer", depth=1)
    worker.start()
    worker.offer(hold(started, held), lambda reply: None)
    assert started.wait(LIMIT_S)
    assert worker.offer(lambda: None, lambda reply: None) is not None
    assert worker.offer(lambda: None, lambda reply: None) is None
    held.set()
    assert stopped(worker)


def test_withdrawn_request_never_starts_and_a_started_one_cannot_be_withdrawn(
    held: threading.Event, replies: queue.Queue[object]
) -> None:
    started = threading.Event()
    worker = Worker("printer")
    worker.start()
    first = worker.offer(hold(started, held), lambda reply: None)
    second = worker.offer(lambda: "second", replies.put)
    worker.offer(lambda: "third", replies.put)
    assert first is not None and second is not None
    assert started.wait(LIMIT_S)
    assert second.withdraw()
    assert not first.withdraw()
    held.set()
    assert replies.get(timeout=LIMIT_S) == "third"
    assert stopped(worker)


def test_every_polled_event_is_told() -> None:
    told: list[Event] = []
    pending: list[Event] = [CardTaken(), CardGone()]

    def poll() -> Iterable[Event]:
        events, pending[:] = list(pending), []
        return events

    worker = Worker("card", poll=poll, poll_s=0.01, tell=told.append)
    worker.start()
    wait_until(lambda: told == [CardTaken(), CardGone()])
    assert stopped(worker)


def test_poll_goes_on_while_requests_keep_coming(replies: queue.Queue[object]) -> None:
    polls: list[int] = []

    def poll() -> Iterable[Event]:
        polls.append(1)
        return []

    worker = Worker("card", poll=poll, poll_s=0.01)
    worker.start()

    def one_more() -> bool:
        worker.offer(lambda: None, lambda reply: None)
        return len(polls) >= 5

    wait_until(one_more)
    assert stopped(worker)


@pytest.mark.expects_warnings("devices.worker")
def test_poll_that_raises_is_logged_once_a_kind_and_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    faults: list[Exception] = []

    def poll() -> Iterable[Event]:
        faults.append(ValueError("odd") if len(faults) % 2 else KeyError("even"))
        raise faults[-1]

    worker = Worker("card", poll=poll, poll_s=0.005)
    with caplog.at_level(logging.ERROR):
        worker.start()
        wait_until(lambda: len(faults) >= 6)
        assert stopped(worker)
    assert len(caplog.records) == 2


def test_hanging_work_is_not_joined(held: threading.Event) -> None:
    started = threading.Event()
    worker = Worker("card")
    worker.start()
    worker.offer(hold(started, held), lambda reply: None)
    assert started.wait(LIMIT_S)
    worker.stop()
    assert not worker.join(0.02)
    held.set()
    assert worker.join(LIMIT_S)


def test_foreign_thread_is_a_bug() -> None:
    owner = Owner()
    thread = threading.Thread(target=owner.check)
    thread.start()
    thread.join()
    with pytest.raises(RuntimeError, match="outside its owner's thread"):
        owner.check()
