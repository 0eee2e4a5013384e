"""The CCNET coder and its words against the hand-written vectors."""

from __future__ import annotations

import pytest
from cash_peers import ccnet_frame
from device_vectors import Vector, by_name, vectors

from devices.cash.ccnet import frames
from devices.cash.ccnet.status import bill_bits, bills_fen, identity_of, signals_of, state_of
from devices.cash.notes import (
    AtRest,
    Begun,
    Condition,
    Credited,
    Ejected,
    Fraud,
    Held,
    Moving,
    Restarted,
    Signal,
)
from devices.errors import ProtocolError

GOOD = [
    v
    for v in vectors("ccnet")
    if v.text("data") and "bad" not in v.name and "other_address" not in v.name
]
BILLS = bills_fen(by_name("ccnet")["bill_table"].data("data"))
STATES: dict[str, Signal] = {
    "power_up": Restarted(),
    "power_up_bill_in_validator": Restarted(),
    "power_up_bill_in_stacker": Restarted(),
    "initialise": Moving(),
    "idling": AtRest(),
    "accepting": Moving(),
    "stacking": Moving(),
    "returning": Moving(),
    "disabled": AtRest(),
    "cassette_full": Begun(Condition.BOX_FULL),
    "cassette_out": Begun(Condition.BOX_OUT),
    "validator_jammed": Begun(Condition.JAMMED),
    "cassette_jammed": Begun(Condition.JAMMED),
    "failure_50": Begun(Condition.BROKEN),
    "cheated": Fraud(),
    "rejecting_inhibit": Ejected("68"),
    "escrow_type_2": Held(100),
    "stacked_type_2": Credited(100),
    "returned_type_2": Ejected(),
    "escrow_type_7": Held(10000),
}


@pytest.mark.parametrize("vector", GOOD, ids=lambda v: v.name)
def test_frame_and_content_are_the_vector(vector: Vector) -> None:
    assert frames.encode(vector.data("data")) == vector.raw
    buffer = bytearray(vector.raw)
    assert frames.take(buffer) == vector.data("data")
    assert not buffer


@pytest.mark.parametrize("vector", GOOD, ids=lambda v: v.name)
def test_script_frames_are_the_vector(vector: Vector) -> None:
    assert ccnet_frame(vector.text("data")) == vector.raw


@pytest.mark.parametrize("name", ["bill_table", "bill_table_with_fraction"])
def test_bill_table_vector_gives_fen(name: str) -> None:
    vector = by_name("ccnet")[name]
    assert list(bills_fen(vector.data("data"))) == vector.fields["denominations_fen"]


@pytest.mark.parametrize("name", STATES)
def test_state_vector_gives_its_signal(name: str) -> None:
    state = state_of(by_name("ccnet")[name].data("data"))
    assert STATES[name] in signals_of(state, None, BILLS)


@pytest.mark.parametrize("name", ["stacked_type_2", "returned_type_2", "escrow_type_2", "cheated"])
def test_repeated_state_happened_once(name: str) -> None:
    state = state_of(by_name("ccnet")[name].data("data"))
    assert STATES[name] not in signals_of(state, state, BILLS)


def test_identification_vector_gives_part_and_serial() -> None:
    vector = by_name("ccnet")["identification"]
    known = identity_of(vector.data("data"))
    assert (known.model, known.firmware) == ("CCNET", vector.text("part"))
    assert known.serial == vector.text("serial")


def test_bits_name_bills_from_the_highest_byte() -> None:
    assert bill_bits(BILLS, (100, 500, 1000)) == bytes.fromhex("00 00 1C")
    assert bill_bits(BILLS, BILLS) == bytes.fromhex("00 00 FC")


def test_wrong_check_sum_is_a_protocol_error() -> None:
    buffer = bytearray(by_name("ccnet")["stacked_bad_crc"].raw)
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert not buffer


def test_bill_of_another_country_is_not_ours() -> None:
    row = bytes.fromhex("05 52 55 53 01")
    assert bills_fen(row + bytes(115))[0] == 0
