"""What only a window is told of people, fields as docs/backend_api/people.md names them."""

from __future__ import annotations

from dataclasses import dataclass

from core.identity import Patient
from core.people import Decision


@dataclass(frozen=True, slots=True)
class PatientsFound:
    """Whom a shared number may mean, masked."""

    patients: tuple[Patient, ...]


@dataclass(frozen=True, slots=True)
class Revealed:
    """One field in full; never logged."""

    field: str
    value: str

    def __repr__(self) -> str:
        return f"Revealed({self.field}, …)"


@dataclass(frozen=True, slots=True)
class CardState:
    """`state`: RESERVED, ACTIVE, OPEN, LOST, REPLACED, TRANSFERRED or VOID."""

    card_number: str
    state: str


@dataclass(frozen=True, slots=True)
class Handover:
    """What became of an account. `kind`: GREEN_CHANNEL or MERGE; `bills`: how many went along."""

    from_id: str
    patient_id: str
    kind: str
    bills: int
    at: str


@dataclass(frozen=True, slots=True)
class Deceased:
    """A death as it is known. `refund`: whether it is proven, and what a refund still needs."""

    patient_id: str
    died_on: str
    documents: tuple[str, ...]
    refund: Decision
