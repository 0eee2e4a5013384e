"""The receipt printer service against the virtual printer, over every wire it has."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from typing import cast

import pytest
from peer import first_told, wait_until
from units_process import Units

from core.document import Document, Pair, Picture, QrCode, TextLine
from core.ports import DeviceHealth, DeviceTrouble, Done, DrawerSeen, Printed, Unknown
from devices.checks import Identity, Outcome
from devices.rare_text import FIXED_WIDTH, Fonts, readable
from devices.receipt_printer.escpos.driver import PrinterLimits, Proof
from devices.receipt_printer.escpos.options import LOGO, PrinterOptions
from devices.receipt_printer.escpos.pictures import RareRows, picture_from
from devices.receipt_printer.escpos.service import ReceiptPrinter
from devices.receipt_printer.escpos.status import PrinterStatus

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
LIMITS = PrinterLimits(job_s=3.0, look_s=0.1, answer_s=0.5)
RARE = RareRows("gbk", Fonts(readable(FIXED_WIDTH)))
SLIP = Document(
    "D1",
    (TextLine("缴费凭证"), Pair("患者 𠮷㛃", "¥12.34"), QrCode("ZF-SLIP-0001"), TextLine("完")),
)


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "printer")
    yield started
    started.stop()
    rmtree(folder)


def wired(units: Units, wire: str) -> str:
    """A settings path: the pty as a serial line or as a device file, or TCP."""
    if wire == "file":
        return units.path("printer").replace("serial:", "file:")
    return units.path("printer", wire)


@pytest.fixture(params=["path", "tcp", "file"])
def printer(units: Units, request: pytest.FixtureRequest) -> Iterator[ReceiptPrinter]:
    units.control.ask("printer", "paper", left="full")
    units.control.ask("printer", "cover", position="closed")
    units.control.ask("printer", "cutter_jam", on=False)
    options = PrinterOptions(rare=RARE)
    service = ReceiptPrinter(wired(units, str(request.param)), options=options, limits=LIMITS)
    yield service
    service.close()


def papers(units: Units) -> list[Mapping[str, object]]:
    return cast(list[Mapping[str, object]], units.control.books("printer")["papers"])


def test_slip_with_rare_name_is_printed_once_and_whole(
    units: Units, printer: ReceiptPrinter
) -> None:
    before = len(papers(units))
    assert printer.print_document(SLIP) == Printed()
    (paper,) = papers(units)[before:]
    assert paper["complete"] is True
    assert paper["qr"] == ["ZF-SLIP-0001"]
    lines = cast(list[str], paper["lines"])
    assert lines[0] == "缴费凭证"
    assert not any("患者" in line for line in lines)


@pytest.mark.parametrize("proof", list(Proof))
def test_both_proofs_are_answered(units: Units, proof: Proof) -> None:
    units.control.ask("printer", "paper", left="full")
    options = PrinterOptions(proof=proof, logo=picture_from(LOGO))
    service = ReceiptPrinter(units.path("printer"), options=options, limits=LIMITS)
    assert service.print_document(Document("D2", (TextLine("A"),))) == Printed()
    service.close()


def test_paper_change_gives_no_second_copy_and_the_reprint_is_an_original(
    units: Units, printer: ReceiptPrinter
) -> None:
    before = len(papers(units))
    units.control.ask("printer", "paper", left=2)
    assert printer.print_document(SLIP) == Unknown("paper_out")
    assert printer.finish_or_reprint(SLIP) == DeviceTrouble("receipt_printer", "paper_out")
    units.control.ask("printer", "paper", left="full")
    assert printer.status() is PrinterStatus.OK
    assert printer.finish_or_reprint(SLIP) == Printed()
    torn, whole = papers(units)[before:]
    assert (torn["complete"], whole["complete"]) == (False, True)
    assert not any("补打" in line for line in cast(list[str], whole["lines"]))


def test_printed_slip_is_marked_when_it_is_printed_again(
    units: Units, printer: ReceiptPrinter
) -> None:
    assert printer.print_document(SLIP) == Printed()
    assert printer.finish_or_reprint(SLIP) == Printed()
    assert "补打 Reprint" in cast(list[str], papers(units)[-1]["lines"])[0]


@pytest.mark.parametrize(
    ("step", "fields", "reason", "health"),
    [
        ("cover", {"position": "open"}, "cover_open", "jammed"),
        ("cutter_jam", {"on": True}, "cutter_jam", "jammed"),
        ("paper", {"left": "out"}, "paper_out", "out"),
    ],
)
def test_printer_that_stands_prints_nothing_and_says_why(
    units: Units,
    printer: ReceiptPrinter,
    step: str,
    fields: dict[str, object],
    reason: str,
    health: str,
) -> None:
    assert first_told(printer.poll) == [DeviceHealth("receipt_printer", "ok")]
    before = len(papers(units))
    units.control.ask("printer", step, **fields)
    assert first_told(printer.poll) == [DeviceHealth("receipt_printer", health)]
    assert printer.print_document(SLIP) == DeviceTrouble("receipt_printer", reason)
    assert len(papers(units)) == before


def test_near_end_is_low_and_prints(units: Units, printer: ReceiptPrinter) -> None:
    units.control.ask("printer", "paper", left="near_end")
    assert first_told(printer.poll) == [DeviceHealth("receipt_printer", "low")]
    assert printer.print_document(SLIP) == Printed()


@pytest.mark.parametrize("fault", ["answer_lost", "cut"])
def test_proof_that_is_lost_is_unknown_and_never_printed_again_by_itself(
    units: Units, printer: ReceiptPrinter, fault: str
) -> None:
    assert printer.status() is PrinterStatus.OK
    before = len(papers(units))
    units.control.ask("printer", "fault", kind=fault, on="in_order", count=2)
    assert isinstance(printer.print_document(SLIP), Unknown)
    wait_until(lambda: printer.status() is PrinterStatus.OK)
    assert len(papers(units)) <= before + 1


def test_identity_and_checks(units: Units, printer: ReceiptPrinter) -> None:
    assert printer.identity() == Identity("ZF-80", "1.00", "ZF0000001")
    line, sensors, page, cutter = (check.work() for check in printer.checks())
    assert (line.outcome, sensors.outcome) == (Outcome.PASSED, Outcome.PASSED)
    assert (page.outcome, cutter.outcome) == (Outcome.UNSURE, Outcome.UNSURE)


def test_code_is_printed_for_the_own_scanner(units: Units, printer: ReceiptPrinter) -> None:
    assert printer.print_code("ZF-LOOP-7") == Printed()
    assert papers(units)[-1]["qr"] == ["ZF-LOOP-7"]


def test_picture_leaves_ink(units: Units, printer: ReceiptPrinter) -> None:
    signature = Picture(384, b"\x0f" * 48 * 60)
    assert printer.print_document(Document("D3", (signature, TextLine("签名")))) == Printed()


def pulses(units: Units) -> int:
    state = cast(Mapping[str, int], units.control.state()["printer"])
    return state["drawer_pulses"]


def test_drawer_springs_open_and_is_seen_until_it_is_pushed_shut(units: Units) -> None:
    units.control.ask("printer", "paper", left="full")
    units.control.ask("printer", "drawer", position="closed")
    options = PrinterOptions(drawer=0, drawer_open_bit=True)
    service = ReceiptPrinter(units.path("printer"), options=options, limits=LIMITS)
    assert service.drawer() == DrawerSeen(False)
    before = pulses(units)
    assert service.open_drawer() == Done()
    assert service.drawer() == DrawerSeen(True)
    assert pulses(units) == before + 1
    units.control.ask("printer", "drawer", position="closed")
    assert service.drawer() == DrawerSeen(False)
    service.close()
