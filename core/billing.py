"""Bills, their split into components, tenders, holds and settlements, as the backend tells them.

The backend decides every amount; this side only checks that parts sum to their total and refuses
to show anything that does not (domain.md B.15.4). A terminal never derives one part from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import Inconsistent


@dataclass(frozen=True, slots=True)
class Text:
    """A name the backend sends in both languages."""

    zh: str
    en: str


class InsuranceClass(StrEnum):
    """甲 fully within the scheme, 乙 part paid first by the person, 自费 own expense."""

    A = "A"
    B = "B"
    OWN = "OWN"


@dataclass(frozen=True, slots=True)
class BillLine:
    """One item. `quantity` is a display text such as "2"; the amount is already rounded.

    `executed`: carried out already, so it cannot be given up any more.
    """

    line_id: str
    name: Text
    insurance_class: InsuranceClass
    quantity: str
    unit: Text
    unit_price_fen: int
    amount_fen: int
    executed: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """One fee group. `version` changes whenever a doctor changes a line."""

    bill_id: str
    version: int
    kind: str
    department: Text
    doctor: Text
    issued_at: str
    lines: tuple[BillLine, ...]
    total_fen: int

    def __post_init__(self) -> None:
        if sum(line.amount_fen for line in self.lines) != self.total_fen:
            raise Inconsistent(f"lines of bill {self.bill_id} do not sum to its total")


class PaidFrom(StrEnum):
    """Who is paying a bill on a phone right now (N18)."""

    RELATIVE = "RELATIVE"
    ELSEWHERE = "ELSEWHERE"


@dataclass(frozen=True, slots=True)
class BillElsewhere:
    """A bill that somebody pays on a phone at this moment; nobody else may."""

    bill: Bill
    by: PaidFrom


class ComponentKind(StrEnum):
    """Non-overlapping parts that sum to the total (domain.md B.1.3)."""

    INSURANCE_FUND = "INSURANCE_FUND"
    PERSONAL_ACCOUNT = "PERSONAL_ACCOUNT"
    SUBSIDY = "SUBSIDY"
    SELF_PAY = "SELF_PAY"
    MUTUAL_AID = "MUTUAL_AID"
    HOSPITAL = "HOSPITAL"


ALWAYS_TOLD = (
    ComponentKind.INSURANCE_FUND,
    ComponentKind.PERSONAL_ACCOUNT,
    ComponentKind.SUBSIDY,
    ComponentKind.SELF_PAY,
)


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the insurance split."""

    kind: ComponentKind
    amount_fen: int


class TenderKind(StrEnum):
    """How self-pay money is taken, in the words of the profile's `tender_order`."""

    PREPAY_BALANCE = "PREPAY_BALANCE"
    PREAUTH = "PREAUTH"
    SCAN = "SCAN"
    CASH = "CASH"
    COMMERCIAL_DIRECT = "COMMERCIAL_DIRECT"
    DEPOSIT = "DEPOSIT"
    CREDIT_LINE = "CREDIT_LINE"
    FAMILY_CREDIT_LINE = "FAMILY_CREDIT_LINE"
    BOUND_DEBIT = "BOUND_DEBIT"
    ONE_CODE = "ONE_CODE"
    BANK_CARD = "BANK_CARD"
    REMOTE = "REMOTE"


class TenderState(StrEnum):
    """One tender of one settlement."""

    PLANNED = "PLANNED"
    PAYING = "PAYING"
    TAKEN = "TAKEN"
    RETURNED = "RETURNED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Tender:
    """`label` is display text such as a masked card number; "" where there is none.

    `payer`: somebody else than the patient, masked by the backend (W04).
    """

    tender_id: str
    kind: TenderKind
    amount_fen: int
    state: TenderState
    label: str
    payer: str = ""


@dataclass(frozen=True, slots=True)
class TenderOption:
    """A way to pay what existing money does not cover. `reason` names why not, else "".

    `payer`: whose agreement it is, masked; `left_fen`: what it may still take today (W01, W03).
    `place`: the only place where it works.
    """

    kind: TenderKind
    allowed: bool
    reason: str
    payer: str = ""
    left_fen: int | None = None
    place: Text | None = None


class PosOrderKind(StrEnum):
    """What a settlement asks of the card terminal."""

    SALE = "SALE"
    COMPLETION = "COMPLETION"


@dataclass(frozen=True, slots=True)
class PosOrder:
    """What this settlement asks of this machine's card terminal now, once.

    A sale goes under `reference`; a completion takes from the hold that `receipt` and `trace` name
    at the card terminal that made it.
    """

    kind: PosOrderKind
    tender_id: str
    reference: str
    hold_id: str
    auth_code: str
    rrn: str
    receipt: str
    trace: str
    amount_fen: int


class Completer(StrEnum):
    """Who can complete a hold: the acquirer through the backend, or only the POS that made it."""

    ACQUIRER = "ACQUIRER"
    THIS_POS = "THIS_POS"


@dataclass(frozen=True, slots=True)
class Hold:
    """A pre-authorisation. held = taken + released + remaining, checked."""

    hold_id: str
    amount_fen: int
    taken_fen: int
    released_fen: int
    remaining_fen: int
    state: str
    masked_card: str
    expires_on: str
    completer: Completer

    def __post_init__(self) -> None:
        if self.taken_fen + self.released_fen + self.remaining_fen != self.amount_fen:
            raise Inconsistent(f"parts of hold {self.hold_id} do not sum to its amount")


