"""A day of the hospital on one page (S23, S45): receivable, deposited, balances, differences.

Talks to the database for looking only. What a reader would get wrong: the ledger knows no
terminals, so a campus is the sum of its terminals, and the hospital is the ledger itself: what no
terminal took (top-ups, transfers, clean-outs) is in the hospital alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from settlement_backend.base.errors import Refused
from settlement_backend.ledger.tables import LedgerEntry, Posting
from settlement_backend.reconciliation import terminal_leg
from settlement_backend.reconciliation.books import INSURANCE, THERE
from settlement_backend.reconciliation.compare import VERDICTS
from settlement_backend.reconciliation.shapes import (
    BalanceShape,
    CampusClose,
    ChannelClose,
    DailyClose,
    InsuranceClose,
    VerdictCount,
)
from settlement_backend.reconciliation.tables import (
    BankCredit,
    ChannelFile,
    InsuranceDay,
    ReconciliationDay,
    ReconciliationLine,
)
from settlement_backend.staff.takings import Taking, takings_of
from settlement_backend.terminals.tables import Terminal

_OUTSIDE = "outside:"
_GROUPS = (
    *("outside:cash", "outside:scan", "outside:onecode", "outside:debit", "outside:remote"),
    *("outside:card", "outside:hold", "outside:credit", "outside:claim", "outside:transfer"),
    *("outside:insurance", "borne", "rounding", "prepaid", "deposit", "change", "settling"),
    *("refunding", "cleaning", "unreturned", "difference", "opening", "revenue"),
)


def daily_close(session: Session, day: date) -> DailyClose:
    """As it stands now."""
    row = session.get(ReconciliationDay, day.isoformat())
    campuses = tuple(_campuses(session, day))
    cash = terminal_leg.counted(session, day)
    channels = tuple(_channels(session, day))
    return DailyClose(
        day=day.isoformat(),
        state=row.state if row is not None else "OPEN",
        ran_at=row.ran_at if row is not None else "",
        closed_by=row.closed_by if row is not None else "",
        closed_at=row.closed_at if row is not None else "",
        receivable_fen=campuses[0].receivable_fen,
        deposited_fen=sum(each.credited_fen for each in channels)
        + sum(each.counted_fen for each in cash),
        verdicts=tuple(_verdicts(session, day)),
        channels=channels,
        insurance=_insurance(session, day),
        campuses=campuses,
        terminals=terminal_leg.of_day(session, day),
        cash=cash,
        balances=tuple(_balances(session, day)),
    )


def check_ready(session: Session, day: date) -> None:
    """Whether a day may be closed: its files are there, the insurance answered, and nothing is
    unknown. Differences may be open: they have owners. Raises Refused `not_ready`."""
    told = daily_close(session, day)
    there = bool(told.channels) and all(each.file_state in THERE for each in told.channels)
    unknown = any(each.verdict == "NOT_READY" for each in told.verdicts)
    if not there or unknown or told.insurance.state == "NOT_READY":
        raise Refused("not_ready")


def _verdicts(session: Session, day: date) -> Iterator[VerdictCount]:
    """Unknown ones first."""
    apart = func.abs(ReconciliationLine.our_fen - ReconciliationLine.their_fen)
    rows = session.execute(
        select(ReconciliationLine.verdict, func.count(), func.coalesce(func.sum(apart), 0))
        .where(ReconciliationLine.day == day.isoformat())
        .group_by(ReconciliationLine.verdict)
    )
    found = {verdict: (count, int(apart_fen)) for verdict, count, apart_fen in rows}
    for verdict in VERDICTS:
        if verdict in found:
            count, apart_fen = found[verdict]
            yield VerdictCount(verdict=verdict, count=count, apart_fen=apart_fen)


def _channels(session: Session, day: date) -> Iterator[ChannelClose]:
    files = select(ChannelFile).where(ChannelFile.day == day.isoformat())
    booked = _booked(session, day)
    credited = _credited(session, day)
    for file in session.scalars(files.order_by(ChannelFile.bank, ChannelFile.channel)):
        key = (file.bank, file.channel)
        in_fen, out_fen = booked.get((*key, True), 0), booked.get((*key, False), 0)
        credit_fen = credited.get(key)
        yield ChannelClose(
            bank=file.bank,
            channel=file.channel,
            file_state=file.state,
            trouble=file.trouble,
            booked_in_fen=in_fen,
            booked_out_fen=out_fen,
            file_in_fen=file.in_fen,
            file_out_fen=file.out_fen,
            credited_fen=credit_fen or 0,
            credit=_credit(credit_fen, file),
        )


def _credit(credit_fen: int | None, file: ChannelFile) -> str:
    if file.state in THERE and file.in_fen == file.out_fen and not credit_fen:
        return "MATCHED"
    if credit_fen is None or file.state not in THERE:
        return "NOT_READY"
    return "MATCHED" if credit_fen == file.in_fen - file.out_fen else "AMOUNT_DIFF"


def _booked(session: Session, day: date) -> dict[tuple[str, str, bool], int]:
    """What our books have, by bank, channel and whether it came in."""
    line = ReconciliationLine
    came_in = line.kind == "PAY"
    rows = session.execute(
        select(line.bank, line.channel, came_in, func.sum(line.our_fen))
        .where(line.day == day.isoformat(), line.channel != INSURANCE)
        .group_by(line.bank, line.channel, came_in)
    )
    return {(bank, channel, bool(came)): int(fen) for bank, channel, came, fen in rows}


def _credited(session: Session, day: date) -> dict[tuple[str, str], int]:
    rows = session.execute(
        select(BankCredit.bank, BankCredit.channel, func.sum(BankCredit.amount_fen))
        .where(BankCredit.day == day.isoformat())
        .group_by(BankCredit.bank, BankCredit.channel)
    )
    return {(bank, channel): int(fen) for bank, channel, fen in rows}


def _insurance(session: Session, day: date) -> InsuranceClose:
    row = session.get(InsuranceDay, day.isoformat())
    if row is None:
        return InsuranceClose(
            state="NOT_READY", trouble="", our_count=0, our_fen=0, their_count=0, their_fen=0
        )
    return InsuranceClose(
        state=row.state,
        trouble=row.trouble,
        our_count=row.our_count,
        our_fen=row.our_fen,
        their_count=row.their_count,
        their_fen=row.their_fen,
    )


def _campuses(session: Session, day: date) -> Iterator[CampusClose]:
    """The hospital first, then its campuses by name."""
    terminals: dict[str, list[str]] = {}
    for row in session.scalars(select(Terminal).order_by(Terminal.campus, Terminal.id)):
        terminals.setdefault(row.campus, []).append(row.id)
    yield _campus("", _hospital(session, day))
    for campus, ids in terminals.items():
        of_all = (each for one in ids for each in terminal_leg.taken_on(session, one, day))
        yield _campus(campus, added(of_all))


def _campus(campus: str, told: tuple[Taking, ...]) -> CampusClose:
    receivable_fen = sum(each.taken_fen - each.given_fen for each in told)
    return CampusClose(campus=campus, takings=told, receivable_fen=receivable_fen)


def _hospital(session: Session, day: date) -> tuple[Taking, ...]:
    """Everything the ledger moved outside on a day."""
    rows = session.execute(
        select(
            LedgerEntry.account, LedgerEntry.side, func.sum(LedgerEntry.amount_fen), func.count()
        )
        .join(Posting, Posting.name == LedgerEntry.posting)
        .where(
            Posting.at >= day.isoformat(),
            Posting.at < (day + timedelta(days=1)).isoformat(),
            LedgerEntry.account.startswith(_OUTSIDE),
        )
        .group_by(LedgerEntry.account, LedgerEntry.side)
    )
    return takings_of((account, side, int(fen), count) for account, side, fen, count in rows)


def added(told: Iterator[Taking]) -> tuple[Taking, ...]:
    """Takings of several terminals, by kind."""
    sums: dict[str, Taking] = {}
    for each in told:
        before = sums.get(each.kind, Taking(kind=each.kind, taken_fen=0, given_fen=0, count=0))
        sums[each.kind] = Taking(
            kind=each.kind,
            taken_fen=before.taken_fen + each.taken_fen,
            given_fen=before.given_fen + each.given_fen,
            count=before.count + each.count,
        )
    return tuple(sums[kind] for kind in sorted(sums))


def _balances(session: Session, day: date) -> Iterator[BalanceShape]:
    """At the end of the day: debits less credits, so that what is ours is positive."""
    side = case((LedgerEntry.side == "D", LedgerEntry.amount_fen), else_=-LedgerEntry.amount_fen)
    rows = session.execute(
        select(LedgerEntry.account, func.sum(side))
        .join(Posting, Posting.name == LedgerEntry.posting)
        .where(Posting.at < (day + timedelta(days=1)).isoformat())
        .group_by(LedgerEntry.account)
    )
    sums: dict[str, int] = {}
    for account, fen in rows:
        group = next((name for name in _GROUPS if _is_of(account, name)), account)
        sums[group] = sums.get(group, 0) + int(fen)
    for group in sorted(sums):
        if sums[group]:
            yield BalanceShape(account=group, amount_fen=sums[group])


def _is_of(account: str, group: str) -> bool:
    return account == group or account.startswith(f"{group}:")
