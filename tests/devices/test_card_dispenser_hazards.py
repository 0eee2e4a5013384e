"""The dispenser's hazards: NAK, lost and garbled answers, jam, empty, wrong read-back, taken."""

from __future__ import annotations

import pytest
from peer import PtyWire, serial_peer

from core.ports import (
    CardMoved,
    CardPath,
    CardTaken,
    CardWritten,
    DeviceHealth,
    DeviceTrouble,
    Unknown,
)
from devices.card_dispenser.driver import DispenserLimits
from devices.card_dispenser.service import CardDispenser

pytestmark = pytest.mark.expects_warnings("devices.link")
ACK, NAK = "06", "15"
INIT = "F2 00 00 03 43 30 37 03 B6"
INITIALISED = "F2 00 00 12 50 30 37 30 32 30 43 52 54 2D 35 39 31 2D 4D 30 30 31 03 82"
STATUS = "F2 00 00 03 43 31 30 03 B0"
EMPTY_PATH = "F2 00 00 06 50 31 30 30 32 30 03 94"
AT_GATE = "F2 00 00 06 50 31 30 31 32 30 03 95"
AT_ENCODER = "F2 00 00 06 50 31 30 32 32 30 03 96"
NO_BLANKS = "F2 00 00 06 50 31 30 30 30 30 03 96"
BIN_FULL = "F2 00 00 06 50 31 30 30 32 31 03 95"
NOT_INITIALISED = "F2 00 00 05 4E 31 30 42 30 03 C9"
DISPENSE = "F2 00 00 03 43 32 32 03 B1"
DISPENSED = "F2 00 00 06 50 32 32 32 32 30 03 97"
DISPENSE_EMPTY = "F2 00 00 05 4E 32 32 41 30 03 CB"
DISPENSE_JAM_45 = "F2 00 00 05 45 32 32 31 30 03 B0"
HOLD = "F2 00 00 03 43 32 30 03 B3"
HELD = "F2 00 00 06 50 32 30 31 32 30 03 96"
CAPTURE = "F2 00 00 03 43 32 33 03 B0"
CAPTURED = "F2 00 00 06 50 32 33 30 32 30 03 94"
ACTIVATE = "F2 00 00 05 43 60 30 41 42 03 E4"
ACTIVATED = "F2 00 00 0F 50 60 30 32 32 30 4D 00 04 04 1A 2B 3C 4D 08 03 CB"
VERIFY = "F2 00 00 0E 43 60 33 00 20 00 01 06 FF FF FF FF FF FF 03 C8"
WRITE = "F2 00 00 18 43 60 33 00 D1 01 00 01 31 32 33 34 35 36 37 38 00 00 00 00 00 00 00 00 03 20"
READ = "F2 00 00 08 43 60 33 00 B0 01 00 01 03 59"
CHIP_OK = "F2 00 00 08 50 60 33 32 32 30 90 00 03 5A"
CHIP_NO = "F2 00 00 08 50 60 33 32 32 30 6F 00 03 A5"
READ_BACK = "F2 00 00 18 50 60 33 32 32 30 31 32 33 34 35 36 37 38" + (
    " 00 00 00 00 00 00 00 00 90 00 03 42"
)
READ_OTHER = "F2 00 00 18 50 60 33 32 32 30 31 32 33 34 35 36 37 39" + (
    " 00 00 00 00 00 00 00 00 90 00 03 43"
)
LIMITS = DispenserLimits(ack_s=0.15, pause_s=0.0, answer_s=0.4, initialise_s=0.4, move_s=0.4)


def dispenser(path: str) -> CardDispenser:
    return CardDispenser(path, limits=LIMITS)


def ask(wire: PtyWire, command: str, answer: str) -> None:
    wire.expect(command)
    wire.send(ACK)
    wire.send(answer)
    wire.expect(ACK)


def start(wire: PtyWire, *answers: tuple[str, str]) -> None:
    ask(wire, INIT, INITIALISED)
    for command, answer in answers:
        ask(wire, command, answer)


def trouble(reason: str) -> DeviceTrouble:
    return DeviceTrouble("card_dispenser", reason)


def test_card_goes_from_stacker_to_the_patient() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (DISPENSE, DISPENSED))
        start_write = ((STATUS, AT_ENCODER), (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK))
        for command, answer in (*start_write, (WRITE, CHIP_OK), (READ, READ_BACK)):
            ask(wire, command, answer)
        for command, answer in ((STATUS, AT_ENCODER), (HOLD, HELD)):
            ask(wire, command, answer)
        for answer in (AT_GATE, EMPTY_PATH, EMPTY_PATH):
            ask(wire, STATUS, answer)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == CardMoved()
        assert service.write("12345678") == CardWritten("1A2B3C4D")
        assert service.present() == CardMoved()
        assert service.poll() == [DeviceHealth("card_dispenser", "ok")]
        assert service.poll() == [CardTaken()]
        assert service.poll() == []
        service.close()


