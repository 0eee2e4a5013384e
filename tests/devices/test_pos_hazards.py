"""The POS's hazards: busy, declined, aborted, answer lost, another reference, cut connections."""

from __future__ import annotations

import logging
import threading

import pytest
from device_vectors import by_name
from peer import TcpWire, tcp_peer

from core.ports import (
    DeviceHealth,
    Done,
    HoldApproved,
    NoSuchTransaction,
    NotSent,
    Refused,
    Unknown,
)
from devices.pos.zvt.driver import ZvtLimits
from devices.pos.zvt.service import ZvtPos

pytestmark = pytest.mark.expects_warnings("devices.link")
V = {name: vector.raw.hex() for name, vector in by_name("zvt").items()}
OUR_REFERENCE = "ZF20250307000042"
LIMITS = ZvtLimits(
    ack_s=0.3, answer_s=0.5, card_wait_s=0.5, host_s=0.2, abort_s=0.5, look_s=0.02, ask_again_s=0.0
)
ACK = "80 00 00"
COMPLETION = "06 0F 00"
APPROVED = HoldApproved(
    reference=OUR_REFERENCE,
    masked_card="622202*********4567",
    auth_code="750071",
    rrn="025030700001",
    trace="000001",
    receipt="0001",
    pos_terminal_id="00004271",
    merchant_id="898310012340001",
    amount_fen=50000,
)


def pos(path: str, *, echoes_reference: bool = True) -> ZvtPos:
    return ZvtPos(path, limits=LIMITS, echoes_reference=echoes_reference)


def hold(service: ZvtPos) -> HoldApproved | Refused | NotSent | Unknown:
    return service.hold(OUR_REFERENCE, 50000, threading.Event())


def told(wire: TcpWire, *apdus: str) -> None:
    """The POS tells; each APDU is acknowledged by the driver."""
    for apdu in apdus:
        wire.send(apdu)
        wire.expect(ACK)


def accept(wire: TcpWire, command: str) -> None:
    """A new connection, registration, and the command's own acknowledgement."""
    wire.accept()
    wire.expect(V["registration_cny"])
    wire.send(ACK)
    told(wire, V["registration_completion"])
    wire.expect(command)
    wire.send(ACK)


def ask_last(wire: TcpWire, *apdus: str) -> None:
    """A new connection for status enquiry and repeat receipt."""
    accept(wire, V["status_enquiry"])
    told(wire, V["status_enquiry_completion"])
    wire.expect(V["repeat_receipt"])
    wire.send(ACK)
    told(wire, *apdus)


def test_hold_is_approved() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        told(wire, V["intermediate_insert_card"], V["intermediate_waiting_for_host"])
        told(wire, "06 D1 01 00", V["status_information_hold"], COMPLETION)

    with tcp_peer(script) as path:
        assert hold(pos(path)) == APPROVED


def test_declined_card_is_refused_with_the_bank_code() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        told(wire, V["status_information_declined_51"], V["abort_declined_51"])

    with tcp_peer(script) as path:
        assert hold(pos(path)) == Refused("card_declined", "51")


@pytest.mark.parametrize(
    ("abort", "refusal"),
    [
        ("abort_timeout_or_cancel", Refused("pos_timeout_or_cancelled", "6C")),
        ("abort_host_silent", Refused("pos_host_silent", "A1")),
        ("abort_no_host_connection", Refused("pos_host_silent", "7D")),
        ("abort_card_unreadable", Refused("card_declined", "64")),
        ("abort_not_registered", Refused("pos_not_ready", "6B")),
    ],
)
def test_abort_of_the_pos_is_a_refusal(abort: str, refusal: Refused) -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        told(wire, V[abort])

    with tcp_peer(script) as path:
        assert hold(pos(path)) == refusal


def test_cancelled_hold_is_aborted_and_the_pos_says_so() -> None:
    cancelled = threading.Event()

    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        told(wire, V["intermediate_insert_card"])
        cancelled.set()
        wire.expect(V["abort_command"])
        wire.send(ACK)
        told(wire, V["abort_timeout_or_cancel"])

    with tcp_peer(script) as path:
        answer = pos(path).hold(OUR_REFERENCE, 50000, cancelled)
        assert answer == Refused("pos_timeout_or_cancelled", "6C")


def test_cancelled_too_late_is_still_approved() -> None:
    cancelled = threading.Event()

    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        cancelled.set()
        wire.expect(V["abort_command"])
        wire.send("84 83 00")
        told(wire, V["status_information_hold"], COMPLETION)

    with tcp_peer(script) as path:
        assert pos(path).hold(OUR_REFERENCE, 50000, cancelled) == APPROVED


def test_cancelled_before_the_command_sends_none() -> None:
    cancelled = threading.Event()
    cancelled.set()

    def script(wire: TcpWire) -> None:
        wire.accept()
        wire.expect(V["registration_cny"])
        wire.send(ACK)
        told(wire, V["registration_completion"])
        assert wire.read_some(1, 1.0) == b""

    with tcp_peer(script) as path:
        answer = pos(path).hold(OUR_REFERENCE, 50000, cancelled)
        assert answer == Refused("pos_timeout_or_cancelled")


def test_answer_lost_and_repeated_with_our_reference_is_approved() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        ask_last(wire, V["status_information_hold"], COMPLETION)

    with tcp_peer(script) as path:
        assert hold(pos(path)) == APPROVED


def test_answer_lost_and_repeated_as_ended_without_card_is_refused() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        ask_last(wire, V["status_information_no_card"], COMPLETION)

    with tcp_peer(script) as path:
        assert hold(pos(path)) == Refused("pos_timeout_or_cancelled", "6C")


