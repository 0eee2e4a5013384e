"""Requests of a window around special settlements."""

from __future__ import annotations

from contract_answers import BILL, BILL_JSON, Json, text
from request_cases import FRESH, Case

from core.billing import Slip, Text
from core.steps.window_specials import (
    BindReferral,
    DecideGiveUp,
    DeclareDisease,
    FetchBreakdown,
    FetchDiseases,
    FetchGiveUp,
    FetchLiability,
    FetchReferralsBound,
    StateLiability,
)
from core.window_specials import (
    BoundReferral,
    BoundReferrals,
    Breakdown,
    Disease,
    Diseases,
    FactWord,
    FundShare,
    GiveUpCase,
    Liability,
    LiabilityFact,
    Treatment,
)

_AT = "2026-03-05T09:12:00+08:00"
_REFERRAL_JSON: Json = {
    "referral_id": "rf-1",
    "slip_no": "T1",
    "from_region": "340100",
    "valid_from": "2026-03-01",
    "valid_to": "2026-06-01",
    "bound_at": _AT,
}
_REFERRAL = BoundReferral("rf-1", "T1", "340100", "2026-03-01", "2026-06-01", _AT)


def _give_up_json(state: str) -> Json:
    return {
        "slip": {"slip_id": "R1", "qr_text": "ZF1.R.R1.AAAA"},
        "state": state,
        "line_ids": ["l-1"],
        "bill": BILL_JSON,
    }


def _give_up(state: str) -> GiveUpCase:
    return GiveUpCase(Slip("R1", "ZF1.R.R1.AAAA"), state, ("l-1",), BILL)


_FACT_JSON: Json = {
    "fact": "FIGHT",
    "exclusion": "ILLEGAL_ACT",
    "stands": True,
    "reason": "police",
    "terminal_id": "W07",
    "operator": "2107",
    "at": _AT,
}
_LIABILITY_JSON: Json = {
    "registration_id": "v-1",
    "doctor": "",
    "doctor_terminal_id": "",
    "doctor_at": "",
    "facts": [_FACT_JSON],
    "excluded": ["ILLEGAL_ACT"],
}
_FACT = LiabilityFact("FIGHT", "ILLEGAL_ACT", True, "police", "W07", "2107", _AT)
_LIABILITY = Liability("v-1", "", "", "", (_FACT,), ("ILLEGAL_ACT",))
_FUND_JSON: Json = {
    "kind": "BASIC",
    "name": text("基本医疗保险统筹基金", "Basic insurance fund"),
    "amount_fen": 6_000,
}

CASES: dict[str, Case] = {
    "referrals that are bound": Case(
        FetchReferralsBound("p-1"),
        "GET /v1/patients/p-1/insurance-referrals",
        None,
        "",
        {"referrals": [_REFERRAL_JSON]},
        BoundReferrals((_REFERRAL,)),
    ),
    "bind a referral": Case(
        BindReferral("p-1", "T1", "340100", "2026-03-01", "2026-06-01"),
        "POST /v1/patients/p-1/insurance-referrals",
        {
            "slip_no": "T1",
            "from_region": "340100",
            "valid_from": "2026-03-01",
            "valid_to": "2026-06-01",
        },
        FRESH,
        _REFERRAL_JSON,
        _REFERRAL,
        201,
    ),
    "special diseases": Case(
        FetchDiseases("p-1"),
        "GET /v1/patients/p-1/special-diseases",
        None,
        "",
        {"diseases": [{"code": "M01600", "name": "糖尿病"}]},
        Diseases((Disease("M01600", "糖尿病"),)),
    ),
    "declare a disease": Case(
        DeclareDisease("v-1", "M01600"),
        "POST /v1/registrations/v-1/special-disease",
        {"disease_code": "M01600"},
        FRESH,
        {"registration_id": "v-1", "treatment": "14", "disease_code": "M01600"},
        Treatment("v-1", "14", "M01600"),
    ),
    "who must bear the cost of a visit": Case(
        FetchLiability("v-1"),
        "GET /v1/visits/v-1/liability",
        None,
        "",
        _LIABILITY_JSON,
        _LIABILITY,
    ),
    "state who must bear it": Case(
        StateLiability("v-1", (FactWord("FIGHT", True),), "police"),
        "POST /v1/visits/v-1/liability",
        {"words": [{"fact": "FIGHT", "stands": True}], "reason": "police"},
        FRESH,
        _LIABILITY_JSON,
        _LIABILITY,
    ),
    "give-up of a slip": Case(
        FetchGiveUp("R1"),
        "GET /v1/give-ups/R1",
        None,
        "",
        _give_up_json("ASKED"),
        _give_up("ASKED"),
    ),
    "decide a give-up": Case(
        DecideGiveUp("R1", 1, True),
        "POST /v1/give-ups/R1/decide",
        {"version": 1, "agree": True},
        FRESH,
        _give_up_json("DONE"),
        _give_up("DONE"),
    ),
    "what the insurance paid": Case(
        FetchBreakdown("s-1"),
        "GET /v1/settlements/s-1/insurance",
        None,
        "",
        {
            "settlement_id": "s-1",
            "setl_id": "30001",
            "insurance": text("职工基本医疗保险", "Employee insurance"),
            "treatment": "11",
            "settled_at": _AT,
            "total_fen": 10_000,
            "fund_fen": 6_000,
            "funds": [_FUND_JSON],
            "account_fen": 1_000,
            "mutual_fen": 500,
            "hospital_fen": 0,
            "cash_fen": 2_500,
            "own_expense_fen": 1_000,
            "over_limit_fen": 0,
            "pay_first_fen": 500,
            "in_scope_fen": 8_500,
            "deductible_fen": 0,
            "account_balance_fen": 12_345,
        },
        Breakdown(
            "s-1",
            Text("职工基本医疗保险", "Employee insurance"),
            10_000,
            6_000,
            (FundShare("BASIC", Text("基本医疗保险统筹基金", "Basic insurance fund"), 6_000),),
            *(1_000, 500, 0, 2_500, 1_000, 0, 500, 8_500, 0, 12_345),
        ),
    ),
}
