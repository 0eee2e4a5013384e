"""The banknote acceptor over SSP when line or power goes, and its box, serial number and checks."""

from __future__ import annotations

import threading

import pytest
from cash_peers import (
    AT_REST,
    COUNTED_2,
    COUNTED_3,
    COUNTERS,
    DISABLE,
    ENABLE,
    HOLD,
    OK,
    POLL,
    REJECT,
    SETUP,
    WHY,
    SspPeer,
)
from cash_stories import (
    DUE_FEN,
    QUICK,
    acceptor,
    first,
    heard,
    kinds,
    offered,
    poll_until,
    with_offer,
)
from peer import LIMIT_S, PtyWire, serial_peer, wait_until

from core.ports import (
    CashBoxRemoved,
    CashBoxReplaced,
    CashFraud,
    DeviceHealth,
    DeviceTrouble,
    NoteFoundAtPowerUp,
    NoteTaken,
    Unknown,
)
from devices.cash.service import BanknoteAcceptor
from devices.cash.settings import ssp_at
from devices.cash.ssp.driver import SspLimits
from devices.checks import Identity, Outcome

pytestmark = pytest.mark.expects_warnings("devices.link")


def test_line_lost_while_stacking_is_unknown_and_the_late_credit_is_told_once() -> None:
    def then(peer: SspPeer) -> None:
        for _ in range(3):
            peer.hear(POLL)
        peer.start("F0 CC", "F0 EE 03 CC", "F0 EB", rests=1)

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert service.take_note() == Unknown("no answer")
        told = heard(service, NoteTaken)
        assert [kind for kind in kinds(told) if kind != "DeviceHealth"] == ["NoteTaken"]
        service.close()


@pytest.mark.parametrize(
    ("counted", "fate"), [(COUNTED_2, "returned"), (COUNTED_3, "stacked"), ("F2", "unknown")]
)
def test_end_nobody_saw_is_told_by_the_counter_or_as_unknown(counted: str, fate: str) -> None:
    def then(peer: SspPeer) -> None:
        for _ in range(3):
            peer.hear(POLL)
        peer.start()
        for _ in range(14):
            peer.ask((POLL, AT_REST))
        peer.ask((COUNTERS, counted))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert isinstance(service.take_note(), Unknown)
        found = first(service, NoteFoundAtPowerUp)
        assert isinstance(found, NoteFoundAtPowerUp)
        assert (found.denomination_fen, found.fate) == (1000, fate)
        service.close()


@pytest.mark.parametrize(
    ("event", "fate", "fen"),
    [
        ("F0 F1 E1 03", "returned", 1000),
        ("F0 F1 E2 03", "stacked", 1000),
        ("F0 F1 E2 00", "stacked", None),
    ],
)
def test_note_inside_at_power_up_is_told_and_not_credited(
    event: str, fate: str, fen: int | None
) -> None:
    def script(wire: PtyWire) -> None:
        SspPeer(wire).start(event, rests=1)

    with serial_peer(script) as path:
        service = acceptor(path)
        told = heard(service, NoteFoundAtPowerUp)
        assert kinds(told) == ["NoteFoundAtPowerUp", "DeviceHealth"]
        found = told[0]
        assert isinstance(found, NoteFoundAtPowerUp)
        assert (found.fate, found.denomination_fen) == (fate, fen)
        service.close()


def test_power_cut_of_the_acceptor_while_stacking_ends_the_note_by_its_word() -> None:
    def then(peer: SspPeer) -> None:
        peer.ask((POLL, "F0 CC"), (POLL, "F0 F1 E2 03"))
        peer.start()

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert service.take_note() == Unknown("the acceptor started anew")
        told = heard(service, NoteFoundAtPowerUp)
        assert not any(isinstance(event, NoteTaken) for event in told)
        assert heard(service, DeviceHealth)
        service.close()


def test_note_in_escrow_after_our_own_restart_is_returned_before_the_first_poll() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.flag = 0x80
        peer.ask(("11", OK), (REJECT, OK), (DISABLE, OK), ("06 07", "F8"), ("06 06", OK))
        peer.ask(("05", SETUP), (POLL, "F0 ED"), (POLL, "F0 EC"), (WHY, "F0 08"))
        peer.ask((POLL, AT_REST))

    with serial_peer(script) as path:
        service = acceptor(path)
        found = first(service, NoteFoundAtPowerUp)
        assert (found.fate, found.denomination_fen) == ("returned", None)
        service.close()


