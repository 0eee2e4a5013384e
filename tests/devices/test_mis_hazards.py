"""MIS-TLV's hazards: damage, silence, another random number, packets to carry, a lost result."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from device_vectors import by_name
from peer import PtyWire, TcpWire, serial_peer, tcp_peer

from core.ports import (
    DayEnded,
    DayTotal,
    DeviceHealth,
    Done,
    HoldApproved,
    NoSuchTransaction,
    NotSent,
    RefundApproved,
    Refused,
    SaleApproved,
    Unknown,
)
from devices.checks import Identity, Outcome
from devices.pos.mis_tlv import frames, requests
from devices.pos.mis_tlv.bank_host import BankHost
from devices.pos.mis_tlv.driver import MisLimits, MisOptions
from devices.pos.mis_tlv.requests import Original, Till
from devices.pos.mis_tlv.service import MisPos
from devices.pos.mis_tlv.types import type_codes

pytestmark = pytest.mark.expects_warnings("devices.link", "devices.pos.mis_tlv.driver")
V = {name: vector.raw.hex() for name, vector in by_name("mis_tlv").items()}
TILL = Till("0019", "811615")
OURS, SECOND = "ZF20250307000042", "ZF20250307000043"
LIMITS = MisLimits(
    ack_s=0.2,
    answer_s=0.4,
    card_wait_s=0.3,
    host_s=0.2,
    day_end_s=0.4,
    abort_s=0.4,
    look_s=0.02,
    ask_again_s=0.0,
)
TYPES = "sale=02 void=03 refund=04 hold=06 release=07 complete=08 reprint=09 settle=11 status=13"
ACK, NAK, EOT = "06", "15", "04"
SALE = Original("000001", "000001", "750071", "0307", "143005", 12850)
HOLD = Original("000001", "000001", "750071", "0307", "143005", 50000)


def pos(
    path: str,
    *,
    tag: int | None = 0xDF69,
    types: str = TYPES,
    acknowledges: bool = False,
    bank_host: BankHost | None = None,
) -> MisPos:
    options = MisOptions(tag, acknowledges, bank_host, random=lambda: "1234")
    return MisPos(path, types=type_codes(types), till=TILL, options=options, limits=LIMITS)


def hold(service: MisPos) -> HoldApproved | Refused | NotSent | Unknown:
    return service.hold(OURS, 50000, threading.Event())


def hear(wire: PtyWire, request: str) -> None:
    wire.expect(request)
    wire.send(ACK)


def framed(*tlvs: frames.Tlv) -> str:
    return frames.encode(tlvs).hex()


def test_hold_is_approved_and_its_receipt_carries_what_undoing_wants() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(ACK)
        wire.send(V["hold_result"])
        wire.expect_silence(0.05)

    with serial_peer(script) as path:
        approved = hold(pos(path))
    assert approved == HoldApproved(
        reference=OURS,
        masked_card="622202*********4567",
        auth_code="750071",
        rrn="025030700001",
        trace="000001",
        receipt=HOLD.token,
        pos_terminal_id="00004271",
        merchant_id="898310012340001",
        amount_fen=50000,
    )


def test_pos_that_wants_its_answers_acknowledged_gets_it() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(V["hold_result"])
        wire.expect(ACK)

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path, acknowledges=True)), HoldApproved)


@pytest.mark.parametrize(
    ("result", "refusal"),
    [
        ("hold_declined_51", Refused("card_declined", "51")),
        ("hold_cancelled", Refused("pos_timeout_or_cancelled", "00010001")),
        ("hold_host_silent", Refused("pos_host_silent", "68")),
        ("hold_sign_in_first", Refused("pos_not_ready", "00010014")),
    ],
)
def test_no_of_the_bank_or_the_pos_is_a_refusal(result: str, refusal: Refused) -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(V[result])

    with serial_peer(script) as path:
        assert hold(pos(path)) == refusal


def test_card_error_goes_on_waiting_for_the_next_try() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(V["hold_card_error_keep_waiting"])
        wire.send(V["hold_result"])

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path)), HoldApproved)


def test_result_under_another_random_number_is_discarded() -> None:
    stranger = requests.header("9999", "06")[1]
    packet = frames.take(bytearray.fromhex(V["hold_result_no_reference"]))
    assert isinstance(packet, frames.Packet)
    tlvs = (stranger if tlv.tag == requests.RANDOM else tlv for tlv in packet.tlvs)
    late = framed(*tlvs)

    def script(wire: PtyWire) -> None:
        hear(wire, V["hold_without_reference"])
        wire.send(late)

    with serial_peer(script) as path:
        assert hold(pos(path, tag=None)) == Unknown("no answer")


def test_request_answered_by_nak_is_sent_again() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(V["hold"])
        wire.send(NAK)
        hear(wire, V["hold"])
        wire.send(V["hold_result"])

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path)), HoldApproved)


def test_three_naks_are_refused_because_nothing_was_taken() -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(3):
            wire.expect(V["hold"])
            wire.send(NAK)

    with serial_peer(script) as path:
        assert hold(pos(path)) == Refused("pos_not_ready", "NAK")


def test_request_without_any_answer_is_unknown_and_not_sent_again() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(V["hold_without_reference"])
        wire.expect_silence(0.4)

    with serial_peer(script) as path:
        assert hold(pos(path, tag=None)) == Unknown("no answer")


def test_damaged_result_is_asked_for_again() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(V["hold_result"][:-2] + "00")
        wire.expect(NAK)
        wire.send(V["hold_result"])

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path)), HoldApproved)


def test_answer_timer_starts_anew_at_each_ack() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        for _ in range(3):
            wire.expect_silence(0.3)
            wire.send(ACK)
        wire.send(V["hold_result"])

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path)), HoldApproved)


def test_lost_result_stays_unknown_when_the_wire_repeats_no_reference() -> None:
    with serial_peer(lambda wire: hear(wire, V["hold_without_reference"])) as path:
        service = pos(path, tag=None)
        assert not service.echoes_reference
        assert isinstance(hold(service), Unknown)
        assert isinstance(service.last(OURS), Unknown)


def test_lost_result_is_found_in_the_last_receipt_by_our_reference() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        hear(wire, V["reprint_last"])
        wire.send(V["reprint_result"])

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path)), HoldApproved)


def test_lost_result_and_a_last_receipt_of_somebody_else_is_unknown() -> None:
    packet = frames.take(bytearray.fromhex(V["hold_result_no_reference"]))
    assert isinstance(packet, frames.Packet)
    somebody_elses = framed(*packet.tlvs)

    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        hear(wire, V["reprint_last"])
        wire.send(somebody_elses)

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path)), Unknown)


def test_confirmation_in_place_of_a_result_is_unknown_with_the_receipt() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold_without_reference"])
        wire.send(V["unasked_confirmation"])

    with serial_peer(script) as path:
        answer = hold(pos(path, tag=None))
    assert answer == Unknown("the POS confirmed receipt 000001, its result was lost")


def test_result_of_another_amount_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        request = requests.hold(TILL, 50001)
        hear(wire, framed(*requests.header("1234", "06"), *request.tlvs))
        wire.send(V["hold_result_no_reference"])

    with serial_peer(script) as path:
        answer = pos(path, tag=None).hold(OURS, 50001, threading.Event())
    assert answer == Unknown("the POS answered with another amount")


def test_wish_to_abort_is_eot_and_the_answer_counts() -> None:
    cancelled = threading.Event()

    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        cancelled.set()
        wire.expect(EOT)
        wire.send(V["hold_result"])

    with serial_peer(script) as path:
        assert isinstance(pos(path).hold(OURS, 50000, cancelled), HoldApproved)


def test_sale_void_and_refund() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["sale"])
        wire.send(V["sale_result"])
        void = requests.void(TILL, SALE)
        hear(wire, framed(*requests.header("1234", "03"), *void.tlvs))
        wire.send(V["void_result"])
        hear(wire, V["refund"])
        wire.send(V["refund_result"])

    with serial_peer(script) as path:
        service = pos(path)
        sold = service.sale(OURS, 12850, threading.Event())
        assert isinstance(sold, SaleApproved)
        assert sold.receipt == SALE.token
        assert service.void(sold.receipt) == Done()
        refunded = service.refund(SECOND, 3000, threading.Event(), receipt=sold.receipt)
        assert isinstance(refunded, RefundApproved)
        assert refunded.amount_fen == 3000


def test_hold_is_completed_or_released() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold_complete"])
        wire.send(V["hold_complete_result"])
        release = requests.release(TILL, HOLD)
        hear(wire, framed(*requests.header("1234", "07"), *release.tlvs))
        wire.send(V["hold_cancel_unknown"])

    with serial_peer(script) as path:
        service = pos(path)
        assert service.complete(HOLD.token, "750071", 37655, SECOND) == Done()
        assert service.release(HOLD.token) == Refused("card_declined", "25")


def test_what_the_wire_cannot_say_is_not_sent() -> None:
    with serial_peer(lambda wire: wire.expect_silence(0.05)) as path:
        service = pos(path, types="status=13")
        assert service.sale(OURS, 100, threading.Event()) == NotSent("disabled")
        assert service.refund(OURS, 100, threading.Event()) == NotSent("disabled")
        assert service.partial_release(HOLD.token, 100) == NotSent("disabled")
        assert service.open_holds() == NotSent("disabled")
        assert service.day_end() == NotSent("disabled")


def test_settlement_tells_its_totals() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["settle"])
        wire.send(V["settle_result"])

    with serial_peer(script) as path:
        ended = pos(path).day_end()
    assert ended == DayEnded((DayTotal("debit", 37655, 1), DayTotal("credit", 0, 0)))


def test_first_request_signs_in_and_a_lost_key_signs_in_again() -> None:
    def script(wire: PtyWire) -> None:
        for result in ("hold_sign_in_first", "hold_result"):
            hear(wire, V["sign_in"])
            wire.send(V["sign_in_result"])
            hear(wire, V["hold"])
            wire.send(V[result])

    with serial_peer(script) as path:
        service = pos(path, types=f"{TYPES} sign_in=01")
        assert hold(service) == Refused("pos_not_ready", "00010014")
        assert isinstance(hold(service), HoldApproved)


def test_last_receipt_without_our_reference_is_no_such_transaction() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["reprint_last"])
        wire.send(V["reprint_result"])
        hear(wire, V["reprint_last"])
        wire.send(V["reprint_nothing"])

    with serial_peer(script) as path:
        service = pos(path)
        assert service.last(SECOND) == NoSuchTransaction()
        assert service.last(OURS) == NoSuchTransaction()


@contextmanager
def bank(script: str, answer: str) -> Iterator[BankHost]:
    def play(wire: TcpWire) -> None:
        wire.accept()
        wire.expect(script)
        wire.send(answer)

    with tcp_peer(play) as path:
        yield BankHost(path, answer_s=1.0)


def test_packet_for_the_bank_is_carried_and_its_answer_returned() -> None:
    vectors = by_name("mis_tlv")
    asked = vectors["forward_request"].data("packet")
    answered = vectors["forward_answer"].data("packet")
    returned = framed(*requests.forwarded("1234", answered))

    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(V["forward_request"])
        wire.expect(returned)
        wire.send(V["hold_result"])

    with (
        bank(f"000f{asked.hex()}", f"000f{answered.hex()}") as host,
        serial_peer(script) as path,
    ):
        assert isinstance(hold(pos(path, bank_host=host)), HoldApproved)


def test_bank_that_is_away_leaves_the_end_to_the_pos() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    def script(wire: PtyWire) -> None:
        hear(wire, V["hold"])
        wire.send(V["forward_request"])
        wire.send(V["hold_host_silent"])

    with serial_peer(script) as path:
        service = pos(path, bank_host=BankHost(f"tcp:127.0.0.1:{port}"))
        assert hold(service) == Refused("pos_host_silent", "68")


def test_status_gives_health_identity_and_line_check() -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(3):
            hear(wire, V["status"])
            wire.send(V["status_result"])

    with serial_peer(script) as path:
        service = pos(path)
        assert service.poll() == [DeviceHealth("pos", "ok")]
        assert service.poll() == []
        assert service.identity() == Identity("MIS-TLV 00004271")
        line = service.checks()[0]
        assert line.name == "line"
        assert line.work().outcome is Outcome.PASSED


def test_without_a_status_function_health_is_unknown_and_the_check_unsure() -> None:
    with serial_peer(lambda wire: None) as path:
        service = pos(path, types="hold=06")
        assert service.poll() == [DeviceHealth("pos", "unknown")]
        assert service.checks()[0].work().outcome is Outcome.UNSURE


def test_pos_that_is_not_plugged_in_is_not_sent_and_offline() -> None:
    service = pos("serial:/nowhere")
    assert hold(service) == NotSent("offline")
    assert service.poll() == [DeviceHealth("pos", "offline")]


def test_line_cut_in_the_middle_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        hear(wire, V["hold_without_reference"])
        wire.hang_up()

    with serial_peer(script) as path:
        assert isinstance(hold(pos(path, tag=None)), Unknown)
