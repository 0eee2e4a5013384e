"""A worker held for ever: seen by its limit, told once, counted, and back when the call returns."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest

from core.flow import Event
from core.ports import DeviceHealth
from devices.worker import POLL_LIMIT_S, REQUEST_LIMIT_S, Worker
from terminal.bench import CHECK_LIMIT_S
from terminal.hung import HungDevices

LIMIT_S = 5.0
AT_ONCE, NEVER = -1.0, 1000.0


class Call:
    """A call into a driver that returns only when it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def __call__(self) -> Iterable[Event]:
        """As a poll or as a request."""
        self.begun.set()
        assert self.let_go.wait(LIMIT_S)
        return ()


@pytest.fixture
def call() -> Iterator[Call]:
    made = Call()
    yield made
    made.let_go.set()


@contextmanager
def running(
    *, poll: Callable[[], Iterable[Event]] | None, poll_limit_s: float, request_limit_s: float
) -> Iterator[Worker]:
    """A started worker, ended again."""
    worker = Worker(
        "card",
        poll=poll,
        poll_s=0.01,
        poll_limit_s=poll_limit_s,
        request_limit_s=request_limit_s,
    )
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def free_again(worker: Worker, call: Call) -> None:
    """Let the call return, and wait until the worker has done something after it."""
    after = threading.Event()
    assert worker.offer(after.set, lambda _: None) is not None
    call.let_go.set()
    assert after.wait(LIMIT_S)
    worker.stop()
    assert worker.join(LIMIT_S)


@pytest.mark.parametrize(
    ("limit_s", "stuck"), [(AT_ONCE, True), (NEVER, False)], ids=["over_its_limit", "within"]
)
def test_poll_is_stuck_only_beyond_its_limit(call: Call, limit_s: float, stuck: bool) -> None:
    with running(poll=call, poll_limit_s=limit_s, request_limit_s=NEVER) as worker:
        assert call.begun.wait(LIMIT_S)
        assert worker.stuck is stuck
        free_again(worker, call)
        assert not worker.stuck


@pytest.mark.parametrize(
    ("limit_s", "stuck"), [(AT_ONCE, True), (NEVER, False)], ids=["over_its_limit", "within"]
)
def test_request_is_stuck_only_beyond_its_own_limit(
    call: Call, limit_s: float, stuck: bool
) -> None:
    with running(poll=None, poll_limit_s=AT_ONCE, request_limit_s=limit_s) as worker:
        assert worker.offer(call, lambda _: None) is not None
        assert call.begun.wait(LIMIT_S)
        assert worker.stuck is stuck
        free_again(worker, call)
        assert not worker.stuck


def test_worker_that_waits_for_work_or_was_never_started_is_not_stuck() -> None:
    assert not Worker("card", poll_limit_s=AT_ONCE, request_limit_s=AT_ONCE).stuck
    with running(poll=None, poll_limit_s=NEVER, request_limit_s=AT_ONCE) as worker:
        done = threading.Event()
        worker.offer(lambda: None, lambda _: done.set())
        assert done.wait(LIMIT_S)
        worker.stop()
        assert worker.join(LIMIT_S)
        assert not worker.stuck


@pytest.mark.expects_warnings("devices.worker")
def test_poll_that_raises_is_not_stuck() -> None:
    raised = threading.Event()

    def poll() -> Iterable[Event]:
        raised.set()
        raise ValueError("a bug")

    with running(poll=poll, poll_limit_s=AT_ONCE, request_limit_s=NEVER) as worker:
        assert raised.wait(LIMIT_S)
        worker.stop()
        assert worker.join(LIMIT_S)
        assert not worker.stuck


def test_a_check_may_not_be_taken_for_a_hang() -> None:
    assert POLL_LIMIT_S < CHECK_LIMIT_S < REQUEST_LIMIT_S


class Held:
    """A worker's word about itself."""

    stuck = False


def looked_at(*names: str) -> tuple[HungDevices, dict[str, Held]]:
    workers = {name: Held() for name in names}
    return HungDevices(workers), workers


def test_held_device_is_told_and_counted_once() -> None:
    hung, workers = looked_at("pos", "smart_card")
    assert (hung.look(), hung.names) == ([], frozenset())
    workers["smart_card"].stuck = True
    assert hung.look() == [DeviceHealth("smart_card", "hung")]
    assert (hung.look(), hung.names) == ([], frozenset({"smart_card"}))
    workers["pos"].stuck = True
    assert hung.look() == [DeviceHealth("pos", "hung")]
    assert hung.names == frozenset({"pos", "smart_card"})


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([], "unknown"),
        (["ok"], "ok"),
        (["ok", "offline"], "offline"),
        (["low"], "low"),
        (["ok", "hung"], "hung"),
    ],
)
def test_device_that_is_free_again_is_what_it_said_last(said: list[str], told: str) -> None:
    hung, workers = looked_at("pos")
    for state in said:
        hung.hear(DeviceHealth("pos", state))
    workers["pos"].stuck = True
    hung.look()
    workers["pos"].stuck = False
    assert hung.look() == [DeviceHealth("pos", told)]
    assert (hung.look(), hung.names) == ([], frozenset())


def test_what_was_said_for_a_held_device_is_not_its_own_word() -> None:
    hung, workers = looked_at("pos")
    hung.hear(DeviceHealth("pos", "low"))
    workers["pos"].stuck = True
    for told in hung.look():
        hung.hear(told)
    workers["pos"].stuck = False
    assert hung.look() == [DeviceHealth("pos", "low")]


def test_word_of_a_device_that_came_back_between_two_looks_is_kept() -> None:
    hung, workers = looked_at("pos")
    hung.hear(DeviceHealth("pos", "ok"))
    workers["pos"].stuck = True
    hung.look()
    hung.hear(DeviceHealth("pos", "offline"))
    workers["pos"].stuck = False
    assert hung.look() == [DeviceHealth("pos", "offline")]


def test_one_device_comes_as_another_goes() -> None:
    hung, workers = looked_at("pos", "cash")
    hung.hear(DeviceHealth("pos", "ok"))
    workers["pos"].stuck = True
    hung.look()
    workers["pos"].stuck, workers["cash"].stuck = False, True
    assert hung.look() == [DeviceHealth("cash", "hung"), DeviceHealth("pos", "ok")]


def test_real_worker_held_by_a_call_is_hung_until_the_call_returns(call: Call) -> None:
    with running(poll=call, poll_limit_s=AT_ONCE, request_limit_s=NEVER) as worker:
        hung = HungDevices({"smart_card": worker})
        assert call.begun.wait(LIMIT_S)
        assert hung.look() == [DeviceHealth("smart_card", "hung")]
        free_again(worker, call)
        assert hung.look() == [DeviceHealth("smart_card", "unknown")]
