"""Requests of a window about cases, enquiries, money that is looked for, and problems."""

from __future__ import annotations

from contract_answers import PATIENT, PATIENT_JSON, SETTLEMENT, SETTLEMENT_JSON, Json
from request_cases import FRESH, Case

from core.cases import Case as Doubt
from core.cases import Cases, Enquiries, Enquiry, FoundPatients
from core.history import StepTaken
from core.ports import Done
from core.steps.window_doubts import (
    AddEvidence,
    AnswerEnquiry,
    DecideCase,
    FetchCase,
    FetchCases,
    FetchDoubted,
    FetchEnquiries,
    FindMoney,
    GiveCase,
    HandleEnquiry,
    ReportProblem,
    ResolveCase,
    TakeDown,
    Vouched,
)

_AT, _DUE = "2026-03-05T09:02:03.000+08:00", "2026-03-06T09:02:03.000+08:00"
_STEP_JSON = {"step": "OPENED", "text": "", "at": _AT, "operator": "", "terminal_id": "K01"}
_STEP = StepTaken("OPENED", "", _AT, "", "K01")
_CASE_JSON: Json = {
    "case_id": "C-1",
    "operation_kind": "settle",
    "operation_id": "op-1",
    "amount_fen": 3200,
    "patient_id": "p-1",
    "owner": "cashier-office",
    "state": "OPEN",
    "opened_at": _AT,
    "due_at": _DUE,
    "overdue": False,
    "outcome": "",
    "resolved_at": "",
    "resolved_by": "",
    "second_by": "",
    "evidence": ["silence"],
    "history": [_STEP_JSON],
    "qr_text": "",
}
_CASE = Doubt(
    *("C-1", "settle", "op-1", 3200, "p-1", "cashier-office", "OPEN", _AT, _DUE, False),
    *("", "", "", "", ("silence",), (_STEP,)),
)
_ENQUIRY_JSON: Json = {
    "enquiry_id": "Q-1",
    "kind": "COMPLAINT",
    "patient_id": "",
    "name": "李明",
    "contact": "13800005628",
    "content": "two hours",
    "state": "OPEN",
    "at": _AT,
    "due_at": _DUE,
    "overdue": False,
    "taken_by": "2107",
    "answer": "",
    "answered_by": "",
    "answered_at": "",
    "history": [_STEP_JSON],
}
_ENQUIRY = Enquiry(
    *("Q-1", "COMPLAINT", "", "李明", "13800005628", "two hours", "OPEN", _AT, _DUE, False),
    *("2107", "", "", "", (_STEP,)),
)
_SECOND = {"second_operator": "2102", "second_password": "secret"}
_VOUCHED = Vouched("told by the bank", "2102", "secret")

CASES: dict[str, Case] = {
    "open cases": Case(
        FetchCases("OPEN", "p-1"),
        "GET /v1/cases?state=OPEN&patient_id=p-1",
        None,
        "",
        {"cases": [_CASE_JSON]},
        Cases((_CASE,)),
    ),
    "a case": Case(FetchCase("C-1"), "GET /v1/cases/C-1", None, "", _CASE_JSON, _CASE),
    "what a case is about": Case(
        FetchDoubted("op-1"), "GET /v1/settlements/op-1", None, "", SETTLEMENT_JSON, SETTLEMENT
    ),
    "evidence": Case(
        AddEvidence("C-1", "the bank knows it"),
        "POST /v1/cases/C-1/evidence",
        {"text": "the bank knows it"},
        FRESH,
        _CASE_JSON,
        _CASE,
    ),
    "a case taken over": Case(
        GiveCase("C-1", "2107", "mine"),
        "POST /v1/cases/C-1/owner",
        {"owner": "2107", "reason": "mine"},
        FRESH,
        _CASE_JSON,
        _CASE,
    ),
    "a case resolved": Case(
        ResolveCase("C-1", "RETURNED", _VOUCHED),
        "POST /v1/cases/C-1/resolve",
        {"outcome": "RETURNED", "reason": "told by the bank", **_SECOND},
        FRESH,
        _CASE_JSON,
        _CASE,
    ),
    "a case decided": Case(
        DecideCase("C-1", "TAKEN", "t-1", "", "WX4711", _VOUCHED),
        "POST /v1/cases/C-1/decide",
        {
            "decision": "TAKEN",
            "tender_id": "t-1",
            "part_id": "",
            "proof": "WX4711",
            "reason": "told by the bank",
            **_SECOND,
        },
        FRESH,
        _CASE_JSON,
        _CASE,
    ),
    "enquiries": Case(
        FetchEnquiries("OPEN", "COMPLAINT"),
        "GET /v1/enquiries?state=OPEN&kind=COMPLAINT",
        None,
        "",
        {"enquiries": [_ENQUIRY_JSON]},
        Enquiries((_ENQUIRY,)),
    ),
    "an enquiry taken down": Case(
        TakeDown("COMPLAINT", "李明", "13800005628", "two hours", ""),
        "POST /v1/enquiries",
        {
            "kind": "COMPLAINT",
            "name": "李明",
            "contact": "13800005628",
            "content": "two hours",
            "patient_id": "",
        },
        FRESH,
        _ENQUIRY_JSON,
        _ENQUIRY,
        201,
    ),
    "a step of an enquiry": Case(
        HandleEnquiry("Q-1", "asked the ward"),
        "POST /v1/enquiries/Q-1/steps",
        {"text": "asked the ward"},
        FRESH,
        _ENQUIRY_JSON,
        _ENQUIRY,
    ),
    "an answer": Case(
        AnswerEnquiry("Q-1", "it was so"),
        "POST /v1/enquiries/Q-1/answer",
        {"answer": "it was so"},
        FRESH,
        _ENQUIRY_JSON,
        _ENQUIRY,
    ),
    "whose money": Case(
        FindMoney(amount_fen=9700, day="2026-03-05"),
        "POST /v1/money/find",
        {"amount_fen": 9700, "day": "2026-03-05"},
        "",
        {"patients": [PATIENT_JSON]},
        FoundPatients((PATIENT,)),
    ),
    "a problem": Case(
        ReportProblem("printer", "pale", "window: desk"),
        "POST /v1/trouble-tickets",
        {"subject": "printer", "text": "pale", "screen": "window: desk"},
        FRESH,
        {"ticket_id": "T-1", "state": "OPEN"},
        Done(),
        201,
    ),
}
