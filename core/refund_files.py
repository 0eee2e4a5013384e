"""A refund as a window sees it: who asked, what goes back, by which routes and why, each step.

Field names are those of docs/backend_api/refunds.md. What a reader would get wrong: a patient's
screen reads `core/refunds.py`, which has no payer and no staff in it (W31); this never goes there.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Slip, Text
from core.errors import Inconsistent
from core.history import StepTaken


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """One item that is given back."""

    line_id: str
    name: Text
    quantity: str
    unit: Text
    amount_fen: int


@dataclass(frozen=True, slots=True)
class RefundRoute:
    """One route. `state`: PLANNED, ASKED, PAYING (a transfer under way) or DONE. `payer`: who gets
    it when that is not the patient (W04), masked."""

    part_id: str
    route: str
    amount_fen: int
    label: str
    state: str
    why: Text
    payer: str


@dataclass(frozen=True, slots=True)
class RefundFile:
    """One refund. `needs`: PAYEE while the account of a transfer is missing. `warning`: money may
    reach somebody else than the patient (W31)."""

    refund_id: str
    state: str
    settlement_id: str
    patient_id: str
    display_name: str
    total_fen: int
    lines: tuple[RefundedLine, ...]
    parts: tuple[RefundRoute, ...]
    slip: Slip | None
    asked_at: str
    reason: str
    steps: tuple[StepTaken, ...]
    needs: tuple[str, ...]
    warning: Text | None

    def __post_init__(self) -> None:
        if sum(part.amount_fen for part in self.parts) != self.total_fen:
            raise Inconsistent(f"parts of refund {self.refund_id} do not sum to its total")

    @property
    def number(self) -> str:
        """What the patient reads out at a window: the first digits of its id."""
        return self.refund_id[:8].upper()

    @property
    def cash_fen(self) -> int:
        """What is given out of the drawer."""
        return sum(part.amount_fen for part in self.parts if part.route == "CASH")

    @property
    def without_account(self) -> RefundRoute | None:
        """The first transfer whose account nobody has told yet."""
        if "PAYEE" not in self.needs:
            return None
        transfers = (one for one in self.parts if one.route == "TRANSFER")
        return next((one for one in transfers if one.state == "PLANNED"), None)


@dataclass(frozen=True, slots=True)
class RefundFiles:
    """Newest first."""

    refunds: tuple[RefundFile, ...]
