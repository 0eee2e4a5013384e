"""What finance looks at: flows, holders, the stock of old balances by age (S46, S51, W19).

Talks to the database for looking only. What a reader would get wrong: flows are read from the
ledger, balances from the accounts; that both agree is a test's business, not this module's.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.ledger.tables import LedgerEntry, Posting
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Prepay
from settlement_backend.prepay.shapes import (
    AgeShape,
    FlowShape,
    HolderShape,
    StockShape,
    TotalsShape,
)
from settlement_backend.prepay.tables import PrepayAccount, PrepayLot

_FLOWS = {
    "TOP_UP": ("topup/", "C"),
    "OLD": ("opening/", "C"),
    "SPENT": ("take/", "D"),
    "RETURNED": ("return/", "C"),
    "REFUNDED": ("refund/", "C"),
    "CLEARING": ("clean/", "D"),
    "NOT_CLEARED": ("unclean/", "C"),
    "RECLAIMED": ("reclaim/", "C"),
    "LEDGERED": ("ledgered/", "D"),
}
_UNTIL_YEARS = (1, 3, 5, 0)
_DAYS_A_YEAR = 365
_MOST_HOLDERS = 1000
_ACCOUNTS = "prepaid:%"


def totals(session: Session, since: str, until: str) -> TotalsShape:
    """Money by kind of movement, both days included, and what is owed now."""
    owed = select(func.coalesce(func.sum(PrepayAccount.balance_fen), 0), func.count())
    owed_fen, accounts = session.execute(owed.where(PrepayAccount.balance_fen > 0)).one()
    return TotalsShape(
        since=since,
        until=until,
        flows=tuple(_flow(session, kind, since, until) for kind in _FLOWS),
        owed_fen=owed_fen,
        accounts=accounts,
    )


def _flow(session: Session, kind: str, since: str, until: str) -> FlowShape:
    prefix, side = _FLOWS[kind]
    wanted = (
        select(func.coalesce(func.sum(LedgerEntry.amount_fen), 0), func.count())
        .join(Posting, Posting.name == LedgerEntry.posting)
        .where(
            LedgerEntry.account.like(_ACCOUNTS),
            LedgerEntry.side == side,
            LedgerEntry.posting.like(prefix + "%"),
            Posting.at >= since,
            Posting.at < until + "U",
        )
    )
    amount_fen, count = session.execute(wanted).one()
    return FlowShape(kind=kind, amount_fen=amount_fen, count=count)


def idle(session: Session, days: int, today: date) -> tuple[HolderShape, ...]:
    """Balances that have not moved for so many days, the longest first (S51)."""
    return tuple(h for h in holders(session, today) if h.idle_days >= days)


def holders(session: Session, today: date) -> tuple[HolderShape, ...]:
    """Accounts with a balance, the oldest money first."""
    oldest = (
        select(PrepayLot.person_id, func.min(PrepayLot.day).label("day"))
        .where(PrepayLot.left_fen > 0)
        .group_by(PrepayLot.person_id)
        .subquery()
    )
    rows = session.execute(
        select(PrepayAccount, Person.name, oldest.c.day)
        .join(Person, Person.id == PrepayAccount.person_id)
        .join(oldest, oldest.c.person_id == PrepayAccount.person_id)
        .where(PrepayAccount.balance_fen > 0)
        .order_by(oldest.c.day, PrepayAccount.person_id)
        .limit(_MOST_HOLDERS)
    )
    return tuple(_holder(account, name, day, today) for account, name, day in rows)


def _holder(account: PrepayAccount, name: str, oldest_day: str, today: date) -> HolderShape:
    return HolderShape(
        patient_id=account.person_id,
        display_name=mask_name(name, Audience.WINDOW),
        balance_fen=account.balance_fen,
        state=account.state,
        oldest_day=oldest_day,
        age_days=(today - date.fromisoformat(oldest_day)).days,
        idle_days=(today - date.fromisoformat(account.moved_at[:10])).days,
    )


def stock(session: Session, rules: Prepay, under_way_fen: int, today: date) -> StockShape:
    """The list of accounts, their ageing, and the progress of the clean-out (W19)."""
    listed = holders(session, today)
    deadline = rules.cleanout_deadline
    return StockShape(
        deadline=deadline.isoformat() if deadline else "",
        days_left=max(0, (deadline - today).days) if deadline else 0,
        accounts=listed,
        ages=tuple(_ages(listed)),
        open_fen=sum(holder.balance_fen for holder in listed),
        under_way_fen=under_way_fen,
        returned_fen=_returned_fen(session) - under_way_fen,
        ledgered_fen=_ledger_sum(session, "unreturned:%"),
    )


def _ages(listed: tuple[HolderShape, ...]) -> list[AgeShape]:
    """Each account in the first class that its oldest money fits in; the last takes the rest."""
    classes, left = [], list(listed)
    for years in _UNTIL_YEARS:
        inside = [h for h in left if not years or h.age_days <= years * _DAYS_A_YEAR]
        left = [holder for holder in left if holder not in inside]
        amount_fen = sum(holder.balance_fen for holder in inside)
        classes.append(AgeShape(until_years=years, accounts=len(inside), amount_fen=amount_fen))
    return classes


def _returned_fen(session: Session) -> int:
    return session.scalar(select(func.coalesce(func.sum(PrepayLot.returned_fen), 0))) or 0


def _ledger_sum(session: Session, accounts: str) -> int:
    """Credits less debits of all accounts of a form."""
    signed = case((LedgerEntry.side == "C", LedgerEntry.amount_fen), else_=-LedgerEntry.amount_fen)
    wanted = select(func.coalesce(func.sum(signed), 0)).where(LedgerEntry.account.like(accounts))
    return int(session.scalar(wanted) or 0)
