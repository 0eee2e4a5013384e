"""What is left of a stay's deposit goes back to who paid it, the newest deposit first (H26).

Talks to the database for looking only; each deposit becomes a refund of its own, reviewed and
carried out like any other. What a reader would get wrong: the rest is what the ledger still owes
the stay, less what other refunds of it have asked for and not taken yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.errors import Refused
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.inpatient import deposits
from settlement_backend.inpatient.tables import Admission
from settlement_backend.refunds.plan import back_fen_of
from settlement_backend.refunds.tables import Refund

_ENDED = ("SETTLED", "CANCELLED")
_ASKED_FOR = ("ACCEPTED", "REVIEWED")


@dataclass(frozen=True, slots=True)
class Share:
    """So much of one deposit goes back."""

    settlement_id: str
    line_ids: tuple[str, ...]
    amount_fen: int


def shares_of(session: Session, admission_id: str) -> list[Share]:
    """How the rest is split over the deposits. Raises Refused `not_settled`."""
    admission = session.get(Admission, admission_id)
    if admission is None or admission.state not in _ENDED:
        raise Refused("not_settled")
    bills = _paid(session, admission_id)
    left = deposits.balance_fen(session, admission_id) - _asked_fen(session, bills)
    shares = []
    for bill in bills:
        lines = _lines(session, bill)
        amount_fen = min(left, sum(line.amount_fen for line in lines))
        if amount_fen > 0:
            line_ids = tuple(line.id for line in lines)
            shares.append(Share(bill.settlement_id, line_ids, amount_fen))
            left -= amount_fen
    return shares


def deposits_of(session: Session, admission_id: str) -> list[str]:
    """The settlements that paid a stay's deposits."""
    return [bill.settlement_id for bill in _paid(session, admission_id)]


def _paid(session: Session, admission_id: str) -> Sequence[Bill]:
    wanted = select(Bill).where(
        Bill.admission_id == admission_id, Bill.kind == "DEPOSIT", Bill.state == "PAID"
    )
    return session.scalars(wanted.order_by(Bill.issued_at.desc(), Bill.id)).all()


def _lines(session: Session, bill: Bill) -> Sequence[BillLine]:
    """Those that no refund has."""
    wanted = select(BillLine).where(BillLine.bill_id == bill.id, BillLine.refunded_by == "")
    return session.scalars(wanted).all()


def _asked_fen(session: Session, bills: Sequence[Bill]) -> int:
    """What refunds that were not confirmed yet will take."""
    wanted = select(Refund).where(
        Refund.settlement_id.in_([bill.settlement_id for bill in bills]),
        Refund.state.in_(_ASKED_FOR),
    )
    return sum(back_fen_of(session, refund) for refund in session.scalars(wanted))
