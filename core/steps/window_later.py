"""Acts of a window's supervisor about arrears: who owes, repaired credit, findings of malice.

What a reader would get wrong: none of them moves money. Paying arrears is an ordinary settlement;
these only say what people found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from core.deferral import Suspension
from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.window_later import ArrearsList, Finding, Findings


@dataclass(frozen=True, slots=True)
class FetchArrears(Act[ArrearsList | Refused | NotSent | Unknown]):
    """Every overdue visit of the hospital (N14, N15)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ConfirmRepair(Act[Suspension | Refused | NotSent | Unknown]):
    """A person finds the credit repaired after everything was paid; the city is told (N15)."""

    durable: ClassVar[bool] = False
    reference: str


@dataclass(frozen=True, slots=True)
class FetchFindings(Act[Findings | Refused | NotSent | Unknown]):
    """What was found about one patient."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FindMalicious(Act[Finding | Refused | NotSent | Unknown]):
    """Two supervisors' word about one visit's arrears (N16). A visit has one standing finding."""

    durable: ClassVar[bool] = False
    registration_id: str
    evidence: str
    second_operator: str
    second_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawFinding(Act[Finding | Refused | NotSent | Unknown]):
    """It was wrong, or is over; withdrawn once."""

    durable: ClassVar[bool] = False
    flag_id: str
    reason: str
