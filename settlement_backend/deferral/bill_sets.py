"""The bills of a visit that wait, from the first one to the payment (N06, N11, N13-N15).

Talks to the database only. What a reader would get wrong: a bill that a settlement holds is being
paid, and while its outcome is open nobody is reminded or suspended for it; and a set of a visit
that goes on is never paid up, because the doctor may order more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.bills.tables import Bill
from settlement_backend.deferral import agreements, rules, suspensions
from settlement_backend.deferral.standing import standing_of
from settlement_backend.deferral.tables import BillSet, DeferralAgreement, DeferredBill
from settlement_backend.notices import outbox
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import Policy
from settlement_backend.visits import liability
from settlement_backend.visits.tables import Registration, Schedule

_UNSETTLED = ("OPEN", "LOCKED")
_DAY = len("2026-03-02")


def may_defer(session: Session, policy: Policy, bill: Bill, now: datetime) -> Decision:
    """Whether this bill may be paid after the visit, so that its items are carried out before.

    Asks nobody outside: what insurance and city said last counts (C16).
    """
    person = session.get_one(Person, bill.person_id)
    registration = session.get(Registration, bill.registration_id or "")
    agreement = agreements.standing(session, person.id_number)
    charge = rules.Charge(
        kind=bill.kind,
        department=bill.department_code,
        exclusions=(bill.exclusion, *liability.exclusions_of(session, registration)),
        signed=agreement is not None and agreement.state in agreements.COUNTS,
        standing=standing_of(session, person.id_number),
        of_visit=registration is not None and _since(session, registration, agreement, now),
    )
    return rules.may_wait(policy.deferral, policy.scope, charge)


def _since(
    session: Session, registration: Registration, agreement: DeferralAgreement | None, now: datetime
) -> bool:
    """The visit is of the signature's day or later, and of yesterday at the earliest."""
    day = session.get_one(Schedule, registration.schedule_id).day
    signed_on = agreement.signed_at[:_DAY] if agreement else ""
    return registration.state == "CONFIRMED" and day >= max(signed_on, _yesterday(now))


def _yesterday(now: datetime) -> str:
    return (now.date() - timedelta(days=1)).isoformat()


def gather(session: Session, policy: Policy, now: datetime) -> None:
    """Open bills that may wait join the set of their visit."""
    candidates = session.execute(
        select(Bill, Registration, Schedule.day, DeferralAgreement)
        .join(Registration, Registration.id == Bill.registration_id)
        .join(Schedule, Schedule.id == Registration.schedule_id)
        .join(Person, Person.id == Bill.person_id)
        .join(DeferralAgreement, DeferralAgreement.id_number == Person.id_number)
        .where(
            Bill.state == "OPEN",
            Bill.kind.in_(rules.MAY_WAIT),
            Bill.id.not_in(select(DeferredBill.bill_id)),
            DeferralAgreement.state.in_(agreements.COUNTS),
            Schedule.day >= _yesterday(now),
        )
        .order_by(Bill.issued_at, Bill.id)
    ).all()
    for bill, registration, day, agreement in candidates:
        if may_defer(session, policy, bill, now).allow:
            _join(session, bill, registration, day, agreement, now)


def _join(
    session: Session,
    bill: Bill,
    registration: Registration,
    day: str,
    agreement: DeferralAgreement,
    now: datetime,
) -> None:
    kept = session.get(BillSet, registration.id)
    if kept is None:
        kept = BillSet(
            id=registration.id,
            person_id=bill.person_id,
            id_number=agreement.id_number,
            agreement_id=agreement.id,
            state="ACCUMULATING",
            day=day,
            opened_at=stamp(now),
        )
        session.add(kept)
    elif kept.state == "PAID":
        kept.state, kept.paid_at = "DUE", ""
    session.flush()
    session.add(DeferredBill(bill_id=bill.id, set_id=kept.id, at=stamp(now)))
    session.flush()


