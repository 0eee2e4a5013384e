"""Requests about stays in hospital and commercial claims."""

from __future__ import annotations

from contract_answers import BILL, BILL_JSON, LINE_JSON, REFUND, REFUND_JSON, Json, text
from request_cases import FRESH, Case

from core.billing import Slip, Text
from core.claims import (
    Authorisation,
    Claim,
    ClaimMode,
    Claims,
    ClaimState,
    ClaimTerms,
    Policies,
    Policy,
)
from core.identity import Medium, MediumKind
from core.inpatient import (
    Admission,
    Admissions,
    Allowed,
    ChargedDay,
    Contact,
    Contacts,
    DailyList,
    DepositRequest,
    SignedSheet,
    StayBill,
    StayList,
)
from core.steps.claims import (
    ApplyClaim,
    Authorise,
    ChoosePolicy,
    FetchClaims,
    FetchClaimTerms,
    FetchPolicies,
)
from core.steps.inpatient import (
    Admit,
    AskRestBack,
    FetchAdmissions,
    FetchContact,
    FetchDailyList,
    FetchStayList,
    NameContact,
    RestAsked,
    SignSheet,
)
from tests.helpers.ink import DRAWN, DRAWN_JSON

_AT, _DAY = "2026-03-05T09:00:00+08:00", "2026-03-05"
ADMISSION_JSON: Json = {
    "admission_id": "a-1",
    "patient_id": "p-1",
    "display_name": "王*国",
    "state": "ADMITTED",
    "department": text("心内科", "Cardiology"),
    "doctor": text("王敏", "Wang Min"),
    "ward": text("六病区", "Ward 6"),
    "bed": "12",
    "requested_at": _AT,
    "admitted_at": _AT,
    "noticed_at": "",
    "settled_at": "",
    "slip": {"slip_id": "v-1", "qr_text": "ZF1.V.v-1.AAAA"},
    "deposit_fen": 60000,
    "deposit_requests": [{"bill": BILL_JSON, "state": "OPEN"}],
    "bill": {"bill_id": "b-9", "version": 2, "state": "OPEN", "total_fen": 2500},
    "pay_deposit": {"allow": True, "rule_id": "H24", "message_key": "", "needs": []},
    "discharge": {
        "allow": False,
        "rule_id": "H25",
        "message_key": "no_discharge_notice",
        "needs": [],
    },
}
ADMISSION = Admission(
    admission_id="a-1",
    patient_id="p-1",
    display_name="王*国",
    state="ADMITTED",
    department=Text("心内科", "Cardiology"),
    doctor=Text("王敏", "Wang Min"),
    ward=Text("六病区", "Ward 6"),
    bed="12",
    requested_at=_AT,
    admitted_at=_AT,
    noticed_at="",
    settled_at="",
    slip=Slip("v-1", "ZF1.V.v-1.AAAA"),
    deposit_fen=60000,
    deposit_requests=(DepositRequest(BILL, "OPEN"),),
    bill=StayBill("b-9", 2, "OPEN", 2500),
    pay_deposit=Allowed(True, ""),
    discharge=Allowed(False, "no_discharge_notice"),
)
DAILY_JSON: Json = {
    "admission_id": "a-1",
    "display_name": "王*国",
    "ward": text("六病区", "Ward 6"),
    "bed": "12",
    "day": _DAY,
    "lines": [LINE_JSON],
    "day_fen": 2500,
    "charged_fen": 9000,
    "deposit_fen": 60000,
    "time": _AT,
}
DAILY = DailyList(
    *("a-1", "王*国", Text("六病区", "Ward 6"), "12", _DAY, BILL.lines, 2500, 9000, 60000, _AT)
)
STAY_LIST_JSON: Json = {
    "admission_id": "a-1",
    "bill": BILL_JSON,
    "days": [{"day": _DAY, "items": 1, "day_fen": 2500}],
    "deposit_fen": 60000,
    "time": _AT,
}
CONTACT_JSON: Json = {
    "relation_id": "r-1",
    "kind": "CONTACT",
    "state": "ACTIVE",
    "display_name": "王*英",
    "display_id": "",
    "display_phone": "139****0000",
    "may_see": False,
    "may_pay": False,
    "since": _AT,
}
CONTACTS = Contacts(Contact("王*英", "139****0000"))
TERMS_JSON: Json = {
    "version": "claim-2026-01",
    "text": text("本人授权……", "I authorise …"),
    "proofs": ["ID_CARD", "EC_CODE"],
    "working_days": "1-2",
}
WORD_JSON: Json = {
    "authorisation_id": "w-1",
    "mode": "FAST",
    "expires_at": _AT,
    "insurer": "",
}
WORD = Authorisation("w-1", ClaimMode.FAST, _AT, "")
POLICY_JSON: Json = {
    "policy_no": "CI1",
    "insurer": "安心保险",
    "product": "住院医疗",
    "direct": False,
    "fast": True,
    "deductible_left_fen": 10000,
    "percent": 70,
    "limit_left_fen": 500000,
}
CLAIM_JSON: Json = {
    "claim_id": "c-1",
    "settlement_id": "s-1",
    "mode": "FAST",
    "state": "APPLIED",
    "insurer": "安心保险",
    "display_policy": "**1",
    "total_fen": 2500,
    "own_fen": 900,
    "paid_fen": 0,
    "reason": "",
    "applied_at": _AT,
    "expected_by": "2026-03-09",
    "decided_on": "",
}
CLAIM = Claim(
    *("c-1", "s-1", ClaimMode.FAST, ClaimState.APPLIED, "安心保险", "**1", 2500, 900, 0, ""),
    *(_AT, "2026-03-09", ""),
)

