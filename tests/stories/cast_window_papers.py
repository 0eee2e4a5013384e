"""The window's page printer with a sheet stuck in it, and what a technician does then."""

from __future__ import annotations

from window_hall import WindowHall

from core.ports import Printed
from devices.page_printer.samples import sample_report
from devices.page_printer.service import PagePrinter
from devices.rare_text import PROPORTIONAL, Fonts, readable

_PRINT_SERVER = "CUPS_SERVER"


def jam(at: WindowHall) -> None:
    """The next sheet sticks; the print service knows of nothing before."""
    at.stage.units.ask("page_printer", "jam")


def mend(at: WindowHall) -> None:
    """The jam is taken out, and a test page tells the print service."""
    at.stage.units.ask("page_printer", "unjam")
    server = at.house.environment("window")[_PRINT_SERVER]
    printer = PagePrinter("cups:PagePrinter", Fonts(readable(PROPORTIONAL)), server=server)
    assert printer.print_pages("test page", sample_report()) == Printed()
    printer.close()


def pages_of(at: WindowHall, title: str) -> int:
    """Sheets of this document that came out."""
    sheets = at.stage.units.books("page_printer")["sheets"]
    assert isinstance(sheets, list)
    return sum(title in str(sheet) for sheet in sheets)
