"""Requests about later."""

from __future__ import annotations

from dataclasses import replace

from contract_answers import Json, text
from request_cases import FRESH, Case

from core.billing import Text
from core.deferral import (
    Agreement,
    Agreements,
    Commitment,
    Credit,
    Decision,
    DeferralAccount,
    DeferredVisit,
    Repayment,
    Signature,
    SigningPage,
    Suspension,
    WaitingBill,
)
from core.steps.later import (
    CancelAgreement,
    CancelDeferral,
    FetchAgreement,
    FetchDeferral,
    FetchSigningPage,
    FindAgreements,
    MayDefer,
    SignDeferral,
    StartAgreement,
)
from tests.helpers.ink import DRAWN, DRAWN_JSON

_AT = "2026-03-05T09:02:03.000+08:00"
_DECISION_JSON: Json = {
    "allow": False,
    "rule_id": "N08",
    "message_key": "deferral.excluded",
    "needs": ["THIRD_PARTY_LIABILITY"],
}
_DECISION = Decision(False, "N08", "deferral.excluded", ("THIRD_PARTY_LIABILITY",))
_SIGNATURE_JSON: Json = {
    "agreement_id": "d-1",
    "state": "SIGNED",
    "text_version": "2026-01",
    "signer": "GUARDIAN",
    "channel": "kiosk",
    "terminal_id": "K01",
    "repay_by_debit": True,
    "signature_digest": DRAWN.digest,
    "signed_at": _AT,
    "cancelled_at": "",
}
_SIGNATURE = Signature("d-1", "SIGNED", "2026-01", "GUARDIAN", True, DRAWN.digest, _AT, "")
_CANCELLED_JSON: Json = {**_SIGNATURE_JSON, "state": "CANCELLED", "cancelled_at": _AT}
_CANCELLED = Signature("d-1", "CANCELLED", "2026-01", "GUARDIAN", True, DRAWN.digest, _AT, _AT)
_SUSPENSION_JSON: Json = {
    "reference": "Sg-1",
    "registration_id": "g-1",
    "amount_fen": 6500,
    "since": _AT,
    "state": "REPORTED",
    "lacks": ["PAID"],
}
_VISIT_JSON: Json = {
    "registration_id": "g-1",
    "day": "2026-03-05",
    "state": "DUE",
    "started_at": _AT,
    "due_at": _AT,
    "suspends_at": _AT,
    "paid_at": "",
    "open_fen": 6500,
    "bills": [
        {
            "bill_id": "b-1",
            "version": 3,
            "kind": "OUTPATIENT",
            "department": text("检验科", "Laboratory"),
            "issued_at": _AT,
            "total_fen": 6500,
            "state": "OPEN",
            "waits": True,
        }
    ],
    "repayments": [
        {"settlement_id": "s-1", "amount_fen": 100, "settled_at": _AT, "automatic": True}
    ],
}
_ACCOUNT_JSON: Json = {
    "patient_id": "p-1",
    "state": "SIGNED",
    "scheme": "HOSPITAL_CREDIT",
    "risk_bearer": "HOSPITAL",
    "may_sign": _DECISION_JSON,
    "signature": _SIGNATURE_JSON,
    "credit": {
        "state": "SUSPENDED",
        "since": "2026-03-05",
        "here": True,
        "malicious": False,
        "suspensions": [_SUSPENSION_JSON],
    },
    "open_fen": 6500,
    "visits": [_VISIT_JSON],
    "bank_agreements": [],
}
_ACCOUNT = DeferralAccount(
    "p-1",
    "SIGNED",
    "HOSPITAL_CREDIT",
    "HOSPITAL",
    _DECISION,
    _SIGNATURE,
    Credit(
        "SUSPENDED",
        "2026-03-05",
        here=True,
        malicious=False,
        suspensions=(Suspension("Sg-1", 6500, _AT, "REPORTED", ("PAID",)),),
    ),
    6500,
    (
        DeferredVisit(
            "g-1",
            "2026-03-05",
            "DUE",
            _AT,
            _AT,
            _AT,
            "",
            6500,
            (
                WaitingBill(
                    *("b-1", 3, "OUTPATIENT", Text("检验科", "Laboratory"), _AT, 6500, "OPEN"),
                    waits=True,
                ),
            ),
            (Repayment("s-1", 100, _AT, automatic=True),),
        ),
    ),
)
_PAGE_JSON: Json = {
    "decision": _DECISION_JSON,
    "scheme": "HOSPITAL_CREDIT",
    "risk_bearer": "HOSPITAL",
    "commitment": {
        "version": "2026-01",
        "title": text("承诺书", "Commitment"),
        "text": text("本人……", "I …"),
    },
    "product": "",
    "qr_text": "",
    "steps": [text("阅读", "Read")],
}
_PAGE = SigningPage(
    _DECISION,
    "HOSPITAL_CREDIT",
    "HOSPITAL",
    Commitment("2026-01", Text("承诺书", "Commitment"), Text("本人……", "I …")),
    "",
    "",
    (Text("阅读", "Read"),),
)
_AGREEMENT_JSON: Json = {
    "agreement_id": "a-1",
    "patient_id": "p-1",
    "kind": "BOUND_DEBIT",
    "state": "CANCELLED",
    "payer": "李*",
    "channel": "UNIONPAY",
    "product": "",
    "form": "",
    "risk_bearer": "",
    "limit_fen": 0,
    "left_fen": 0,
    "code_url": "",
    "signed_at": _AT,
    "cancelled_at": _AT,
}
_AGREEMENT = Agreement(
    *("a-1", "p-1", "BOUND_DEBIT", "CANCELLED", "李*", "UNIONPAY", "", "", ""),
    limit_fen=0,
    left_fen=0,
    code_url="",
    signed_at=_AT,
    cancelled_at=_AT,
)