def test_box_out_and_in_are_told_once_and_nothing_is_let_in_meanwhile() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.ask((POLL, "F0 E3 E8"), (POLL, "F0 E3"), (POLL, "F0 E4"))

    with serial_peer(script) as path:
        service = acceptor(path)
        assert kinds(heard(service, CashBoxRemoved)) == [
            "DeviceHealth",
            "CashBoxRemoved",
            "DeviceHealth",
        ]
        assert service.enable(DUE_FEN) == DeviceTrouble("cash", "box_removed")
        told = heard(service, CashBoxReplaced)
        assert kinds(told) == ["CashBoxReplaced", "DeviceHealth"]
        assert told[-1] == DeviceHealth("cash", "ok")
        service.close()


@pytest.mark.parametrize(
    ("event", "health", "reason"),
    [("E7", "out", "bin_full"), ("E0", "out", "cover_open"), ("E9", "jammed", "jam")],
)
def test_condition_at_start_is_health_and_hinders_enabling(
    event: str, health: str, reason: str
) -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.ask(("11", OK), (REJECT, "F5"), (DISABLE, OK), ("06 07", OK), ("05", SETUP))
        peer.ask((POLL, f"F0 {event}"), (POLL, f"F0 {event}"))

    with serial_peer(script) as path:
        service = acceptor(path)
        assert heard(service, DeviceHealth)[-1] == DeviceHealth("cash", health)
        assert service.enable(DUE_FEN) == DeviceTrouble("cash", reason)
        service.close()


def test_fraud_is_told() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.ask((POLL, "F0 E6 03"))

    with serial_peer(script) as path:
        service = acceptor(path)
        heard(service, CashFraud)
        service.close()


def test_changed_serial_number_is_visible() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        for serial in ("F0 00 CF 1A 28", "F0 00 CF 1A 29"):
            peer.ask(("0C", serial), ("20", "F0 4E 56 32 30 30"), ("21", "F0 43 4E 59"))

    with serial_peer(script) as path:
        service = acceptor(path)
        assert service.identity() == Identity("SSP", "NV200 CNY", "13572648")
        assert service.identity() == Identity("SSP", "NV200 CNY", "13572649")
        service.close()


def test_cut_line_is_offline_and_the_note_that_was_offered_is_not_taken() -> None:
    was_offered = threading.Event()

    def then(peer: SspPeer) -> None:
        assert was_offered.wait(LIMIT_S)
        peer.wire.hang_up()

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        was_offered.set()
        wait_until(lambda: DeviceHealth("cash", "offline") in service.poll())
        assert service.take_note() == DeviceTrouble("cash", "offline")
        service.close()


def test_accept_and_return_check_gives_the_note_back() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable()
        peer.offer()
        peer.ask((REJECT, OK), (POLL, "F0 EC"), (WHY, "F0 08"))
        peer.disable()

    with serial_peer(script) as path:
        service = acceptor(path)
        check = service.checks()[-1]
        assert (check.name, check.hand) == ("accept_and_return", "insert_note")
        finding = check.work()
        assert finding.outcome is Outcome.PASSED
        assert finding.facts[0].value == "1000"
        service.close()


def test_poll_with_ack_acknowledges_a_credit_before_the_next_poll() -> None:
    over = threading.Event()

    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.ask(("11", OK), (REJECT, "F5"), (DISABLE, OK), ("06 07", OK), ("05", SETUP))
        peer.ask(("56", AT_REST), ("56", AT_REST))
        peer.ask(("02 3F 00", OK), (ENABLE, OK))
        peer.ask(("56", "F0 EF 03"), (HOLD, OK), (COUNTERS, COUNTED_2))
        peer.ask(("56", "F0 EE 03"), ("57", OK), ("56", "F0 EB"))
        over.set()

    with serial_peer(script) as path:
        limits = SspLimits(answer_s=0.3, start_look_s=0.0)
        connect = ssp_at(path, 9600, limits, poll_with_ack=True)
        service = BanknoteAcceptor(connect, limits=QUICK)
        service.enable(DUE_FEN)
        offered(service)
        assert isinstance(service.take_note(), NoteTaken)
        poll_until(service, over)
        service.close()
