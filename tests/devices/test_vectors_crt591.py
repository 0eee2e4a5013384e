"""The CRT-591 coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.card_dispenser import commands, frames
from devices.card_dispenser.frames import Command, Control, Negative, Positive
from devices.card_dispenser.status import ErrorCode, reason_of_code
from devices.errors import ProtocolError
from devices.model import TroubleReason

KEY = b"\xff" * 6
CONTENT = b"P00012345678\0\0\0\0"
COMMANDS: dict[str, Command] = {
    "init_keep": commands.INITIALISE_KEEP,
    "init_keep_counting": commands.INITIALISE_KEEP_COUNTING,
    "status": commands.STATUS,
    "dispense_to_rf": commands.DISPENSE_TO_RF,
    "move_to_holding": commands.TO_HOLDING,
    "capture": commands.CAPTURE,
    "status_sensors": commands.SENSORS,
    "counter_set_zero": commands.set_counter(0),
    "serial": commands.SERIAL_NUMBER,
    "firmware": commands.FIRMWARE,
    "counter_read": commands.READ_COUNTER,
    "rf_activate": commands.RF_ACTIVATE,
    "mifare_verify": commands.verify_key(1, KEY),
    "mifare_read": commands.read_block(1, 0),
    "mifare_write": commands.write_block(1, 0, CONTENT),
}
ANSWERS = [v for v in vectors("crt591") if not v.to_device and len(v.raw) > 1]


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_the_vector(name: str) -> None:
    assert frames.encode(COMMANDS[name]) == by_name("crt591")[name].raw


@pytest.mark.parametrize("vector", ANSWERS, ids=lambda v: v.name)
def test_answer_vector_gives_its_fields(vector: Vector) -> None:
    buffer = bytearray(vector.raw)
    answer = frames.take(buffer)
    assert not buffer
    match answer:
        case Negative(error=error):
            assert error == vector.text("error")
        case Positive(status=status):
            wanted = [vector.text(name) for name in ("transport", "stacker", "bin")]
            assert [f"{byte:02X}" for byte in status] == wanted
        case _:
            pytest.fail(f"not an answer: {answer}")


@pytest.mark.parametrize(
    ("name", "control"), [("ack", Control.ACK), ("nak", Control.NAK), ("eot", Control.EOT)]
)
def test_control_vector_is_a_control(name: str, control: Control) -> None:
    assert frames.take(bytearray(by_name("crt591")[name].raw)) is control


def test_activation_vector_gives_the_uid() -> None:
    vector = by_name("crt591")["rf_activate_answer_s50"]
    answer = frames.take(bytearray(vector.raw))
    assert isinstance(answer, Positive)
    assert commands.uid_of(answer.data) == vector.text("uid")


@pytest.mark.parametrize(
    "name",
    ["mifare_ok_answer", "mifare_failed_answer", "mifare_read_answer", "mifare_length_answer"],
)
def test_mifare_vector_gives_word_and_data(name: str) -> None:
    vector = by_name("crt591")[name]
    answer = frames.take(bytearray(vector.raw))
    assert isinstance(answer, Positive)
    reply = commands.mifare_reply(answer.data)
    assert reply.done is (vector.text("status_word") == "9000")
    assert reply.data == vector.data("data")


def data_of(name: str) -> bytes:
    answer = frames.take(bytearray(by_name("crt591")[name].raw))
    assert isinstance(answer, Positive)
    return answer.data


def test_serial_and_firmware_vectors_give_their_texts() -> None:
    assert commands.text_of(data_of("serial_answer")) == "20250007"
    assert commands.text_of(data_of("firmware_answer")) == "CRT-591-M001 V1.10"
    assert commands.text_of(b"") == ""


def test_sensors_and_counter_vectors_give_their_values() -> None:
    assert commands.sensors_of(data_of("status_sensors_answer")) == "01000000"
    assert commands.counter_of(data_of("counter_answer")) == 3
    with pytest.raises(ProtocolError):
        commands.counter_of(b"12")


def test_every_error_code_of_the_manual_has_a_reason() -> None:
    assert {reason_of_code(code) for code in ErrorCode} == {
        TroubleReason.JAM,
        TroubleReason.USER_ERROR,
        TroubleReason.BIN_FULL,
        TroubleReason.EMPTY,
        TroubleReason.HARDWARE_ERROR,
    }
    assert reason_of_code("ZZ") is TroubleReason.HARDWARE_ERROR
