"""What a patient may still ask back at this terminal: settlements of 30 days and their lines.

Looks at the database only. What a reader would get wrong: this is a view for choosing, asking
decides again; nothing here names who paid (W31), only that it may have been somebody else.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.shapes import Words
from settlement_backend.bills.pricing import E4, decimal_text
from settlement_backend.bills.shapes import lines_of
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.people.people import person_of
from settlement_backend.policy.profile import Policy, RefundRules
from settlement_backend.refunds.books import UNDER_WAY
from settlement_backend.refunds.plan import BOOKED_HERE, care_for
from settlement_backend.refunds.rules import may_request, original_route
from settlement_backend.refunds.shapes import (
    WARNING,
    RefundableLine,
    RefundableList,
    RefundableSettlement,
)
from settlement_backend.refunds.tables import Refund
from settlement_backend.settling.settling import bills_of, tenders_of
from settlement_backend.settling.tables import Settlement

_DAYS_BACK = 30


def refundable(
    session: Session, policy: Policy, person_id: str, terminal_kind: str, now: datetime
) -> RefundableList:
    """Completed settlements, the newest first. Raises NoSuch."""
    person_of(session, person_id)
    found = session.scalars(
        select(Settlement)
        .where(
            Settlement.person_id == person_id,
            Settlement.state == "COMPLETED",
            Settlement.created_at > stamp(now - timedelta(days=_DAYS_BACK)),
        )
        .order_by(Settlement.created_at.desc())
    )
    return RefundableList(
        settlements=tuple(
            _settlement(session, policy.refund, row, terminal_kind, now.date()) for row in found
        )
    )


def _settlement(
    session: Session, rules: RefundRules, row: Settlement, terminal_kind: str, today: date
) -> RefundableSettlement:
    bills = bills_of(session, row.id)
    lines = tuple(_line(line) for bill in bills for line in lines_of(session, bill.id))
    return RefundableSettlement(
        settlement_id=row.id,
        kind=row.kind,
        departments=_departments(bills),
        settled_at=row.settled_at,
        total_fen=sum(line.amount_fen for line in lines),
        reason=_against(session, rules, row, terminal_kind, lines),
        lines=lines,
        warning=WARNING if _reaches_payers(session, rules, row, today) else None,
    )


def _departments(bills: list[Bill]) -> tuple[Words, ...]:
    """Each once, in the order of the bills."""
    names = dict.fromkeys((bill.department_zh, bill.department_en) for bill in bills)
    return tuple(Words(zh=zh, en=en) for zh, en in names)


def _line(line: BillLine) -> RefundableLine:
    reason = "item_executed" if line.executed else ""
    return RefundableLine(
        line_id=line.id,
        name=Words(zh=line.name_zh, en=line.name_en),
        quantity=decimal_text(line.quantity * E4 + line.quantity_rest_e4, 4),
        unit=Words(zh=line.unit_zh, en=line.unit_en),
        amount_fen=line.amount_fen,
        reason="already_refunded" if line.refunded_by else reason,
    )


def _against(
    session: Session,
    rules: RefundRules,
    row: Settlement,
    terminal_kind: str,
    lines: tuple[RefundableLine, ...],
) -> str:
    """Why nothing of it may be asked for here; "" when something may."""
    decision = may_request(rules, care_for(session, row), terminal_kind)
    if not decision.allow:
        return decision.message_key
    under_way = select(Refund.id).where(Refund.settlement_id == row.id, Refund.state.in_(UNDER_WAY))
    if session.scalar(under_way) is not None:
        return "refund.under_way"
    return "" if any(not line.reason for line in lines) else "nothing_to_refund"


def _reaches_payers(session: Session, rules: RefundRules, row: Settlement, today: date) -> bool:
    """Whether money that goes back as it came would reach a payer outside (W31)."""
    paid_on = datetime.fromisoformat(row.settled_at).date()
    return any(
        tender.state == "TAKEN"
        and tender.kind not in BOOKED_HERE
        and original_route(rules, tender.channel, paid_on, today).allow
        for tender in tenders_of(session, row.id)
    )
