"""Pages as a patient meets them: printing, and a booklet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Text
from core.flow import Step
from core.papers import Invoice, ReportSheet, Sheet
from kiosk.journeys.papers import (
    booklet,
    print_invoice_pages,
    print_report,
    print_slip_copy,
    print_summary,
)
from tests.helpers.told import told_papers as told

_AT = "2026-01-05T09:12:00+08:00"
_SHEET = Sheet("33010126", "0000000017", "K01", "K01", "PRINTED", _AT, _AT, "", "")
_STAY = replace(told.INVOICE, invoice_id="I2", kind="01", total_fen=12_345_678)


def _standing(state: str, paper: Sheet | None = None) -> Invoice:
    return replace(told.INVOICE, invoice_id=state, state=state, paper=paper)


_ALL = (
    told.INVOICE,
    _STAY,
    _standing("PRINTED", _SHEET),
    _standing("PRINT_UNCERTAIN", _SHEET),
    replace(_standing("NOT_ISSUED"), issued_at="", bill_no=""),
)
_ECG = Text("二十四小时动态心电图检查及分析", "24-hour ambulatory electrocardiogram with analysis")

EXAMPLES: dict[str, Step[Any]] = {
    "choose an invoice": print_invoice_pages.choose(_ALL, None),
    "no invoice": print_invoice_pages.choose((), None),
    "print an invoice": print_invoice_pages.confirm(_STAY, None),
    "invoice printed elsewhere": print_invoice_pages.stands(_ALL[2], None),
    "invoice at a window": print_invoice_pages.stands(_ALL[3], None),
    "invoice not issued": print_invoice_pages.stands(_ALL[4], None),
    "invoice printed": print_invoice_pages.printed(told.OFFICIAL, None),
    "invoice uncertain": print_invoice_pages.uncertain(_STAY, None),
    "choose a slip": print_slip_copy.choose_slip(told.PAPERS.slips, None),
    "slip copied": print_slip_copy.copy_printed(told.RECEIPT, True, None),
    "slip not copied": print_slip_copy.copy_printed(told.RECEIPT, False, None),
    "choose a report": print_report.choose_report(told.REPORTS, (_ECG,), None),
    "report printed": print_report.report_printed(
        told.REPORTS.reports[0], ReportSheet("RP1", 2, True), True, None
    ),
    "report not printed": print_report.report_printed(
        told.REPORTS.reports[0], ReportSheet("RP1", 2, True), False, None
    ),
    "summary of a visit": print_summary.show_summary(told.SUMMARY, None),
    "summary printed": print_summary.summary_printed(True, None),
    "choose an article": booklet.choose_article(told.ARTICLES.articles, None),
    "take the booklet": booklet.take_it(told.SALE, True, None),
    "booklet did not come out": booklet.not_out(told.SALE, "C1A2B3C4D5E6F", True, None),
}
