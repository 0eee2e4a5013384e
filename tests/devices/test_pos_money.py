"""Sale, refund, void, partial release, day end and what a technician asks, on ZVT over TCP."""

from __future__ import annotations

import threading

import pytest
from device_vectors import by_name
from peer import TcpWire, tcp_peer

from core.ports import (
    DayEnded,
    DayTotal,
    Done,
    HoldsOpen,
    NotSent,
    RefundApproved,
    Refused,
    SaleApproved,
    Unknown,
)
from devices.checks import Fact, Identity, Outcome
from devices.pos.zvt.driver import ZvtLimits
from devices.pos.zvt.service import ZvtPos

pytestmark = pytest.mark.expects_warnings("devices.link")
V = {name: vector.raw.hex() for name, vector in by_name("zvt").items()}
OURS, SECOND = "ZF20250307000042", "ZF20250307000043"
LIMITS = ZvtLimits(
    ack_s=0.3,
    answer_s=0.5,
    card_wait_s=0.5,
    host_s=0.2,
    day_end_s=0.5,
    look_s=0.02,
    ask_again_s=0.0,
)
ACK = "80 00 00"
COMPLETION = "06 0F 00"
SOLD = SaleApproved(
    reference=OURS,
    masked_card="622202*********4567",
    auth_code="750071",
    rrn="025030700001",
    trace="000001",
    receipt="0001",
    pos_terminal_id="00004271",
    merchant_id="898310012340001",
    amount_fen=12850,
)


def pos(path: str, *, echoes_reference: bool = True) -> ZvtPos:
    return ZvtPos(path, limits=LIMITS, echoes_reference=echoes_reference)


def sale(service: ZvtPos) -> SaleApproved | Refused | NotSent | Unknown:
    return service.sale(OURS, 12850, threading.Event())


def told(wire: TcpWire, *apdus: str) -> None:
    for apdu in apdus:
        wire.send(apdu)
        wire.expect(ACK)


def accept(wire: TcpWire, command: str, *apdus: str) -> None:
    """A new connection, registration, the command, and what the POS tells."""
    wire.accept()
    wire.expect(V["registration_cny"])
    wire.send(ACK)
    told(wire, V["registration_completion"])
    wire.expect(command)
    wire.send(ACK)
    told(wire, *apdus)


def ask_last(wire: TcpWire, *apdus: str) -> None:
    accept(wire, V["status_enquiry"], V["status_enquiry_completion"])
    wire.expect(V["repeat_receipt"])
    wire.send(ACK)
    told(wire, *apdus)


def test_sale_is_approved() -> None:
    with tcp_peer(
        lambda wire: accept(wire, V["sale"], V["status_information_sale"], COMPLETION)
    ) as path:
        assert sale(pos(path)) == SOLD


def test_sale_whose_answer_was_lost_is_found_by_our_reference() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["sale"])
        ask_last(wire, V["status_information_sale"], COMPLETION)

    with tcp_peer(script) as path:
        assert sale(pos(path)) == SOLD


def test_sale_whose_answer_was_lost_stays_unknown_without_references() -> None:
    with tcp_peer(lambda wire: accept(wire, V["sale"])) as path:
        assert isinstance(sale(pos(path, echoes_reference=False)), Unknown)


def test_last_sale_is_told_as_a_sale() -> None:
    with tcp_peer(lambda wire: ask_last(wire, V["status_information_sale"], COMPLETION)) as path:
        assert pos(path).last_of(SaleApproved, OURS) == SOLD


def test_refund_is_approved() -> None:
    with tcp_peer(
        lambda wire: accept(wire, V["refund"], V["status_information_refund"], COMPLETION)
    ) as path:
        refunded = pos(path).refund(SECOND, 3000, threading.Event())
    assert isinstance(refunded, RefundApproved)
    assert (refunded.amount_fen, refunded.rrn) == (3000, "025030700002")


def test_void_is_done_and_done_again() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["void"], V["status_information_void"], COMPLETION)
        accept(wire, V["void"], V["abort_already_reversed"])

    with tcp_peer(script) as path:
        service = pos(path)
        assert service.void("0001") == Done()
        assert service.void("0001") == Done()


def test_void_whose_answer_was_lost_is_unknown() -> None:
    with tcp_peer(lambda wire: accept(wire, V["void"])) as path:
        assert pos(path).void("0001") == Unknown("no answer")


def test_part_of_a_hold_is_released() -> None:
    with tcp_peer(lambda wire: accept(wire, V["partial_reversal"], COMPLETION)) as path:
        assert pos(path).partial_release("0001", 12345, reference=SECOND) == Done()


