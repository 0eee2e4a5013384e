"""The independent auditor: compares what POS, platforms, dispenser and printer themselves recorded
with the backend's ledger and the terminals' journals.

It shares no code with the saga. lost = money that left a person and that nobody credits; doubled =
credit without money, or a bill settled twice; suspense = what the backend holds open for a person.
"""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.clock import SystemClock
from core.journal.operations import Operation, fold
from core.journal.store import SqliteJournal
from core.operation import OperationKind, OperationState
from sandbox.house import House
from sandbox.units.control import ControlClient

_AUDIT_TOKEN = "demo-audit"  # noqa: S105  the demo's, known to everybody
_LIMIT_S = 10
_NUMBER_BLOCK = 4


@dataclass
class Sums:
    """All in fen. `disagreements` says each difference in words; empty when all agree."""

    money_in_fen: int = 0
    settled_fen: int = 0
    refunded_fen: int = 0
    held_fen: int = 0
    lost_fen: int = 0
    doubled_fen: int = 0
    suspense_fen: int = 0
    cards_issued: int = 0
    papers: int = 0
    disagreements: list[str] = field(default_factory=list)

    @property
    def agree(self) -> bool:
        """Nothing lost, nothing doubled, nothing in doubt, no difference of any kind."""
        in_doubt = self.lost_fen + self.doubled_fen + self.suspense_fen
        return in_doubt == 0 and not self.disagreements

    def compare(self, what: str, outside_fen: int, ours_fen: int) -> None:
        """One amount the world knows against the ledger's."""
        if outside_fen > ours_fen:
            self.lost_fen += outside_fen - ours_fen
        if ours_fen > outside_fen:
            self.doubled_fen += ours_fen - outside_fen
        if outside_fen != ours_fen:
            self.disagreements.append(f"{what}: outside {outside_fen} fen, ledger {ours_fen} fen")

    def expect(self, true: bool, what: str) -> None:
        """Something that is not an amount."""
        if not true:
            self.disagreements.append(what)


def audit(house: House, terminals: Iterable[str]) -> Sums:
    """Everything compared now; the terminals named must not be running."""
    operations: dict[str, Operation] = {}
    for terminal in terminals:
        operations.update(_journal(house.run_dir / terminal))
    return audit_operations(house, operations)


def audit_operations(house: House, operations: Mapping[str, Operation]) -> Sums:
    """Everything compared now with what the journals say, however they were read."""
    platforms = house.read("platforms.json")
    acquirer = _get(f"{platforms['acquirer']}/books")
    insurance = _get(f"{platforms['insurance']}/books")
    books = _get(f"{house.backend_url}/v1/books", _AUDIT_TOKEN)
    sums = Sums()
    _ledger(sums, books)
    _orders(sums, acquirer["orders"], books["orders"])
    _holds(sums, acquirer["holds"], books)
    _insurance(sums, insurance["settlements"], books["insurance"])
    with ControlClient(house.run_dir / "kiosk" / "control.sock") as kiosk:
        _pos(sums, kiosk.books("pos")["entries"], acquirer["holds"], operations)
        _cards(sums, kiosk.books("wallet"), books["cards"], operations)
        papers: list[Mapping[str, Any]] = list(_list(kiosk.books("printer")["papers"]))
    if house.window:
        with ControlClient(house.run_dir / "window" / "control.sock") as window:
            papers += _list(window.books("printer")["papers"])
    _papers(sums, papers, books["slips"], operations)
    return sums


def _ledger(sums: Sums, books: Mapping[str, Any]) -> None:
    sums.money_in_fen = sum(books["money_in_fen"].values())
    sums.refunded_fen = sum(books["refunded_fen"].values())
    sums.settled_fen = books["settled_fen"]
    sums.held_fen = books["held_fen"]
    sums.suspense_fen = sum(case["amount_fen"] for case in books["open_cases"])
    sums.expect(books["entries_balanced"], "the ledger's entries do not balance")
    kept = sums.money_in_fen - sums.refunded_fen
    ours = sums.settled_fen + books["deposited_fen"] + books["refunding_fen"]
    if kept != ours:
        sums.compare("money in less refunds against settled, deposited, refunding", kept, ours)


def _orders(sums: Sums, orders: list[Any], ours: list[Any]) -> None:
    paid = {o["order_no"]: _net(o) for o in orders if o["state"] in ("SUCCESS", "REFUND")}
    known = {o["order_no"]: o["amount_fen"] - o["refunded_fen"] for o in ours}
    for order_no in paid.keys() | known.keys():
        sums.compare(f"order {order_no}", paid.get(order_no, 0), known.get(order_no, 0))


