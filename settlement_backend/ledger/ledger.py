"""The double-entry ledger: every posting has a name, happens once, and its two sides are equal.

Accounts (text). Money that is really somewhere else: `outside:scan:<channel>`,
`outside:onecode:<channel>`, `outside:debit:<channel>`, `outside:remote:<channel>`,
`outside:credit:own|family`, `outside:card`, `outside:hold`, `outside:cash`, `outside:claim`,
`outside:transfer`, `outside:insurance:fund|account|mutual`; `borne:hospital` (what it may not
charge), `rounding` (cash). What we owe: `prepaid:<person>`, `deposit:<admission>`,
`change:<settlement>`, `settling:<settlement>`, `refunding:<refund>`, `cleaning:<clean-out>`,
`unreturned:<person>`, `difference:<line>` (until reconciliation knows whose it is). `revenue`,
`opening`. Posting names: `take/…`, `return/…`, `insure/…`, `uninsure/…`, `complete/…`,
`deposit/…`, `change/…`, `unchange/…`, `refund/…`, `topup/…`, `clean/…`, `unclean/…`, `cleaned/…`,
`reclaim/…`, `ledgered/…`, `payout/…`, `payback/…`, `correct/…`: the first word says what kind of
movement it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from settlement_backend.ledger.tables import LedgerEntry, Posting


@dataclass(frozen=True, slots=True)
class Move:
    """`amount_fen` from the credited to the debited account; zero moves are dropped."""

    debit: str
    credit: str
    amount_fen: int


def post(session: Session, name: str, at: str, moves: Sequence[Move]) -> bool:
    """Book once. False when a posting of that name stands already: nothing is booked then."""
    if session.get(Posting, name) is not None:
        return False
    session.add(Posting(name=name, at=at))
    session.flush()
    for move in moves:
        if move.amount_fen < 0:
            raise ValueError(f"{name}: a move is not negative")
        if move.amount_fen:
            for account, side in ((move.debit, "D"), (move.credit, "C")):
                entry = LedgerEntry(
                    posting=name, account=account, side=side, amount_fen=move.amount_fen
                )
                session.add(entry)
    session.flush()
    return True


def balance(session: Session, account: str) -> int:
    """Credits less debits: what we owe on an account of ours, in fen."""
    signed = case((LedgerEntry.side == "C", LedgerEntry.amount_fen), else_=-LedgerEntry.amount_fen)
    total = select(func.coalesce(func.sum(signed), 0)).where(LedgerEntry.account == account)
    return int(session.scalar(total) or 0)


def owed(session: Session, accounts: str) -> int:
    """Credits less debits of all accounts whose name begins so, in fen."""
    signed = case((LedgerEntry.side == "C", LedgerEntry.amount_fen), else_=-LedgerEntry.amount_fen)
    total = select(func.coalesce(func.sum(signed), 0))
    return int(session.scalar(total.where(LedgerEntry.account.like(accounts + "%"))) or 0)


def moved(session: Session, account: str, kind: str) -> int:
    """Debits less credits of one account in postings of one kind ("take", "refund"), in fen."""
    signed = case((LedgerEntry.side == "D", LedgerEntry.amount_fen), else_=-LedgerEntry.amount_fen)
    total = select(func.coalesce(func.sum(signed), 0)).where(
        LedgerEntry.account.like(account + "%"), LedgerEntry.posting.like(kind + "/%")
    )
    return int(session.scalar(total) or 0)


def balanced(session: Session) -> bool:
    """Every posting's debits equal its credits."""
    signed = case((LedgerEntry.side == "D", LedgerEntry.amount_fen), else_=-LedgerEntry.amount_fen)
    wrong = select(LedgerEntry.posting).group_by(LedgerEntry.posting).having(func.sum(signed) != 0)
    return session.scalar(wrong.limit(1)) is None
