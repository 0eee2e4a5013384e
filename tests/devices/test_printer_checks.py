"""What a technician learns of the receipt printer, and its device file as a line."""

from __future__ import annotations

import os
import threading
import time
import tty
from pathlib import Path

import pytest
from peer import PtyWire, Wire, serial_peer, wait_until

from core.document import Picture
from core.ports import DeviceHealth, DeviceTrouble, Printed
from devices.checks import Fact, Identity, Outcome
from devices.errors import TransportError
from devices.receipt_printer.escpos.driver import PrinterLimits
from devices.receipt_printer.escpos.options import PrinterOptions
from devices.receipt_printer.escpos.service import ReceiptPrinter
from devices.transport.file_line import FileLine
from devices.transport.paths import line_at

pytestmark = pytest.mark.expects_warnings("devices.link")
LIMITS = PrinterLimits(answer_s=0.3, look_s=0.05, job_s=0.5, identity_s=0.1)
HEALTHY = "12 12 12 12"
CUTTER = "1A 52 1A 1E"
CLEAR = "100502 1B40 1D61FF"
PROVEN = "00 00"


def state(wire: Wire, answers: str) -> None:
    for number, answer in enumerate(answers.split(), 1):
        wire.expect(f"1004{number:02X}")
        wire.send(answer)


def opened(wire: Wire, answers: str = HEALTHY) -> None:
    state(wire, answers)
    wire.expect(CLEAR)
    state(wire, answers)


def printer(path: str, options: PrinterOptions | None = None) -> ReceiptPrinter:
    return ReceiptPrinter(path, options=options, limits=LIMITS)


def until_cut(wire: Wire) -> bytes:
    """A job up to its last question."""
    job = b""
    while not job.endswith(bytes.fromhex("1D564200 1D7201")):
        job += wire.read_exactly(1)
    return job


def test_identity_is_what_the_printer_says() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        for question, answer in (("43", "5A462D3830"), ("41", "312E30"), ("44", "303031")):
            wire.expect("1D49" + question)
            wire.send("5F" + answer + "00")

    with serial_peer(script) as path:
        service = printer(path)
        assert service.identity() == Identity("ZF-80", "1.0", "001")
        service.close()


def test_printer_that_does_not_say_who_it_is_is_not_lost() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        wire.expect("1D4943")
        state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.identity() == Identity()
        assert service.poll() == [DeviceHealth("receipt_printer", "ok")]
        service.close()


def test_identity_is_not_asked_of_a_printer_that_stands() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire, CUTTER)
        wire.expect_silence(0.1)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.identity() == DeviceTrouble("receipt_printer", "cutter_jam")
        service.close()


def test_every_sensor_bit_is_a_fact() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire, CUTTER)
        state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path)
        line, sensors, page, cutter = service.checks()
        assert [check.name for check in (line, sensors, page, cutter)] == [
            "line",
            "sensors",
            "test_page",
            "cutter",
        ]
        found = sensors.work()
        assert (found.outcome, found.reason) == (Outcome.FAILED, "cutter_jam")
        true = {fact.name for fact in found.facts if fact.value == "yes"}
        assert true == {"offline", "error", "cutter_error", "paper_near_end"}
        assert len(found.facts) == 14
        assert line.work().outcome is Outcome.PASSED
        service.close()


def test_line_check_of_a_silent_printer_fails() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect("100401 100401")

    with serial_peer(script) as path:
        service = printer(path)
        found = service.checks()[0].work()
        assert (found.outcome, found.reason) == (Outcome.FAILED, "timeout")
        service.close()


def test_test_page_and_cutter_are_for_a_person_to_look_at() -> None:
    jobs: list[bytes] = []

    def script(wire: PtyWire) -> None:
        state(wire, HEALTHY)
        wire.expect(CLEAR)
        for _ in range(2):
            state(wire, HEALTHY)
            jobs.append(until_cut(wire))
            wire.send(PROVEN)
            state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path)
        _, _, page, cutter = service.checks()
        for check in (page, cutter):
            assert (check.hand, check.consumes) == ("look_at_paper", True)
            found = check.work()
            assert found.outcome is Outcome.UNSURE
            assert Fact("proof_of_print", "yes") in found.facts
        service.close()
    assert "生僻字 Rare: 𠮷 䶮 㛃 𫠊".encode("gb18030") in jobs[0]
    assert b"ZF-PRINT-TEST" in jobs[0]


def test_test_page_that_stops_fails_with_the_cause() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        until_cut(wire)
        state(wire, "1A 32 12 7E")
        wire.expect(CLEAR)

    with serial_peer(script) as path:
        service = printer(path)
        found = service.checks()[2].work()
        assert (found.outcome, found.reason) == (Outcome.FAILED, "paper_out")
        service.close()


def test_code_for_the_own_scanner_is_printed_without_the_logo() -> None:
    jobs: list[bytes] = []

    def script(wire: PtyWire) -> None:
        opened(wire)
        jobs.append(until_cut(wire))
        wire.send(PROVEN)
        state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path, PrinterOptions(logo=Picture(8, b"\xff")))
        assert service.print_code("ZF-LOOP-1") == Printed()
        service.close()
    assert b"ZF-LOOP-1" in jobs[0]
    assert bytes.fromhex("1D7630") not in jobs[0]


def test_automatic_status_is_told_without_asking() -> None:
    ask = threading.Event()

    def script(wire: PtyWire) -> None:
        opened(wire)
        assert ask.wait(5)
        wire.send("38 00 00 00")
        wire.expect_silence(0.1)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.poll() == [DeviceHealth("receipt_printer", "ok")]
        began = time.monotonic()
        ask.set()
        told: list[object] = []

        def heard() -> bool:
            told.extend(service.poll())
            return bool(told)

        wait_until(heard)
        assert told == [DeviceHealth("receipt_printer", "jammed")]
        assert time.monotonic() - began < 0.9
        service.close()


def test_device_file_prints_and_answers() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        until_cut(wire)
        wire.send(PROVEN)
        state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path.replace("serial:", "file:"))
        assert service.print_code("ZF-LOOP-1") == Printed()
        service.close()


def test_device_file_without_bytes_answers_nothing_at_the_deadline() -> None:
    wire = PtyWire()
    line = line_at(wire.path.replace("serial:", "file:"), 9600)
    line.open()
    assert line.read(10, time.monotonic() + 0.05) == b""
    wire.write(b"abc")
    assert line.read(2, time.monotonic() + 1) == b"ab"
    assert line.read(9, time.monotonic() + 1) == b"c"
    line.close()
    wire.hang_up()


def test_device_file_that_is_unplugged_is_a_broken_line() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    line = FileLine(os.ttyname(slave))
    line.open()
    os.close(slave)
    os.close(master)
    with pytest.raises(TransportError):
        line.read(1, time.monotonic() + 1)
    with pytest.raises(TransportError):
        line.write(b"x")
    line.close()


def test_plain_file_and_missing_file_are_no_devices(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with pytest.raises(TransportError, match="not a device"):
        FileLine(str(tmp_path / "plain")).open()
    with pytest.raises(TransportError, match="No such file"):
        FileLine(str(tmp_path / "nothing")).open()


def test_device_file_that_takes_no_more_is_a_broken_line() -> None:
    wire = PtyWire()
    line = FileLine(wire.path.removeprefix("serial:"), write_limit_s=0.05)
    line.open()
    with pytest.raises(TransportError, match="takes no more bytes"):
        line.write(bytes(1 << 20))
    line.close()
    wire.hang_up()
