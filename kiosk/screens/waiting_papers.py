"""Words while a patient waits: printing.

Merged in `kiosk/screens/waiting.py`. What a reader would get wrong: every Act that a kiosk can meet
needs a sentence (`tests/gui/test_waiting.py`), or a page at the machine.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.goods import CheckVending, FetchArticles, KeepSale, TellSale, VendGoods
from core.steps.papers import (
    CheckPagePrinter,
    CountReportSheet,
    CountSlipPrint,
    FetchPapers,
    FetchProgress,
    FetchReceipt,
    FetchReportPages,
    FetchReports,
    FetchSummary,
    PrintPages,
    TakeSheet,
    TellSheet,
)

_PAPERS = said("Looking for your papers")

WAITING: dict[type[Act[Any]], Said] = {
    PrintPages: said("Printing. Please wait until the paper has come out"),
    CheckPagePrinter: said("Looking whether there is paper"),
    FetchPapers: _PAPERS,
    FetchReceipt: _PAPERS,
    FetchReports: said("Looking for your reports"),
    FetchProgress: said("Looking for your reports"),
    FetchReportPages: said("Getting the pages of the report"),
    CountReportSheet: said("Getting the pages of the report"),
    CountSlipPrint: _PAPERS,
    FetchSummary: said("Looking for your visit"),
    TakeSheet: said("Getting the official sheet ready"),
    TellSheet: said("Writing down that it was printed"),
    FetchArticles: said("Looking what this machine has"),
    CheckVending: said("Looking what this machine has"),
    KeepSale: said("Keeping one for you"),
    VendGoods: said("It is coming out. Please wait"),
    TellSale: said("Writing down that it came out"),
}
