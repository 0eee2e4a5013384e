"""Pages as a patient meets them: a stay in hospital and claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import (
    Bill,
    BillLine,
    Component,
    ComponentKind,
    InsuranceClass,
    Settlement,
    SettlementState,
    Tender,
    TenderKind,
    TenderState,
    Text,
)
from core.claims import Claim, ClaimMode, Claims, ClaimState, ClaimTerms, Policies, Policy
from core.flow import Step
from core.identity import Patient
from core.inpatient import (
    Admission,
    Allowed,
    ChargedDay,
    Contact,
    DailyList,
    DepositRequest,
    StayList,
)
from core.papers import Invoice, Papers
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient import (
    admission_pages,
    daily_list_pages,
    deposit_pages,
    discharge_pages,
    stays,
)
from kiosk.journeys.look_up import claims_pages

_AT, _DAY = "2026-01-05T09:12:00+08:00", "2026-01-05"
_PATIENT = Patient(
    *("P1", "欧**明", "3***************23", "138****5628", "F", 78, ("REAL_NAME",), "310"),
    None,
)
WHO = Identified(_PATIENT, None)
_DEPARTMENT = Text("心血管内科与介入治疗中心", "Cardiology and interventional therapy")
_WARD = Text("住院部二号楼第十六病区", "Inpatient building 2, ward 16")


def _line(number: int, name: Text, insurance: InsuranceClass, quantity: str, fen: int) -> BillLine:
    return BillLine(f"L{number}", name, insurance, quantity, Text("次", "time"), fen, fen)


_LINES = (
    _line(1, Text("床位费（三人间）", "Bed, three to a room"), InsuranceClass.A, "1", 5_000),
    _line(
        2,
        Text("注射用头孢呋辛钠 0.75g×10 支", "Cefuroxime sodium for injection 0.75 g × 10"),
        InsuranceClass.B,
        "2",
        23_480,
    ),
    _line(3, Text("一级护理", "Nursing, first level"), InsuranceClass.A, "1", 4_800),
    _line(4, Text("陪护椅租用", "Chair for a relative"), InsuranceClass.OWN, "0.5", 1_500),
)
_DAY_FEN = sum(line.amount_fen for line in _LINES)
_DEPOSIT = Bill(
    "D1",
    1,
    "DEPOSIT",
    _DEPARTMENT,
    Text("王敏", "Wang Min"),
    _AT,
    (_line(9, Text("住院预交金", "Inpatient deposit"), InsuranceClass.OWN, "1", 1_000_000),),
    1_000_000,
)
_STAY_BILL = replace(_DEPOSIT, bill_id="B9", kind="INPATIENT", lines=_LINES, total_fen=_DAY_FEN)
REQUESTED = Admission(
    admission_id="A1",
    patient_id="P1",
    display_name=_PATIENT.display_name,
    state="REQUESTED",
    department=_DEPARTMENT,
    doctor=Text("王敏", "Wang Min"),
    ward=_WARD,
    bed="",
    requested_at=_AT,
    admitted_at="",
    noticed_at="",
    settled_at="",
    slip=None,
    deposit_fen=0,
    deposit_requests=(DepositRequest(_DEPOSIT, "OPEN"),),
    bill=None,
    pay_deposit=Allowed(True, ""),
    discharge=Allowed(False, "no_discharge_notice"),
)
ADMITTED = replace(REQUESTED, state="ADMITTED", bed="16-32", admitted_at=_AT)
NOTICED = replace(ADMITTED, state="NOTICED", deposit_fen=1_000_000, deposit_requests=())
LISTED = DailyList(
    *("A1", _PATIENT.display_name, _WARD, "16-32", _DAY, _LINES),
    *(_DAY_FEN, _DAY_FEN * 6, 1_000_000, _AT),
)
CHARGED = StayList(
    "A1",
    _STAY_BILL,
    (ChargedDay("2026-01-06", 3, _DAY_FEN - 5_000), ChargedDay(_DAY, 1, 5_000)),
    1_000_000,
    _AT,
)
SETTLED = Settlement(
    settlement_id="S1",
    state=SettlementState.COMPLETED,
    patient=_PATIENT.display_name,
    bills=(_STAY_BILL,),
    components=(
        Component(ComponentKind.INSURANCE_FUND, 20_000),
        Component(ComponentKind.PERSONAL_ACCOUNT, 0),
        Component(ComponentKind.SUBSIDY, 0),
        Component(ComponentKind.SELF_PAY, _DAY_FEN - 20_000),
    ),
    tenders=(
        Tender("T1", TenderKind.COMMERCIAL_DIRECT, 10_000, TenderState.TAKEN, ""),
        Tender("T2", TenderKind.DEPOSIT, _DAY_FEN - 30_000, TenderState.TAKEN, ""),
    ),
    options=(),
    total_fen=_DAY_FEN,
    due_fen=0,
    cash_fen=0,
    hold=None,
    reauthorise_fen=0,
    slip=None,
    pos=None,
    cash=None,
    trouble="",
    next_poll_ms=None,
    settled_at=_AT,
)
_INSURER = "温和人寿保险股份有限公司浙江分公司"
POLICY = Policy("CI1", _INSURER, "百万医疗住院补偿保险（2026 版）", True, False, 1_000_000, 80, 99)
CLAIM = Claim(
    claim_id="C1",
    settlement_id="S0",
    mode=ClaimMode.FAST,
    state=ClaimState.APPLIED,
    insurer=_INSURER,
    display_policy="********0101",
    total_fen=123_456_78,
    own_fen=4_567_89,
    paid_fen=0,
    reason="",
    applied_at=_AT,
    expected_by="2026-01-07",
    decided_on="",
)
_PAID = replace(CLAIM, claim_id="C2", state=ClaimState.SUCCEEDED, paid_fen=365_431)
_REFUSED = replace(CLAIM, claim_id="C3", state=ClaimState.REFUSED, decided_on="2026-01-07")
_CLAIMS = Claims((CLAIM, _PAID, _REFUSED))
_INVOICE = Invoice(
    "I1", "S1", "E_ISSUED", "01", 123_456_78, "33060126", "0012345678", "1a2b3c", _AT, "QR", None
)
_PAPERS = Papers((_INVOICE, replace(_INVOICE, settlement_id="S0", kind="02")), (), "A4")
_TERMS = ClaimTerms(
    "claim-2026-01",
    Text(
        "本人授权医院将本次就诊的费用、医保结算结果和票据信息提供给所选商业保险公司，"
        "仅用于理赔。授权 24 小时内有效。",
        "I authorise the hospital to give the fees, the public insurance's result and the "
        "invoices of this visit to the insurer that I choose, for the claim only. Valid for "
        "24 hours.",
    ),
    ("ID_CARD",),
    "1-2",
)

EXAMPLES: dict[str, Step[Any]] = {
    "stay_none": stays.no_stay(WHO),
    "admission_asked": admission_pages.asked_page(
        WHO, REQUESTED, Contact("王*英", "139****0000"), ""
    ),
    "admission_no_contact": admission_pages.asked_page(WHO, REQUESTED, None, "bad_phone"),
    "admission_contact_name": admission_pages.contact_name(WHO),
    "admission_contact_phone": admission_pages.contact_phone(WHO),
    "admission_done": admission_pages.admitted_page(WHO, ADMITTED, True),
    "admission_already": admission_pages.already_page(WHO, ADMITTED),
    "admission_copy": admission_pages.copy_page(WHO, False),
    "deposit_which": deposit_pages.which_page(
        WHO,
        replace(
            REQUESTED,
            deposit_requests=tuple(
                DepositRequest(replace(_DEPOSIT, bill_id=name), "OPEN") for name in ("D1", "D2")
            ),
        ),
    ),
    "deposit_asked": deposit_pages.asked_page(WHO, ADMITTED, _DEPOSIT),
    "deposit_nothing": deposit_pages.nothing_page(WHO, NOTICED),
    "deposit_paid": deposit_pages.paid_page(WHO, SETTLED, 1_000_000, True),
    "daily_list_days": daily_list_pages.days_page(WHO, CHARGED),
    "daily_list": daily_list_pages.list_page(WHO, LISTED),
    "daily_list_printed": daily_list_pages.printed_page(WHO, True),
    "discharge_list": discharge_pages.final_page(WHO, NOTICED, CHARGED, ""),
    "discharge_list_insurer": discharge_pages.final_page(WHO, NOTICED, CHARGED, _INSURER),
    "discharge_not_yet": discharge_pages.not_yet_page(WHO, ADMITTED),
    "discharge_sign": discharge_pages.sign_page(WHO, SETTLED),
    "discharge_settled": discharge_pages.settled_page(WHO, SETTLED, 523_400, True, True),
    "discharge_unsigned": discharge_pages.settled_page(WHO, SETTLED, 523_400, False, False),
    "discharge_rest": discharge_pages.rest_page(WHO, 523_400),
    "discharge_rest_asked": discharge_pages.rest_asked_page(WHO, 523_400),
    "discharge_rest_at_window": discharge_pages.rest_at_window_page(WHO, 523_400),
    "claims": claims_pages.claims_page(WHO, _CLAIMS),
    "claim_applied": claims_pages.claim_page(WHO, CLAIM),
    "claim_succeeded": claims_pages.claim_page(WHO, _PAID),
    "claim_refused": claims_pages.claim_page(WHO, _REFUSED),
    "claim_what": claims_pages.paid_page(WHO, _PAPERS, _CLAIMS),
    "claim_nothing": claims_pages.paid_page(WHO, Papers((), (), "A4"), _CLAIMS),
    "claim_terms": claims_pages.terms_page(WHO, _TERMS, ClaimMode.FAST),
    "claim_terms_direct": claims_pages.terms_page(WHO, _TERMS, ClaimMode.DIRECT),
    "claim_policies": claims_pages.policies_page(WHO, Policies((POLICY,)), ClaimMode.FAST),
    "claim_apply": claims_pages.apply_page(WHO, _INVOICE, POLICY),
    "claim_made": claims_pages.applied_page(WHO, CLAIM),
    "claim_made_refused": claims_pages.applied_page(WHO, _REFUSED),
}
