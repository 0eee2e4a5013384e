"""Whether a bill may be paid now, and where: asked when a settlement locks it.

What a reader would get wrong: the state OPEN alone is not enough for a stay, whose bill is open
all the time and payable only after the discharge notice.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.bills.tables import Bill
from settlement_backend.inpatient import rules
from settlement_backend.inpatient.admissions import admission_of
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import Policy


def may_pay(session: Session, bill: Bill, channel: str, policy: Policy) -> Decision:
    """The rule of its kind. `channel`: the kind of the terminal."""
    match bill.kind:
        case "DEPOSIT":
            return rules.may_pay_deposit(channel, policy.inpatient_deposit)
        case "INPATIENT":
            return rules.may_discharge(admission_of(session, bill.admission_id).state)
        case _:
            return Decision(allow=True, rule_id="BILL-OPEN")
