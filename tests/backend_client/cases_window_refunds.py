"""Requests of a window about refunds that were asked for anywhere."""

from __future__ import annotations

from contract_answers import Json, text
from request_cases import FRESH, Case

from core.billing import Text
from core.history import StepTaken
from core.refund_files import RefundedLine, RefundFile, RefundFiles, RefundRoute
from core.steps.window_refunds import (
    FetchRefundFile,
    FetchRefundsIn,
    FetchRefundsOf,
    JudgeRefund,
    NamePayee,
)

_AT = "2026-03-05T09:02:03.000+08:00"
_FILE_JSON: Json = {
    "refund_id": "r-1",
    "state": "ACCEPTED",
    "settlement_id": "s-1",
    "patient_id": "p-1",
    "display_name": "李明",
    "total_fen": 6500,
    "lines": [
        {
            "line_id": "l-1",
            "name": text("糖化血红蛋白", "HbA1c"),
            "quantity": "1",
            "unit": text("次", "time"),
            "amount_fen": 6500,
        }
    ],
    "parts": [
        {
            "part_id": "r-1-0",
            "route": "TRANSFER",
            "amount_fen": 6500,
            "label": "WECHAT",
            "tender_id": "t-1",
            "state": "PLANNED",
            "rule_id": "RF-YEARS",
            "why": text("超过年限", "Too old"),
            "payer": "李*",
        }
    ],
    "slip": None,
    "asked_at": _AT,
    "reason": "not done",
    "steps": [{"step": "ACCEPTED", "text": "", "at": _AT, "operator": "", "terminal_id": "K01"}],
    "needs": ["PAYEE"],
    "warning": None,
}
_FILE = RefundFile(
    "r-1",
    "ACCEPTED",
    "s-1",
    "p-1",
    "李明",
    6500,
    (RefundedLine("l-1", Text("糖化血红蛋白", "HbA1c"), "1", Text("次", "time"), 6500),),
    (
        RefundRoute(
            "r-1-0", "TRANSFER", 6500, "WECHAT", "PLANNED", Text("超过年限", "Too old"), "李*"
        ),
    ),
    None,
    _AT,
    "not done",
    (StepTaken("ACCEPTED", "", _AT, "", "K01"),),
    ("PAYEE",),
    None,
)

CASES: dict[str, Case] = {
    "refunds in a state": Case(
        FetchRefundsIn("ACCEPTED"),
        "GET /v1/refunds?state=ACCEPTED",
        None,
        "",
        {"refunds": [_FILE_JSON]},
        RefundFiles((_FILE,)),
    ),
    "refunds of a patient at a window": Case(
        FetchRefundsOf("p-1"),
        "GET /v1/patients/p-1/refunds",
        None,
        "",
        {"refunds": [_FILE_JSON]},
        RefundFiles((_FILE,)),
    ),
    "a refund at a window": Case(
        FetchRefundFile("r-1"), "GET /v1/refunds/r-1", None, "", _FILE_JSON, _FILE
    ),
    "a reviewer's word": Case(
        JudgeRefund("r-1", "2201", "secret", False, "it was done"),
        "POST /v1/refunds/r-1/review",
        {"operator": "2201", "password": "secret", "approve": False, "reason": "it was done"},
        FRESH,
        _FILE_JSON,
        _FILE,
    ),
    "account of a transfer": Case(
        NamePayee("r-1", "r-1-0", "6222021203001234567", "中国银行", ""),
        "POST /v1/refunds/r-1/payee",
        {
            "part_id": "r-1-0",
            "account_no": "6222021203001234567",
            "bank": "中国银行",
            "name": "",
        },
        FRESH,
        _FILE_JSON,
        _FILE,
    ),
}