CASES: dict[str, Case] = {
    "admissions": Case(
        FetchAdmissions("p-1"),
        "GET /v1/patients/p-1/admissions",
        None,
        "",
        {"admissions": [ADMISSION_JSON]},
        Admissions((ADMISSION,)),
    ),
    "admit": Case(
        Admit("a-1"), "POST /v1/admissions/a-1/admit", {}, FRESH, ADMISSION_JSON, ADMISSION
    ),
    "contact": Case(
        FetchContact("p-1"),
        "GET /v1/patients/p-1/relatives",
        None,
        "",
        {"relations": [{**CONTACT_JSON, "kind": "CHILD"}, CONTACT_JSON]},
        CONTACTS,
    ),
    "name a contact": Case(
        NameContact("p-1", "王秀英", "13900000000"),
        "POST /v1/patients/p-1/contact",
        {"name": "王秀英", "id_number": "", "phone": "13900000000"},
        FRESH,
        CONTACT_JSON,
        CONTACTS,
        201,
    ),
    "daily list": Case(
        FetchDailyList("a-1", _DAY),
        "GET /v1/admissions/a-1/daily-list?day=2026-03-05",
        None,
        "",
        DAILY_JSON,
        DAILY,
    ),
    "charges of a stay": Case(
        FetchStayList("a-1"),
        "GET /v1/admissions/a-1/charges",
        None,
        "",
        STAY_LIST_JSON,
        StayList("a-1", BILL, (ChargedDay(_DAY, 1, 2500),), 60000, _AT),
    ),
    "sign a settlement sheet": Case(
        SignSheet("s-1", DRAWN),
        "POST /v1/settlements/s-1/signature",
        {"signature": DRAWN_JSON},
        "s-1/signature",
        {
            "settlement_id": "s-1",
            "way": "PAD",
            "image_sha256": DRAWN.digest,
            "terminal_id": "K01",
            "at": _AT,
        },
        SignedSheet("s-1", "PAD", DRAWN.digest, "K01", _AT),
        201,
    ),
    "sign a settlement sheet on paper": Case(
        SignSheet("s-1", None),
        "POST /v1/settlements/s-1/signature",
        {"signature": None},
        "s-1/signature",
        {
            "settlement_id": "s-1",
            "way": "PAPER",
            "image_sha256": "",
            "terminal_id": "W07",
            "at": _AT,
        },
        SignedSheet("s-1", "PAPER", "", "W07", _AT),
        201,
    ),
    "rest of a deposit": Case(
        AskRestBack("a-1"),
        "POST /v1/refunds/deposits",
        {"admission_id": "a-1", "reason": "discharged"},
        FRESH,
        {"refunds": [REFUND_JSON]},
        RestAsked((REFUND,)),
        201,
    ),
    "terms of claims": Case(
        FetchClaimTerms(),
        "GET /v1/claims/terms",
        None,
        "",
        TERMS_JSON,
        ClaimTerms(
            "claim-2026-01", Text("本人授权……", "I authorise …"), ("ID_CARD", "EC_CODE"), "1-2"
        ),
    ),
    "claims": Case(
        FetchClaims("p-1"),
        "GET /v1/patients/p-1/claims",
        None,
        "",
        {"claims": [CLAIM_JSON]},
        Claims((CLAIM,)),
    ),
    "authorise a claim": Case(
        Authorise("p-1", ClaimMode.FAST, Medium(MediumKind.ID_CARD, "33"), "claim-2026-01"),
        "POST /v1/patients/p-1/claim-authorisations",
        {
            "mode": "FAST",
            "proof": {"kind": "ID_CARD", "value": "33"},
            "version": "claim-2026-01",
        },
        FRESH,
        WORD_JSON,
        WORD,
        201,
    ),
    "policies": Case(
        FetchPolicies("w-1"),
        "GET /v1/claim-authorisations/w-1/policies",
        None,
        "",
        {"policies": [POLICY_JSON]},
        Policies((Policy("CI1", "安心保险", "住院医疗", False, True, 10000, 70, 500000),)),
    ),
    "choose a policy": Case(
        ChoosePolicy("w-1", "CI1"),
        "POST /v1/claim-authorisations/w-1/policy",
        {"policy_no": "CI1"},
        "w-1/policy/CI1",
        {**WORD_JSON, "mode": "DIRECT", "insurer": "安心保险"},
        Authorisation("w-1", ClaimMode.DIRECT, _AT, "安心保险"),
    ),
    "apply for a claim": Case(
        ApplyClaim("s-1", "w-1", "CI1"),
        "POST /v1/claims",
        {"settlement_id": "s-1", "authorisation_id": "w-1", "policy_no": "CI1"},
        "w-1/claim",
        CLAIM_JSON,
        CLAIM,
        201,
    ),
}
