"""Where somebody's money is, as it goes over the wire: docs/backend_api/cases.md."""

from __future__ import annotations

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.people.shapes import Patient


class MoneyStep(Shape):
    """One step. `proof`: the number that its platform knows it by, masked for patients."""

    step: str
    words: Words
    at: str
    amount_fen: int
    proof: str


class MoneyItem(Shape):
    """One payment, refund, hold, change slip, top-up, clean-out or case. `kind` and `state` are
    words of the books; `open`: something still happens to it. `owner` and `due_at`: of its open
    case, "" without one."""

    about: str
    kind: str
    title: Words
    amount_fen: int
    at: str
    state: str
    state_words: Words
    next: Words
    open: bool
    case_id: str
    owner: str
    due_at: str
    steps: tuple[MoneyStep, ...]


class MoneyTrail(Shape):
    """What still happens first, then the newest."""

    patient: Patient
    items: tuple[MoneyItem, ...]


class FoundPatients(Shape):
    """Whom a search found; more than one when names and phones are alike."""

    patients: tuple[Patient, ...]
