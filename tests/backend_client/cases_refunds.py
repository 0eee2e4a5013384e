"""Requests about refunds."""

from __future__ import annotations

from contract_answers import Json, text
from request_cases import FRESH, Case

from core.billing import Text
from core.deferral import Decision
from core.refunds import (
    Contact,
    Refundable,
    RefundableLine,
    RefundableSettlement,
    RefundRequest,
    RefundRequests,
    RefundStep,
    RefundWay,
)
from core.steps.refunds import (
    AskRefund,
    FetchPayee,
    FetchRefundable,
    FetchRefunds,
    ResubmitContact,
)

_AT = "2026-03-05T09:02:03.000+08:00"
_WARNING = text("会回到付款人", "reaches whoever paid")
_REFUNDABLE_JSON: Json = {
    "settlements": [
        {
            "settlement_id": "s-1",
            "kind": "OUTPATIENT",
            "departments": [text("检验科", "Laboratory")],
            "settled_at": _AT,
            "total_fen": 6500,
            "reason": "",
            "lines": [
                {
                    "line_id": "l-1",
                    "name": text("糖化血红蛋白", "HbA1c"),
                    "quantity": "1",
                    "unit": text("次", "time"),
                    "amount_fen": 6500,
                    "reason": "item_executed",
                }
            ],
            "warning": _WARNING,
        }
    ]
}
_REFUNDABLE = Refundable(
    (
        RefundableSettlement(
            "s-1",
            "OUTPATIENT",
            (Text("检验科", "Laboratory"),),
            _AT,
            6500,
            "",
            (
                RefundableLine(
                    "l-1",
                    Text("糖化血红蛋白", "HbA1c"),
                    "1",
                    Text("次", "time"),
                    6500,
                    "item_executed",
                ),
            ),
            Text("会回到付款人", "reaches whoever paid"),
        ),
    )
)
_REFUND_JSON: Json = {
    "refund_id": "r-1",
    "state": "ACCEPTED",
    "settlement_id": "s-1",
    "total_fen": 6500,
    "parts": [
        {
            "part_id": "r-1-0",
            "route": "SCAN",
            "amount_fen": 6500,
            "label": "WECHAT",
            "tender_id": "t-1",
            "state": "PLANNED",
            "rule_id": "RF-ORIGINAL",
            "why": text("原路退回", "Back the way it was paid"),
            "payer": "",
        }
    ],
    "slip": None,
    "asked_at": _AT,
    "reason": "not done",
    "steps": [{"step": "ACCEPTED", "text": "", "at": _AT, "operator": "", "terminal_id": "K01"}],
    "needs": ["PAYEE"],
    "warning": _WARNING,
}
_REFUND = RefundRequest(
    "r-1",
    "ACCEPTED",
    "s-1",
    6500,
    (RefundWay("SCAN", 6500, "WECHAT", "PLANNED", Text("原路退回", "Back the way it was paid")),),
    None,
    _AT,
    "not done",
    (RefundStep("ACCEPTED", _AT),),
    ("PAYEE",),
    Text("会回到付款人", "reaches whoever paid"),
)

CASES: dict[str, Case] = {
    "refundable": Case(
        FetchRefundable("p-1"),
        "GET /v1/patients/p-1/refundable",
        None,
        "",
        _REFUNDABLE_JSON,
        _REFUNDABLE,
    ),
    "payee of a patient": Case(
        FetchPayee("p-1"),
        "GET /v1/patients/p-1/may/be-paid-back",
        None,
        "",
        {
            "allow": True,
            "rule_id": "W30",
            "message_key": "",
            "needs": ["REGISTERED_CONTACT"],
        },
        Decision(True, "W30", "", ("REGISTERED_CONTACT",)),
    ),
    "ask for a refund": Case(
        AskRefund("s-1", ("l-1", "l-2"), "not done"),
        "POST /v1/refunds",
        {"settlement_id": "s-1", "line_ids": ["l-1", "l-2"], "reason": "not done"},
        FRESH,
        _REFUND_JSON,
        _REFUND,
        201,
    ),
    "refunds of a patient": Case(
        FetchRefunds("p-1"),
        "GET /v1/patients/p-1/refunds",
        None,
        "",
        {"refunds": [_REFUND_JSON]},
        RefundRequests((_REFUND,)),
    ),
    "contact's real name": Case(
        ResubmitContact("p-1", "王建国", "330302195501123411"),
        "POST /v1/patients/p-1/contact/real-name",
        {"name": "王建国", "id_number": "330302195501123411"},
        FRESH,
        {
            "relation_id": "x-1",
            "kind": "CONTACT",
            "state": "ACTIVE",
            "display_name": "王*国",
            "display_id": "3***************11",
            "display_phone": "138****0000",
            "may_see": False,
            "may_pay": False,
            "since": _AT,
        },
        Contact("CONTACT", "王*国"),
    ),
}
