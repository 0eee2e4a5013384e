"""What a technician asks of the dispenser: who it is, sensors, the counter, and the loop."""

from __future__ import annotations

import pytest
from device_vectors import by_name
from peer import PtyWire, serial_peer

from core.ports import CaptureCount, CardPath, DeviceTrouble, Done, Unknown
from devices.card_dispenser.driver import DispenserLimits
from devices.card_dispenser.service import CardDispenser
from devices.checks import Fact, Identity, Outcome

pytestmark = pytest.mark.expects_warnings("devices.link")
V = {name: vector.raw.hex() for name, vector in by_name("crt591").items()}
ACK = "06"
INIT = "F2 00 00 03 43 30 37 03 B6"
INITIALISED = "F2 00 00 12 50 30 37 30 32 30 43 52 54 2D 35 39 31 2D 4D 30 30 31 03 82"
EMPTY_PATH = "F2 00 00 06 50 31 30 30 32 30 03 94"
AT_ENCODER = "F2 00 00 06 50 31 30 32 32 30 03 96"
NO_BLANKS = "F2 00 00 06 50 31 30 30 30 30 03 96"
DISPENSED = "F2 00 00 06 50 32 32 32 32 30 03 97"
CAPTURED = "F2 00 00 06 50 32 33 30 32 30 03 94"
ACTIVATE = "F2 00 00 05 43 60 30 41 42 03 E4"
ACTIVATED = "F2 00 00 0F 50 60 30 32 32 30 4D 00 04 04 1A 2B 3C 4D 08 03 CB"
VERIFY = "F2 00 00 0E 43 60 33 00 20 00 01 06 FF FF FF FF FF FF 03 C8"
WRITE = "F2 00 00 18 43 60 33 00 D1 01 00 01" + " 30" * 16 + " 03 28"
READ = "F2 00 00 08 43 60 33 00 B0 01 00 01 03 59"
CHIP_OK = "F2 00 00 08 50 60 33 32 32 30 90 00 03 5A"
ZEROS = "F2 00 00 18 50 60 33 32 32 30" + " 30" * 16 + " 90 00 03 4A"
COUNTER_ZERO = "F2 00 00 09 50 A5 30 30 32 30 30 30 30 03 3F"
OTHER = "F2 00 00 18 50 60 33 32 32 30 31" + " 30" * 15 + " 90 00 03 4B"
LIMITS = DispenserLimits(ack_s=0.15, pause_s=0.0, answer_s=0.4, initialise_s=0.4, move_s=0.4)
STATUS = V["status"]


def dispenser(path: str) -> CardDispenser:
    return CardDispenser(path, limits=LIMITS)


def ask(wire: PtyWire, *pairs: tuple[str, str]) -> None:
    for command, answer in pairs:
        wire.expect(command)
        wire.send(ACK)
        wire.send(answer)
        wire.expect(ACK)


def start(wire: PtyWire, *pairs: tuple[str, str]) -> None:
    ask(wire, (INIT, INITIALISED), *pairs)


def to_the_written_card(wire: PtyWire) -> None:
    ask(wire, (STATUS, EMPTY_PATH), (V["dispense_to_rf"], DISPENSED), (STATUS, AT_ENCODER))
    ask(wire, (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK), (WRITE, CHIP_OK), (READ, ZEROS))


def capture(wire: PtyWire) -> None:
    ask(wire, (STATUS, AT_ENCODER), (V["capture"], CAPTURED))


def test_identity_tells_firmware_and_serial_number() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (V["serial"], V["serial_answer"]))
        ask(wire, (V["firmware"], V["firmware_answer"]))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.identity() == Identity("CRT-591", "CRT-591-M001 V1.10", "20250007")
        service.close()


def test_counter_is_read_and_reset() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (V["counter_read"], V["counter_answer"]))
        ask(wire, (STATUS, EMPTY_PATH), (V["counter_set_zero"], V["counter_set_answer"]))
        ask(wire, (STATUS, EMPTY_PATH), (V["counter_read"], COUNTER_ZERO))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.captured() == CaptureCount(3)
        assert service.reset_captured() == Done()
        service.close()


