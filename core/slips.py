"""What each kind of slip says, before it is laid out.

Contents only: `terminal/slips.py` turns them into a Document in the patient's language, with the
hospital's name and the journal's proof. Slips never carry a full name or a full number.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Bill, Hold, Refund, Settlement, Slip, Text
from core.identity import Patient
from core.operation import OperationKind
from core.phrase import Phrase


@dataclass(frozen=True, slots=True)
class SettlementSlip:
    """Paid by whom, and what stays on hold."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class ReferralSlip:
    """This bill is settled at a window; nothing has been charged."""

    patient: Patient
    bills: tuple[Bill, ...]
    slip: Slip
    window: Text
    reason: str


@dataclass(frozen=True, slots=True)
class HoldSlip:
    """A pre-authorisation as placed."""

    patient: Patient
    hold: Hold


@dataclass(frozen=True, slots=True)
class RefundSlip:
    """Which money went back by which route."""

    refund: Refund


@dataclass(frozen=True, slots=True)
class DoubtSlip:
    """Something is being checked by a person: keep this, do not pay again."""

    operation_id: str
    operation_kind: OperationKind
    amount_fen: int


@dataclass(frozen=True, slots=True)
class WrittenSlip:
    """A slip that says what it says: a title, pairs, and where to go.

    `about`: what it belongs to, such as an appointment's id. `big`: one line in large type.
    `slip`: the backend's, with its code. `is_copy`: printed before, and marked so. `lines` stand
    below the pairs, each a paragraph.
    """

    about: str
    title: Phrase
    display_name: str
    pairs: tuple[tuple[Phrase, Phrase], ...]
    big: Phrase = ""
    lines: tuple[Phrase, ...] = ()
    slip: Slip | None = None
    is_copy: bool = False


SlipContent = SettlementSlip | ReferralSlip | HoldSlip | RefundSlip | DoubtSlip | WrittenSlip
