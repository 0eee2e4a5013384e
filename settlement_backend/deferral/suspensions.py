"""Credit that arrears suspended, and its repair, in the database (N15).

Talks to the database only; `reporting.py` tells the city. What a reader would get wrong: paying
alone repairs nothing where the profile wants a person's word too; and a repair needs no earlier
report: the city refuses a suspension that comes after it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.deferral import agreements, rules
from settlement_backend.deferral.tables import BillSet, Suspension
from settlement_backend.notices import outbox
from settlement_backend.policy.profile import Policy

STANDS = ("ASKED", "REPORTED", "REPAIR_ASKED")


def begin(
    session: Session, policy: Policy, kept: BillSet, left_fen: int, now: datetime
) -> Suspension:
    """From now on; here at once, in the city when it heard of it."""
    row = Suspension(
        reference=f"S{kept.id}",
        set_id=kept.id,
        person_id=kept.person_id,
        id_number=kept.id_number,
        amount_fen=left_fen,
        since=stamp(now),
        state="ASKED",
        next_at=stamp(now),
        decide_at=later(now, policy.doubt.give_up_after),
    )
    session.add(row)
    session.flush()
    agreements.move(session, kept.id_number, agreements.COUNTS, "SUSPENDED")
    outbox.tell(
        session, now, kept.person_id, "deferral_suspended", row.reference, amount_fen=left_fen
    )
    return row


def suspension_of(session: Session, reference: str) -> Suspension:
    """Raises NoSuch."""
    row = session.get(Suspension, reference)
    if row is None:
        raise NoSuch("unknown_suspension")
    return row


def of_number(session: Session, id_number: str) -> list[Suspension]:
    """Those that stand, the oldest first."""
    wanted = select(Suspension).where(
        Suspension.id_number == id_number, Suspension.state.in_(STANDS)
    )
    return list(session.scalars(wanted.order_by(Suspension.since, Suspension.reference)))


def lacks(session: Session, policy: Policy, row: Suspension) -> tuple[str, ...]:
    """What it still needs until it is repaired."""
    paid = session.get_one(BillSet, row.set_id).state == "PAID"
    return rules.lacks_for_repair(policy.deferral, paid, bool(row.confirmed_by))


def confirm(
    session: Session, policy: Policy, reference: str, operator: str, now: datetime
) -> Suspension:
    """A person finds the credit repaired, once. Raises NoSuch and Refused `not_paid`."""
    row = suspension_of(session, reference)
    if "PAID" in lacks(session, policy, row):
        raise Refused("not_paid")
    session.execute(
        update(Suspension)
        .where(Suspension.reference == reference, Suspension.confirmed_by == "")
        .values(confirmed_by=operator, confirmed_at=stamp(now))
    )
    session.refresh(row)
    return row


def ask_repair(session: Session, policy: Policy, reference: str, now: datetime) -> None:
    """When nothing is lacking any more, the city is to be told."""
    row = suspension_of(session, reference)
    if row.state not in ("ASKED", "REPORTED") or lacks(session, policy, row):
        return
    session.execute(
        update(Suspension)
        .where(Suspension.reference == reference, Suspension.state == row.state)
        .values(
            state="REPAIR_ASKED",
            next_at=stamp(now),
            decide_at=later(now, policy.doubt.give_up_after),
        )
    )
    session.refresh(row)


def reported(session: Session, reference: str) -> None:
    """The city wrote it down."""
    session.execute(
        update(Suspension)
        .where(Suspension.reference == reference, Suspension.state == "ASKED")
        .values(state="REPORTED")
    )


def repaired(session: Session, reference: str, now: datetime) -> None:
    """The city took it away; pay-later may be used again when it was the last one."""
    moved = session.execute(
        update(Suspension)
        .where(Suspension.reference == reference, Suspension.state == "REPAIR_ASKED")
        .values(state="REPAIRED", repaired_at=stamp(now))
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        return
    row = suspension_of(session, reference)
    session.refresh(row)
    if not of_number(session, row.id_number):
        agreements.move(session, row.id_number, ("SUSPENDED",), "REPAIRED")
    outbox.tell(session, now, row.person_id, "deferral_repaired", reference)


def unfinished(session: Session, policy: Policy, now: datetime) -> list[str]:
    """Those that the city must be told of now, and those that nothing is lacking to any more."""
    needs = policy.deferral.repair_requires
    ready = [Suspension.state == "REPORTED"]
    if "PAID" in needs:
        ready.append(BillSet.state == "PAID")
    if "REPAIR_CONFIRMED" in needs:
        ready.append(Suspension.confirmed_by != "")
    owed = and_(Suspension.state.in_(("ASKED", "REPAIR_ASKED")), Suspension.next_at <= stamp(now))
    wanted = select(Suspension.reference).join(BillSet, BillSet.id == Suspension.set_id)
    return list(session.scalars(wanted.where(or_(owed, and_(*ready)))))
