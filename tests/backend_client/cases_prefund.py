"""Requests about holds and prepaid balances."""

from __future__ import annotations

from contract_answers import HOLD, HOLD_JSON, Json
from request_cases import FRESH, Case

from core.billing import Slip, Text
from core.deferral import Decision
from core.journeys.take_notes import NoteCount
from core.ports import SaleApproved
from core.prepay import (
    CleanOut,
    CleanOutPlan,
    CleanOuts,
    HoldRelease,
    PrefundMethod,
    PrepayTerms,
    ToppedUp,
    WayBack,
)
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchCleanOuts,
    FetchHoldRelease,
    FetchPatientHolds,
    FetchPrepayTerms,
    HoldPlace,
    Holds,
    Payee,
    ResubmitPayee,
    TellHoldReleased,
    TopUpBalance,
)

_YES_JSON: Json = {"allow": True, "rule_id": "OP-LEGACY", "message_key": "", "needs": []}
_YES = Decision(allow=True, rule_id="OP-LEGACY", message_key="", needs=())
_SLIP_JSON: Json = {"slip_id": "S1", "qr_text": "ZF1.R.S1.AAAA"}
_SLIP = Slip("S1", "ZF1.R.S1.AAAA")
_METHOD_JSON: Json = {
    "method": "CASH",
    "allowed": True,
    "reason": "",
    "min_fen": 5000,
    "max_fen": 200000,
    "balance_cap_fen": 0,
}
_TERMS_JSON: Json = {
    "collect": _YES_JSON,
    "methods": [_METHOD_JSON],
    "spend": _YES_JSON,
    "refund": _YES_JSON,
    "balance_fen": 8000,
    "state": "OPEN",
    "scene": "OUTPATIENT",
}
_TERMS = PrepayTerms(
    _YES,
    (PrefundMethod("CASH", True, "", 5000, 200000, 0),),
    _YES,
    _YES,
    8000,
    "OPEN",
    "OUTPATIENT",
)
_SALE = SaleApproved("REF1", "622202******4567", "A1", "RRN1", "T1", "R1", "TERM1", "M1", 10000)
_BOOKED_JSON: Json = {
    "top_up_id": "op-1/top-up",
    "method": "CASH",
    "amount_fen": 15000,
    "balance_fen": 23000,
    "rule_id": "OP-LEGACY",
    "slip": _SLIP_JSON,
}
_BOOKED = ToppedUp("op-1/top-up", "CASH", 15000, 23000, "OP-LEGACY", _SLIP)
_WORDS: Json = {"zh": "微信支付", "en": "WeChat Pay"}
_WAY_JSON: Json = {
    "channel": "WECHAT",
    "channel_name": _WORDS,
    "day": "2024-11-05",
    "amount_fen": 8000,
    "route": "ORIGINAL",
    "rule_id": "RF-ORIGINAL",
    "why": _WORDS,
    "state": "PLANNED",
}
_TEXT = Text("微信支付", "WeChat Pay")
_WAY = WayBack("WECHAT", _TEXT, "2024-11-05", 8000, "ORIGINAL", "RF-ORIGINAL", _TEXT, "PLANNED")
_PLAN_JSON: Json = {
    "decision": _YES_JSON,
    "balance_fen": 8000,
    "ways": [_WAY_JSON],
    "needs": ["WARNING"],
    "warning": _WORDS,
    "payee": _YES_JSON,
    "documents": [],
}
_PLAN = CleanOutPlan(_YES, 8000, (_WAY,), ("WARNING",), _TEXT, _YES, ())
_APPLIED_JSON: Json = {
    "clean_out_id": "co-1",
    "state": "ACCEPTED",
    "amount_fen": 8000,
    "ways": [_WAY_JSON],
    "needs": [],
    "payee_account": "*0123",
    "payee_bank": "ICBC",
    "reason": "",
    "asked_at": "2026-03-05T09:30:00+08:00",
    "slip": None,
}
_APPLIED = CleanOut(
    "co-1", "ACCEPTED", 8000, (_WAY,), (), "*0123", "ICBC", "", "2026-03-05T09:30:00+08:00", None
)
_ACCOUNT: Json = {"account_no": "6222021234567890123", "bank": "ICBC"}
_PAYEE = Payee("6222021234567890123", "ICBC")