def _net(order: Mapping[str, Any]) -> int:
    return int(order["amount_fen"]) - int(order["refunded_fen"])


def _holds(sums: Sums, holds: list[Any], books: Mapping[str, Any]) -> None:
    frozen = sum(hold["amount_fen"] for hold in holds if hold["state"] == "HELD")
    sums.compare("frozen on bank cards", frozen, sums.held_fen)
    taken = {hold["auth_code"]: hold["taken_fen"] - hold["refunded_fen"] for hold in holds}
    known: Counter[str] = Counter()
    for take in books["hold_takes"]:
        known[take["auth_code"]] += take["amount_fen"]
    for auth_code in taken.keys() | known.keys():
        sums.compare(f"taken from hold {auth_code}", taken.get(auth_code, 0), known[auth_code])


def _insurance(sums: Sums, settled: list[Any], ours: list[Any]) -> None:
    theirs = {
        s["setl_id"]: s["fund_fen"] + s["account_fen"] for s in settled if s["state"] == "SETTLED"
    }
    known = {s["setl_id"]: s["fund_fen"] + s["account_fen"] for s in ours}
    for setl_id in theirs.keys() | known.keys():
        sums.compare(f"insurance {setl_id}", theirs.get(setl_id, 0), known.get(setl_id, 0))


def _pos(
    sums: Sums, entries: object, holds: list[Any], operations: Mapping[str, Operation]
) -> None:
    """Every hold the POS made is known to the bank and was intended by this terminal."""
    at_bank = {hold["reference"] for hold in holds}
    ours = {
        operation.text("reference")
        for operation in operations.values()
        if operation.kind is OperationKind.HOLD
    }
    for entry in _list(entries):
        if entry["kind"] != "reservation" or entry["result"] != 0:
            continue
        reference = entry["reference"]
        sums.expect(reference in at_bank, f"hold {reference} of the POS is unknown to the bank")
        if reference not in ours and entry["state"] == "held":
            sums.compare(f"hold {reference} that no journal knows", entry["amount_fen"], 0)


def _cards(
    sums: Sums,
    wallet: Mapping[str, Any],
    states: Mapping[str, str],
    operations: Mapping[str, Operation],
) -> None:
    """A card of this kiosk's making that is outside is active; one that is inside is not."""
    made = {
        operation.text("card_number")
        for operation in operations.values()
        if operation.kind is OperationKind.CARD_ISSUE
    }
    for card in wallet["cards"]:
        if not card["blocks"]:
            continue  # of another kind than what is made here
        number = (
            bytes.fromhex(card["blocks"][_NUMBER_BLOCK]).rstrip(b"\0").decode("ascii", "replace")
        )
        if number not in made:
            continue
        outside = card["place"] in ("hand", "slot")
        active = states.get(number) == "ACTIVE"
        sums.cards_issued += outside
        sums.expect(outside == active, f"card {number} is in {card['place']}, active: {active}")


def _papers(
    sums: Sums,
    papers: list[Mapping[str, Any]],
    slips: list[str],
    operations: Mapping[str, Operation],
) -> None:
    """No slip came out twice but as a copy; every document the journals finished came out."""
    sums.papers = len(papers)
    ours = (code for paper in papers for code in paper["qr"] if code.startswith("ZF1."))
    codes = Counter(ours)  # an official invoice carries its authority's
    copies = sum(operation.text("copy") == "yes" for operation in operations.values())
    for code, times in codes.items():
        copies -= times - 1
        sums.expect(times == 1 or copies >= 0, f"slip {code[:24]}… was printed {times} times")
        kind, name = code.split(".")[1:3]
        sums.expect(kind == "U" or name in slips, f"slip {name} is unknown to the backend")
    finished = sum(
        operation.kind is OperationKind.DOCUMENT
        and operation.state is OperationState.DONE
        and not operation.text("pages")  # those are the page printer's
        for operation in operations.values()
    )
    whole = sum(paper["complete"] for paper in papers)
    sums.expect(finished <= whole, f"{finished} documents were finished, {whole} papers came out")


def _journal(folder: Path) -> dict[str, Operation]:
    if not folder.exists():
        return {}
    journal = SqliteJournal(folder / "journal.db", folder.name, SystemClock())
    try:
        return fold(journal.records())
    finally:
        journal.close()


def _list(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


def _get(url: str, token: str = "") -> dict[str, Any]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=_LIMIT_S) as answer:  # noqa: S310  loopback
        content: dict[str, Any] = json.load(answer)
    return content