def test_card_left_at_the_gate_after_a_restart_is_seen_and_watched() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, AT_GATE), (STATUS, EMPTY_PATH))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.where() == CardPath("gate", "enough", False)
        assert service.poll() == [CardTaken(), DeviceHealth("card_dispenser", "ok")]
        service.close()


def test_captured_card_is_not_told_as_taken() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, AT_GATE), (CAPTURE, CAPTURED), (STATUS, EMPTY_PATH))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.capture() == CardMoved()
        assert service.poll() == [DeviceHealth("card_dispenser", "ok")]
        service.close()


def test_answer_lost_after_the_move_is_unknown_and_the_path_tells_where() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH))
        wire.expect(DISPENSE)
        wire.send(ACK)
        start(wire, (STATUS, AT_ENCODER))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == Unknown("no answer")
        assert service.where() == CardPath("encoder", "enough", False)
        service.close()


def test_motor_command_without_ack_is_unknown_and_not_repeated() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH))
        wire.expect(DISPENSE)
        wire.expect_silence(0.4)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == Unknown("no ACK to a motor command")
        service.close()


def test_motor_command_is_repeated_after_nak() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH))
        wire.expect(DISPENSE)
        wire.send(NAK)
        ask(wire, DISPENSE, DISPENSED)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == CardMoved()
        service.close()


def test_three_naks_are_trouble_because_nothing_moved() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH))
        for _ in range(3):
            wire.expect(DISPENSE)
            wire.send(NAK)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == trouble("hardware_error")
        service.close()


def test_garbled_answer_is_asked_for_again_with_nak() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH))
        wire.expect(DISPENSE)
        wire.send(ACK)
        wire.send("F2 00 00 06 50 32 32 32 32 30 03 98")
        wire.expect(NAK)
        wire.send(DISPENSED)
        wire.expect(ACK)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == CardMoved()
        service.close()


def test_answer_to_an_earlier_command_is_passed_over() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH))
        wire.expect(DISPENSE)
        wire.send(ACK)
        wire.send(EMPTY_PATH)
        wire.expect(ACK)
        wire.send(DISPENSED)
        wire.expect(ACK)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == CardMoved()
        service.close()


def test_status_without_ack_is_asked_again() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        wire.expect(STATUS)
        ask(wire, STATUS, EMPTY_PATH)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.where() == CardPath("none", "enough", False)
        service.close()


def test_unit_that_lost_power_is_initialised_again() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, NOT_INITIALISED), (INIT, INITIALISED), (STATUS, AT_ENCODER))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.where() == CardPath("encoder", "enough", False)
        service.close()


def test_jam_is_trouble_and_told_as_jammed_until_it_can_be_initialised() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (DISPENSE, DISPENSE_JAM_45))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == trouble("jam")
        assert service.poll() == [DeviceHealth("card_dispenser", "jammed")]
        assert service.poll() == []
        service.close()


def test_empty_stacker_full_bin_and_card_in_the_path_move_nothing() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, NO_BLANKS), (STATUS, BIN_FULL), (STATUS, AT_ENCODER))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == trouble("empty")
        assert service.to_encoder() == trouble("bin_full")
        assert service.to_encoder() == trouble("busy")
        service.close()


def test_stacker_found_empty_by_the_move_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (DISPENSE, DISPENSE_EMPTY))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == trouble("empty")
        service.close()


def test_no_card_to_write_present_or_capture_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (STATUS, EMPTY_PATH), (STATUS, EMPTY_PATH))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.write("12345678") == trouble("user_error")
        assert service.present() == trouble("user_error")
        assert service.capture() == trouble("user_error")
        service.close()


def test_other_number_read_back_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, AT_ENCODER), (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK))
        ask(wire, WRITE, CHIP_OK)
        ask(wire, READ, READ_OTHER)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.write("12345678") == trouble("hardware_error")
        service.close()


def test_wrong_key_is_trouble_and_nothing_is_written() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, AT_ENCODER), (ACTIVATE, ACTIVATED), (VERIFY, CHIP_NO))
        wire.expect_silence(0.1)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.write("12345678") == trouble("hardware_error")
        service.close()


def test_write_that_is_never_answered_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, AT_ENCODER), (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK))
        for _ in range(3):
            wire.expect(WRITE)
            wire.send(ACK)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.write("12345678") == Unknown("no answer")
        service.close()


def test_unplugged_while_moving_is_unknown_then_offline() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, AT_ENCODER))
        wire.expect(HOLD)
        wire.send(ACK)
        wire.hang_up()

    with serial_peer(script) as path:
        service = dispenser(path)
        assert isinstance(service.present(), Unknown)
        assert service.where() == trouble("offline")
        assert service.poll() == [DeviceHealth("card_dispenser", "offline")]
        service.close()


def test_silent_dispenser_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(2):
            wire.expect(INIT)

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.to_encoder() == trouble("timeout")
        service.close()
