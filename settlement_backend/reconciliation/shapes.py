"""Reconciliation as it goes over the wire: docs/backend_api/reconciliation.md."""

from __future__ import annotations

from settlement_backend.base.shapes import Shape
from settlement_backend.staff.takings import Taking


class LineShape(Shape):
    """One movement with both sides. `case_state`: "" without a case."""

    line_id: str
    day: str
    bank: str
    channel: str
    kind: str
    number: str
    verdict: str
    our_fen: int
    their_fen: int
    our_day: str
    their_day: str
    reference: str
    about: str
    campus: str
    case_id: str
    case_state: str
    correction: str


class LineList(Shape):
    """Unknown ones first."""

    lines: tuple[LineShape, ...]


class VerdictCount(Shape):
    """How many lines of a day have a verdict, and how far they are apart."""

    verdict: str
    count: int
    apart_fen: int


class ChannelClose(Shape):
    """A bank's channel on a day: our books, its file, what the bank credited.

    `file_state`: READY, EMPTY, NOT_READY, SILENT or DAMAGED; `credit`: MATCHED, AMOUNT_DIFF, or
    NOT_READY while no statement was entered.
    """

    bank: str
    channel: str
    file_state: str
    trouble: str
    booked_in_fen: int
    booked_out_fen: int
    file_in_fen: int
    file_out_fen: int
    credited_fen: int
    credit: str


class InsuranceClose(Shape):
    """The insurance's word on a day: AGREES, DIFFERS or NOT_READY."""

    state: str
    trouble: str
    our_count: int
    our_fen: int
    their_count: int
    their_fen: int


class CampusClose(Shape):
    """What the terminals of a campus took and gave, by the ledger. "" is the whole hospital, with
    what no terminal took."""

    campus: str
    takings: tuple[Taking, ...]
    receivable_fen: int


class TerminalClose(Shape):
    """A terminal's journal beside our ledger: MATCHED, AMOUNT_DIFF, ONLY_THERE or ONLY_HERE."""

    terminal_id: str
    kind: str
    journal_taken_fen: int
    journal_given_fen: int
    ledger_taken_fen: int
    ledger_given_fen: int
    verdict: str


class TerminalList(Shape):
    """Of one terminal and day."""

    totals: tuple[TerminalClose, ...]


class BoxClose(Shape):
    """A cash box or drawer that was counted that day."""

    kind: str
    terminal_id: str
    at: str
    counted_fen: int
    expected_fen: int
    verdict: str
    explanation: str


class BalanceShape(Shape):
    """What stands on a group of accounts at the end of the day: positive is ours."""

    account: str
    amount_fen: int


class DailyClose(Shape):
    """A day of the hospital (日清日结): receivable, deposited, balances, and every difference.

    `state`: OPEN or DONE; `receivable_fen`: what came in outside less what went out;
    `deposited_fen`: what banks credited and drawers and boxes held when they were counted.
    """

    day: str
    state: str
    ran_at: str
    closed_by: str
    closed_at: str
    receivable_fen: int
    deposited_fen: int
    verdicts: tuple[VerdictCount, ...]
    channels: tuple[ChannelClose, ...]
    insurance: InsuranceClose
    campuses: tuple[CampusClose, ...]
    terminals: tuple[TerminalClose, ...]
    cash: tuple[BoxClose, ...]
    balances: tuple[BalanceShape, ...]


class CreditShape(Shape):
    """A line of a bank's statement that was entered."""

    credit_id: str
    day: str
    bank: str
    channel: str
    amount_fen: int
    reference: str
    operator: str
    at: str
