"""What is done when nobody can say what happened: write it, give the patient a slip, go on.

The operation stays open; recovery asks again until somebody knows. What a reader would get wrong:
sub-journeys only *say* `InDoubt`; whoever runs them decides, because a patient gets one slip and
recovery, which asks every minute, must not print one each time.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.journeys.print_slip import print_slip
from core.operation import OperationEvent, OperationKind
from core.slips import DoubtSlip
from core.steps import Record


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It may have happened. `reason`: who could not be heard."""

    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The backend holds it in suspense: a person owns it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Being checked: the patient must not pay again. `case_id` is what the slip names.

    `in_hand_fen`: cash of it that a cashier holds until it is known.
    """

    case_id: str
    printed: bool
    in_hand_fen: int = 0


async def leave_in_doubt(
    operation_id: str, kind: OperationKind, amount_fen: int, doubt: InDoubt | HandedOver
) -> Doubtful:
    """Journal the doubt, or that a person owns it, and print its slip."""
    handed = isinstance(doubt, HandedOver)
    event = OperationEvent.SUSPEND if handed else OperationEvent.DOUBT
    await Record(operation_id, kind, event, {"reason": doubt.reason})
    printed = await print_slip(DoubtSlip(operation_id, kind, amount_fen))
    return Doubtful(operation_id, printed)
