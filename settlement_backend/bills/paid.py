"""What a paid bill sets off, in the transaction that completes its settlement.

Called by the saga and nobody else. What a reader would get wrong: no money is booked here; the
saga has done that before.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.bills import goods
from settlement_backend.bills.tables import Bill
from settlement_backend.inpatient import admissions
from settlement_backend.visits import visits


def settled(session: Session, bill: Bill, now: datetime) -> None:
    """A registration stands, a deposit is acknowledged, a stay is over, an article is due."""
    match bill.kind:
        case "REGISTRATION" if bill.registration_id:
            visits.confirm(session, bill.registration_id, now)
        case "DEPOSIT":
            admissions.deposit_paid(session, bill, now)
        case "INPATIENT":
            admissions.settled(session, bill.admission_id, now)
        case "GOODS":
            goods.paid(session, bill.id)
        case _:
            pass
