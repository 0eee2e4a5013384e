"""Refunds as a patient asks for them and follows them (docs/backend_api/refunds.md).

What a reader would get wrong: a request that was accepted has moved no money; a window reviews it
and carries it out (C05). Nothing here names who paid (W31).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Slip, Text
from core.errors import Inconsistent

STEPS = ("ACCEPTED", "REVIEWED", "CONFIRMED", "PAID")
"""The four audited steps of every refund, in their order (W20)."""
UNDER_WAY = frozenset(
    {
        "ACCEPTED",
        "REVIEWED",
        "CONFIRMED",
        "NEED_REALNAME_RESUBMIT",
        "PAYOUT_UNKNOWN",
        "SUSPENSE",
    }
)
"""A settlement has one refund in one of these states at most."""


@dataclass(frozen=True, slots=True)
class RefundableLine:
    """One item. `reason`: why it cannot be asked back, a code; "" when it can."""

    line_id: str
    name: Text
    quantity: str
    unit: Text
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefundableSettlement:
    """What was paid at once. `reason`: why nothing of it can be asked for here; "" when something
    can. `warning`: money would go back to whoever paid (W31)."""

    settlement_id: str
    kind: str
    departments: tuple[Text, ...]
    settled_at: str
    total_fen: int
    reason: str
    lines: tuple[RefundableLine, ...]
    warning: Text | None

    def __post_init__(self) -> None:
        if sum(line.amount_fen for line in self.lines) != self.total_fen:
            raise Inconsistent(f"lines of {self.settlement_id} do not sum to its total")


@dataclass(frozen=True, slots=True)
class Refundable:
    """Settlements of 30 days, the newest first."""

    settlements: tuple[RefundableSettlement, ...]


@dataclass(frozen=True, slots=True)
class RefundWay:
    """One route. `state`: PLANNED, ASKED, PAYING (a transfer under way) or DONE."""

    route: str
    amount_fen: int
    label: str
    state: str
    why: Text


@dataclass(frozen=True, slots=True)
class RefundStep:
    """One step that was taken, and when."""

    step: str
    at: str


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """One refund. `needs`: PAYEE while an account to transfer to is missing."""

    refund_id: str
    state: str
    settlement_id: str
    total_fen: int
    parts: tuple[RefundWay, ...]
    slip: Slip | None
    asked_at: str
    reason: str
    steps: tuple[RefundStep, ...]
    needs: tuple[str, ...]
    warning: Text | None

    def __post_init__(self) -> None:
        if sum(part.amount_fen for part in self.parts) != self.total_fen:
            raise Inconsistent(f"parts of refund {self.refund_id} do not sum to its total")

    @property
    def number(self) -> str:
        """What the patient reads out at a window: the first digits of its id."""
        return self.refund_id[:8].upper()


@dataclass(frozen=True, slots=True)
class Contact:
    """Who gets a minor's money (W30). `kind`: CONTACT; `display_name` is masked."""

    kind: str
    display_name: str


@dataclass(frozen=True, slots=True)
class RefundRequests:
    """Of one patient, the newest first."""

    refunds: tuple[RefundRequest, ...]
