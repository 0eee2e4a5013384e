"""Acts without a person: the same rules as the Qt runner's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from terminal_bench import DirectLane, FullLane, SilentLane

from core.flow import Act, Ask
from core.routes import Lane, Route, Wish
from devices.worker import Worker
from terminal.drive import Routes, carry_out, drive


@dataclass(frozen=True, slots=True)
class Move(Act[str]):
    """Something to do."""

    what: str


@dataclass(frozen=True, slots=True)
class Question(Ask[str]):
    """Nobody is there to answer it."""


def _work(step: Move, _wish: Wish) -> str:
    if step.what == "bug":
        raise ValueError("a bug")
    return f"did {step.what}"


def _routes(lane: Lane, limit_ms: int = 20) -> Routes:
    return {Move: Route(lane, _work, "unstarted", "overdue", limit_ms)}


def _reply(lane: Lane, what: str = "it", limit_ms: int = 20) -> object:
    return carry_out(_routes(lane, limit_ms), Move(what), threading.Event())


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A real thread."""
    real = Worker("real")
    real.start()
    yield real
    real.stop()
    assert real.join(2)


def test_reply_comes_from_a_worker(worker: Worker) -> None:
    assert _reply(worker, limit_ms=2_000) == "did it"


@pytest.mark.expects_warnings("devices.worker")
def test_bug_in_the_worker_is_overdue(worker: Worker) -> None:
    assert _reply(worker, "bug", limit_ms=2_000) == "overdue"


def test_full_queue_is_unstarted() -> None:
    assert _reply(FullLane()) == "unstarted"


def test_deadline_before_the_start_is_unstarted() -> None:
    assert _reply(SilentLane(started=False)) == "unstarted"


def test_deadline_after_the_start_is_overdue() -> None:
    assert _reply(SilentLane(started=True)) == "overdue"


def test_journey_of_acts_ends_with_its_value() -> None:
    async def journey() -> tuple[str, str]:
        return await Move("a"), await Move("b")

    assert drive(journey(), _routes(DirectLane())) == ("did a", "did b")


def test_question_without_a_person_is_a_bug() -> None:
    async def journey() -> str:
        return await Question()

    with pytest.raises(AssertionError, match="asks a person"):
        drive(journey(), {})
