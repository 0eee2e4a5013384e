"""The journal keeper: what is on disk when an Act is answered, and what a broken disk means."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal_bench import NO_WISH

from core.audit import AuditEvent
from core.errors import JournalError
from core.operation import OperationEvent, OperationKind, OperationState
from core.steps import Intend, Intended, JournalBroken, Record, Recorded
from terminal.journal_keeper import JournalKeeper
from tests.helpers.journal import open_journal

HOLD = OperationKind.HOLD


def _keeper(folder: Path) -> JournalKeeper:
    return JournalKeeper(open_journal(folder / "journal.db"))


def _intend(keeper: JournalKeeper) -> str:
    answer = keeper.intend(Intend(HOLD, {"amount_fen": 200_000}), NO_WISH)
    assert isinstance(answer, Intended)
    return answer.operation_id


def test_intention_is_on_disk_when_it_is_answered(tmp_path: Path) -> None:
    operation_id = _intend(_keeper(tmp_path))
    found = _keeper(tmp_path).operations()[operation_id]
    assert (found.kind, found.state, found.number("amount_fen")) == (
        HOLD,
        OperationState.INTENDED,
        200_000,
    )


def test_every_intention_has_an_id_of_its_own(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    assert len({_intend(keeper) for _ in range(20)}) == 20


def test_what_became_of_it_is_on_disk(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    operation_id = _intend(keeper)
    for event in (OperationEvent.START, OperationEvent.DOUBT):
        assert keeper.record(Record(operation_id, HOLD, event), NO_WISH) == Recorded()
    assert _keeper(tmp_path).operations()[operation_id].state is OperationState.UNKNOWN


def test_head_moves_with_every_record(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    before = keeper.head
    keeper.audit(AuditEvent.HELP_CALLED, {})
    assert (before[0], keeper.head[0]) == (0, 1)
    assert keeper.head == _keeper(tmp_path).head


def test_records_of_one_patient_carry_one_session(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    for _patient in range(2):
        keeper.begin_session()
        _intend(keeper)
        keeper.end_session("done")
    keeper.audit(AuditEvent.HELP_CALLED, {})
    sessions = [r.stamp.session_id for r in open_journal(tmp_path / "journal.db").records()]
    assert (len(set(sessions[:3])), len(set(sessions[3:6])), sessions[6]) == (1, 1, "")
    assert sessions[0] != sessions[3]


@pytest.mark.expects_warnings("terminal.journal_keeper")
def test_journal_that_cannot_be_written_says_so_and_is_flagged(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    operation_id = _intend(keeper)
    head = keeper.head
    keeper.close()
    flags = [keeper.broken]
    assert keeper.intend(Intend(HOLD), NO_WISH) == JournalBroken()
    flags.append(keeper.broken)
    assert flags == [False, True]
    start = Record(operation_id, HOLD, OperationEvent.START)
    assert keeper.record(start, NO_WISH) == JournalBroken()
    assert keeper.head == head


@pytest.mark.expects_warnings("terminal.journal_keeper")
def test_lost_audit_line_breaks_the_journal_too(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    keeper.close()
    keeper.audit(AuditEvent.HELP_CALLED, {})
    assert keeper.broken


def test_closed_journal_cannot_be_folded(tmp_path: Path) -> None:
    keeper = _keeper(tmp_path)
    keeper.close()
    with pytest.raises(JournalError):
        keeper.operations()
