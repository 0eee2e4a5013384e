"""Requests of a window about official paper and signatures."""

from __future__ import annotations

from base64 import b64encode

from contract_answers import Json
from request_cases import FRESH, Case

from core.papers import Invoice, Invoices, Sheet, Sheets
from core.signing import KeptSignature
from core.steps.window_papers import (
    FetchInvoice,
    FetchInvoicesToSettle,
    FetchSheets,
    FetchSignature,
    FindInvoice,
    RecallSheet,
    SeeSheet,
    SpoilSheet,
)

_AT = "2026-03-05T09:02:03.000+08:00"
_PNG = b"\x89PNG\r\n\x1a\n"
_SHEET_JSON: Json = {
    "paper_batch_code": "33010126",
    "paper_no": "0000000017",
    "place_code": "W07",
    "terminal_id": "W07",
    "state": "SPOILT",
    "reason": "torn",
    "operator": "2107",
    "at": _AT,
    "printed_at": "",
}
_SHEET = Sheet("33010126", "0000000017", "W07", "W07", "SPOILT", "", _AT, "2107", "torn")
_INVOICE_JSON: Json = {
    "invoice_id": "i-1",
    "settlement_id": "s-1",
    "state": "PRINT_UNCERTAIN",
    "kind": "02",
    "total_fen": 3200,
    "bill_batch_code": "33060126",
    "bill_no": "0000004711",
    "check_code": "a1b2c3",
    "issued_at": _AT,
    "qr_text": "QR",
    "scarlet_no": "",
    "paper": _SHEET_JSON,
    "needs": [],
    "steps": [],
}
_INVOICE = Invoice(
    "i-1",
    "s-1",
    "PRINT_UNCERTAIN",
    "02",
    3200,
    "33060126",
    "0000004711",
    "a1b2c3",
    _AT,
    "QR",
    _SHEET,
)

CASES: dict[str, Case] = {
    "an invoice by its code": Case(
        FindInvoice("QR"), "POST /v1/invoices/find", {"text": "QR"}, "", _INVOICE_JSON, _INVOICE
    ),
    "an invoice": Case(
        FetchInvoice("i-1"), "GET /v1/invoices/i-1", None, "", _INVOICE_JSON, _INVOICE
    ),
    "invoices to settle": Case(
        FetchInvoicesToSettle(),
        "GET /v1/invoices/to-settle",
        None,
        "",
        {"invoices": [_INVOICE_JSON]},
        Invoices((_INVOICE,)),
    ),
    "a sheet called back": Case(
        RecallSheet("i-1", "lost"),
        "POST /v1/invoices/i-1/recall",
        {"reason": "lost"},
        FRESH,
        _INVOICE_JSON,
        _INVOICE,
    ),
    "a sheet that was seen": Case(
        SeeSheet("i-1"), "POST /v1/invoices/i-1/mark-printed", {}, FRESH, _INVOICE_JSON, _INVOICE
    ),
    "a spoilt sheet": Case(
        SpoilSheet("33010126", "0000000017", "torn"),
        "POST /v1/invoices/spoilt-sheets",
        {"paper_batch_code": "33010126", "paper_no": "0000000017", "reason": "torn"},
        FRESH,
        _SHEET_JSON,
        _SHEET,
        201,
    ),
    "used sheets": Case(
        FetchSheets("W07"),
        "GET /v1/invoices/sheets?place=W07",
        None,
        "",
        {"sheets": [_SHEET_JSON]},
        Sheets((_SHEET,)),
    ),
    "a kept signature": Case(
        FetchSignature("s-1"),
        "GET /v1/signatures/s-1",
        None,
        "",
        {
            "document_id": "s-1",
            "kind": "SHEET",
            "sha256": "ab" * 32,
            "png": b64encode(_PNG).decode(),
            "terminal_id": "K01",
            "at": _AT,
            "purged_at": "",
        },
        KeptSignature("s-1", "SHEET", "ab" * 32, _PNG, "K01", _AT, ""),
    ),
}
