"""Recovery: every open operation once at start, later only doubts, never the running one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from terminal_bench import NO_WISH, DirectLane, SilentLane

from core.errors import JournalError
from core.flow import Act
from core.journal.operations import Operation
from core.operation import OperationEvent, OperationKind, OperationState
from core.ports import NoSuchTransaction, NotSent, Printed
from core.routes import Lane, Route, Wish
from core.steps import AskPosForLast, Intend, Intended, PrintSlip, Record
from terminal.drive import Routes
from terminal.journal_keeper import JournalKeeper
from terminal.recovery import Recovery
from tests.helpers.journal import open_journal

_S, _E, HOLD = OperationState, OperationEvent, OperationKind.HOLD
LIMIT_S = 5.0
AGAIN_S = 0.02


@dataclass
class Bench:
    """A journal, a POS that answers `pos`, and what recovery told and asked."""

    keeper: JournalKeeper
    pos: object = NotSent("offline")
    lane: Lane = field(default_factory=DirectLane)
    asked: list[str] = field(default_factory=list)
    told: list[frozenset[OperationKind]] = field(default_factory=list)
    rounds: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    readable: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    def left(self, *events: OperationEvent, kind: OperationKind = HOLD) -> str:
        """An operation as a power cut left it."""
        intended = self.keeper.intend(Intend(kind, {"amount_fen": 200_000}), NO_WISH)
        assert isinstance(intended, Intended)
        for event in events:
            self.keeper.record(Record(intended.operation_id, kind, event), NO_WISH)
        return intended.operation_id

    def state(self, operation_id: str) -> OperationState:
        return self.operations()[operation_id].state

    def operations(self) -> dict[str, Operation]:
        with self.lock:
            return self.keeper.operations()

    def unfinished(self) -> list[Operation]:
        with self.lock:
            if not self.readable:
                raise JournalError("the journal cannot be read")
            return self.keeper.unfinished()

    def doubts_are(self, kinds: frozenset[OperationKind]) -> None:
        self.told.append(kinds)
        self.rounds.release()

    def round(self, times: int = 1) -> None:
        """Wait until recovery has told that often what is in doubt."""
        for _ in range(times):
            assert self.rounds.acquire(timeout=LIMIT_S)

    def routes(self) -> Routes:
        def intend(step: Intend, wish: Wish) -> object:
            with self.lock:
                return self.keeper.intend(step, wish)

        def record(step: Record, wish: Wish) -> object:
            with self.lock:
                return self.keeper.record(step, wish)

        def ask(step: AskPosForLast, _wish: Wish) -> object:
            self.asked.append(step.operation_id)
            return self.pos

        def paper(_step: PrintSlip, _wish: Wish) -> object:
            return Printed()

        direct = DirectLane()
        silent = NotSent("pos_busy")
        table: dict[type[Act[Any]], Route] = {
            Intend: Route(direct, intend, None, None, 1_000),
            Record: Route(direct, record, None, None, 1_000),
            AskPosForLast: Route(self.lane, ask, silent, silent, 100),
            PrintSlip: Route(direct, paper, None, None, 1_000),
        }
        return table


@contextmanager
def _recovering(bench: Bench, again_s: float = AGAIN_S, limit_s: float = 30) -> Iterator[Recovery]:
    recovery = Recovery(bench.unfinished, bench.routes(), bench.doubts_are, again_s, limit_s)
    recovery.start()
    try:
        yield recovery
    finally:
        assert recovery.stop(LIMIT_S)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A fresh journal."""
    return Bench(JournalKeeper(open_journal(tmp_path / "journal.db")))


def test_start_ends_what_the_pos_knows_nothing_of(bench: Bench) -> None:
    operation_id = bench.left(_E.START)
    bench.pos = NoSuchTransaction()
    with _recovering(bench) as recovery:
        assert recovery.finished.wait(LIMIT_S)
        assert recovery.open_at_start == 1
    assert bench.state(operation_id) is _S.RETURNED


def test_what_is_open_counts_as_a_doubt_until_it_was_tried(bench: Bench) -> None:
    bench.left(_E.START)
    bench.pos = NoSuchTransaction()
    with _recovering(bench):
        bench.round(2)
    assert bench.told[:2] == [frozenset({HOLD}), frozenset()]


def test_silent_pos_leaves_a_doubt_that_is_asked_again_until_somebody_knows(bench: Bench) -> None:
    operation_id = bench.left(_E.START)
    with _recovering(bench):
        bench.round(4)
        assert bench.state(operation_id) is _S.UNKNOWN
        bench.pos = NoSuchTransaction()
        while bench.state(operation_id) is _S.UNKNOWN:
            bench.round()
        bench.round(2)
    assert set(bench.asked) == {operation_id}
    assert bench.state(operation_id) is _S.RETURNED
    assert bench.told[-1] == frozenset()


def test_a_call_tries_again_at_once(bench: Bench) -> None:
    operation_id = bench.left(_E.START)
    with _recovering(bench, again_s=3_600) as recovery:
        assert recovery.finished.wait(LIMIT_S)
        assert bench.state(operation_id) is _S.UNKNOWN
        bench.pos = NoSuchTransaction()
        bench.rounds = threading.Semaphore(0)
        recovery.wake()
        bench.round()
    assert bench.state(operation_id) is _S.RETURNED


def test_operation_of_the_running_journey_is_never_touched(bench: Bench) -> None:
    with _recovering(bench) as recovery:
        assert recovery.finished.wait(LIMIT_S)
        with bench.lock:
            running = bench.left(_E.START)
        bench.rounds = threading.Semaphore(0)
        bench.round(3)
        assert bench.state(running) is _S.STARTED
    assert bench.asked == []


def test_what_ended_before_is_left_alone(bench: Bench) -> None:
    ended = bench.left(_E.START, _E.FINISH)
    with _recovering(bench) as recovery:
        assert recovery.finished.wait(LIMIT_S)
        assert recovery.open_at_start == 0
    assert (bench.state(ended), bench.asked) == (_S.DONE, [])


@pytest.mark.expects_warnings("terminal.recovery")
def test_one_that_raises_does_not_keep_the_others_waiting(bench: Bench) -> None:
    bench.left(_E.START, kind=OperationKind.SETTLE)  # no route for it here
    operation_id = bench.left(_E.START)
    bench.pos = NoSuchTransaction()
    with _recovering(bench) as recovery:
        assert recovery.finished.wait(LIMIT_S)
    assert bench.state(operation_id) is _S.RETURNED


@pytest.mark.expects_warnings("terminal.recovery")
def test_journal_that_cannot_be_read_ends_no_doubt(bench: Bench) -> None:
    bench.left(_E.START)
    with _recovering(bench) as recovery:
        assert recovery.finished.wait(LIMIT_S)
        bench.readable = False
        told = len(bench.told)
        bench.rounds = threading.Semaphore(0)
        assert not bench.rounds.acquire(timeout=AGAIN_S * 5)
    assert len(bench.told) <= told + 1
    assert bench.told[-1] == frozenset({HOLD})


def test_screens_need_not_wait_longer_than_the_limit(bench: Bench) -> None:
    bench.left(_E.START)
    bench.lane = SilentLane(started=True)
    with _recovering(bench, limit_s=0.05) as recovery:
        before = recovery.late or recovery.finished.is_set()
        pause = threading.Event()
        while not recovery.late:
            pause.wait(0.01)
        assert not before
        assert recovery.finished.wait(LIMIT_S)
    assert bench.told[0] == frozenset({HOLD})
    assert bench.told[-1] == frozenset({HOLD})
