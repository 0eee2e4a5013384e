"""What the model backend tells about later."""

from __future__ import annotations

from typing import Any

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
from core.flow import Act
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

TOTAL_FEN = 18_524
ALLOWED = Decision(True, "N01", "", ())
EXCLUDED = Decision(False, "N08", "deferral.excluded", ("THIRD_PARTY_LIABILITY",))
SIGNED = Signature(
    "D1", "SIGNED", "2026-01", "PATIENT", False, "ab" * 32, "2026-01-05T09:12:00+08:00", ""
)
CANCELLED = Signature(
    "D1",
    "CANCELLED",
    "2026-01",
    "PATIENT",
    False,
    "ab" * 32,
    "2026-01-05T09:12:00+08:00",
    "2026-01-06T10:00:00+08:00",
)
CLEAR = Credit("CLEAR", "", here=False, malicious=False, suspensions=())
SUSPENDED = Credit(
    "SUSPENDED",
    "2026-02-06",
    here=True,
    malicious=False,
    suspensions=(Suspension("SR1", TOTAL_FEN, "2026-02-06T10:00:00+08:00", "REPORTED", ("PAID",)),),
)
VISIT = DeferredVisit(
    registration_id="R1",
    day="2026-01-05",
    state="DUE",
    started_at="2026-01-05T11:00:00+08:00",
    due_at="2026-01-06T11:00:00+08:00",
    suspends_at="2026-02-05T11:00:00+08:00",
    paid_at="",
    open_fen=TOTAL_FEN,
    bills=(
        WaitingBill(
            "B1",
            1,
            "OUTPATIENT",
            Text("内科", "Medicine"),
            "2026-01-05T09:30:00+08:00",
            TOTAL_FEN,
            "OPEN",
            waits=True,
        ),
        WaitingBill(
            "B0",
            1,
            "OUTPATIENT",
            Text("检验科", "Laboratory"),
            "2026-01-05T09:20:00+08:00",
            2_000,
            "PAID",
            waits=False,
        ),
    ),
    repayments=(Repayment("S0", 2_000, "2026-01-05T12:00:00+08:00", automatic=True),),
)
ELIGIBLE_ACCOUNT = DeferralAccount(
    "P1", "ELIGIBLE", "HOSPITAL_CREDIT", "HOSPITAL", ALLOWED, None, CLEAR, 0, ()
)
SIGNED_ACCOUNT = DeferralAccount(
    "P1",
    "SIGNED",
    "HOSPITAL_CREDIT",
    "HOSPITAL",
    Decision(False, "N12", "deferral.already_signed", ()),
    SIGNED,
    CLEAR,
    TOTAL_FEN,
    (VISIT,),
)
COMMITMENT = Commitment(
    "2026-01",
    Text("先诊疗后付费信用承诺书", "Commitment to pay after treatment"),
    Text("本人自愿使用先诊疗后付费服务。", "I choose to be treated first."),
)
SIGNING_PAGE = SigningPage(
    ALLOWED,
    "HOSPITAL_CREDIT",
    "HOSPITAL",
    COMMITMENT,
    "",
    "",
    (Text("阅读信用承诺书", "Read the commitment"), Text("本人确认并签名", "Sign it")),
)
DEBIT = Agreement(
    agreement_id="A1",
    patient_id="P1",
    kind="BOUND_DEBIT",
    state="SIGNED",
    payer="王*国",
    channel="UNIONPAY",
    product="",
    form="",
    risk_bearer="",
    limit_fen=100_000,
    left_fen=80_000,
    code_url="",
    signed_at="2026-01-04T08:00:00+08:00",
    cancelled_at="",
)
ENDED = Agreement(
    agreement_id="A1",
    patient_id="P1",
    kind="BOUND_DEBIT",
    state="CANCELLED",
    payer="王*国",
    channel="UNIONPAY",
    product="",
    form="",
    risk_bearer="",
    limit_fen=0,
    left_fen=0,
    code_url="",
    signed_at="2026-01-04T08:00:00+08:00",
    cancelled_at="2026-01-06T10:00:00+08:00",
)
WAITING = Agreement(
    agreement_id="A2",
    patient_id="P1",
    kind="CREDIT_LINE",
    state="WAITING",
    payer="",
    channel="CREDIT",
    product="BANK_CREDIT_LINE",
    form="",
    risk_bearer="",
    limit_fen=0,
    left_fen=0,
    code_url="https://credit.example/sign/A2",
    signed_at="",
    cancelled_at="",
)
CREDIT_LINE = Agreement(
    agreement_id="A2",
    patient_id="P1",
    kind="CREDIT_LINE",
    state="SIGNED",
    payer="",
    channel="CREDIT",
    product="BANK_CREDIT_LINE",
    form="DIGITAL",
    risk_bearer="BANK",
    limit_fen=500_000,
    left_fen=500_000,
    code_url="",
    signed_at="2026-01-05T09:15:00+08:00",
    cancelled_at="",
)

TOLD: dict[type[Act[Any]], object] = {
    FetchDeferral: SIGNED_ACCOUNT,
    FetchSigningPage: SIGNING_PAGE,
    SignDeferral: SIGNED,
    CancelDeferral: CANCELLED,
    MayDefer: EXCLUDED,
    FindAgreements: Agreements((DEBIT,)),
    StartAgreement: WAITING,
    FetchAgreement: CREDIT_LINE,
    CancelAgreement: ENDED,
}
