"""What a patient can have done about papers."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.papers.booklet import booklet
from kiosk.journeys.papers.print_invoice import print_invoice
from kiosk.journeys.papers.print_report import print_report
from kiosk.journeys.papers.print_slip_copy import print_slip_copy
from kiosk.journeys.papers.print_summary import print_summary
from kiosk.journeys.service import Service
from kiosk.steps import Group

_PAGES, _SLIPS = (("page_printer",),), (("receipt_printer",),)
_ANY_PAPER = (("page_printer", "receipt_printer"),)

SERVICES: tuple[Service, ...] = (
    Service(
        "print_report",
        Group.PRINT,
        said("Reports of laboratory and exams"),
        "report-medical",
        print_report,
        needs=_PAGES,
    ),
    Service(
        "print_invoice",
        Group.PRINT,
        said("Official invoice"),
        "file-invoice",
        print_invoice,
        needs=_ANY_PAPER,
    ),
    Service(
        "print_slip_copy",
        Group.PRINT,
        said("A slip once more"),
        "receipt",
        print_slip_copy,
        needs=_SLIPS,
    ),
    Service(
        "print_summary",
        Group.PRINT,
        said("Summary of a visit"),
        "notes",
        print_summary,
        needs=_SLIPS,
    ),
    Service(
        "booklet",
        Group.PRINT,
        said("Buy a record booklet"),
        "notebook",
        booklet,
        needs=(("vending",),),
    ),
)
