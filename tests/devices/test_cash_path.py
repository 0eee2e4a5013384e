"""The note path under any order of signals: one end for a note, one credit for a credit event."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import SystemClock
from core.flow import Event
from core.ports import NoteFoundAtPowerUp, NoteReturned, NoteTaken
from devices.cash.notes import (
    AtRest,
    Begun,
    Condition,
    Credited,
    Ejected,
    Ended,
    Fate,
    FoundAtStart,
    Fraud,
    Held,
    Moving,
    Signal,
)
from devices.cash.path import NotePath, Stage

CONNECTED, GIVEN_UP = "connected", "given up"
SIGNALS: list[Signal] = [
    AtRest(),
    Moving(),
    Held(1000),
    Held(500),
    Credited(1000),
    Ejected(),
    Ejected("13"),
    FoundAtStart(1000, Fate.STACKED),
    FoundAtStart(None, Fate.RETURNED),
    Begun(Condition.BOX_OUT),
    Ended(Condition.BOX_OUT),
    Fraud(),
]
STORY = st.lists(st.sampled_from([*SIGNALS, CONNECTED, GIVEN_UP]), max_size=40)


@given(story=STORY, counts=st.lists(st.integers(0, 3) | st.none(), min_size=1, max_size=5))
@settings(max_examples=400, deadline=None)
def test_every_note_ends_at_most_once_and_every_credit_is_told_exactly_once(
    story: list[Signal | str], counts: list[int | None]
) -> None:
    path = NotePath(SystemClock())
    path.allow((500, 1000))
    told: list[Event] = []
    credited, found_stacked, guessed = 0, 0, 0
    for step, happening in enumerate(story):
        count = counts[step % len(counts)]
        if happening == CONNECTED:
            path.connected()
        elif happening == GIVEN_UP:
            path.give_up(count)
            guessed += len(path.events)
        else:
            assert not isinstance(happening, str)
            path.hear([happening])
            credited += isinstance(happening, Credited)
            found_stacked += happening == FoundAtStart(1000, Fate.STACKED)
            if path.note is not None and path.note.stage is Stage.ARRIVED:
                path.offer(count)
        told += path.told()
    ends = Counter(e.note_number for e in told if isinstance(e, NoteTaken | NoteReturned))
    assert all(number == 1 for number in ends.values())
    taken = sum(isinstance(event, NoteTaken) for event in told)
    stacked = [e for e in told if isinstance(e, NoteFoundAtPowerUp) and e.fate == "stacked"]
    assert taken <= credited
    assert taken + len(stacked) - guessed <= credited + found_stacked


def test_credit_of_another_denomination_is_what_the_acceptor_says() -> None:
    path = NotePath(SystemClock())
    path.allow((500, 1000))
    path.hear([Held(1000)])
    path.offer(None)
    path.hear([Credited(500)])
    (_, taken) = path.told()
    assert isinstance(taken, NoteTaken)
    assert taken.denomination_fen == 500


def test_numbers_begin_anew_only_when_nothing_was_allowed_before() -> None:
    path = NotePath(SystemClock())
    path.allow((500, 1000))
    path.hear([Ejected("02")])
    path.allow((500,))
    path.hear([Ejected("02")])
    path.allow(())
    path.allow((500,))
    path.hear([Ejected("02")])
    assert [getattr(event, "note_number", 0) for event in path.told()] == [1, 2, 1]
