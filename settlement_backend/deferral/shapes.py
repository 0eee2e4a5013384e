"""Pay-later as it is told: docs/backend_api/deferral.md.

What a reader would get wrong: `open_fen` is what is not settled yet, before the insurance bears its
part; only a quote says what the patient pays.
"""

from __future__ import annotations

from settlement_backend.acquirers.shapes import AgreementShape
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.deferral.commitment import Commitment
from settlement_backend.deferral.tables import DeferralAgreement, MaliciousFlag, Suspension
from settlement_backend.policy.decision import Decision


class SignatureTold(Shape):
    """A signature: SIGNED, SUSPENDED, REPAIRED or CANCELLED. `signer`: PATIENT or GUARDIAN;
    `signature_digest`: of the picture that was drawn, "" on paper."""

    agreement_id: str
    state: str
    text_version: str
    signer: str
    channel: str
    terminal_id: str
    repay_by_debit: bool
    signature_digest: str
    signed_at: str
    cancelled_at: str


class SuspensionTold(Shape):
    """Arrears of this hospital that suspended somebody; `lacks`: PAID, REPAIR_CONFIRMED."""

    reference: str
    registration_id: str
    amount_fen: int
    since: str
    state: str
    lacks: tuple[str, ...]


class CreditTold(Shape):
    """The city's last word. `state`: CLEAR, SUSPENDED or UNKNOWN; `here`: by our own arrears."""

    state: str
    since: str
    here: bool
    malicious: bool
    suspensions: tuple[SuspensionTold, ...]


class WaitingBillTold(Shape):
    """A bill of a visit. `waits`: it may be paid later and is not paid yet."""

    bill_id: str
    version: int
    kind: str
    department: Words
    issued_at: str
    total_fen: int
    state: str
    waits: bool


class RepaymentTold(Shape):
    """A payment of waiting bills; `automatic`: settled with nobody present."""

    settlement_id: str
    amount_fen: int
    settled_at: str
    automatic: bool


class VisitTold(Shape):
    """The waiting bills of one visit, to be paid at once (N06)."""

    registration_id: str
    day: str
    state: str
    started_at: str
    due_at: str
    suspends_at: str
    paid_at: str
    open_fen: int
    bills: tuple[WaitingBillTold, ...]
    repayments: tuple[RepaymentTold, ...]


class DeferralAccount(Shape):
    """Everything of one person (W10). `state`: that of the agreement (domain.md A.4);
    `bank_agreements`: credit lines of the scheme, when a bank or a platform bears the risk."""

    patient_id: str
    state: str
    scheme: str
    risk_bearer: str
    may_sign: Decision
    signature: SignatureTold | None
    credit: CreditTold
    open_fen: int
    visits: tuple[VisitTold, ...]
    bank_agreements: tuple[AgreementShape, ...]


class SigningPage(Shape):
    """What a guided page shows (H08). `commitment`: to be signed here, None when a bank's page is
    opened by `qr_text`; that is "" until `POST /v1/agreements` with `product` made a code."""

    decision: Decision
    scheme: str
    risk_bearer: str
    commitment: Commitment | None
    product: str
    qr_text: str
    steps: tuple[Words, ...]


class ArrearsTold(Shape):
    """One visit whose bills are overdue, for the window's supervisor."""

    registration_id: str
    patient_id: str
    display_name: str
    day: str
    state: str
    due_at: str
    open_fen: int
    suspension: SuspensionTold | None
    flag_id: str


class ArrearsList(Shape):
    """The oldest first."""

    arrears: tuple[ArrearsTold, ...]


class FlagTold(Shape):
    """A finding of malicious arrears. `reported`: the city knows its present state."""

    flag_id: str
    registration_id: str
    state: str
    evidence: str
    flagged_by: str
    second: str
    flagged_at: str
    withdrawn_by: str
    withdrawn_at: str
    withdrawn_because: str
    reported: bool


class FlagList(Shape):
    """Of one patient, the newest first."""

    flags: tuple[FlagTold, ...]


class SigningDay(Shape):
    """Signatures of one day and channel."""

    day: str
    channel: str
    signed: int
    cancelled: int


class SigningStatistics(Shape):
    """Between two days, and what stands now (N25)."""

    days: tuple[SigningDay, ...]
    signed: int
    cancelled: int
    standing: int
    suspended: int


def signature_told(row: DeferralAgreement) -> SignatureTold:
    """As it stands."""
    return SignatureTold(
        agreement_id=row.id,
        state=row.state,
        text_version=row.text_version,
        signer=row.signer,
        channel=row.channel,
        terminal_id=row.terminal_id,
        repay_by_debit=row.repay_by_debit,
        signature_digest=row.signature_digest,
        signed_at=row.signed_at,
        cancelled_at=row.cancelled_at,
    )


def suspension_told(row: Suspension, lacks: tuple[str, ...]) -> SuspensionTold:
    """As it stands."""
    return SuspensionTold(
        reference=row.reference,
        registration_id=row.set_id,
        amount_fen=row.amount_fen,
        since=row.since,
        state=row.state,
        lacks=lacks,
    )


def flag_told(row: MaliciousFlag) -> FlagTold:
    """As it stands."""
    return FlagTold(
        flag_id=row.id,
        registration_id=row.set_id,
        state=row.state,
        evidence=row.evidence,
        flagged_by=row.flagged_by,
        second=row.second,
        flagged_at=row.flagged_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
        reported=row.to_report == "",
    )
