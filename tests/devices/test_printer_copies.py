"""A slip that was not proven: its rest is dropped, and a reprint is marked when it must be."""

from __future__ import annotations

import pytest
from peer import PtyWire, Wire, serial_peer

from core.document import Document, TextLine
from core.ports import DeviceTrouble, Printed, Unknown
from devices.receipt_printer.escpos.copies import REMEMBERED, Copies
from devices.receipt_printer.escpos.driver import PrinterLimits, Proof
from devices.receipt_printer.escpos.options import PrinterOptions
from devices.receipt_printer.escpos.service import ReceiptPrinter

pytestmark = pytest.mark.expects_warnings("devices.link")
LIMITS = PrinterLimits(answer_s=0.3, look_s=0.05, job_s=0.4)
SLIP = Document("D1", (TextLine("A"),))
HEALTHY = "12 12 12 12"
PAPER_OUT = "1A 32 12 7E"
CUTTER = "1A 52 1A 12"
CLEAR = "100502 1B40 1D61FF"
HEAD = "1B40 1D61FF 1C26"
TAIL = "41 0A 1D7201 1D564200 1D7201"
MARK = "1B4501 1B6101 1D2111 B2B9B4F2 20 5265 7072 696E 74 0A 1D2100 1B6100 1B4500"


def state(wire: Wire, answers: str) -> None:
    for number, answer in enumerate(answers.split(), 1):
        wire.expect(f"1004{number:02X}")
        wire.send(answer)


def opened(wire: Wire, answers: str = HEALTHY) -> None:
    state(wire, answers)
    wire.expect(CLEAR)


def printed(wire: Wire, job: str) -> None:
    state(wire, HEALTHY)
    wire.expect(job)
    wire.send("00 00")
    state(wire, HEALTHY)


def printer(path: str, options: PrinterOptions | None = None) -> ReceiptPrinter:
    return ReceiptPrinter(path, options=options, limits=LIMITS)


def test_torn_slip_is_dropped_and_printed_again_without_a_mark() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        state(wire, HEALTHY)
        wire.expect(HEAD + TAIL)
        state(wire, PAPER_OUT)
        wire.expect(CLEAR)
        printed(wire, HEAD + TAIL)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Unknown("paper_out")
        assert service.finish_or_reprint(SLIP) == Printed()
        service.close()


def test_slip_whose_text_was_proven_is_printed_again_with_a_mark() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        state(wire, HEALTHY)
        wire.expect(HEAD + TAIL)
        wire.send("00")
        state(wire, CUTTER)
        wire.expect(CLEAR)
        printed(wire, HEAD + MARK + TAIL)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Unknown("cutter_jam")
        assert service.finish_or_reprint(SLIP) == Printed()
        service.close()


def test_silence_after_sending_makes_the_reprint_a_marked_one() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        state(wire, HEALTHY)
        wire.expect(HEAD + TAIL)
        wire.expect("100401")
        opened(wire)
        printed(wire, HEAD + MARK + TAIL)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Unknown("timeout")
        assert service.finish_or_reprint(SLIP) == Printed()
        service.close()


def test_slip_that_never_began_is_no_copy() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire, PAPER_OUT)
        state(wire, PAPER_OUT)
        printed(wire, HEAD + TAIL)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == DeviceTrouble("receipt_printer", "paper_out")
        assert service.finish_or_reprint(SLIP) == Printed()
        service.close()


def test_slip_that_is_not_remembered_is_marked_however_often_it_is_tried() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire, PAPER_OUT)
        state(wire, PAPER_OUT)
        printed(wire, HEAD + MARK + TAIL)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.finish_or_reprint(SLIP) == DeviceTrouble("receipt_printer", "paper_out")
        assert service.finish_or_reprint(SLIP) == Printed()
        service.close()


def test_proof_of_another_job_proves_nothing_by_process_id() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        state(wire, HEALTHY)
        wire.expect("1B40 1D61FF 1C26 41 0A 1D284806003030")
        text = wire.read_exactly(4).hex()
        wire.expect("1D564200 1D284806003030")
        cut = wire.read_exactly(4).hex()
        assert text != cut
        wire.send("37 22 7A7A7A7A 00 37 22" + cut + "00")
        state(wire, HEALTHY)
        wire.send("37 22" + text + "00 37 22" + cut + "00")
        state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path, PrinterOptions(proof=Proof.PROCESS_ID))
        assert service.print_document(SLIP) == Printed()
        service.close()


def test_automatic_status_tells_a_stop_before_the_next_look() -> None:
    def script(wire: PtyWire) -> None:
        opened(wire)
        wire.send("10 00 00 00")
        state(wire, HEALTHY)
        wire.expect(HEAD + TAIL)
        wire.send("18 00 0F 00")
        state(wire, PAPER_OUT)
        wire.expect(CLEAR)

    limits = PrinterLimits(answer_s=0.3, look_s=4.0, job_s=8.0)
    with serial_peer(script) as path:
        service = ReceiptPrinter(path, limits=limits)
        assert service.print_document(SLIP) == Unknown("paper_out")
        service.close()


def test_what_may_be_whole_once_stays_so_and_old_slips_are_forgotten() -> None:
    copies = Copies()
    copies.note("D1", may_be_whole=False)
    assert not copies.may_be_whole("D1")
    copies.note("D1", may_be_whole=True)
    copies.note("D1", may_be_whole=False)
    assert copies.may_be_whole("D1")
    copies.note("D2", may_be_whole=False)
    for number in range(REMEMBERED):
        copies.note(f"later {number}", may_be_whole=False)
    assert copies.may_be_whole("D2")
