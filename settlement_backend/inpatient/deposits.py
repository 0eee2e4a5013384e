"""Inpatient deposits: what an admission paid in ahead, in the ledger's `deposit:<admission>`.

Talks to the database only, inside the caller's transaction; the saga and the refunds call it. A
posting's name makes every movement happen once. What a reader would get wrong: the balance is the
ledger's and is kept nowhere else, so whoever takes from it first locks the admission's row.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch
from settlement_backend.inpatient.tables import Admission
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.ledger.tables import Posting


def account_of(admission_id: str) -> str:
    """The ledger's account of what an admission has paid in."""
    return f"deposit:{admission_id}"


def balance_fen(session: Session, admission_id: str) -> int:
    """What can be spent or goes back at the end, in fen."""
    return ledger.balance(session, account_of(admission_id))


def collect(
    session: Session,
    admission_id: str,
    amount_fen: int,
    posting: str,
    from_account: str,
    now: datetime,
) -> None:
    """Money comes in, once: a deposit bill was paid, or what was spent comes back.

    Raises NoSuch.
    """
    _lock(session, admission_id)
    ledger.post(
        session, posting, stamp(now), [Move(from_account, account_of(admission_id), amount_fen)]
    )


def spend(
    session: Session,
    admission_id: str,
    amount_fen: int,
    posting: str,
    to_account: str,
    now: datetime,
) -> bool:
    """Money goes out, to a settlement or back to who paid it; False when it is not there.

    Raises NoSuch. The same posting again is True and takes nothing more.
    """
    _lock(session, admission_id)
    if session.get(Posting, posting) is not None:
        return True
    if balance_fen(session, admission_id) < amount_fen:
        return False
    move = Move(account_of(admission_id), to_account, amount_fen)
    return ledger.post(session, posting, stamp(now), [move])


def _lock(session: Session, admission_id: str) -> None:
    if session.get(Admission, admission_id, with_for_update=True) is None:
        raise NoSuch("unknown_admission")
