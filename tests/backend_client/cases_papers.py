"""Requests about papers and articles. What the model tells is a whole answer of the contract."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from contract_answers import Json
from request_cases import FRESH, Case

from core.papers import Pdf, ReportSheet
from core.steps.goods import FetchArticles, KeepSale, TellSale
from core.steps.papers import (
    CountReportSheet,
    CountSlipPrint,
    FetchPapers,
    FetchProgress,
    FetchReceipt,
    FetchReportPages,
    FetchReports,
    FetchSummary,
    TakeSheet,
    TellSheet,
)
from tests.helpers.told import told_papers as told


def as_json(shape: Any) -> Json:  # noqa: ANN401  any shape of the contract
    """As the backend writes it, with a field that this side does not know."""
    content: Json = json.loads(json.dumps(asdict(shape)))
    return {**content, "later": 1}


PRINTED = replace(told.INVOICE, state="PRINTED")
SHEET = ReportSheet("RP1", 2, True)
SOLD = replace(told.SALE, state="HANDED_OUT")

CASES: dict[str, Case] = {
    "papers": Case(
        FetchPapers("P1"),
        "GET /v1/patients/P1/papers?slip_days=30",
        None,
        "",
        as_json(told.PAPERS),
        told.PAPERS,
    ),
    "take_sheet": Case(
        TakeSheet("op-1", "I1"),
        "POST /v1/invoices/I1/sheets",
        {},
        "op-1/sheet",
        as_json(told.OFFICIAL),
        told.OFFICIAL,
        201,
    ),
    "tell_sheet": Case(
        TellSheet("op-1", "I1", "T1", True),
        "POST /v1/invoices/I1/printed",
        {"token": "T1", "outcome": "PRINTED"},
        "op-1/printed",
        as_json(PRINTED),
        PRINTED,
    ),
    "tell_uncertain_sheet": Case(
        TellSheet("op-1", "I1", "T1", False),
        "POST /v1/invoices/I1/printed",
        {"token": "T1", "outcome": "UNCERTAIN"},
        "op-1/printed",
        as_json(told.INVOICE),
        told.INVOICE,
    ),
    "count_slip_print": Case(
        CountSlipPrint("SL1"),
        "POST /v1/slips/SL1/prints",
        {},
        FRESH,
        as_json(told.COPY),
        told.COPY,
        201,
    ),
    "receipt": Case(
        FetchReceipt("SL1"),
        "GET /v1/slips/SL1/receipt",
        None,
        "",
        as_json(told.RECEIPT),
        told.RECEIPT,
    ),
    "reports": Case(
        FetchReports("P1"),
        "GET /v1/patients/P1/reports",
        None,
        "",
        as_json(told.REPORTS),
        told.REPORTS,
    ),
    "count_report_sheet": Case(
        CountReportSheet("RP1"),
        "POST /v1/reports/RP1/sheets",
        {},
        FRESH,
        as_json(SHEET),
        SHEET,
        201,
    ),
    "report_pages": Case(
        FetchReportPages("RP1", 2),
        "GET /v1/reports/RP1/pages?sheet=2",
        None,
        "",
        b"%PDF-1.4 pages",
        Pdf(b"%PDF-1.4 pages"),
    ),
    "progress": Case(
        FetchProgress("P1"),
        "GET /v1/patients/P1/progress",
        None,
        "",
        as_json(told.PROGRESS),
        told.PROGRESS,
    ),
    "summary": Case(
        FetchSummary("R1"),
        "GET /v1/registrations/R1/summary",
        None,
        "",
        as_json(told.SUMMARY),
        told.SUMMARY,
    ),
    "articles": Case(
        FetchArticles(),
        "GET /v1/goods",
        None,
        "",
        as_json(told.ARTICLES),
        told.ARTICLES,
    ),
    "keep_sale": Case(
        KeepSale("P1", "BOOK"),
        "POST /v1/goods/sales",
        {"patient_id": "P1", "item_code": "BOOK"},
        FRESH,
        as_json(told.SALE),
        told.SALE,
        201,
    ),
    "tell_sale": Case(
        TellSale("op-1", "SA1", True),
        "POST /v1/goods/sales/SA1/outcome",
        {"handed_out": True, "operation_id": "op-1"},
        "op-1/outcome",
        as_json(SOLD),
        SOLD,
    ),
}
