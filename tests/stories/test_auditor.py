"""The auditor is only worth something if it disagrees: each kind of disagreement, planted.

All plants go through what a fault would use: the acquirer's own wire, the POS's, a printer's.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from cast import client_of, guest, keep_place, pay_by_phone, put_card_in_hand

from core.clock import SystemClock
from core.journal.operations import entry_of
from core.journal.store import SqliteJournal
from core.operation import OperationEvent, OperationKind
from core.ports import HoldApproved
from core.steps import CaseOpened, ReportSuspense
from devices.pos.zvt.service import ZvtPos
from sandbox.house import House
from sandbox.player.auditor import audit
from sandbox.player.stage import get, post, wallet_code
from sandbox.units.control import ControlClient

pytestmark = pytest.mark.slow

BANK_CARD = {"pan": "6222021203001234567", "bank": "工商银行"}
SLIP = b"ZF1.U.K01-1-100.ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# ESC/POS: initialise, store the QR data, print it, feed and cut (GS ( k, GS V 66 3)
PAPER = (
    b"\x1b\x40\x1d\x28\x6b\x2d\x00\x31\x50\x30" + SLIP + b"\x1d\x28\x6b\x03\x00\x31\x51\x30\n"
    b"\x1dVB\x03"
)


@pytest.fixture
def units(house: House) -> Iterator[ControlClient]:
    """The outside of the kiosk's devices."""
    with ControlClient(house.run_dir / "kiosk" / "control.sock") as client:
        yield client


def acquirer(house: House) -> str:
    """Its address."""
    return str(house.read("platforms.json")["acquirer"])


def test_untouched_house_agrees(house: House) -> None:
    sums = audit(house, ("K01",))

    assert sums.agree
    assert sums.disagreements == []


def test_payment_that_no_ledger_credits_is_lost(house: House) -> None:
    before = audit(house, ("K01",))
    order_no = uuid4().hex
    order = {"order_no": order_no, "auth_code": wallet_code("WECHAT", "4321")}
    paid = post(
        f"{acquirer(house)}/pay/micropay", {**order, "amount_fen": 4200, "description": "x"}, ""
    )
    assert paid["result"] == "SUCCESS"

    after = audit(house, ("K01",))

    assert after.lost_fen - before.lost_fen == 4200
    assert f"order {order_no}: outside 4200 fen, ledger 0 fen" in after.disagreements
    assert not after.agree


def test_payment_taken_back_behind_the_ledger_is_doubled(house: House) -> None:
    who = guest(house)
    with client_of(house) as client:
        paid = pay_by_phone(client, who.patient, keep_place(client, who.patient))
    before = audit(house, ("K01",))
    orders = get(f"{acquirer(house)}/books", "")["orders"]
    order = orders[-1]
    assert order["amount_fen"] == paid.total_fen
    back = {"order_no": order["order_no"], "refund_no": "R1", "amount_fen": 1000}
    post(f"{acquirer(house)}/pay/refund", back, "")

    after = audit(house, ("K01",))

    assert after.doubled_fen - before.doubled_fen == 1000
    assert not after.agree


def test_doubt_that_a_person_owns_is_suspense(house: House) -> None:
    before = audit(house, ("K01",))
    with client_of(house) as client:
        opened = client.ask(ReportSuspense(uuid4().hex, OperationKind.HOLD, 30000, "POS silent"))
    assert isinstance(opened, CaseOpened), opened

    after = audit(house, ("K01",))

    assert after.suspense_fen - before.suspense_fen == 30000
    assert not after.agree


def test_hold_of_a_foreign_till_is_lost(house: House, units: ControlClient) -> None:
    before = audit(house, ("K01",))
    foreign = ZvtPos(str(house.read("kiosk/units.json")["pos"]["path"]))  # type: ignore[index]
    with ThreadPoolExecutor(1) as other_till:
        held = other_till.submit(foreign.hold, "FFFFFFFFFFFF", 50000, threading.Event())
        with ControlClient(house.run_dir / "kiosk" / "control.sock") as watching:
            states = (seen["state"] for seen in watching.watch() if seen["unit"] == "pos")
            next(state for state in states if state["waiting_for_card"])  # type: ignore[index]
        units.ask("pos", "present_card", **BANK_CARD)
        assert isinstance(held.result(20), HoldApproved)

    after = audit(house, ("K01",))

    known = "hold FFFFFFFFFFFF that no journal knows: outside 50000 fen, ledger 0 fen"
    assert known in after.disagreements
    assert "frozen on bank cards: outside 50000 fen, ledger 0 fen" in after.disagreements
    assert after.lost_fen > before.lost_fen
    assert not after.agree


def test_slip_printed_twice_is_told(house: House, units: ControlClient) -> None:
    before = audit(house, ("K01",))
    for _ in range(2):
        _print(house, units)

    after = audit(house, ("K01",))

    assert after.papers - before.papers == 2
    assert "slip ZF1.U.K01-1-100.ABCDEFGH… was printed 2 times" in after.disagreements
    assert not after.agree


def test_active_card_in_the_bin_is_told(house: House) -> None:
    who = guest(house)
    number = who.card_number
    _journal(house, OperationKind.CARD_ISSUE, {"card_number": number})
    assert audit(house, ("K01",)).cards_issued == 1
    card = house.run_dir / "kiosk" / "cards" / f"{who.card_uid}.json"
    content = json.loads(card.read_text("utf-8"))
    card.write_text(json.dumps({**content, "place": "bin"}), "utf-8")

    sums = audit(house, ("K01",))

    assert sums.cards_issued == 0
    assert f"card {number} is in bin, active: True" in sums.disagreements
    assert not sums.agree


def test_card_outside_that_is_not_active_is_told(house: House) -> None:
    number, uid = "990000000001", "04A0B0C0"
    put_card_in_hand(house, number, uid)
    _journal(house, OperationKind.CARD_ISSUE, {"card_number": number})

    sums = audit(house, ("K01",))

    assert f"card {number} is in hand, active: False" in sums.disagreements
    assert not sums.agree


def test_document_without_paper_is_told(house: House) -> None:
    papers = audit(house, ("K01",)).papers
    for _ in range(papers + 1):
        _journal(house, OperationKind.DOCUMENT, {})

    sums = audit(house, ("K01",))

    assert f"{papers + 1} documents were finished, {papers} papers came out" in sums.disagreements


def _print(house: House, units: ControlClient) -> None:
    """One paper with the same code, by a wire that is no terminal's."""
    told = house.read("kiosk/units.json")["printer"]
    assert isinstance(told, dict)
    host, port = str(told["tcp"]).removeprefix("tcp:").split(":")
    papers = _papers(units)
    with socket.create_connection((host, int(port)), 5) as line:
        line.sendall(PAPER + b"\x1d\x72\x01")
        assert line.recv(1)  # GS r: everything before it was printed
    assert _papers(units) == papers + 1


def _papers(units: ControlClient) -> int:
    papers = units.books("printer")["papers"]
    assert isinstance(papers, list)
    return len(papers)


def _journal(house: House, kind: OperationKind, facts: dict[str, str | int]) -> None:
    """A finished operation in the kiosk's journal."""
    journal = SqliteJournal(house.run_dir / "K01" / "journal.db", "K01", SystemClock())
    events = (OperationEvent.INTEND, OperationEvent.START, OperationEvent.FINISH)
    operation_id = uuid4().hex
    for event in events:
        journal.append(entry_of(kind, event, operation_id, facts), "story")
    journal.close()
