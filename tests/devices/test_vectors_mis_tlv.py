"""The MIS-TLV coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from core.ports import DayTotal
from devices.errors import ProtocolError
from devices.pos.mis_tlv import frames, requests
from devices.pos.mis_tlv.frames import Confirmed, Control, Packet, Tlv
from devices.pos.mis_tlv.requests import Original, Request, Till, original_of
from devices.pos.mis_tlv.status import result_of
from devices.pos.mis_tlv.types import Function, type_codes

TILL = Till("0019", "811615")
REFERENCE_TAG = 0xDF69
FIRST, SECOND = "ZF20250307000042", "ZF20250307000043"
SALE = Original("000001", "000001", "750071", "0307", "143005", 12850)
HOLD = Original("000001", "000001", "750071", "0307", "143005", 50000)
CODES = type_codes(
    "sign_in=01 sale=02 void=03 refund=04 hold=06 release=07 complete=08 reprint=09 settle=11 "
    "status=13"
)
COMMANDS: dict[str, tuple[Request, str]] = {
    "sign_in": (requests.sign_in(TILL), ""),
    "sale": (requests.sale(TILL, 12850), FIRST),
    "void": (requests.void(TILL, SALE), SECOND),
    "refund": (requests.refund(TILL, SALE, 3000), SECOND),
    "hold": (requests.hold(TILL, 50000), FIRST),
    "hold_without_reference": (requests.hold(TILL, 50000), ""),
    "hold_cancel": (requests.release(TILL, HOLD), SECOND),
    "hold_complete": (requests.complete(TILL, "750071", 37655), SECOND),
    "reprint_last": (requests.reprint(requests.LAST_RECEIPT), ""),
    "reprint_receipt": (requests.reprint("000001"), ""),
    "settle": (requests.settle(TILL), ""),
    "status": (requests.status(TILL), ""),
}
RESULTS = [v for v in vectors("mis_tlv") if v.text("code")]


def packet_of(vector: Vector) -> Packet:
    buffer = bytearray(vector.raw)
    packet = frames.take(buffer)
    assert isinstance(packet, Packet)
    assert not buffer
    return packet


@pytest.mark.parametrize("name", COMMANDS)
def test_request_is_the_vector(name: str) -> None:
    request, reference = COMMANDS[name]
    own = (Tlv(REFERENCE_TAG, reference.encode("ascii")),) if reference else ()
    head = requests.header("1234", CODES[request.function])
    assert frames.encode((*head, *request.tlvs, *own)) == by_name("mis_tlv")[name].raw


def test_forwarded_answer_is_the_vector() -> None:
    vector = by_name("mis_tlv")["forward_answer"]
    answer = requests.forwarded("5678", vector.data("packet"))
    assert frames.encode(answer) == vector.raw


@pytest.mark.parametrize("vector", RESULTS, ids=lambda v: v.name)
def test_result_vector_gives_its_fields(vector: Vector) -> None:
    packet = packet_of(vector)
    assert frames.encode(packet.tlvs) == vector.raw
    result = result_of(packet, REFERENCE_TAG)
    assert result.code == vector.text("code")
    for name in ("trace", "receipt", "auth_code", "rrn", "reference", "date", "time"):
        if vector.text(name):
            assert getattr(result, name) == vector.text(name)
    if vector.text("masked_pan"):
        assert result.masked_card == vector.text("masked_pan")
    if vector.text("amount_fen"):
        assert result.amount_fen == abs(vector.number("amount_fen"))


def test_settlement_vector_gives_its_totals() -> None:
    result = result_of(packet_of(by_name("mis_tlv")["settle_result"]), None)
    assert result.totals == (DayTotal("debit", 37655, 1), DayTotal("credit", 0, 0))


def test_confirmation_vector_gives_its_receipt_framed_or_bare() -> None:
    raw = by_name("mis_tlv")["unasked_confirmation"].raw
    assert frames.take(bytearray(raw)) == Confirmed("000001")
    assert frames.take(bytearray(b"ACKACK000001")) == Confirmed("000001")
    assert frames.take(bytearray(b"ACKAC")) is None


def test_log_vector_is_passed_over() -> None:
    buffer = bytearray(by_name("mis_tlv")["unasked_log"].raw + b"\x00\x06")
    assert frames.take(buffer) is Control.ACK
    assert not buffer


def test_wrong_lrc_is_an_error_and_removed() -> None:
    buffer = bytearray(by_name("mis_tlv")["status_bad_lrc"].raw)
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert not buffer


def test_card_number_sent_in_full_is_masked() -> None:
    inner = frames.tlv_bytes([Tlv(0xDF1E, b"6222021234567890123")])
    packet = Packet((Tlv(0xDF06, inner), Tlv(0xDF07, b"00")))
    assert result_of(packet, None).masked_card == "622202*********0123"
    assert "6222" not in repr(packet)


def test_receipt_carries_what_undoing_wants() -> None:
    assert SALE.token == "000001.000001.750071.0307143005.12850"
    assert original_of(SALE.token) == SALE
    for strange in ("000001", "a.b.c.d.e", "1.2.3.0307143005.x", ""):
        with pytest.raises(ValueError, match="not a receipt"):
            original_of(strange)


@pytest.mark.parametrize(
    ("text", "fault"),
    [("sail=01", "not one of"), ("sale=1", "two digits"), ("sale=01 hold=01", "another")],
)
def test_type_codes_that_are_wrong_are_named(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        type_codes(text)


def test_function_without_a_code_is_not_in_the_table() -> None:
    assert Function.SALE not in type_codes("status=13")
