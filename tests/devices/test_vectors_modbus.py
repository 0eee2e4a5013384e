"""The relay board's coder (pymodbus behind it) against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import by_name

from devices.errors import ProtocolError
from devices.relay import frames
from devices.relay.frames import Answer, Bits, Exceptional, Switched

REQUESTS = {
    "relay_0_on": frames.switch(1, 0, True),
    "relay_0_off": frames.switch(1, 0, False),
    "relay_7_on": frames.switch(1, 7, True),
    "read_relays": frames.read_relays(1, 8),
    "read_inputs": frames.read_inputs(1, 8),
    "read_inputs_address_2": frames.read_inputs(2, 8),
}
OFF = (False,) * 8
ANSWERS: dict[str, Answer] = {
    "relays_none": Bits(1, 1, OFF),
    "relays_0": Bits(1, 1, (True, *OFF[1:])),
    "relays_0_and_7": Bits(1, 1, (True, *OFF[2:], True)),
    "relays_all": Bits(1, 1, (True,) * 8),
    "inputs_none": Bits(1, 2, OFF),
    "inputs_0": Bits(1, 2, (True, *OFF[1:])),
    "inputs_2_and_3": Bits(1, 2, (False, False, True, True, *OFF[4:])),
    "relay_0_on": Switched(1, 0, True),
    "relay_7_on": Switched(1, 7, True),
    "relay_0_off": Switched(1, 0, False),
    "illegal_address": Exceptional(1, 5, 2),
    "illegal_value": Exceptional(1, 5, 3),
    "illegal_address_read": Exceptional(1, 1, 2),
    "illegal_value_read": Exceptional(1, 2, 3),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_request_is_the_vector(name: str) -> None:
    assert REQUESTS[name] == by_name("modbus")[name].raw


@pytest.mark.parametrize("name", ANSWERS)
def test_answer_vector_gives_its_words(name: str) -> None:
    buffer = bytearray(by_name("modbus")[name].raw)
    assert frames.take(buffer) == ANSWERS[name]
    assert not buffer


def test_wrong_check_sum_is_a_protocol_error() -> None:
    buffer = bytearray(by_name("modbus")["inputs_bad_crc"].raw)
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert not buffer


def test_half_an_answer_waits_for_the_rest() -> None:
    raw = by_name("modbus")["inputs_0"].raw
    buffer = bytearray(raw[:4])
    assert frames.take(buffer) is None
    buffer += raw[4:]
    assert frames.take(buffer) == ANSWERS["inputs_0"]
