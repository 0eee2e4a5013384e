"""The operation table over all pairs, and operations folded from records."""

from __future__ import annotations

import itertools

import pytest

from core.errors import RuleBroken
from core.journal.operations import entry_of, fold
from core.journal.records import GENESIS, Entry, Record, Stamp, seal
from core.operation import (
    OPEN_STATES,
    TRANSITIONS,
    OperationEvent,
    OperationKind,
    OperationState,
    advance,
)

_S, _E = OperationState, OperationEvent
_ENDS = {
    _E.FINISH: _S.DONE,
    _E.REFUSE: _S.REFUSED,
    _E.RETURN: _S.RETURNED,
    _E.OWE: _S.OWED,
}
_LEGAL = {
    (_S.NEW, _E.INTEND): _S.INTENDED,
    (_S.INTENDED, _E.START): _S.STARTED,
    (_S.INTENDED, _E.REFUSE): _S.REFUSED,
    (_S.INTENDED, _E.RETURN): _S.RETURNED,
    (_S.INTENDED, _E.OWE): _S.OWED,
    **{(_S.STARTED, event): state for event, state in _ENDS.items()},
    **{(_S.UNKNOWN, event): state for event, state in _ENDS.items()},
    (_S.STARTED, _E.NOTE): _S.STARTED,
    (_S.UNKNOWN, _E.NOTE): _S.UNKNOWN,
    (_S.STARTED, _E.DOUBT): _S.UNKNOWN,
    (_S.STARTED, _E.SUSPEND): _S.SUSPENSE,
    (_S.UNKNOWN, _E.SUSPEND): _S.SUSPENSE,
    (_S.OWED, _E.FINISH): _S.DONE,
}
_PAIRS = list(itertools.product(_S, _E))


@pytest.mark.parametrize(("state", "event"), _PAIRS)
def test_every_pair_of_state_and_event(state: OperationState, event: OperationEvent) -> None:
    if (state, event) in _LEGAL:
        assert advance(state, event) is _LEGAL[state, event]
    else:
        with pytest.raises(RuleBroken, match=f"is {state} cannot {event}"):
            advance(state, event)


def test_the_table_holds_nothing_else() -> None:
    assert TRANSITIONS == _LEGAL


@pytest.mark.parametrize("state", sorted(_S))
def test_open_states_can_end_and_closed_ones_cannot_begin_again(state: OperationState) -> None:
    events = {event for known, event in TRANSITIONS if known is state}
    if state in OPEN_STATES:
        assert events & set(_ENDS)
    else:
        assert not events & {_E.START, _E.NOTE, _E.DOUBT, _E.SUSPEND}


def _records(*entries: Entry) -> list[Record]:
    stamp = Stamp("K01", "s1", "2026-01-05T01:30:00+00:00", "boot", 1)
    records: list[Record] = []
    for entry in entries:
        previous = records[-1].hash if records else GENESIS
        records.append(seal(len(records) + 1, entry, stamp, previous))
    return records


def test_fold_gives_states_facts_and_phases_in_order() -> None:
    hold, card = OperationKind.HOLD, OperationKind.CARD_ISSUE
    operations = fold(
        _records(
            entry_of(hold, _E.INTEND, "a", {"amount_fen": 200_000, "reason": "first"}),
            Entry("audit.session_started", "", {}),
            entry_of(card, _E.INTEND, "b", {"patient_id": "P1"}),
            entry_of(hold, _E.START, "a", {}),
            entry_of(hold, _E.NOTE, "a", {"phase": "approved", "receipt": "0001"}),
            entry_of(hold, _E.NOTE, "a", {"phase": "releasing", "reason": "limits"}),
            entry_of(card, _E.RETURN, "b", {"reason": "left"}),
        )
    )
    assert list(operations) == ["a", "b"]
    a, b = operations.values()
    assert (a.state, a.open, a.phases) == (_S.STARTED, True, ["approved", "releasing"])
    assert (a.number("amount_fen"), a.text("receipt"), a.text("reason")) == (
        200_000,
        "0001",
        "limits",
    )
    assert (b.kind, b.state, b.open, b.text("missing"), b.number("missing")) == (
        card,
        _S.RETURNED,
        False,
        "",
        0,
    )


def test_fold_of_a_wrong_order_raises() -> None:
    settle = OperationKind.SETTLE
    records = _records(
        entry_of(settle, _E.INTEND, "a", {}),
        entry_of(settle, _E.FINISH, "a", {}),
    )
    with pytest.raises(RuleBroken, match="is intended cannot finish"):
        fold(records)


def test_fold_of_an_operation_that_was_never_intended_raises() -> None:
    with pytest.raises(RuleBroken, match="is new cannot start"):
        fold(_records(entry_of(OperationKind.HOLD, _E.START, "a", {})))


def test_fold_of_nothing_is_nothing() -> None:
    assert fold([]) == {}
