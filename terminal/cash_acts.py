"""Carries out the Acts on the banknote acceptor, and routes them; all in the acceptor's worker.

What a reader would get wrong: after a note whose end nobody saw, no other note comes in until
somebody found out about it or handed it over, because the next note would replace the acceptor's
only evidence of the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.ports import (
    DeviceTrouble,
    Done,
    NoteLost,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)
from core.routes import Wish, route
from core.steps.cash import AllowNotes, FindNote, ReturnNote, StopNotes, TakeNote
from devices.cash.service import BanknoteAcceptor
from terminal.routes import Lanes, Table, absent

_CASH = "cash"
_ALLOW_MS, _MOVE_MS = 15_000, 40_000


class CashActs:
    """The banknote acceptor. `_unseen`: operations whose last note has no known end."""

    def __init__(self, acceptor: BanknoteAcceptor) -> None:
        self._acceptor = acceptor
        self._unseen: set[str] = set()

    def allow(self, step: AllowNotes, _wish: Wish) -> NotesAllowed | DeviceTrouble | Unknown:
        """Not while an earlier note is looked for."""
        if self._unseen:
            return DeviceTrouble(_CASH, "note_unknown")
        return self._acceptor.enable(step.due_fen, least_fen=step.least_fen, exact=step.exact)

    def take(
        self, step: TakeNote, _wish: Wish
    ) -> NoteTaken | NoteReturned | DeviceTrouble | Unknown:
        """To the box."""
        return self._ended(step.operation_id, self._acceptor.take_note())

    def give_back(
        self, step: ReturnNote, _wish: Wish
    ) -> NoteTaken | NoteReturned | DeviceTrouble | Unknown:
        """Out again."""
        return self._ended(step.operation_id, self._acceptor.return_note())

    def _ended(
        self, operation_id: str, answer: NoteTaken | NoteReturned | DeviceTrouble | Unknown
    ) -> NoteTaken | NoteReturned | DeviceTrouble | Unknown:
        if isinstance(answer, Unknown):
            self._unseen.add(operation_id)
        return answer

    def stop(self, _step: StopNotes, _wish: Wish) -> Done | DeviceTrouble | Unknown:
        """Nothing comes in."""
        return self._acceptor.disable()

    def find(
        self, step: FindNote, _wish: Wish
    ) -> NoteTaken | NoteReturned | NoteLost | DeviceTrouble:
        """By the acceptor's evidence; an answer of any kind lets notes in again."""
        answer = self._acceptor.find(step.offered)
        if isinstance(answer, DeviceTrouble):
            self._unseen.add(step.operation_id)
        else:
            self._unseen.discard(step.operation_id)
        return answer


def cash_routes(lanes: Lanes, services: Mapping[str, Any]) -> Table:
    """Fitted or not."""
    if _CASH not in services:
        missing = DeviceTrouble(_CASH, "not_fitted")
        kinds = (AllowNotes, TakeNote, ReturnNote, StopNotes, FindNote)
        return {kind: absent(lanes, missing) for kind in kinds}
    lane, acts = lanes.devices[_CASH], CashActs(services[_CASH])
    busy, late = DeviceTrouble(_CASH, "busy"), Unknown("timeout")
    silent = DeviceTrouble(_CASH, "timeout")
    return dict(
        [
            route(AllowNotes, lane, acts.allow, unstarted=busy, overdue=late, limit_ms=_ALLOW_MS),
            route(TakeNote, lane, acts.take, unstarted=busy, overdue=late, limit_ms=_MOVE_MS),
            route(
                ReturnNote, lane, acts.give_back, unstarted=busy, overdue=late, limit_ms=_MOVE_MS
            ),
            route(StopNotes, lane, acts.stop, unstarted=busy, overdue=late, limit_ms=_MOVE_MS),
            route(FindNote, lane, acts.find, unstarted=busy, overdue=silent, limit_ms=_MOVE_MS),
        ]
    )
