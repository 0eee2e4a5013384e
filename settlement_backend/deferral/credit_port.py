"""The city's credit, as the backend asks for it (C16): one protocol, whoever keeps the register.

What a reader would get wrong: silence says nothing about a person, never CLEAR; and every report
may come again as it was, because it is done once under its reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from settlement_backend.base.outside import Done, Silent


@dataclass(frozen=True, slots=True)
class CreditAt:
    """How a person's credit stands in the city. `since`, `hospital`: of the oldest suspension."""

    suspended: bool
    since: str
    hospital: str
    malicious: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """The register says no and did nothing. `code`: its own word."""

    code: str


@dataclass(frozen=True, slots=True)
class Arrears:
    """What suspends somebody. `since`: YYYY-MM-DD."""

    id_number: str
    reference: str
    amount_fen: int
    since: str

    def __repr__(self) -> str:
        return f"Arrears({self.reference})"


@dataclass(frozen=True, slots=True)
class Malice:
    """A finding of malicious arrears. `evidence_digest`: SHA-256 in small hex digits."""

    id_number: str
    reference: str
    evidence_digest: str
    operator: str

    def __repr__(self) -> str:
        return f"Malice({self.reference})"


Word = Done | Rejected | Silent


class CreditPort(Protocol):
    """One method a question or report; none raises for what the other side does."""

    def status(self, id_number: str) -> CreditAt | Silent:
        """Of all hospitals together."""

    def suspend(self, arrears: Arrears) -> Word:
        """From now on no hospital lets this person pay later (N15)."""

    def repair(self, id_number: str, reference: str) -> Word:
        """This entry stands no more."""

    def flag(self, malice: Malice) -> Word:
        """Into the credit file (N16)."""

    def withdraw(self, id_number: str, reference: str, operator: str) -> Word:
        """The finding was wrong."""
