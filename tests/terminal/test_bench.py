"""Checks on the running machine: in the device's own worker, within a limit, and never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from terminal_bench import DirectLane, FullLane, SilentLane

from core.flow import Event
from core.ports import CodeScanned, DeviceHealth
from core.routes import Lane
from devices.checks import LINE, Outcome
from devices.diagnostics.bench import BenchBusy, BenchCrashed
from devices.diagnostics.loops import named, print_and_read
from devices.worker import Worker
from terminal.bench import MachineBench
from tests.helpers.bench import FakeService

LIMIT_S = 5.0


def bench(lane: Lane, service: FakeService, limit_s: float = LIMIT_S) -> MachineBench:
    return MachineBench({"pos": (lane, service)}, lambda _: None, limit_s)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("pos")
    made.start()
    yield made
    made.stop()
    assert made.join(LIMIT_S)


def test_work_is_done_in_the_owners_thread(worker: Worker) -> None:
    made = bench(worker, FakeService())
    assert made.on("pos", lambda _service: threading.current_thread().name) == "pos"
    assert (
        made.on("pos", lambda service: named(service.checks(), LINE).work()).outcome
        is Outcome.PASSED
    )


def test_checks_are_listed_without_the_worker() -> None:
    made = bench(FullLane(), FakeService())
    assert ([check.name for check in made.checks("pos")], made.fitted) == ([LINE], ("pos",))


@pytest.mark.parametrize(
    ("lane", "words"),
    [
        (FullLane(), "too much is waiting"),
        (SilentLane(started=False), "no end within 0 s"),
        (SilentLane(started=True), "no end within 0 s"),
    ],
)
def test_device_that_is_not_free_is_busy(lane: Lane, words: str) -> None:
    with pytest.raises(BenchBusy, match=words):
        bench(lane, FakeService(), 0.01).on("pos", lambda _: None)


@pytest.mark.expects_warnings("devices.worker")
def test_work_that_raises_is_a_crash_with_its_words(worker: Worker) -> None:
    def work(_service: FakeService) -> None:
        raise ValueError("a bug")

    with pytest.raises(BenchCrashed, match="pos: a bug"):
        bench(worker, FakeService()).on("pos", work)


def test_work_that_gave_up_waiting_is_withdrawn(worker: Worker) -> None:
    begun, let_go, ran = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        let_go.wait(LIMIT_S)

    worker.offer(hold, lambda _: None)
    assert begun.wait(LIMIT_S)
    with pytest.raises(BenchBusy):
        bench(worker, FakeService(), 0.01).on("pos", lambda _: ran.set())
    let_go.set()
    assert bench(worker, FakeService()).on("pos", lambda _: "next") == "next"
    assert not ran.is_set()


def test_scanner_lost_during_a_loop_is_heard_by_the_machine() -> None:
    lost = DeviceHealth("scanner", "offline")
    heard: list[Event] = []
    scanner = FakeService(polls=[[lost, CodeScanned("13912345678")]])
    devices = {
        "receipt_printer": (DirectLane(), FakeService()),
        "scanner": (DirectLane(), scanner),
    }
    finding = print_and_read("scanner", limit_s=0.1)(MachineBench(devices, heard.append))
    assert (finding.outcome, heard) == (Outcome.FAILED, [lost])
