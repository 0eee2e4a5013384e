"""Reading on where the journal was left tells of open operations what reading all of it tells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.journal.operations import Unfinished, entry_of, fold
from core.journal.records import GENESIS, Record, Stamp, seal
from core.operation import TRANSITIONS, OperationEvent, OperationKind, OperationState

_STAMP = Stamp("K01", "", "2026-03-02T04:00:00+00:00", "boot", 1)
_MAY_CHANGE = {state for state, _ in TRANSITIONS}
_OPERATIONS = 4


@st.composite
def journals(draw: st.DrawFn) -> list[Record]:
    """Records of some operations, each a way through the table, in any order among them."""
    states = dict.fromkeys(range(_OPERATIONS), OperationState.NEW)
    records: list[Record] = []
    for number in range(draw(st.integers(0, 25))):
        which = draw(st.sampled_from(sorted(states)))
        events = [event for state, event in TRANSITIONS if state is states[which]]
        if not events:
            continue
        event = draw(st.sampled_from(events))
        states[which] = TRANSITIONS[states[which], event]
        facts: dict[str, str | int] = {"phase": f"p{number}", "number": number}
        entry = entry_of(OperationKind.HOLD, event, f"op-{which}", facts)
        previous = records[-1].hash if records else GENESIS
        records.append(seal(len(records) + 1, entry, _STAMP, previous))
    return records


@given(journals(), st.integers(1, 5))
def test_read_on_in_steps_it_is_what_all_of_it_says(records: list[Record], step: int) -> None:
    unfinished = Unfinished()
    for begin in range(0, len(records), step):
        unfinished.add(records[begin : begin + step])
        all_of_it = fold(records[: begin + step]).values()
        assert unfinished.operations() == [one for one in all_of_it if one.state in _MAY_CHANGE]
    if records:
        assert unfinished.head == (records[-1].seq, records[-1].hash)


def test_what_is_given_out_is_the_askers_own() -> None:
    unfinished = Unfinished()
    entry = entry_of(OperationKind.HOLD, OperationEvent.INTEND, "op-1", {"amount_fen": 1})
    unfinished.add([seal(1, entry, _STAMP, GENESIS)])
    (given_out,) = unfinished.operations()
    given_out.facts["amount_fen"] = 2
    given_out.state = OperationState.DONE
    (again,) = unfinished.operations()
    assert (again.facts, again.state) == ({"amount_fen": 1}, OperationState.INTENDED)