def test_unit_that_cannot_count_is_initialised_without() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (V["init_keep"], V["init_answer"]), (STATUS, EMPTY_PATH))

    with serial_peer(script) as path:
        service = CardDispenser(path, counts_captured=False, limits=LIMITS)
        assert service.where() == CardPath("none", "enough", False)
        service.close()


def test_counter_that_stays_after_the_reset_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (V["counter_set_zero"], V["counter_set_answer"]))
        ask(wire, (STATUS, EMPTY_PATH), (V["counter_read"], V["counter_answer"]))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert isinstance(service.reset_captured(), Unknown)
        service.close()


def test_counter_refused_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (V["counter_set_zero"], V["refused_counter_data"]))

    with serial_peer(script) as path:
        service = dispenser(path)
        assert service.reset_captured() == DeviceTrouble("card_dispenser", "hardware_error")
        service.close()


def test_line_and_sensors_tell_their_facts() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (STATUS, EMPTY_PATH))
        ask(wire, (V["serial"], V["serial_answer"]), (V["firmware"], V["firmware_answer"]))
        ask(wire, (STATUS, AT_ENCODER), (STATUS, AT_ENCODER))
        ask(wire, (V["status_sensors"], V["status_sensors_answer"]))
        ask(wire, (STATUS, AT_ENCODER), (V["counter_read"], V["counter_answer"]))

    with serial_peer(script) as path:
        service = dispenser(path)
        line, sensors, loop = service.checks()
        assert (line.name, loop.consumes) == ("line", True)
        assert line.work().facts[1:] == (
            Fact("firmware", "CRT-591-M001 V1.10"),
            Fact("serial", "20250007"),
        )
        assert sensors.work().facts == (
            Fact("card_position", "encoder"),
            Fact("stacker", "enough"),
            Fact("bin_full", "no"),
            Fact("sensors", "01000000"),
            Fact("captured", "3"),
        )
        service.close()


def test_loop_takes_one_card_through_and_tells_its_times() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        to_the_written_card(wire)
        ask(wire, (STATUS, AT_ENCODER), (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK), (READ, ZEROS))
        capture(wire)

    with serial_peer(script) as path:
        service = dispenser(path)
        finding = service.checks()[-1].work()
        assert finding.outcome is Outcome.PASSED
        names = [fact.name for fact in finding.facts]
        assert names == ["dispense_ms", "write_ms", "read_ms", "uid", "capture_ms"]
        service.close()


def test_loop_that_reads_another_number_fails_and_captures_the_card() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        to_the_written_card(wire)
        ask(wire, (STATUS, AT_ENCODER), (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK), (READ, OTHER))
        capture(wire)

    with serial_peer(script) as path:
        service = dispenser(path)
        finding = service.checks()[-1].work()
        assert finding.outcome is Outcome.FAILED
        assert Fact("error", "read back differently") in finding.facts
        service.close()


def test_loop_whose_write_fails_captures_the_card() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, (STATUS, EMPTY_PATH), (V["dispense_to_rf"], DISPENSED), (STATUS, AT_ENCODER))
        ask(wire, (ACTIVATE, ACTIVATED), (VERIFY, CHIP_OK), (WRITE, CHIP_OK), (READ, OTHER))
        capture(wire)

    with serial_peer(script) as path:
        service = dispenser(path)
        finding = service.checks()[-1].work()
        assert (finding.outcome, finding.reason) == (Outcome.FAILED, "hardware_error")
        service.close()


def test_loop_without_blanks_fails_and_moves_nothing() -> None:
    with serial_peer(lambda wire: start(wire, (STATUS, NO_BLANKS))) as path:
        service = dispenser(path)
        finding = service.checks()[-1].work()
        assert (finding.outcome, finding.reason) == (Outcome.FAILED, "empty")
        service.close()
