"""The fixed form of a day's report (S45): a CSV of sections, one fact a line.

Pure. What a reader would get wrong: amounts are yuan with two decimals, signed; columns and their
order are a contract, so new facts become new lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from core.money import format_yuan
from settlement_backend.reconciliation.shapes import DailyClose, LineShape

HEADER = ("section", "name", "detail", "ours", "theirs", "credited", "state", "reference")
Cells = tuple[str, str, str, str, str, str, str, str]
_MARK = "\ufeff"  # spreadsheets read UTF-8 by it
_NEVER_FIRST = ("=", "+", "@", "\t")  # what a spreadsheet would take for a formula


def daily_report(close: DailyClose, lines: Sequence[LineShape]) -> bytes:
    """The page of a day with its differing lines."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for row in (*_sums(close), *_differences(lines)):
        writer.writerow([f"'{cell}" if cell.startswith(_NEVER_FIRST) else cell for cell in row])
    return (_MARK + text.getvalue()).encode()


def _sums(close: DailyClose) -> Iterator[Cells]:
    yield ("DAY", close.day, close.closed_by, "", "", "", close.state, close.closed_at)
    yield ("TOTAL", "RECEIVABLE", "", yuan(close.receivable_fen), "", "", "", "")
    yield ("TOTAL", "DEPOSITED", "", "", "", yuan(close.deposited_fen), "", "")
    for each in close.channels:
        ours = each.booked_in_fen - each.booked_out_fen
        other = each.file_in_fen - each.file_out_fen
        name = f"{each.bank}:{each.channel}"
        amounts = (yuan(ours), yuan(other), yuan(each.credited_fen))
        yield ("CHANNEL", name, each.file_state, *amounts, each.credit, "")
    told = close.insurance
    detail = f"{told.our_count}/{told.their_count}"
    amounts = (yuan(told.our_fen), yuan(told.their_fen), "")
    yield ("INSURANCE", "ALL", detail, *amounts, told.state, "")
    for campus in close.campuses:
        for kind in campus.takings:
            amounts = (yuan(kind.taken_fen), "", "")
            given = yuan(-kind.given_fen)
            yield ("CAMPUS", campus.campus or "HOSPITAL", kind.kind, *amounts, "", given)
    for total in close.terminals:
        kept, said = (
            total.ledger_taken_fen - total.ledger_given_fen,
            total.journal_taken_fen - total.journal_given_fen,
        )
        amounts = (yuan(kept), yuan(said), "")
        yield ("TERMINAL", total.terminal_id, total.kind, *amounts, total.verdict, "")
    for box in close.cash:
        amounts = (yuan(box.expected_fen), yuan(box.counted_fen), "")
        yield ("CASH", box.terminal_id, box.kind, *amounts, box.verdict, box.at)
    for balance in close.balances:
        yield ("BALANCE", balance.account, "", yuan(balance.amount_fen), "", "", "", "")


def _differences(lines: Sequence[LineShape]) -> Iterator[Cells]:
    for line in lines:
        name, detail = f"{line.bank}:{line.channel}", f"{line.kind} {line.number}"
        amounts = (yuan(line.our_fen), yuan(line.their_fen), "")
        yield ("LINE", name, detail, *amounts, line.verdict, line.case_id)


def yuan(fen: int) -> str:
    """Signed, two decimals."""
    return f"-{format_yuan(-fen)}" if fen < 0 else format_yuan(fen)
