"""What the model backend tells about inpatient: one stay asked for, and one to be settled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Bill, BillLine, InsuranceClass, Refund, RefundPart, Slip, Text
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
from core.flow import Act
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

TOTAL_FEN, DEPOSIT_FEN = 18_524, 60_000
_DAY, _AT = "2026-01-05", "2026-01-05T09:30:00+08:00"
_DEPARTMENT, _DOCTOR = Text("心内科", "Cardiology"), Text("王敏", "Wang Min")
_WARD = Text("六病区", "Ward 6")


def _bill(bill_id: str, kind: str, name: Text, fen: int) -> Bill:
    line = BillLine(f"{bill_id}-1", name, InsuranceClass.A, "1", Text("次", "time"), fen, fen)
    return Bill(bill_id, 1, kind, _DEPARTMENT, _DOCTOR, _AT, (line,), fen)


DEPOSIT_BILL = _bill("D1", "DEPOSIT", Text("住院预交金", "Inpatient deposit"), TOTAL_FEN)
STAY_BILL = _bill("B9", "INPATIENT", Text("床位费", "Bed"), TOTAL_FEN)
REQUESTED = Admission(
    admission_id="A2",
    patient_id="P1",
    display_name="王*国",
    state="REQUESTED",
    department=_DEPARTMENT,
    doctor=_DOCTOR,
    ward=_WARD,
    bed="",
    requested_at=_AT,
    admitted_at="",
    noticed_at="",
    settled_at="",
    slip=None,
    deposit_fen=0,
    deposit_requests=(DepositRequest(DEPOSIT_BILL, "OPEN"),),
    bill=None,
    pay_deposit=Allowed(True, ""),
    discharge=Allowed(False, "no_discharge_notice"),
)
ADMITTED = replace(
    REQUESTED,
    state="ADMITTED",
    bed="12",
    admitted_at=_AT,
    slip=Slip("V1", "ZF1.V.V1.AAAA"),
)
NOTICED = replace(
    ADMITTED,
    admission_id="A1",
    state="NOTICED",
    noticed_at=_AT,
    deposit_fen=DEPOSIT_FEN,
    deposit_requests=(DepositRequest(DEPOSIT_BILL, "PAID"),),
    bill=StayBill("B9", 1, "OPEN", TOTAL_FEN),
    discharge=Allowed(True, ""),
)
DAILY_LIST = DailyList(
    "A1", "王*国", _WARD, "12", _DAY, STAY_BILL.lines, TOTAL_FEN, TOTAL_FEN, DEPOSIT_FEN, _AT
)
STAY_LIST = StayList("A1", STAY_BILL, (ChargedDay(_DAY, 1, TOTAL_FEN),), DEPOSIT_FEN, _AT)
CLAIM = Claim(
    claim_id="C1",
    settlement_id="S0",
    mode=ClaimMode.FAST,
    state=ClaimState.APPLIED,
    insurer="安心保险",
    display_policy="********0101",
    total_fen=TOTAL_FEN,
    own_fen=8_524,
    paid_fen=0,
    reason="",
    applied_at=_AT,
    expected_by="2026-01-07",
    decided_on="",
)
TERMS = ClaimTerms(
    "claim-2026-01",
    Text("本人授权医院……", "I authorise the hospital …"),
    ("ID_CARD", "HEALTH_CARD"),
    "1-2",
)
POLICY = Policy("CI1", "安心保险", "住院医疗", True, True, 0, 80, 2_000_000)
WORD = Authorisation("W1", ClaimMode.FAST, "2026-01-06T09:30:00+08:00", "")
REST = Refund("RF9", "ACCEPTED", "S9", 40_000, (RefundPart("SCAN", 40_000, "", "PLANNED"),), None)

TOLD: dict[type[Act[Any]], object] = {
    FetchAdmissions: Admissions((REQUESTED, NOTICED)),
    Admit: ADMITTED,
    FetchContact: Contacts(None),
    NameContact: Contacts(Contact("王*英", "139****0000")),
    FetchDailyList: DAILY_LIST,
    FetchStayList: STAY_LIST,
    SignSheet: SignedSheet("S9", "PAD", "ab" * 32, "K01", _AT),
    AskRestBack: RestAsked((REST,)),
    FetchClaimTerms: TERMS,
    FetchClaims: Claims((CLAIM,)),
    Authorise: WORD,
    FetchPolicies: Policies((POLICY,)),
    ChoosePolicy: WORD,
    ApplyClaim: CLAIM,
}
