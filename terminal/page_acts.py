"""Carries out the Acts on whole pages and on booklets, and routes them.

What a reader would get wrong: pages are set here, in the patient's language, right before they are
printed; and the controller's numbers of slots are not articles: the first slot that has one wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, assert_never

from core.catalogue import Catalogue
from core.document import Document, Report, Section, Table
from core.papers import PageContent, PageSection, PageTable, Pdf, WrittenPages
from core.phrase import date_words, spoken
from core.ports import DeviceTrouble, Done, Printed, Unknown, Vended
from core.routes import Wish, route
from core.slips import WrittenSlip
from core.steps.goods import CheckVending, VendGoods
from core.steps.papers import CheckPagePrinter, PrintPages
from core.upkeep.consumables import OF_DEVICE, Item
from devices.page_printer.service import PagePrinter
from devices.page_printer.status import reason_of
from devices.vending.service import VendingMachine
from terminal.clock import local_time
from terminal.health import OF_THE_THING
from terminal.papers import pages_in
from terminal.routes import Lanes, absent
from terminal.routes import Table as Routes
from terminal.slips import Letterhead, Moment, lay_out

_PAGES, _VENDING = "page_printer", "vending"
_PRINT_MS, _VEND_MS, _LOOK_MS = 150_000, 120_000, 15_000


class PageActs:
    """The page printer. `used` counts what was used up."""

    def __init__(
        self,
        printer: PagePrinter,
        letterhead: Callable[[], Letterhead],
        journal_head: Callable[[], tuple[int, str]],
        catalogue: Callable[[], Catalogue],
        used: Callable[[Item, int], None],
    ) -> None:
        self._printer = printer
        self._letterhead, self._journal_head = letterhead, journal_head
        self._catalogue, self._used = catalogue, used

    def check(self, _step: CheckPagePrinter, _wish: Wish) -> Done | DeviceTrouble:
        """Does it take jobs and have paper."""
        status = self._printer.status()
        return Done() if status.can_print else reworded(_PAGES, reason_of(status).value)

    def print_pages(self, step: PrintPages, _wish: Wish) -> Printed | DeviceTrouble | Unknown:
        """Set, print, prove."""
        pdf = self._pdf(step.content)
        answer = self._printer.print_pdf(step.about, pdf)
        if not isinstance(answer, DeviceTrouble):
            for item in OF_DEVICE[_PAGES]:
                self._used(item, pages_in(pdf))
        return answer

    def _pdf(self, content: PageContent) -> bytes:
        _, head = self._catalogue(), self._letterhead()
        match content:
            case Pdf(pdf):
                return pdf
            case WrittenPages():
                return self._printer.set_pages(report_of(content, head, self._moment(), _))
            case WrittenSlip():
                document: Document = lay_out(content, head, self._moment(), _)
                return self._printer.set_pages(document)
            case _:
                assert_never(content)

    def _moment(self) -> Moment:
        seq, digest = self._journal_head()
        return Moment(f"{local_time():%Y-%m-%d %H:%M}", seq, digest)


def reworded(device: str, reason: str) -> DeviceTrouble:
    """What is stuck or missing is said of the thing itself, not of cards."""
    return DeviceTrouble(device, OF_THE_THING.get((device, reason), reason))


class VendingActs:
    """The booklet machine."""

    def __init__(self, machine: VendingMachine) -> None:
        self._machine = machine

    def check(self, _step: CheckVending, _wish: Wish) -> Done | DeviceTrouble:
        """Is there one to sell, before anybody pays?"""
        found = self._filled()
        return reworded(_VENDING, found.reason) if isinstance(found, DeviceTrouble) else Done()

    def vend(self, _step: VendGoods, _wish: Wish) -> Vended | DeviceTrouble | Unknown:
        """One piece out of the first slot that has one."""
        found = self._filled()
        return found if isinstance(found, DeviceTrouble) else self._machine.vend(found)

    def _filled(self) -> int | DeviceTrouble:
        slots = self._machine.slots()
        if isinstance(slots, DeviceTrouble):
            return slots
        filled = (slot.selection for slot in slots if slot.stock and not slot.is_paused)
        return next(filled, DeviceTrouble(_VENDING, "empty"))


def page_routes(
    lanes: Lanes,
    services: Mapping[str, Any],
    letterhead: Callable[[], Letterhead],
    journal_head: Callable[[], tuple[int, str]],
    catalogue: Callable[[], Catalogue],
    used: Callable[[Item, int], None],
) -> Routes:
    """Pages and booklets, fitted or not."""
    table: Routes = {}
    if _PAGES in services:
        acts = PageActs(services[_PAGES], letterhead, journal_head, catalogue, used)
        table.update(_of_pages(lanes, acts))
    else:
        missing = absent(lanes, DeviceTrouble(_PAGES, "not_fitted"))
        table.update({PrintPages: missing, CheckPagePrinter: missing})
    if _VENDING in services:
        table.update(_of_vending(lanes, VendingActs(services[_VENDING])))
    else:
        missing = absent(lanes, DeviceTrouble(_VENDING, "not_fitted"))
        table.update({VendGoods: missing, CheckVending: missing})
    return table


def _of_pages(lanes: Lanes, acts: PageActs) -> Routes:
    lane = lanes.devices[_PAGES]
    busy, silent = DeviceTrouble(_PAGES, "busy"), DeviceTrouble(_PAGES, "timeout")
    late = Unknown("timeout")
    return dict(
        [
            route(
                CheckPagePrinter,
                lane,
                acts.check,
                unstarted=busy,
                overdue=silent,
                limit_ms=_LOOK_MS,
            ),
            route(
                PrintPages,
                lane,
                acts.print_pages,
                unstarted=busy,
                overdue=late,
                limit_ms=_PRINT_MS,
            ),
        ]
    )


def _of_vending(lanes: Lanes, acts: VendingActs) -> Routes:
    lane = lanes.devices[_VENDING]
    busy, silent = DeviceTrouble(_VENDING, "busy"), DeviceTrouble(_VENDING, "timeout")
    late = Unknown("timeout")
    return dict(
        [
            route(
                CheckVending, lane, acts.check, unstarted=busy, overdue=silent, limit_ms=_LOOK_MS
            ),
            route(VendGoods, lane, acts.vend, unstarted=busy, overdue=late, limit_ms=_VEND_MS),
        ]
    )


def report_of(pages: WrittenPages, head: Letterhead, moment: Moment, _: Catalogue) -> Report:
    """The same proof at the foot of each page as at the foot of a slip."""
    journal = f"{_('Journal')} {moment.journal_seq} {moment.journal_hash[:8]}"
    at = date_words(moment.printed_at, _.language)
    foot = "  ".join((spoken(head.hospital, _), head.terminal_id, at, journal))
    sections = tuple(_section(section, _) for section in pages.sections)
    return Report(spoken(pages.title, _), sections, foot)


def _section(section: PageSection, _: Catalogue) -> Section:
    return Section(
        spoken(section.heading, _),
        tuple(spoken(paragraph, _) for paragraph in section.paragraphs),
        tuple(_table(table, _) for table in section.tables),
    )


def _table(table: PageTable, _: Catalogue) -> Table:
    head = tuple(spoken(cell, _) for cell in table.head)
    return Table(head, tuple(tuple(spoken(cell, _) for cell in row) for row in table.rows))
