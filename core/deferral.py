"""Pay later and agreements, as the backend tells them (docs/backend_api/{deferral,agreements}.md).

Everything is kept by ID number: each card and code of one number has the same account (W08). What a
reader would get wrong: `open_fen` is what is not settled yet, before the insurance bears its part;
only a quote says what the patient pays.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Text
from core.errors import Inconsistent

STANDING = frozenset({"SIGNED", "REPAIRED", "SUSPENDED"})
"""States in which there is an agreement that can be ended."""
DEBIT = "BOUND_DEBIT"
"""The kind of agreement that a terminal may cancel; credit lines end at their bank."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a rule. `message_key`: a reason code; `needs`: what must be there for it."""

    allow: bool
    rule_id: str
    message_key: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """SIGNED, SUSPENDED, REPAIRED or CANCELLED. `signer`: PATIENT or GUARDIAN;
    `signature_digest`: of what was drawn, "" on paper."""

    agreement_id: str
    state: str
    text_version: str
    signer: str
    repay_by_debit: bool
    signature_digest: str
    signed_at: str
    cancelled_at: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """Arrears of this hospital. `lacks`: PAID, REPAIR_CONFIRMED."""

    reference: str
    amount_fen: int
    since: str
    state: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """The city's last word: CLEAR, SUSPENDED or UNKNOWN. `here`: by our own arrears."""

    state: str
    since: str
    here: bool
    malicious: bool
    suspensions: tuple[Suspension, ...]


@dataclass(frozen=True, slots=True)
class WaitingBill:
    """A bill of a visit. `waits`: it may be paid later and is not paid yet."""

    bill_id: str
    version: int
    kind: str
    department: Text
    issued_at: str
    total_fen: int
    state: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Repayment:
    """A payment of waiting bills; `automatic`: debited with nobody present."""

    settlement_id: str
    amount_fen: int
    settled_at: str
    automatic: bool


@dataclass(frozen=True, slots=True)
class DeferredVisit:
    """The waiting bills of one visit, to be paid at once (N06). Times are "" while it goes on.

    `state`: ACCUMULATING, DUE, OVERDUE, SUSPENDING or PAID.
    """

    registration_id: str
    day: str
    state: str
    started_at: str
    due_at: str
    suspends_at: str
    paid_at: str
    open_fen: int
    bills: tuple[WaitingBill, ...]
    repayments: tuple[Repayment, ...]

    def __post_init__(self) -> None:
        if sum(bill.total_fen for bill in self.bills if bill.waits) != self.open_fen:
            raise Inconsistent(f"bills of visit {self.registration_id} do not sum to its debt")


@dataclass(frozen=True, slots=True)
class DeferralAccount:
    """Everything of one person (W10). `state`: NOT_ELIGIBLE, ELIGIBLE, SIGNED, CANCELLED,
    SUSPENDED or REPAIRED (counts like SIGNED)."""

    patient_id: str
    state: str
    scheme: str
    risk_bearer: str
    may_sign: Decision
    signature: Signature | None
    credit: Credit
    open_fen: int
    visits: tuple[DeferredVisit, ...]

    def __post_init__(self) -> None:
        if sum(visit.open_fen for visit in self.visits) != self.open_fen:
            raise Inconsistent("visits do not sum to the account's debt")

    @property
    def stands(self) -> bool:
        """Whether something is signed that can be ended."""
        return self.signature is not None and self.signature.state in STANDING


@dataclass(frozen=True, slots=True)
class Commitment:
    """The text that is signed; a signed version is never changed."""

    version: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class SigningPage:
    """What a guided signing shows (H08). `commitment` None: signed at a bank, by `product`."""

    decision: Decision
    scheme: str
    risk_bearer: str
    commitment: Commitment | None
    product: str
    qr_text: str
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What bills are paid by: BOUND_DEBIT, CREDIT_LINE or FAMILY_CREDIT_LINE; `payer` is masked.

    `state`: WAITING (the code is shown), SIGNED or CANCELLED. `form`: of a credit line, CARD or
    DIGITAL (H07). `left_fen`: what it may still take today.
    """

    agreement_id: str
    patient_id: str
    kind: str
    state: str
    payer: str
    channel: str
    product: str
    form: str
    risk_bearer: str
    limit_fen: int
    left_fen: int
    code_url: str
    signed_at: str
    cancelled_at: str


@dataclass(frozen=True, slots=True)
class Agreements:
    """Of one patient, the oldest first."""

    agreements: tuple[Agreement, ...]
