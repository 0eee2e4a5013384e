"""What must be true after every kill and recovery, told by those who did not write the journal.

Asks the sandbox's auditor, the POS's and the backend's books. What a reader would get wrong: money
in suspense is missing from the ledger on purpose, so it counts as explained as far as an open
case names it; a clerk then releases it at the POS, and nothing may be missing any longer. A card
in suspense may lie in somebody's hand, and must not be active.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from core.journal.operations import Operation
from core.operation import OperationKind, OperationState
from core.ports import Done
from core.settings import Settings
from devices.pos.zvt import open_from
from sandbox.player.auditor import Sums, audit
from terminal.device_acts import pos_reference
from terminal.settings import read
from tests.crash.town import TERMINAL, Town


class Verdict:
    """One judge for the whole run: it remembers the cases it has seen."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._known_cases = {case["case_id"] for case in self._open_cases()}

    def judge(self, what: str) -> bool:
        """Everything compared; true when a person owns something new. Fails on any difference."""
        cases = [c for c in self._open_cases() if c["case_id"] not in self._known_cases]
        self._known_cases.update(case["case_id"] for case in cases)
        operations = self.town.operations()
        still_open = [o for o in operations.values() if o.open]
        assert not still_open, f"{what}: {still_open}"
        handed = [o for o in operations.values() if o.state is OperationState.SUSPENSE]
        owned = {case["operation_id"] for case in self._open_cases()}
        assert {operation.operation_id for operation in handed} == owned, what
        sums = audit(self.town.house, [TERMINAL])
        assert sums.doubled_fen == 0, f"{what}: {sums.disagreements}"
        owned_fen = sum(case["amount_fen"] for case in cases)
        if sums.lost_fen:
            assert self._releases_what_nobody_knows() == owned_fen, f"{what}: {sums.disagreements}"
            sums = audit(self.town.house, [TERMINAL])
        self._expect_nothing_missing(what, sums)
        return bool(cases)

    def _expect_nothing_missing(self, what: str, sums: Sums) -> None:
        assert (sums.lost_fen, sums.doubled_fen) == (0, 0), f"{what}: {sums.disagreements}"
        explained = {
            f"card {operation.text('card_number')} is in hand, active: False"
            for operation in self._in_suspense(OperationKind.CARD_ISSUE)
        }
        assert set(sums.disagreements) <= explained, f"{what}: {sums.disagreements}"
        commands = Counter(
            entry["reference"] for entry in self._pos_entries() if entry["kind"] == "reservation"
        )
        twice = [reference for reference, times in commands.items() if times > 1]
        assert twice == [], f"{what}: the POS was asked twice"

    def _releases_what_nobody_knows(self) -> int:
        """The clerk's hand at the POS: holds that are in suspense; their sum in fen."""
        suspended = {
            pos_reference(operation.operation_id)
            for operation in self._in_suspense(OperationKind.HOLD)
        }
        pos = open_from(self._settings())
        released_fen = 0
        for entry in self._pos_entries():
            if entry["state"] == "held" and entry["reference"] in suspended:
                assert pos.release(entry["receipt"]) == Done()
                released_fen += entry["amount_fen"]
        return released_fen

    def _in_suspense(self, kind: OperationKind) -> list[Operation]:
        return [
            operation
            for operation in self.town.operations().values()
            if operation.kind is kind and operation.state is OperationState.SUSPENSE
        ]

    def _settings(self) -> Settings:
        return read(self.town.settings())

    def _pos_entries(self) -> list[dict[str, Any]]:
        with self.town.units() as units:
            entries = units.books("pos")["entries"]
        assert isinstance(entries, list)
        return entries

    def _open_cases(self) -> list[dict[str, Any]]:
        cases: list[dict[str, Any]] = self.town.books()["open_cases"]
        return cases