@dataclass(frozen=True, slots=True)
class Reauthorisation:
    """A larger hold in place of one that is too small (S12).

    `release_receipt`: what this machine's card terminal releases now; "" when it is not its own.
    """

    reauthorisation_id: str
    state: str
    release_receipt: str


@dataclass(frozen=True, slots=True)
class HoldTerms:
    """What the policy profile says of a new hold for this patient (S10). Limits inclusive, fen."""

    allowed: bool
    reason: str
    min_fen: int
    max_fen: int
    suggestions_fen: tuple[int, ...]


class SettlementState(StrEnum):
    """States of a visit's settlement. The backend alone moves them."""

    QUOTED = "QUOTED"
    INSURED = "INSURED"
    PAYING = "PAYING"
    COMPLETED = "COMPLETED"
    REVERSING = "REVERSING"
    REVERSED = "REVERSED"
    CANCELLED = "CANCELLED"
    SUSPENSE = "SUSPENSE"


FINAL_STATES = frozenset(
    {
        SettlementState.COMPLETED,
        SettlementState.REVERSED,
        SettlementState.CANCELLED,
        SettlementState.SUSPENSE,
    }
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A paper's identity: `qr_text` carries type, id and MAC and is checked by the backend."""

    slip_id: str
    qr_text: str


@dataclass(frozen=True, slots=True)
class CashTaken:
    """Cash of a settlement: handed = to take + change + owed. `slip`: a window pays `owed_fen`."""

    to_take_fen: int
    handed_fen: int
    change_fen: int
    owed_fen: int
    slip: Slip | None

    def __post_init__(self) -> None:
        if self.to_take_fen + self.change_fen + self.owed_fen != self.handed_fen:
            raise Inconsistent("what was handed over is not what was taken and given back")


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement as the backend sees it now.

    total = sum of components; self-pay = sum of tenders + `due_fen` (not yet covered).
    `trouble` is a reason code ("" when none), `next_poll_ms` is None in a final state. `cash_fen`:
    what is due when it is paid in cash. `reauthorise_fen`: a hold of so much would pay it all, 0:
    that is not the way (S12). `pos`: what it asks of this machine's card terminal now.
    """

    settlement_id: str
    state: SettlementState
    patient: str
    bills: tuple[Bill, ...]
    components: tuple[Component, ...]
    tenders: tuple[Tender, ...]
    options: tuple[TenderOption, ...]
    total_fen: int
    due_fen: int
    cash_fen: int
    hold: Hold | None
    reauthorise_fen: int
    slip: Slip | None
    pos: PosOrder | None
    cash: CashTaken | None
    trouble: str
    next_poll_ms: int | None
    settled_at: str

    def __post_init__(self) -> None:
        if sum(bill.total_fen for bill in self.bills) != self.total_fen:
            raise Inconsistent(f"bills of {self.settlement_id} do not sum to the total")
        if sum(part.amount_fen for part in self.components) != self.total_fen:
            raise Inconsistent(f"components of {self.settlement_id} do not sum to the total")
        if sum(tender.amount_fen for tender in self.tenders) + self.due_fen != self.self_pay_fen:
            raise Inconsistent(f"tenders of {self.settlement_id} do not sum to the self-pay")

    @property
    def self_pay_fen(self) -> int:
        """What the person pays: the SELF_PAY component, in fen."""
        return sum(
            part.amount_fen for part in self.components if part.kind is ComponentKind.SELF_PAY
        )

    @property
    def final(self) -> bool:
        """True when no further step of the backend can change it."""
        return self.state in FINAL_STATES


@dataclass(frozen=True, slots=True)
class RefundPart:
    """One route of a refund: how much goes back where. `state`: PLANNED, ASKED, PAYING (a transfer
    under way) or DONE."""

    route: str
    amount_fen: int
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Refund:
    """ACCEPTED -> REVIEWED -> CONFIRMED -> PAID, or REJECTED (W20). NEED_REALNAME_RESUBMIT: an
    account is missing; PAYOUT_UNKNOWN: a person knows that nobody answers."""

    refund_id: str
    state: str
    settlement_id: str
    total_fen: int
    parts: tuple[RefundPart, ...]
    slip: Slip | None

    def __post_init__(self) -> None:
        if sum(part.amount_fen for part in self.parts) != self.total_fen:
            raise Inconsistent(f"parts of refund {self.refund_id} do not sum to its total")

    @property
    def cash_fen(self) -> int:
        """What is given out of the drawer."""
        return sum(part.amount_fen for part in self.parts if part.route == "CASH")

    @property
    def by_transfer(self) -> bool:
        """All that is left goes by bank transfer, which takes days; the backend watches it."""
        left = [part for part in self.parts if part.state != "DONE"]
        if not left or any(part.route != "TRANSFER" for part in left):
            return False
        sent = all(part.state == "PAYING" for part in left)
        return self.state == "NEED_REALNAME_RESUBMIT" or (self.state == "CONFIRMED" and sent)


@dataclass(frozen=True, slots=True)
class Doctor:
    """One bookable session of today."""

    schedule_id: str
    name: Text
    title: Text
    session: Text
    room: Text
    fee_fen: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Department:
    """A department with the doctors that still take patients today."""

    code: str
    name: Text
    place: Text
    doctors: tuple[Doctor, ...]


@dataclass(frozen=True, slots=True)
class Registration:
    """A place with a doctor, held until its bill is settled."""

    registration_id: str
    bill: Bill
    department: Text
    doctor: Text
    room: Text
    queue_number: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Items that the patient does not want: a wish that a window decides, by this slip (N10)."""

    slip: Slip
    line_ids: tuple[str, ...]