@pytest.mark.parametrize(
    "repeated", ["status_information_booked", "status_information_no_reference"]
)
def test_answer_lost_and_another_reference_repeated_is_unknown(repeated: str) -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        ask_last(wire, V[repeated], COMPLETION)

    with tcp_peer(script) as path:
        assert isinstance(hold(pos(path)), Unknown)


def test_answer_lost_and_pos_still_busy_is_asked_again() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        wire.accept()
        wire.expect(V["registration_cny"])
        wire.send(V["busy"])
        ask_last(wire, V["status_information_hold"], COMPLETION)

    with tcp_peer(script) as path:
        assert hold(pos(path)) == APPROVED


def test_answer_lost_on_a_pos_without_references_is_unknown_at_once() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        wire.hang_up()

    with tcp_peer(script) as path:
        assert isinstance(hold(pos(path, echoes_reference=False)), Unknown)


def test_silence_for_ever_after_the_command_is_unknown() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        assert wire.read_some(1, 3.0) == b""
        wire.hang_up()
        wire.stop_listening()

    with tcp_peer(script) as path:
        assert hold(pos(path)) == Unknown("no answer")


def test_approval_of_another_amount_is_unknown() -> None:
    other = V["status_information_hold"].replace("04000000050000", "04000000050001")

    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        told(wire, other, COMPLETION)
        ask_last(wire, other, COMPLETION)

    with tcp_peer(script) as path:
        assert hold(pos(path)) == Unknown("the POS answered with another amount")


def test_garbled_status_information_is_asked_for_again() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        wire.send("04 0F 03 EE 00 00")
        ask_last(wire, V["status_information_hold"], COMPLETION)

    with tcp_peer(script) as path:
        assert hold(pos(path)) == APPROVED


def test_busy_pos_is_refused() -> None:
    def script(wire: TcpWire) -> None:
        wire.accept()
        wire.expect(V["registration_cny"])
        wire.send(V["busy"])

    with tcp_peer(script) as path:
        assert hold(pos(path)) == Refused("pos_busy", "9C")


def test_no_pos_is_not_sent_and_offline() -> None:
    with tcp_peer(lambda wire: wire.stop_listening()) as path:
        pass
    service = pos(path)
    assert hold(service) == NotSent("offline")
    assert service.last(OUR_REFERENCE) == NotSent("offline")
    assert service.release("0001") == NotSent("offline")
    assert service.poll() == [DeviceHealth("pos", "offline")]
    assert service.poll() == []


def test_pos_that_never_registers_is_not_sent() -> None:
    def script(wire: TcpWire) -> None:
        wire.accept()
        wire.expect(V["registration_cny"])

    with tcp_peer(script) as path:
        assert hold(pos(path)) == NotSent("timeout")


def test_last_with_our_reference_is_the_hold() -> None:
    with tcp_peer(lambda w: ask_last(w, V["status_information_hold"], COMPLETION)) as path:
        assert pos(path).last(OUR_REFERENCE) == APPROVED


@pytest.mark.parametrize(
    "answer",
    [
        [V["status_information_booked"], COMPLETION],
        [V["status_information_declined_51"], COMPLETION],
        [V["abort_nothing_to_repeat"]],
    ],
)
def test_last_of_another_declined_or_none_is_no_such_transaction(answer: list[str]) -> None:
    with tcp_peer(lambda wire: ask_last(wire, *answer)) as path:
        assert pos(path).last(OUR_REFERENCE) == NoSuchTransaction()


def test_last_without_references_is_unknown() -> None:
    assert isinstance(pos("tcp:127.0.0.1:9", echoes_reference=False).last("X"), Unknown)


@pytest.mark.parametrize(
    ("end", "answer"),
    [
        (COMPLETION, Done()),
        (V["abort_already_reversed"], Done()),
        (V["abort_reversal_impossible"], Refused("pos_not_ready", "B5")),
    ],
)
def test_release_tells_what_the_pos_says(end: str, answer: Done | Refused) -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, "06 25 08 19 40 87 00 01 49 01 56")
        told(wire, end)

    with tcp_peer(script) as path:
        assert pos(path).release("0001") == answer


def test_release_without_an_answer_is_unknown() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, "06 25 08 19 40 87 00 01 49 01 56")
        wire.hang_up()

    with tcp_peer(script) as path:
        assert isinstance(pos(path).release("0001"), Unknown)


def test_completion_is_booked() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["book_total"])
        told(wire, V["status_information_booked"], COMPLETION)

    with tcp_peer(script) as path:
        answer = pos(path).complete("0001", "750071", 37655, "ZF20250307000043", trace="000001")
        assert answer == Done()


def test_pos_that_needs_service_is_offline() -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["status_enquiry"])
        told(wire, V["status_enquiry_completion"][:-2] + "51")

    with tcp_peer(script) as path:
        assert pos(path).status() == DeviceHealth("pos", "offline")


def test_no_card_digits_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def script(wire: TcpWire) -> None:
        accept(wire, V["reservation"])
        wire.send("04 0F 0C 22 F0 F8 62 22 02 12 34 56 78 90 EE")
        wire.hang_up()
        wire.stop_listening()

    with caplog.at_level(logging.DEBUG), tcp_peer(script) as path:
        answer = hold(pos(path))
    assert isinstance(answer, Unknown)
    for text in (caplog.text, repr(answer)):
        assert "622202" not in text.replace(" ", "")
