"""What must be true after every kill and recovery, told by those who did not write the journal.

Asks the sandbox's auditor, the POS's and the backend's books. What a reader would get wrong: money
in suspense is missing from the ledger on purpose, so it counts as explained as far as an open
case names it; a clerk then releases it at the POS, and nothing may be missing any longer. The
backend gives up by the clock, so its case about a replaced hold comes after whichever story is told
by then. A card in suspense may lie in somebody's hand, and must not be active. Balances of earlier
cases are looked at again at the very end (`judge_all_balances`), not after each case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from core.journal.operations import Operation
from core.operation import OperationKind, OperationState, pos_reference
from core.ports import Done
from core.prepay import CASH
from core.settings import Settings
from devices.pos.zvt import open_from
from sandbox.player.auditor import Sums, audit_operations
from terminal.settings import read
from tests.crash.town import Town

Operations = Mapping[str, Operation]
REAUTHORISED = "reauthorise"


class Verdict:
    """One judge for the whole run: it remembers the cases it has seen."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._known_cases = {case["case_id"] for case in self._open_cases()}
        self._known_top_ups: set[str] = set()

    def judge(self, what: str) -> bool:
        """Everything compared; true when a person owns something new. Fails on any difference."""
        open_cases = self._open_cases()
        cases = [case for case in open_cases if case["case_id"] not in self._known_cases]
        self._known_cases.update(case["case_id"] for case in cases)
        operations = self.town.operations()
        still_open = [o for o in operations.values() if o.open]
        assert not still_open, f"{what}: {still_open}"
        handed = [o for o in operations.values() if o.state is OperationState.SUSPENSE]
        owned = {case["operation_id"] for case in open_cases}
        ours = {operation.operation_id for operation in handed}
        assert ours == owned, f"{what}: handed over {ours - owned}, owned {owned - ours}"
        sums = audit_operations(self.town.house, operations)
        assert sums.doubled_fen == 0, f"{what}: {sums.disagreements}"
        owned_fen = sum(case["amount_fen"] for case in cases)
        if sums.lost_fen:
            self._releases(self._replaced(operations))
            suspended = _in_suspense(operations, OperationKind.HOLD)
            released_fen = self._releases(suspended)
            assert released_fen == owned_fen, f"{what}: {sums.disagreements}"
            sums = audit_operations(self.town.house, operations)
        self._expect_nothing_missing(what, sums, operations)
        self._expect_top_ups(what, operations)
        return bool(cases)

    def judge_all_balances(self) -> None:
        """Nothing that came later changed what an earlier patient was left with."""
        self._known_top_ups.clear()
        self._expect_top_ups("at the end", self.town.operations())

    def _expect_top_ups(self, what: str, operations: Operations) -> None:
        """I1: what was booked is what was taken, in notes and from cards, once."""
        boxed_fen, sold_fen = 0, 0
        for one in operations.values():
            if one.kind is not OperationKind.TOP_UP or one.state is OperationState.SUSPENSE:
                continue
            amount_fen = one.number("cash_fen") or one.number("amount_fen")
            booked_fen = amount_fen if one.state is OperationState.DONE else 0
            if one.operation_id not in self._known_top_ups:
                balance_fen = self.town.balance_fen(one.text("patient_id"))
                assert balance_fen == booked_fen, f"{what}: {one}"
                self._known_top_ups.add(one.operation_id)
            if one.text("method") == CASH:
                boxed_fen += booked_fen
            else:
                sold_fen += booked_fen
        assert self.town.boxed_fen() == boxed_fen, f"{what}: notes in the box"
        for one in operations.values():  # I6: a sale of a bill stands exactly when it is paid
            if one.text("tender_id") and one.state is OperationState.DONE:
                sold_fen += one.number("tender_fen")
        standing = (
            e for e in self._pos_entries() if e["kind"] == "sale" and e["state"] == "completed"
        )
        assert sum(entry["amount_fen"] for entry in standing) == sold_fen, f"{what}: sales"

    def _expect_nothing_missing(self, what: str, sums: Sums, operations: Operations) -> None:
        assert (sums.lost_fen, sums.doubled_fen) == (0, 0), f"{what}: {sums.disagreements}"
        explained = {
            f"card {operation.text('card_number')} is in hand, active: False"
            for operation in _in_suspense(operations, OperationKind.CARD_ISSUE)
        }
        assert set(sums.disagreements) <= explained, f"{what}: {sums.disagreements}"
        commands = Counter(
            entry["reference"] for entry in self._pos_entries() if entry["kind"] == "reservation"
        )
        twice = [reference for reference, times in commands.items() if times > 1]
        assert twice == [], f"{what}: the POS was asked twice"

    def _replaced(self, operations: Operations) -> list[Operation]:
        """Holds whose larger successor stands and whose release is a person's business by now."""
        given_up = {
            case["operation_id"] for case in self._cases() if case["operation_kind"] == REAUTHORISED
        }
        ended = {operations[one].text("replaces") for one in given_up}
        return [one for one in operations.values() if one.text("hold_id") in ended]

    def _releases(self, holds: list[Operation]) -> int:
        """The clerk's hand at the POS: those of them that are still held; their sum in fen."""
        references = {pos_reference(hold.operation_id) for hold in holds}
        pos = open_from(self._settings())
        released_fen = 0
        for entry in self._pos_entries():
            if entry["state"] == "held" and entry["reference"] in references:
                assert pos.release(entry["receipt"]) == Done()
                released_fen += entry["amount_fen"]
        return released_fen

    def _settings(self) -> Settings:
        return read(self.town.settings())

    def _pos_entries(self) -> list[dict[str, Any]]:
        with self.town.units() as units:
            entries = units.books("pos")["entries"]
        assert isinstance(entries, list)
        return entries

    def _open_cases(self) -> list[dict[str, Any]]:
        """All but the backend's own about a replaced hold that nobody released."""
        return [case for case in self._cases() if case["operation_kind"] != REAUTHORISED]

    def _cases(self) -> list[dict[str, Any]]:
        cases: list[dict[str, Any]] = self.town.books()["open_cases"]
        return cases


def _in_suspense(operations: Operations, kind: OperationKind) -> list[Operation]:
    return [
        operation
        for operation in operations.values()
        if operation.kind is kind and operation.state is OperationState.SUSPENSE
    ]
