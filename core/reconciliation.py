"""A day of the hospital beside its banks, its terminals and the insurance; fields as
reconciliation.md names them.

What a reader would get wrong: unlike elsewhere amounts here may be negative: more went out than
came in, or a balance is owed. Each such field says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.money import SIGNED
from core.shifts import Taking

VERDICTS = ("NOT_READY", "STATUS_DIFF", "AMOUNT_DIFF", "ONLY_THERE", "ONLY_HERE", "MATCHED")
"""Unknown first, the order of every list."""


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many lines have a verdict, and how far they are apart."""

    verdict: str
    count: int
    apart_fen: int


@dataclass(frozen=True, slots=True)
class ChannelClose:
    """A bank's channel: our books, its file, and what the bank credited."""

    bank: str
    channel: str
    file_state: str
    trouble: str
    booked_in_fen: int
    booked_out_fen: int
    file_in_fen: int
    file_out_fen: int
    credited_fen: int = field(metadata=SIGNED)
    credit: str


@dataclass(frozen=True, slots=True)
class InsuranceClose:
    """AGREES, DIFFERS or NOT_READY."""

    state: str
    trouble: str
    our_count: int
    our_fen: int = field(metadata=SIGNED)
    their_count: int
    their_fen: int = field(metadata=SIGNED)


@dataclass(frozen=True, slots=True)
class CampusClose:
    """One campus; "" is the whole hospital."""

    campus: str
    takings: tuple[Taking, ...]
    receivable_fen: int = field(metadata=SIGNED)


@dataclass(frozen=True, slots=True)
class TerminalClose:
    """A terminal's journal beside the ledger."""

    terminal_id: str
    kind: str
    journal_taken_fen: int
    journal_given_fen: int
    ledger_taken_fen: int
    ledger_given_fen: int
    verdict: str


@dataclass(frozen=True, slots=True)
class CountedCash:
    """`kind`: CASH_BOX or DRAWER."""

    kind: str
    terminal_id: str
    at: str
    counted_fen: int
    expected_fen: int = field(metadata=SIGNED)
    verdict: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Balance:
    """At the end of the day: debits less credits."""

    account: str
    amount_fen: int = field(metadata=SIGNED)


@dataclass(frozen=True, slots=True)
class DailyClose:
    """As it stands. `state`: OPEN or DONE; `closed_by`: who signed it, or ""."""

    day: str
    state: str
    ran_at: str
    closed_by: str
    closed_at: str
    receivable_fen: int = field(metadata=SIGNED)
    deposited_fen: int = field(metadata=SIGNED)
    verdicts: tuple[VerdictCount, ...]
    channels: tuple[ChannelClose, ...]
    insurance: InsuranceClose
    campuses: tuple[CampusClose, ...]
    terminals: tuple[TerminalClose, ...]
    cash: tuple[CountedCash, ...]
    balances: tuple[Balance, ...]


@dataclass(frozen=True, slots=True)
class ReconciliationLine:
    """One movement with both sides. `kind`: PAY, REFUND, REVOKED, ADJUSTED."""

    line_id: str
    day: str
    bank: str
    channel: str
    kind: str
    number: str
    verdict: str
    our_fen: int = field(metadata=SIGNED)
    their_fen: int = field(metadata=SIGNED)
    our_day: str
    their_day: str
    reference: str
    about: str
    campus: str
    case_id: str
    case_state: str
    correction: str


@dataclass(frozen=True, slots=True)
class ReconciliationLines:
    """Unknown first."""

    lines: tuple[ReconciliationLine, ...]


@dataclass(frozen=True, slots=True)
class BankCredit:
    """A line of a bank's statement that finance entered."""

    credit_id: str
    day: str
    bank: str
    channel: str
    amount_fen: int = field(metadata=SIGNED)
    reference: str
    operator: str
    at: str
