"""Arrears and findings of malice as a window's supervisor sees them (docs/backend_api/deferral.md).

What a reader would get wrong: a finding is two persons' word with evidence; no clock ever makes
one, and it suspends nobody by itself (N16).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.deferral import Suspension


@dataclass(frozen=True, slots=True)
class Arrears:
    """A visit whose bills are overdue. `state`: OVERDUE or SUSPENDING; `suspension` None: not
    suspended yet; `flag_id`: of a finding that stands, or ""."""

    registration_id: str
    patient_id: str
    display_name: str
    day: str
    state: str
    due_at: str
    open_fen: int
    suspension: Suspension | None
    flag_id: str


@dataclass(frozen=True, slots=True)
class ArrearsList:
    """The oldest first."""

    arrears: tuple[Arrears, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Malicious arrears: FLAGGED or WITHDRAWN. `reported`: the city knows its present state."""

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


@dataclass(frozen=True, slots=True)
class Findings:
    """Of one patient, the newest first, withdrawn ones too."""

    flags: tuple[Finding, ...]
