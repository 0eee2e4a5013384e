"""The VMC coder and its words against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from core.ports import VendingSlot
from devices.errors import ProtocolError
from devices.model import TroubleReason
from devices.vending import frames
from devices.vending.frames import Control, Message
from devices.vending.status import (
    DeliveryWord,
    MachineWord,
    SelectionWord,
    Word,
    selection_text,
    word_of,
)

GOOD = [v for v in vectors("vmc") if "bad" not in v.name]
MESSAGES = [v for v in GOOD if v.raw[3]]
WORDS: dict[str, Word] = {
    "selection_ok": SelectionWord(1, None),
    "selection_out_of_stock": SelectionWord(1, TroubleReason.EMPTY),
    "selection_missing": SelectionWord(99, TroubleReason.USER_ERROR),
    "selection_paused": SelectionWord(1, TroubleReason.BUSY),
    "dispensing": DeliveryWord(1, False, None),
    "dispensed": DeliveryWord(1, True, None),
    "dispensed_with_number": DeliveryWord(1, True, None),
    "jammed": DeliveryWord(1, False, TroubleReason.JAM),
    "motor_stuck": DeliveryWord(1, False, TroubleReason.JAM),
    "no_motor": DeliveryWord(99, False, TroubleReason.USER_ERROR),
    "elevator_error": DeliveryWord(1, False, TroubleReason.HARDWARE_ERROR),
    "ended": DeliveryWord(1, False, TroubleReason.HARDWARE_ERROR),
    "slot_1": VendingSlot(1, 5, 10, False),
    "slot_2": VendingSlot(2, 0, 10, False),
    "machine_status_door_closed": MachineWord(0, "0000000001"),
    "machine_status_door_open": MachineWord(1, "0000000001"),
}


@pytest.mark.parametrize("vector", MESSAGES, ids=lambda v: v.name)
def test_message_and_frame_are_the_vector(vector: Vector) -> None:
    message = Message(vector.number("command"), vector.number("pack"), vector.data("text"))
    assert frames.encode(message) == vector.raw
    buffer = bytearray(vector.raw)
    assert frames.take(buffer) == message
    assert not buffer


@pytest.mark.parametrize(("name", "control"), [("poll", Control.POLL), ("ack", Control.ACK)])
def test_control_vector_is_a_control(name: str, control: Control) -> None:
    assert frames.encode(control) == by_name("vmc")[name].raw
    assert frames.take(bytearray(by_name("vmc")[name].raw)) is control


@pytest.mark.parametrize("name", WORDS)
def test_message_vector_gives_its_word(name: str) -> None:
    frame = frames.take(bytearray(by_name("vmc")[name].raw))
    assert isinstance(frame, Message)
    assert word_of(frame) == WORDS[name]


def test_wrong_check_byte_is_a_protocol_error_and_the_next_frame_is_read() -> None:
    buffer = bytearray(by_name("vmc")["dispensed_bad_check"].raw + by_name("vmc")["poll"].raw)
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert frames.take(buffer) is Control.POLL


def test_selection_is_two_bytes() -> None:
    assert selection_text(99) == bytes.fromhex("00 63")
    with pytest.raises(ValueError, match="no selection 0"):
        selection_text(0)