def test_release_of_a_part_twice_is_refused() -> None:
    with tcp_peer(
        lambda wire: accept(wire, V["partial_reversal"], V["abort_already_reversed"])
    ) as path:
        answer = pos(path).partial_release("0001", 12345, reference=SECOND)
    assert answer == Refused("pos_not_ready", "B4")


@pytest.mark.parametrize(
    ("repeated", "answer"),
    [("status_information_booked", Done), ("status_information_hold", Unknown)],
)
def test_completion_whose_answer_was_lost_counts_only_with_its_reference(
    repeated: str, answer: type
) -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["book_total"])
        ask_last(wire, V[repeated], COMPLETION)

    with tcp_peer(script) as path:
        booked = pos(path).complete("0001", "750071", 37655, SECOND, trace="000001")
    assert isinstance(booked, answer)


def test_day_end_tells_the_totals() -> None:
    with tcp_peer(
        lambda wire: accept(
            wire,
            V["end_of_day_no_password"],
            V["status_information_end_of_day_totals"],
            COMPLETION,
        )
    ) as path:
        ended = pos(path).day_end()
    assert ended == DayEnded((DayTotal("all", 37655), DayTotal("others", 37655, 1)))


def test_day_end_whose_answer_was_lost_is_unknown_and_not_repeated() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["end_of_day_no_password"])
        wire.hang_up()
        wire.stop_listening()

    with tcp_peer(script) as path:
        assert isinstance(pos(path).day_end(), Unknown)


def test_day_end_on_a_pos_that_is_away_is_not_sent() -> None:
    with tcp_peer(lambda wire: wire.stop_listening()) as path:
        assert pos(path).day_end() == NotSent("offline")


@pytest.mark.parametrize(
    ("answer", "open_holds"),
    [
        ("open_holds_none", HoldsOpen(())),
        ("open_holds_one", HoldsOpen(("0001",))),
        ("abort_not_registered", Unknown("the POS does not list open holds (6B)")),
    ],
)
def test_open_holds_are_told(answer: str, open_holds: HoldsOpen | Unknown) -> None:
    with tcp_peer(lambda wire: accept(wire, V["open_holds_query"], V[answer])) as path:
        assert pos(path).open_holds() == open_holds


def test_another_serial_number_shows_in_the_identity() -> None:
    first = V["status_enquiry_completion_identity"]
    other = first.replace("0020250007", "0020250008")
    assert other != first

    def script(wire: TcpWire) -> None:
        accept(wire, V["status_enquiry"], first)
        accept(wire, V["status_enquiry"], other)

    with tcp_peer(script) as path:
        service = pos(path)
        assert service.identity() == Identity("KIOSK POS 00004271", "KIOSK POS 1.0", "0020250007")
        assert service.identity() == Identity("KIOSK POS 00004271", "KIOSK POS 1.0", "0020250008")


def test_checks_tell_line_readiness_and_last_transaction() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["status_enquiry"], V["status_enquiry_completion_identity"])
        accept(wire, V["status_enquiry"], V["status_enquiry_completion"][:-2] + "CC")
        accept(wire, V["repeat_receipt"], V["status_information_sale"], COMPLETION)
        accept(wire, V["repeat_receipt"], V["abort_nothing_to_repeat"])
        accept(wire, V["repeat_receipt"], V["status_information_no_reference"], COMPLETION)
        accept(wire, V["open_holds_query"], V["open_holds_one"])

    with tcp_peer(script) as path:
        checks = {check.name: check for check in pos(path).checks()}
        assert next(iter(checks)) == "line"
        line = checks["line"].work()
        assert line.outcome is Outcome.PASSED
        assert Fact("serial", "0020250007") in line.facts
        ready = checks["ready"].work()
        assert (ready.outcome, ready.reason) == (Outcome.FAILED, "hardware_error")
        assert ready.facts == (Fact("state", "printer (CC)"),)
        last = checks["last_transaction"]
        found = last.work()
        assert found.outcome is Outcome.PASSED
        assert Fact("has_reference", "yes") in found.facts
        assert last.work().facts == (Fact("transaction", "none"),)
        assert last.work().outcome is Outcome.UNSURE
        assert checks["open_holds"].work().facts == (Fact("open_hold", "0001"),)


def test_checks_of_a_pos_that_is_away_fail_with_a_reason() -> None:
    with tcp_peer(lambda wire: wire.stop_listening()) as path:
        for check in pos(path).checks():
            finding = check.work()
            assert (finding.outcome, finding.reason) == (Outcome.FAILED, "offline")
