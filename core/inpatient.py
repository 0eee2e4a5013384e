"""Stays in hospital as the backend tells them: deposits, charges of a day, the signed sheet.

Fields are named as docs/backend_api/inpatient.md names them; pydantic reads the bytes into them.
What a reader would get wrong: a deposit asked for is a `Bill` like any other and is settled like
one; it is no prepayment of an outpatient and the ban of those says nothing about it (C14).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Bill, BillLine, Slip, Text
from core.errors import Inconsistent


@dataclass(frozen=True, slots=True)
class Allowed:
    """May it be done at this terminal now. `message_key`: why not, a reason code, else ""."""

    allow: bool
    message_key: str


@dataclass(frozen=True, slots=True)
class DepositRequest:
    """What a doctor asked for (H23). `state`: OPEN, LOCKED (being paid) or PAID."""

    bill: Bill
    state: str


@dataclass(frozen=True, slots=True)
class StayBill:
    """The bill of a stay without its lines."""

    bill_id: str
    version: int
    state: str
    total_fen: int


@dataclass(frozen=True, slots=True)
class Admission:
    """One stay: REQUESTED → ADMITTED → NOTICED → SETTLED, or CANCELLED.

    `deposit_fen`: what is left of what was paid in. `admitted_at`, `settled_at` are "" before.
    """

    admission_id: str
    patient_id: str
    display_name: str
    state: str
    department: Text
    doctor: Text
    ward: Text
    bed: str
    requested_at: str
    admitted_at: str
    noticed_at: str
    settled_at: str
    slip: Slip | None
    deposit_fen: int
    deposit_requests: tuple[DepositRequest, ...]
    bill: StayBill | None
    pay_deposit: Allowed
    discharge: Allowed

    @property
    def deposits_asked(self) -> tuple[Bill, ...]:
        """The deposits that wait to be paid, oldest first."""
        return tuple(asked.bill for asked in self.deposit_requests if asked.state == "OPEN")

    @property
    def asked_fen(self) -> int:
        """What they come to."""
        return sum(bill.total_fen for bill in self.deposits_asked)


@dataclass(frozen=True, slots=True)
class Admissions:
    """A person's stays, newest first."""

    admissions: tuple[Admission, ...]

    def newest(self, *states: str) -> Admission | None:
        """The newest in one of these states."""
        return next((stay for stay in self.admissions if stay.state in states), None)


@dataclass(frozen=True, slots=True)
class DailyList:
    """The charges of one day as they stand at `time` (S40, L04). The lines sum to `day_fen`."""

    admission_id: str
    display_name: str
    ward: Text
    bed: str
    day: str
    lines: tuple[BillLine, ...]
    day_fen: int
    charged_fen: int
    deposit_fen: int
    time: str

    def __post_init__(self) -> None:
        if sum(line.amount_fen for line in self.lines) != self.day_fen:
            raise Inconsistent(f"lines of {self.day} do not sum to the day's total")


@dataclass(frozen=True, slots=True)
class ChargedDay:
    """A day that has a list. `items`: how many lines."""

    day: str
    items: int
    day_fen: int


@dataclass(frozen=True, slots=True)
class StayList:
    """All charges of a stay, checked before discharge; the days sum to the bill."""

    admission_id: str
    bill: Bill | None
    days: tuple[ChargedDay, ...]
    deposit_fen: int
    time: str

    def __post_init__(self) -> None:
        if sum(day.day_fen for day in self.days) != (self.bill.total_fen if self.bill else 0):
            raise Inconsistent(f"days of {self.admission_id} do not sum to the bill")


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """Who saw the settlement sheet signed (L06). `way`: PAD or PAPER; `image_sha256`: "" on
    paper."""

    settlement_id: str
    way: str
    image_sha256: str
    terminal_id: str
    at: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the hospital calls, masked."""

    display_name: str
    display_phone: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """One at most; a new one ends the one before."""

    contact: Contact | None
