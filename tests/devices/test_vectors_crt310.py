"""The CRT-310 coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.card_reader import commands, frames
from devices.card_reader.frames import Answer, Command, Control, Negative
from devices.card_reader.status import Position, status_of
from devices.errors import DeviceRefused, ProtocolError

KEY = b"\xff" * 6
V = by_name("crt310")
COMMANDS: dict[str, Command] = {
    "reset": commands.RESET,
    "read_serial": commands.SERIAL_NUMBER,
    "entry_by_switch": commands.ENTRY_BY_SWITCH,
    "entry_prohibited": commands.ENTRY_SHUT,
    "stop_at_rf": commands.STOP_AT_RF,
    "status": commands.STATUS,
    "sensors": commands.SENSORS,
    "move_to_rf": commands.TO_RF,
    "hold_at_front": commands.TO_FRONT_HELD,
    "capture": commands.CAPTURE,
    "m1_seek": commands.M1_SEEK,
    "m1_uid": commands.M1_NUMBER,
    "m1_verify_a": commands.verify_key_a(1, KEY),
    "m1_read": commands.read_block(1, 0),
    "light_on": commands.LIGHT_ON,
    "light_off": commands.LIGHT_OFF,
}
ANSWERS = [v for v in vectors("crt310") if not v.to_device and len(v.raw) > 1]
STATUSES = [v for v in ANSWERS if v.text("card")]
POSITIONS = {
    "46": Position.TOO_LONG,
    "47": Position.TOO_SHORT,
    "48": Position.FRONT_FREE,
    "49": Position.FRONT_HELD,
    "4A": Position.INSIDE,
    "4B": Position.CONTACTS,
    "4C": Position.REAR_HELD,
    "4D": Position.REAR_FREE,
    "4E": Position.NONE,
}


def answer_of(name: str) -> Answer:
    buffer = bytearray(V[name].raw)
    answer = frames.take(buffer)
    assert isinstance(answer, Answer)
    assert not buffer
    return answer


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_the_vector(name: str) -> None:
    assert frames.encode(COMMANDS[name]) == V[name].raw


@pytest.mark.parametrize("vector", ANSWERS, ids=lambda v: v.name)
def test_answer_vector_is_one_item(vector: Vector) -> None:
    buffer = bytearray(vector.raw)
    item = frames.take(buffer)
    assert not buffer
    if "error" in vector.fields:
        assert item == Negative(vector.raw[4], f"{vector.number('error'):02X}")
    else:
        assert isinstance(item, Answer)


@pytest.mark.parametrize("vector", STATUSES, ids=lambda v: v.name)
def test_status_vector_gives_position_and_doors(vector: Vector) -> None:
    status = status_of(answer_of(vector.name).data)
    assert status.position is POSITIONS[vector.text("card")]
    assert status.front_open is (vector.text("front") != "4E")
    assert status.rear_open is (vector.text("rear") == "4A")


@pytest.mark.parametrize("name", ["m1_uid_answer", "m1_uid_answer_without_p"])
def test_chip_number_is_found_with_and_without_p(name: str) -> None:
    assert commands.uid_of(answer_of(name).data) == "1A2B3C4D"


def test_block_version_and_serial_are_found() -> None:
    assert commands.block_of(answer_of("m1_read_answer").data) == V["m1_read_answer"].data("data")
    assert commands.text_of(answer_of("reset_answer").data) == "CRT 310 V3.0"
    assert commands.text_of(answer_of("serial_answer").data) == "20250007"
    assert commands.sensors_of(answer_of("sensors_inside").data) == "0111000"


@pytest.mark.parametrize(
    ("name", "operation_at", "code"),
    [
        ("eject_no_card", 0, "E"),
        ("eject_failed", 0, "N"),
        ("m1_verify_a_wrong_key", 1, "3"),
        ("m1_read_not_verified", 2, "1"),
    ],
)
def test_what_was_not_done_is_refused(name: str, operation_at: int, code: str) -> None:
    with pytest.raises(DeviceRefused) as refused:
        commands.done(answer_of(name).data, operation_at)
    assert refused.value.code == code


def test_wrong_check_byte_is_an_error_and_removed() -> None:
    buffer = bytearray(V["status_bad_bcc"].raw + b"\x06")
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert frames.take(buffer) is Control.ACK
