"""One person's pay-later in one picture: agreement, credit, visits, bills, repayments (W10).

Looks at the database only. What a reader would get wrong: the bills of a visit are settled like
all others; a repayment is the settlement that paid some of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.acquirers.shapes import AgreementShape
from settlement_backend.base.shapes import Words
from settlement_backend.bills.tables import Bill
from settlement_backend.deferral import agreements, bill_sets, malice, rules, suspensions
from settlement_backend.deferral.shapes import (
    ArrearsTold,
    CreditTold,
    DeferralAccount,
    RepaymentTold,
    VisitTold,
    WaitingBillTold,
    signature_told,
    suspension_told,
)
from settlement_backend.deferral.standing import standing_of
from settlement_backend.deferral.tables import BillSet, CreditWord, Suspension
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Policy
from settlement_backend.settling.tables import Settlement
from settlement_backend.settling.wish import automatic_key

_IN_ARREARS = ("OVERDUE", "SUSPENDING")


def account_told(
    session: Session,
    policy: Policy,
    person: Person,
    terminal_kind: str,
    bank: Sequence[AgreementShape],
    now: datetime,
) -> DeferralAccount:
    """As things stand. `bank`: credit lines of the scheme, as last heard."""
    applicant = agreements.applicant(session, person, terminal_kind, now)
    may_sign = rules.may_sign(policy, applicant)
    newest = agreements.newest(session, person.id_number)
    visits = tuple(
        _visit_told(session, policy, kept)
        for kept in bill_sets.of_number(session, person.id_number)
    )
    state = newest.state if newest else ""
    if policy.deferral.scheme in rules.AT_BANK:
        state = "SIGNED" if any(each.state == "SIGNED" for each in bank) else ""
    return DeferralAccount(
        patient_id=person.id,
        state=rules.account_state(state, applicant.standing, may_sign.allow),
        scheme=policy.deferral.scheme,
        risk_bearer=policy.deferral.risk_bearer,
        may_sign=may_sign,
        signature=signature_told(newest) if newest else None,
        credit=credit_told(session, policy, person.id_number),
        open_fen=sum(visit.open_fen for visit in visits),
        visits=visits,
        bank_agreements=tuple(bank),
    )


def credit_told(session: Session, policy: Policy, id_number: str) -> CreditTold:
    """The city's last word and our own suspensions."""
    standing = standing_of(session, id_number)
    word = session.get(CreditWord, id_number)
    own = suspensions.of_number(session, id_number)
    since = own[0].since[: len("2026-03-02")] if own else ""
    return CreditTold(
        state=standing.credit,
        since=(word.since if word else "") or since,
        here=bool(own),
        malicious=standing.malicious,
        suspensions=tuple(
            suspension_told(row, suspensions.lacks(session, policy, row)) for row in own
        ),
    )


def _visit_told(session: Session, policy: Policy, kept: BillSet) -> VisitTold:
    bills = bill_sets.bills_of(session, kept.id)
    waiting = {bill.id for bill in bill_sets.waiting(policy, bills)}
    return VisitTold(
        registration_id=kept.id,
        day=kept.day,
        state=kept.state,
        started_at=kept.started_at,
        due_at=kept.due_at,
        suspends_at=kept.suspends_at,
        paid_at=kept.paid_at,
        open_fen=bill_sets.open_fen(policy, bills),
        bills=tuple(_bill_told(bill, bill.id in waiting) for bill in bills),
        repayments=_repayments(session, bills),
    )


def _bill_told(bill: Bill, waits: bool) -> WaitingBillTold:
    return WaitingBillTold(
        bill_id=bill.id,
        version=bill.version,
        kind=bill.kind,
        department=Words(zh=bill.department_zh, en=bill.department_en),
        issued_at=bill.issued_at,
        total_fen=bill.total_fen,
        state=bill.state,
        waits=waits,
    )


def _repayments(session: Session, bills: Sequence[Bill]) -> tuple[RepaymentTold, ...]:
    """What of these bills each settlement paid, the newest first."""
    paid: dict[str, int] = {}
    for bill in bills:
        if bill.state == "PAID":
            paid[bill.settlement_id] = paid.get(bill.settlement_id, 0) + bill.total_fen
    rows = session.scalars(
        select(Settlement)
        .where(Settlement.id.in_(paid))
        .order_by(Settlement.settled_at.desc(), Settlement.id)
    )
    return tuple(
        RepaymentTold(
            settlement_id=row.id,
            amount_fen=paid[row.id],
            settled_at=row.settled_at,
            automatic=row.commit_key == automatic_key(row.id),
        )
        for row in rows
    )


def arrears_told(session: Session, policy: Policy, audience: Audience) -> tuple[ArrearsTold, ...]:
    """All overdue visits, the oldest first."""
    rows = session.execute(
        select(BillSet, Person)
        .join(Person, Person.id == BillSet.person_id)
        .where(BillSet.state.in_(_IN_ARREARS))
        .order_by(BillSet.due_at, BillSet.id)
    )
    return tuple(_arrears(session, policy, kept, person, audience) for kept, person in rows)


def _arrears(
    session: Session, policy: Policy, kept: BillSet, person: Person, audience: Audience
) -> ArrearsTold:
    wanted = select(Suspension).where(Suspension.set_id == kept.id)
    row = session.scalars(wanted).first()
    flag = malice.standing_of_set(session, kept.id)
    return ArrearsTold(
        registration_id=kept.id,
        patient_id=person.id,
        display_name=mask_name(person.name, audience),
        day=kept.day,
        state=kept.state,
        due_at=kept.due_at,
        open_fen=bill_sets.open_fen(policy, bill_sets.bills_of(session, kept.id)),
        suspension=(suspension_told(row, suspensions.lacks(session, policy, row)) if row else None),
        flag_id=flag.id if flag else "",
    )
