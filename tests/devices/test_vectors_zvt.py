"""The ZVT coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from core.ports import DayTotal
from devices.errors import ProtocolError
from devices.pos.zvt import frames, serial_blocks
from devices.pos.zvt.fields import open_hold_receipt, status_information, terminal_state
from devices.pos.zvt.frames import Apdu
from devices.pos.zvt.serial_blocks import Signal

REFERENCE = "ZF20250307000042"
SECOND = "ZF20250307000043"
COMMANDS: dict[str, Apdu] = {
    "ack": frames.ACK,
    "registration_cny": frames.registration("000000", "0156"),
    "status_enquiry": frames.status_enquiry(),
    "reservation_capture": frames.reservation(2500, "0978", "384HH2"),
    "reservation": frames.reservation(50000, "0156", REFERENCE),
    "reservation_large": frames.reservation(123456789, "0156", REFERENCE),
    "book_total": frames.book_total("0001", 37655, "0156", "000001", "750071", "ZF20250307000043"),
    "preauth_reversal_capture": frames.reverse_reservation("0231", "0978"),
    "sale": frames.sale(12850, "0156", REFERENCE),
    "void": frames.reversal("000000", "0001"),
    "refund": frames.refund("000000", 3000, "0156", SECOND),
    "partial_reversal_capture": frames.partial_reversal("0491", 1295, "0978", "MF2246"),
    "partial_reversal": frames.partial_reversal("0001", 12345, "0156", SECOND),
    "open_holds_query": frames.open_holds(),
    "end_of_day": frames.end_of_day("123456"),
    "end_of_day_no_password": frames.end_of_day("000000"),
    "repeat_receipt": frames.repeat_receipt(),
    "abort_command": frames.ABORT,
}
ALL = list(vectors("zvt"))
INFORMATION = [v for v in ALL if v.raw[:2] == b"\x04\x0f"]
ABORTS = [v for v in ALL if v.raw[:2] == b"\x06\x1e"]


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_the_vector(name: str) -> None:
    assert frames.encode(COMMANDS[name]) == by_name("zvt")[name].raw


@pytest.mark.parametrize("vector", ALL, ids=lambda v: v.name)
def test_vector_is_one_apdu_and_encodes_back(vector: Vector) -> None:
    buffer = bytearray(vector.raw)
    apdu = frames.take(buffer)
    assert apdu is not None
    assert not buffer
    assert frames.encode(apdu) == vector.raw


@pytest.mark.parametrize("vector", INFORMATION, ids=lambda v: v.name)
def test_status_information_vector_gives_its_fields(vector: Vector) -> None:
    apdu = frames.take(bytearray(vector.raw))
    assert apdu is not None
    kept = status_information(apdu.data)
    assert kept.result == vector.number("result")
    assert kept.amount_fen == vector.number("amount_fen")
    assert kept.currency == f"{vector.number('currency'):04d}"
    assert kept.masked_card == vector.text("masked_pan")
    assert kept.receipt == vector.text("receipt")
    assert kept.auth_code == vector.text("auth_code")
    assert kept.trace == vector.text("trace")
    assert kept.rrn == vector.text("rrn")
    assert kept.terminal_id == vector.text("terminal_id")
    assert kept.merchant_id == vector.text("merchant_id")
    assert kept.reference == vector.text("reference")


@pytest.mark.parametrize("vector", ABORTS, ids=lambda v: v.name)
def test_abort_vector_gives_its_code(vector: Vector) -> None:
    apdu = frames.take(bytearray(vector.raw))
    assert apdu is not None
    assert apdu.code == frames.ABORTED
    assert apdu.data[0] == vector.number("error")


def test_status_enquiry_vector_gives_version_and_state() -> None:
    apdu = frames.take(bytearray(by_name("zvt")["status_enquiry_completion"].raw))
    assert apdu is not None
    state = terminal_state(apdu.data)
    assert (state.version, state.code) == ("KIOSK POS 1.0", 0)


def test_identity_vector_gives_name_version_and_serial() -> None:
    vector = by_name("zvt")["status_enquiry_completion_identity"]
    apdu = frames.take(bytearray(vector.raw))
    assert apdu is not None
    state = terminal_state(apdu.data)
    assert (state.version, state.code) == (vector.text("version"), 0)
    assert (state.name, state.serial) == (vector.text("device_name"), vector.text("serial"))
    assert state.terminal_id == vector.text("terminal_id")


def test_status_with_strange_extras_still_gives_the_status() -> None:
    state = terminal_state(bytes.fromhex("F0 F0 F1 41 00 EE 06 7F"))
    assert (state.version, state.code, state.serial) == ("A", 0, "")


@pytest.mark.parametrize(
    ("name", "receipt"), [("open_holds_none", None), ("open_holds_one", "0001")]
)
def test_open_holds_vector_gives_its_receipt(name: str, receipt: str | None) -> None:
    apdu = frames.take(bytearray(by_name("zvt")[name].raw))
    assert apdu is not None
    assert open_hold_receipt(apdu.data) == receipt


def test_end_of_day_vector_gives_the_schemes_that_moved() -> None:
    apdu = frames.take(bytearray(by_name("zvt")["status_information_end_of_day_totals"].raw))
    assert apdu is not None
    assert status_information(apdu.data).scheme_totals == (DayTotal("others", 37655, 1),)


BLOCKS = [v for v in vectors("zvt_serial") if v.text("apdu")]


@pytest.mark.parametrize("vector", BLOCKS, ids=lambda v: v.name)
def test_block_vector_is_its_apdu_both_ways(vector: Vector) -> None:
    apdu = frames.take(bytearray(vector.data("apdu")))
    assert apdu is not None
    assert serial_blocks.encode(apdu) == vector.raw
    buffer = bytearray(b"\x00\xff" + vector.raw)
    assert serial_blocks.take(buffer) == apdu
    assert not buffer


@pytest.mark.parametrize("vector", BLOCKS, ids=lambda v: v.name)
def test_block_that_is_not_whole_yet_waits(vector: Vector) -> None:
    for size in range(len(vector.raw)):
        buffer = bytearray(vector.raw[:size])
        assert serial_blocks.take(buffer) is None
        assert bytes(buffer) == vector.raw[:size]


def test_block_with_a_wrong_check_is_an_error_and_removed() -> None:
    buffer = bytearray(by_name("zvt_serial")["status_enquiry_bad_crc"].raw + b"\x06")
    with pytest.raises(ProtocolError):
        serial_blocks.take(buffer)
    assert serial_blocks.take(buffer) is Signal.ACK


def test_card_number_sent_in_full_is_masked() -> None:
    kept = status_information(bytes.fromhex("22 F0 F8 62 22 02 12 34 56 78 90"))
    assert kept.masked_card == "622202******7890"


def test_short_card_number_is_masked_whole() -> None:
    kept = status_information(bytes.fromhex("22 F0 F5 62 22 02 12 34"))
    assert kept.masked_card == "**********"
