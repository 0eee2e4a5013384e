"""The machine as a whole: one per folder, an orderly end, and doubts that are told."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest
from terminal_bench import MESSAGES, NO_WISH, settings_of, silent_port

from core.flow import Event
from core.operation import OperationEvent, OperationKind, OperationState
from core.ports import DeviceHealth
from core.steps import Intend, Intended, Record
from devices.ownership import AlreadyRunning
from terminal.health import DoubtsChanged
from terminal.machine import Machine
from tests.helpers.journal import open_journal

LIMIT_S = 10.0
pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("terminal.machine", "devices")]


def _kinds(folder: Path) -> list[str]:
    """What the journal says afterwards."""
    journal = open_journal(folder / "data" / "journal.db")
    kinds = [record.entry.kind for record in journal.records()]
    journal.close()
    return kinds


def test_orderly_end_is_the_last_word_of_the_journal(tmp_path: Path) -> None:
    machine = Machine(settings_of(tmp_path), MESSAGES)
    machine.start(lambda _: None)
    machine.begin_session()
    assert machine.recovery.finished.wait(LIMIT_S)
    assert machine.stop()
    kinds = _kinds(tmp_path)
    assert (kinds[0], kinds[-1]) == ("audit.terminal_started", "audit.terminal_stopped")
    assert "audit.session_started" in kinds
    assert not (tmp_path / "data" / "journal.db-wal").exists(), "the log was not folded back"


def test_second_machine_on_the_same_folder_is_refused_until_the_first_ended(
    tmp_path: Path,
) -> None:
    settings = settings_of(tmp_path)
    machine = Machine(settings, MESSAGES)
    machine.start(lambda _: None)
    with pytest.raises(AlreadyRunning):
        Machine(settings, MESSAGES)
    assert machine.stop()
    again = Machine(settings, MESSAGES)
    again.start(lambda _: None)
    assert again.stop()


def test_silent_backend_is_told_once(tmp_path: Path) -> None:
    told: queue.Queue[Event] = queue.Queue()
    machine = Machine(settings_of(tmp_path), MESSAGES)
    machine.start(told.put)
    assert told.get(timeout=LIMIT_S) == DeviceHealth("backend", "offline")
    assert machine.health.missing("pay") == "backend_silent"
    assert machine.stop()
    assert told.empty()


@pytest.mark.slow
def test_hold_in_doubt_blocks_holds_and_is_told(tmp_path: Path) -> None:
    with silent_port() as port:
        pos = f'[pos]\npath = "tcp:127.0.0.1:{port}"\n'
        machine = Machine(settings_of(tmp_path, pos), MESSAGES)
        intended = machine.keeper.intend(Intend(OperationKind.HOLD), NO_WISH)
        assert isinstance(intended, Intended)
        start = Record(intended.operation_id, OperationKind.HOLD, OperationEvent.START)
        machine.keeper.record(start, NO_WISH)
        told: queue.Queue[Event] = queue.Queue()
        machine.start(told.put)
        while not isinstance(told.get(timeout=LIMIT_S), DoubtsChanged):
            pass
        assert machine.health.missing("hold") == "starting"
        assert machine.operations()[intended.operation_id].state is OperationState.STARTED
        machine.stop()
