"""The page printer service through a real print service into the virtual printer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from typing import cast

import pytest
from peer import wait_until
from units_process import Units

from core.document import Document, QrCode, Report, Section, TextLine
from core.ports import DeviceHealth, DeviceTrouble, Printed, Unknown
from devices.checks import Identity, Outcome
from devices.page_printer.driver import CupsQueue
from devices.page_printer.jobs import PageLimits
from devices.page_printer.service import PagePrinter
from devices.page_printer.settings import PaperSize
from devices.page_printer.status import PageStatus
from devices.rare_text import PROPORTIONAL, Fonts, readable

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
LIMITS = PageLimits(look_s=0.05, stop_s=0.3, job_s=10.0, cancel_s=3.0)
FONTS = Fonts(readable(PROPORTIONAL))
REPORT = Report("Readiness", (Section("张𠮷", ("生僻字 䶮㛃",)),), foot="T01")


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "page_printer")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def printer(units: Units) -> Iterator[PagePrinter]:
    for step, fields in (("paper", {"left": "full"}), ("unjam", {}), ("online", {})):
        units.control.ask("page_printer", step, **fields)
    units.control.ask("page_printer", "cover", position="closed")
    units.control.ask("page_printer", "toner", level="full")
    service = made(units)
    yield service
    service.close()


def made(units: Units, limits: PageLimits = LIMITS) -> PagePrinter:
    server = units.environment["CUPS_SERVER"]
    path = units.path("page_printer")
    return PagePrinter(path, FONTS, server=server, paper=PaperSize.A4, limits=limits)


def sheets(units: Units) -> list[Mapping[str, object]]:
    return cast(list[Mapping[str, object]], units.control.books("page_printer")["sheets"])


def test_report_and_slip_come_out_as_pages(units: Units, printer: PagePrinter) -> None:
    before = len(sheets(units))
    assert printer.print_pages("readiness", REPORT) == Printed()
    slip = Document("D1", (TextLine("缴费凭证"), QrCode("ZF-SLIP-0001")))
    assert printer.print_pages("slip", slip) == Printed()
    assert len(sheets(units)) == before + 2
    assert printer.status() is PageStatus.OK


def test_health_is_told_once_and_the_printer_names_itself(printer: PagePrinter) -> None:
    assert printer.poll() == [DeviceHealth("page_printer", "ok")]
    assert printer.poll() == []
    identity = printer.identity()
    assert isinstance(identity, Identity)
    assert identity.model


def test_no_paper_is_unknown_and_the_job_does_not_print_later(
    units: Units, printer: PagePrinter
) -> None:
    before = len(sheets(units))
    units.control.ask("page_printer", "paper", left="out")
    assert printer.print_pages("readiness", REPORT) == Unknown("paper_out")
    units.control.ask("page_printer", "paper", left="full")
    assert printer.print_pages("readiness", REPORT) == Printed()
    assert len(sheets(units)) == before + 1


@pytest.mark.parametrize(
    ("step", "fields", "reason"),
    [
        ("jam", {}, "jam"),
        ("cover", {"position": "open"}, "cover_open"),
        ("offline", {}, "offline"),
        ("toner", {"level": "empty"}, "hardware_error"),
    ],
)
def test_printer_that_stops_in_the_job_is_unknown(
    units: Units, printer: PagePrinter, step: str, fields: dict[str, str], reason: str
) -> None:
    units.control.ask("page_printer", step, **fields)
    assert printer.print_pages("readiness", REPORT) == Unknown(reason)


def test_low_toner_prints(units: Units, printer: PagePrinter) -> None:
    units.control.ask("page_printer", "toner", level="low")
    assert printer.print_pages("readiness", REPORT) == Printed()


def test_job_behind_another_that_stands_is_trouble_and_never_prints(
    units: Units, printer: PagePrinter
) -> None:
    units.control.ask("page_printer", "paper", left="out")
    before = len(sheets(units))
    stuck = CupsQueue(units.environment["CUPS_SERVER"], "PagePrinter")
    job = stuck.create("another program's")
    stuck.send(job, "another program's", b"%PDF-1.4 /Type /Page")
    wait_until(lambda: stuck.job(job).began)
    assert printer.print_pages("readiness", REPORT) == DeviceTrouble("page_printer", "paper_out")
    stuck.cancel(job)
    wait_until(lambda: stuck.job(job).ended)
    units.control.ask("page_printer", "paper", left="full")
    assert printer.print_pages("readiness", REPORT) == Printed()
    assert len(sheets(units)) == before + 1
    stuck.close()


def test_printed_whose_answer_was_lost_is_unknown(units: Units, printer: PagePrinter) -> None:
    service = made(units, PageLimits(look_s=0.05, stop_s=0.3, job_s=0.8, cancel_s=3.0))
    before = len(sheets(units))
    units.control.ask("page_printer", "fault", kind="answer_lost", on="job")
    assert service.print_pages("readiness", REPORT) == Unknown("timeout")
    assert len(sheets(units)) == before + 1
    service.close()


def test_job_that_breaks_off_is_unknown(units: Units, printer: PagePrinter) -> None:
    units.control.ask("page_printer", "fault", kind="cut", on="job")
    assert isinstance(printer.print_pages("readiness", REPORT), Unknown)


def test_checks_say_what_they_found(units: Units, printer: PagePrinter) -> None:
    line, queue, page = printer.checks()
    assert line.work().outcome is Outcome.PASSED
    found = queue.work()
    assert found.outcome is Outcome.PASSED
    assert {fact.name: fact.value for fact in found.facts}["takes_jobs"] == "yes"
    assert (page.hand, page.consumes) == ("look_at_paper", True)
    assert page.work().outcome is Outcome.UNSURE
    units.control.ask("page_printer", "paper", left="out")
    failed = page.work()
    assert (failed.outcome, failed.reason) == (Outcome.FAILED, "paper_out")


def test_unknown_queue_is_trouble_and_offline(units: Units) -> None:
    service = PagePrinter("cups:Nobody", FONTS, server=units.environment["CUPS_SERVER"])
    assert service.print_pages("x", REPORT) == DeviceTrouble("page_printer", "hardware_error")
    assert service.poll() == [DeviceHealth("page_printer", "offline")]
    assert service.checks()[0].work().outcome is Outcome.FAILED
