"""The cash drawer on the printer's pulse: when it is sent, what proves it, what its bit says."""

from __future__ import annotations

import pytest
from peer import PtyWire, Wire, first_told, serial_peer

from core.ports import DeviceTrouble, Done, DrawerChanged, DrawerSeen, Unknown
from devices.receipt_printer.escpos.driver import PrinterLimits, Proof
from devices.receipt_printer.escpos.options import PrinterOptions
from devices.receipt_printer.escpos.service import ReceiptPrinter

pytestmark = pytest.mark.expects_warnings("devices.link")
LIMITS = PrinterLimits(answer_s=0.3, look_s=0.05, job_s=0.5)
CLEAR = "100502 1B40 1D61FF"
HEALTHY = ("12", "12", "12", "12")
STANDS_OPEN = ("16", "12", "12", "12")
PAPER_OUT = ("1A", "32", "12", "7E")
WIRED = PrinterOptions(drawer=0, drawer_open_bit=True)


def printer(path: str, options: PrinterOptions = WIRED) -> ReceiptPrinter:
    return ReceiptPrinter(path, options=options, limits=LIMITS)


def state(wire: Wire, answers: tuple[str, str, str, str]) -> None:
    for number, answer in enumerate(answers, 1):
        wire.expect(f"1004{number:02X}")
        wire.send(answer)


def ready(wire: Wire, answers: tuple[str, str, str, str] = HEALTHY) -> None:
    """Once for the opening, once for the request."""
    state(wire, answers)
    wire.expect(CLEAR)
    state(wire, answers)


@pytest.mark.parametrize(("connector", "pulse"), [(0, "1B700019FA"), (1, "1B700119FA")])
def test_pulse_that_the_printer_came_to_is_done(connector: int, pulse: str) -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect(f"{pulse} 1D7201")
        wire.send("14 00 00 0F 00")

    with serial_peer(script) as path:
        service = printer(path, PrinterOptions(drawer=connector))
        assert service.open_drawer() == Done()
        service.close()


def test_pulse_is_proven_by_a_job_number_where_the_printer_knows_them() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect("1B700019FA 1D284806003030")
        number = wire.read_exactly(4)
        wire.write(b"\x37\x22" + number + b"\x00")

    with serial_peer(script) as path:
        service = printer(path, PrinterOptions(drawer=0, proof=Proof.PROCESS_ID))
        assert service.open_drawer() == Done()
        service.close()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [(PAPER_OUT, "paper_out"), (("1A", "16", "12", "12"), "cover_open")],
)
def test_printer_that_is_not_ready_gets_no_pulse_that_could_come_later(
    answers: tuple[str, str, str, str], reason: str
) -> None:
    def script(wire: PtyWire) -> None:
        ready(wire, answers)
        wire.expect_silence(0.1)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.open_drawer() == DeviceTrouble("receipt_printer", reason)
        service.close()


def test_drawer_that_springs_open_a_moment_after_the_pulse_is_done() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect("1B700019FA 1D7201")
        wire.send("00")
        state(wire, HEALTHY)
        state(wire, STANDS_OPEN)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.open_drawer() == Done()
        service.close()


def test_drawer_that_is_shut_a_second_after_the_pulse_is_stuck() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect("1B700019FA 1D7201")
        wire.send("00")
        for _ in range(10):
            state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.open_drawer() == DeviceTrouble("receipt_printer", "drawer_stuck")
        service.close()


def test_printer_switched_off_after_the_pulse_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect("1B700019FA 1D7201")

    with serial_peer(script) as path:
        service = printer(path)
        assert service.open_drawer() == Unknown("timeout")
        service.close()


def test_printer_that_is_off_opens_nothing() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect("100401")

    with serial_peer(script) as path:
        service = printer(path)
        told = service.open_drawer()
        assert isinstance(told, DeviceTrouble)
        service.close()


def test_printer_without_a_drawer_says_so_and_is_not_asked() -> None:
    service = printer("serial:/dev/null/none", PrinterOptions())
    assert service.open_drawer() == DeviceTrouble("receipt_printer", "no_drawer")
    assert service.drawer() == DrawerSeen(None)
    service.close()


@pytest.mark.parametrize(
    ("answers", "open_bit", "seen"),
    [
        (STANDS_OPEN, True, True),
        (HEALTHY, True, False),
        (STANDS_OPEN, False, False),
        (HEALTHY, False, True),
        (HEALTHY, None, None),
    ],
)
def test_bit_says_whether_it_stands_open_as_the_switch_is_wired(
    answers: tuple[str, str, str, str], open_bit: bool | None, seen: bool | None
) -> None:
    def script(wire: PtyWire) -> None:
        ready(wire, answers)

    with serial_peer(script) as path:
        service = printer(path, PrinterOptions(drawer=0, drawer_open_bit=open_bit))
        assert service.drawer() == DrawerSeen(seen)
        service.close()


def test_drawer_that_is_opened_by_its_key_is_told_once() -> None:
    def script(wire: PtyWire) -> None:
        state(wire, STANDS_OPEN)
        wire.expect(CLEAR)
        state(wire, STANDS_OPEN)

    with serial_peer(script) as path:
        service = printer(path)
        assert DrawerChanged(True) in first_told(service.poll)
        assert DrawerChanged(True) not in service.poll()
        service.close()
