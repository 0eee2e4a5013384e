"""Acts of the backend that settle, hold and hand over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Bill, Hold, HoldTerms, Settlement, TenderKind
from core.flow import Act
from core.operation import OperationKind
from core.ports import (
    HoldApproved,
    NotSent,
    Refused,
    Unknown,
)


@dataclass(frozen=True, slots=True)
class OpenSettlement(Act[Settlement | Refused | NotSent | Unknown]):
    """Lock the bills and quote: the settlement's id is the operation's.

    `with_pos`: this machine's card terminal completes its own holds when it is asked.
    """

    operation_id: str
    patient_id: str
    bills: tuple[Bill, ...]
    with_pos: bool = False


@dataclass(frozen=True, slots=True)
class CommitSettlement(Act[Settlement | Refused | NotSent | Unknown]):
    """Pay. `tender` None: existing money covers it. `attempt` counts refused tries of this one.

    `handed_fen`: the cash that was taken, and `change_fen`, what was given back of it; both 0:
    exactly what is due. `part_cash_fen`: so much of what is due is cash in a cashier's hand, and
    the tender takes the rest.
    """

    operation_id: str
    attempt: int
    tender: TenderKind | None
    auth_code: str
    due_fen: int
    handed_fen: int = 0
    change_fen: int = 0
    part_cash_fen: int = 0

    def __repr__(self) -> str:
        return f"CommitSettlement({self.operation_id}, {self.tender}, {self.due_fen})"


@dataclass(frozen=True, slots=True)
class FollowSettlement(Act[Settlement | NotSent | Unknown]):
    """Look until it is final, or only quoted, or it waits for this machine's card terminal, or
    `limit_s` is over; a wish to leave reverses.

    NotSent is evidence here: the backend's own word that it knows no such settlement.
    """

    operation_id: str
    limit_s: int


@dataclass(frozen=True, slots=True)
class CancelSettlement(Act[Settlement | Refused | NotSent | Unknown]):
    """Undo, in reverse order; answers with what is true afterwards."""

    operation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class FetchHoldTerms(Act[HoldTerms | Refused | NotSent | Unknown]):
    """May this patient place a hold, and between which limits (S10, S16)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class RegisterHold(Act[Hold | Refused | NotSent | Unknown]):
    """Tell the backend what the POS approved."""

    operation_id: str
    patient_id: str
    approved: HoldApproved


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A person owns the doubt now."""

    case_id: str
    owner: str


@dataclass(frozen=True, slots=True)
class ReportSuspense(Act[CaseOpened | Refused | NotSent | Unknown]):
    """Hand a doubt to a person, with the evidence there is."""

    operation_id: str
    kind: OperationKind
    amount_fen: int
    evidence: str