CASES: dict[str, Case] = {
    "deferral": Case(
        FetchDeferral("p-1"), "GET /v1/patients/p-1/deferral", None, "", _ACCOUNT_JSON, _ACCOUNT
    ),
    "deferral signing": Case(
        FetchSigningPage("p-1"),
        "GET /v1/patients/p-1/deferral/signing",
        None,
        "",
        _PAGE_JSON,
        _PAGE,
    ),
    "deferral sign": Case(
        SignDeferral("p-1", "2026-01", DRAWN, "330302195501123411", repay_by_debit=True),
        "POST /v1/patients/p-1/deferral/sign",
        {
            "version": "2026-01",
            "by_guardian": True,
            "guardian_id_number": "330302195501123411",
            "repay_by_debit": True,
            "signature": DRAWN_JSON,
        },
        FRESH,
        _SIGNATURE_JSON,
        _SIGNATURE,
        201,
    ),
    "deferral sign on paper": Case(
        SignDeferral("p-1", "2026-01", None, "", repay_by_debit=False),
        "POST /v1/patients/p-1/deferral/sign",
        {
            "version": "2026-01",
            "by_guardian": False,
            "guardian_id_number": "",
            "repay_by_debit": False,
            "signature": None,
        },
        FRESH,
        {**_SIGNATURE_JSON, "signature_digest": ""},
        replace(_SIGNATURE, signature_digest=""),
        201,
    ),
    "deferral cancel": Case(
        CancelDeferral("p-1"),
        "POST /v1/patients/p-1/deferral/cancel",
        {},
        FRESH,
        _CANCELLED_JSON,
        _CANCELLED,
    ),
    "may defer": Case(
        MayDefer("b-1"), "GET /v1/bills/b-1/deferral", None, "", _DECISION_JSON, _DECISION
    ),
    "find agreements": Case(
        FindAgreements("p-1"),
        "POST /v1/patients/p-1/agreements/find",
        {},
        FRESH,
        {"agreements": [_AGREEMENT_JSON]},
        Agreements((_AGREEMENT,)),
    ),
    "start agreement": Case(
        StartAgreement("p-1", "BOUND_DEBIT"),
        "POST /v1/agreements",
        {"patient_id": "p-1", "product": "BOUND_DEBIT"},
        FRESH,
        _AGREEMENT_JSON,
        _AGREEMENT,
        201,
    ),
    "agreement": Case(
        FetchAgreement("a-1"), "GET /v1/agreements/a-1", None, "", _AGREEMENT_JSON, _AGREEMENT
    ),
    "cancel agreement": Case(
        CancelAgreement("a-1"),
        "POST /v1/agreements/a-1/cancel",
        {"reason": "asked by the patient"},
        FRESH,
        _AGREEMENT_JSON,
        _AGREEMENT,
    ),
}