CASES: dict[str, Case] = {
    "hold_release": Case(
        FetchHoldRelease("h-1"),
        "GET /v1/holds/h-1/release",
        None,
        "",
        {"hold": HOLD_JSON, "decision": _YES_JSON, "receipt": "0007", "place": None},
        HoldRelease(HOLD, _YES, "0007", None),
    ),
    "tell_hold_released": Case(
        TellHoldReleased("op-1", "h-1"),
        "POST /v1/holds/h-1/released",
        {},
        FRESH,
        HOLD_JSON,
        HOLD,
    ),
    "patient_holds": Case(
        FetchPatientHolds("P1"),
        "GET /v1/patients/P1/holds",
        None,
        "",
        {"holds": [HOLD_JSON], "places": [{"hold_id": "h-1", "here": False, "place": None}]},
        Holds((HOLD,), (HoldPlace("h-1", False, None),)),
    ),
    "prepay_terms": Case(
        FetchPrepayTerms("P1"), "GET /v1/patients/P1/prepay-terms", None, "", _TERMS_JSON, _TERMS
    ),
    "prepay_terms with a declared need": Case(
        FetchPrepayTerms("P1", declared_need=True),
        "GET /v1/patients/P1/prepay-terms?declared_need=true",
        None,
        "",
        _TERMS_JSON,
        _TERMS,
    ),
    "top_up": Case(
        TopUpBalance("op-1", "P1", 15000, (NoteCount(5000, 3),), None, True, False),
        "POST /v1/prepay/top-ups",
        {
            "patient_id": "P1",
            "method": "CASH",
            "amount_fen": 15000,
            "notes": [{"value_fen": 5000, "count": 3}],
            "sale": None,
            "consent": True,
            "declared_need": False,
        },
        "op-1/top-up",
        _BOOKED_JSON,
        _BOOKED,
        201,
    ),
    "top_up by card": Case(
        TopUpBalance("op-1", "P1", 15000, (), _SALE, True, True),
        "POST /v1/prepay/top-ups",
        {
            "patient_id": "P1",
            "method": "BANKCARD_TRANSFER",
            "amount_fen": 15000,
            "notes": [],
            "sale": {
                "reference": "REF1",
                "auth_code": "A1",
                "rrn": "RRN1",
                "masked_card": "622202******4567",
            },
            "consent": True,
            "declared_need": True,
        },
        "op-1/top-up",
        _BOOKED_JSON,
        _BOOKED,
        201,
    ),
    "clean_out_plan": Case(
        FetchCleanOutPlan("P1"),
        "GET /v1/patients/P1/prepay/clean-out",
        None,
        "",
        _PLAN_JSON,
        _PLAN,
    ),
    "apply_for_clean_out": Case(
        ApplyForCleanOut("P1", True, "F1", _PAYEE),
        "POST /v1/prepay/clean-outs",
        {"patient_id": "P1", "warned": True, "face_check_id": "F1", "payee": _ACCOUNT},
        FRESH,
        _APPLIED_JSON,
        _APPLIED,
        201,
    ),
    "apply_for_clean_out without an account": Case(
        ApplyForCleanOut("P1", True, "F1", None),
        "POST /v1/prepay/clean-outs",
        {"patient_id": "P1", "warned": True, "face_check_id": "F1", "payee": None},
        FRESH,
        _APPLIED_JSON,
        _APPLIED,
        201,
    ),
    "clean_outs": Case(
        FetchCleanOuts("P1"),
        "GET /v1/patients/P1/prepay/clean-outs",
        None,
        "",
        {"clean_outs": [_APPLIED_JSON]},
        CleanOuts((_APPLIED,)),
    ),
    "resubmit_payee": Case(
        ResubmitPayee("co-1", _PAYEE),
        "POST /v1/prepay/clean-outs/co-1/payee",
        _ACCOUNT,
        FRESH,
        _APPLIED_JSON,
        _APPLIED,
    ),
}
