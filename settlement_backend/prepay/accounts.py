"""Balances that were paid in before treatment: moved together with their ledger posting.

Talks to the database only, inside the caller's transaction. A posting's name makes every movement
happen once. What a reader would get wrong: the balance, the ledger's `prepaid:<person>` and what
the lots have left are the same number; only the functions here may change any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.ledger.tables import LedgerEntry, Posting
from settlement_backend.notices import outbox
from settlement_backend.people.people import person_of
from settlement_backend.prepay import lots
from settlement_backend.prepay.lots import SetAside
from settlement_backend.prepay.tables import PrepayAccount, PrepayLot


@dataclass(frozen=True, slots=True)
class TopUp:
    """Where collected money came from. `day`: YYYY-MM-DD; `order_no`: the acquirer's."""

    channel: str
    day: str
    payer: str = ""
    acquirer: str = ""
    order_no: str = ""
    rule_id: str = ""
    terminal_id: str = ""


def account_of(person_id: str) -> str:
    """The ledger's account of what we owe this person."""
    return f"prepaid:{person_id}"


def balance_fen(session: Session, person_id: str) -> int:
    """What this person can spend, in fen; 0 without an account."""
    wanted = select(PrepayAccount.balance_fen).where(PrepayAccount.person_id == person_id)
    return session.scalar(wanted) or 0


def state_of(session: Session, person_id: str) -> str:
    """NONE, OPEN, FROZEN_FOR_CLEANOUT, CLEARED or LEDGERED."""
    wanted = select(PrepayAccount.state).where(PrepayAccount.person_id == person_id)
    return session.scalar(wanted) or "NONE"


def collect(
    session: Session,
    person_id: str,
    amount_fen: int,
    posting: str,
    from_account: str,
    top_up: TopUp,
    now: datetime,
) -> None:
    """A top-up: one more lot. The same posting again changes nothing. Raises NoSuch."""
    _make_sure(session, person_id, now)
    if not _book(session, posting, Move(from_account, account_of(person_id), amount_fen), now):
        return
    _raise(session, person_id, amount_fen, now)
    session.add(
        PrepayLot(
            id=posting,
            person_id=person_id,
            channel=top_up.channel,
            amount_fen=amount_fen,
            left_fen=amount_fen,
            day=top_up.day,
            payer=top_up.payer,
            acquirer=top_up.acquirer,
            order_no=top_up.order_no,
            rule_id=top_up.rule_id,
            terminal_id=top_up.terminal_id,
        )
    )
    session.flush()


def spend(
    session: Session,
    person_id: str,
    amount_fen: int,
    posting: str,
    to_account: str,
    now: datetime,
) -> bool:
    """Take from the balance, oldest lots first; False when it is not there.

    The same posting again is True and takes nothing more.
    """
    _lock(session, person_id)
    if session.get(Posting, posting) is not None:
        return True
    if not _lower(session, person_id, amount_fen, now):
        return False
    ledger.post(session, posting, stamp(now), [Move(account_of(person_id), to_account, amount_fen)])
    lots.draw(session, person_id, amount_fen)
    told = _told(session, person_id, amount_fen)
    outbox.tell(session, now, person_id, "prepay_spent", posting, **told)
    return True


def put_back(
    session: Session,
    person_id: str,
    amount_fen: int,
    posting: str,
    from_account: str,
    now: datetime,
) -> None:
    """What was spent comes back to its lots, once; a closed account is open again then."""
    _make_sure(session, person_id, now)
    if _book(session, posting, Move(from_account, account_of(person_id), amount_fen), now):
        _raise(session, person_id, amount_fen, now)
        lots.refill(session, person_id, amount_fen, posting, now.date().isoformat())
        told = _told(session, person_id, amount_fen)
        outbox.tell(session, now, person_id, "prepay_returned", posting, **told)


def clear(
    session: Session, person_id: str, posting: str, to_account: str, now: datetime
) -> list[SetAside]:
    """The whole balance leaves, top-up by top-up; nothing when there is none."""
    _lock(session, person_id)
    amount_fen = balance_fen(session, person_id)
    if amount_fen == 0 or not _lower(session, person_id, amount_fen, now):
        return []
    _book(session, posting, Move(account_of(person_id), to_account, amount_fen), now)
    return lots.set_aside(session, person_id)


def unclear(
    session: Session,
    person_id: str,
    aside: Sequence[SetAside],
    posting: str,
    from_account: str,
    now: datetime,
) -> None:
    """What was cleared is the person's again, once."""
    amount_fen = sum(part.amount_fen for part in aside)
    _make_sure(session, person_id, now)
    if _book(session, posting, Move(from_account, account_of(person_id), amount_fen), now):
        _raise(session, person_id, amount_fen, now)
        lots.restore(session, aside)


def adopt(session: Session, now: datetime) -> None:
    """Accounts for balances that the ledger had before there were accounts."""
    known = select(PrepayAccount.person_id)
    owed = select(LedgerEntry.account).where(
        LedgerEntry.account.like("prepaid:%"),
        func.substr(LedgerEntry.account, len("prepaid:") + 1).not_in(known),
    )
    for account in session.scalars(owed.distinct()).all():
        person_id = account.removeprefix("prepaid:")
        amount_fen = ledger.balance(session, account)
        _make_sure(session, person_id, now)
        _raise(session, person_id, amount_fen, now)
        lots.add_old(session, person_id, amount_fen, f"old/{person_id}", now.date().isoformat())


def change_state(session: Session, person_id: str, before: tuple[str, ...], after: str) -> bool:
    """Move the account on; False when it is in none of the states before."""
    changed = session.execute(
        update(PrepayAccount)
        .where(PrepayAccount.person_id == person_id, PrepayAccount.state.in_(before))
        .values(state=after)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def _book(session: Session, posting: str, move: Move, now: datetime) -> bool:
    return ledger.post(session, posting, stamp(now), [move])


def _told(session: Session, person_id: str, amount_fen: int) -> dict[str, int]:
    """The amount and the balance, at once (S22)."""
    return {"amount_fen": amount_fen, "balance_fen": balance_fen(session, person_id)}


def _lock(session: Session, person_id: str) -> str | None:
    """The account's state, with its row locked until the end; None without an account."""
    wanted = select(PrepayAccount.state).where(PrepayAccount.person_id == person_id)
    return session.scalar(wanted.with_for_update())


def _make_sure(session: Session, person_id: str, now: datetime) -> None:
    """There is an account, and it is locked. Raises NoSuch for a person nobody knows."""
    if _lock(session, person_id) is not None:
        return
    person_of(session, person_id, alone=True)
    if _lock(session, person_id) is None:
        session.add(
            PrepayAccount(person_id=person_id, balance_fen=0, state="OPEN", moved_at=stamp(now))
        )
        session.flush()


def _lower(session: Session, person_id: str, amount_fen: int, now: datetime) -> bool:
    lowered = session.execute(
        update(PrepayAccount)
        .where(PrepayAccount.person_id == person_id, PrepayAccount.balance_fen >= amount_fen)
        .values(balance_fen=PrepayAccount.balance_fen - amount_fen, moved_at=stamp(now))
    )
    return bool(lowered.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def _raise(session: Session, person_id: str, amount_fen: int, now: datetime) -> None:
    session.execute(
        update(PrepayAccount)
        .where(PrepayAccount.person_id == person_id)
        .values(balance_fen=PrepayAccount.balance_fen + amount_fen, moved_at=stamp(now))
    )
    change_state(session, person_id, ("CLEARED", "LEDGERED"), "OPEN")
