"""The ZVT coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.pos.zvt import frames
from devices.pos.zvt.fields import status_information, terminal_state
from devices.pos.zvt.frames import Apdu

REFERENCE = "ZF20250307000042"
COMMANDS: dict[str, Apdu] = {
    "ack": frames.ACK,
    "registration_cny": frames.registration("000000", "0156"),
    "status_enquiry": frames.status_enquiry(),
    "reservation_capture": frames.reservation(2500, "0978", "384HH2"),
    "reservation": frames.reservation(50000, "0156", REFERENCE),
    "reservation_large": frames.reservation(123456789, "0156", REFERENCE),
    "book_total": frames.book_total("0001", 37655, "0156", "000001", "750071", "ZF20250307000043"),
    "preauth_reversal_capture": frames.reverse_reservation("0231", "0978"),
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


def test_card_number_sent_in_full_is_masked() -> None:
    kept = status_information(bytes.fromhex("22 F0 F8 62 22 02 12 34 56 78 90"))
    assert kept.masked_card == "622202******7890"


def test_short_card_number_is_masked_whole() -> None:
    kept = status_information(bytes.fromhex("22 F0 F5 62 22 02 12 34"))
    assert kept.masked_card == "**********"