def due(session: Session, policy: Policy, now: datetime) -> list[str]:
    """Sets that a clock or a payment moves on now."""
    waits = exists().where(
        DeferredBill.set_id == BillSet.id,
        Bill.id == DeferredBill.bill_id,
        Bill.state.in_(_UNSETTLED),
        Bill.exclusion.not_in(policy.deferral.exclusions),
    )
    ended = or_(Registration.ended_at != "", BillSet.day < now.date().isoformat())
    moment = stamp(now)
    wanted = (
        select(BillSet.id)
        .join(Registration, Registration.id == BillSet.id)
        .where(
            or_(
                and_(BillSet.state == "ACCUMULATING", ended),
                and_(BillSet.state == "DUE", BillSet.due_at < moment),
                and_(BillSet.state == "OVERDUE", BillSet.suspends_at < moment),
                and_(BillSet.state.in_(("DUE", "OVERDUE", "SUSPENDING")), ~waits),
            )
        )
    )
    return list(session.scalars(wanted))


def of_number(session: Session, id_number: str) -> list[BillSet]:
    """All of an ID number, the newest first."""
    wanted = select(BillSet).where(BillSet.id_number == id_number)
    return list(session.scalars(wanted.order_by(BillSet.day.desc(), BillSet.opened_at.desc())))


def bills_of(session: Session, set_id: str) -> list[Bill]:
    """Those that wait or waited, oldest first."""
    wanted = select(Bill).join(DeferredBill, DeferredBill.bill_id == Bill.id)
    return list(
        session.scalars(
            wanted.where(DeferredBill.set_id == set_id).order_by(Bill.issued_at, Bill.id)
        )
    )


def waiting(policy: Policy, bills: Sequence[Bill]) -> list[Bill]:
    """The ones not paid yet; one that was excluded meanwhile is paid now and counts no more."""
    excluded = policy.deferral.exclusions
    return [bill for bill in bills if bill.state in _UNSETTLED and bill.exclusion not in excluded]


def open_fen(policy: Policy, bills: Sequence[Bill]) -> int:
    """What is not settled yet, in fen, before the insurance bears its part."""
    return sum(bill.total_fen for bill in waiting(policy, bills))


def advance(session: Session, policy: Policy, set_id: str, now: datetime) -> None:
    """One set as far as its clock goes now; each step is taken once."""
    kept = session.get_one(BillSet, set_id)
    bills = bills_of(session, set_id)
    clock = _clock(session, policy, kept)
    left_fen = open_fen(policy, bills)
    as_kept = datetime.fromisoformat(stamp(now))  # to the millisecond, like the clock's times
    wanted = rules.state_at(clock, as_kept, left_fen)
    in_payment = any(bill.state == "LOCKED" for bill in bills)
    if wanted == kept.state or (in_payment and wanted in ("OVERDUE", "SUSPENDING")):
        return
    if not _moved(session, kept, wanted, clock, now):
        return
    match wanted:
        case "DUE":
            outbox.tell(
                session, now, kept.person_id, "deferral_due", set_id, **_told(kept, left_fen)
            )
        case "OVERDUE":
            _remind(session, kept, left_fen, now)
        case "SUSPENDING":
            _remind(session, kept, left_fen, now)
            suspensions.begin(session, policy, kept, left_fen, now)
        case "ACCUMULATING" | "PAID":
            pass


def _clock(session: Session, policy: Policy, kept: BillSet) -> rules.Terms:
    """Once it started it stays as it started, whatever a doctor ends afterwards."""
    if kept.started_at:
        return rules.terms(policy.deferral, datetime.fromisoformat(kept.started_at))
    ended_at = session.get_one(Registration, kept.id).ended_at
    ended = datetime.fromisoformat(ended_at) if ended_at else None
    starts = rules.start_of(policy.deferral, date.fromisoformat(kept.day), ended)
    return rules.terms(policy.deferral, starts)


def _moved(session: Session, kept: BillSet, after: str, clock: rules.Terms, now: datetime) -> bool:
    """False when somebody else was first."""
    moved = session.execute(
        update(BillSet)
        .where(BillSet.id == kept.id, BillSet.state == kept.state)
        .values(
            state=after,
            started_at=stamp(clock.starts),
            due_at=stamp(clock.due),
            suspends_at=stamp(clock.suspends),
            paid_at=stamp(now) if after == "PAID" else "",
        )
    )
    session.refresh(kept)
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def _remind(session: Session, kept: BillSet, left_fen: int, now: datetime) -> None:
    """The message of N14, once for each visit."""
    outbox.tell(session, now, kept.person_id, "deferral_overdue", kept.id, **_told(kept, left_fen))


def _told(kept: BillSet, left_fen: int) -> dict[str, str | int]:
    return {"amount_fen": left_fen, "due_at": kept.due_at, "suspends_at": kept.suspends_at}
