"""Papers, booklets and look-ups as good stories.

The patient takes the first thing that can be chosen, presses the main button, leaves at the end.
"""

from __future__ import annotations

from typing import Any

from core.flow import Step
from core.journeys.buy_goods import hand_out
from core.journeys.print_invoice import print_official
from core.journeys.print_pages import print_pages
from core.papers import OfficialPaper, Pdf
from core.slips import WrittenSlip
from core.steps import Leave
from kiosk.steps import Typed
from kiosk.steps.pages import Choose, Chosen, Finished, Pressed, Show, TypeIn
from tests.helpers.explore import Story
from tests.helpers.journey_stories import patient, service
from tests.helpers.told.told_papers import INVOICE, SALE
from tests.helpers.world import Script

_AGAIN = frozenset({"list", "again", "others"})


def willing(search: str = "ECG") -> Script:
    """A patient who wants what the service gives; each script is for one visit."""
    others = patient()

    def script(step: Step[Any]) -> object:
        match step:
            case Choose(options=options):
                free = [option.key for option in options if not option.off]
                return Chosen(free[0]) if free else Leave()
            case Show(buttons=buttons):
                words = [one.word for one in buttons if one.word not in _AGAIN]
                return Pressed(words[0]) if words else Leave()
            case TypeIn():
                return Typed(search)
            case Finished():
                return Leave()
            case _:
                return others(step)

    return script


def _service(name: str) -> Story:
    begun = service(name)
    return Story(name, begun.begin, willing())


def _sheet(paper: OfficialPaper) -> WrittenSlip:
    return WrittenSlip(paper.invoice.invoice_id, "Invoice", "", ())


PAGES = Story("print pages", lambda: print_pages("RP1", Pdf(b"%PDF-1.4")), patient())
OFFICIAL_INVOICE = Story(
    "print an invoice", lambda: print_official(INVOICE, _sheet, on_receipt=False), patient()
)
OFFICIAL_SLIP = Story(
    "an invoice on a receipt", lambda: print_official(INVOICE, _sheet, on_receipt=True), patient()
)
HAND_OUT = Story("hand out a booklet", lambda: hand_out(SALE), patient())
PRINT_INVOICE = _service("print_invoice")
PRINT_SLIP_COPY = _service("print_slip_copy")
PRINT_REPORT = _service("print_report")
PRINT_SUMMARY = _service("print_summary")
BOOKLET = _service("booklet")
MY_MONEY = _service("my_money")
MY_PAYMENTS = _service("my_payments")
PRICES = _service("prices")
MY_BOOKINGS = _service("my_bookings")
WHERE_IS_MY_MONEY = _service("where_is_my_money")

SUB_JOURNEYS = (PAGES, OFFICIAL_INVOICE, OFFICIAL_SLIP, HAND_OUT)
STORIES: tuple[Story, ...] = (
    PRINT_INVOICE,
    PRINT_SLIP_COPY,
    PRINT_REPORT,
    PRINT_SUMMARY,
    BOOKLET,
    MY_MONEY,
    MY_PAYMENTS,
    PRICES,
    MY_BOOKINGS,
    WHERE_IS_MY_MONEY,
)
