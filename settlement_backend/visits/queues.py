"""Queues before a doctor's room or an exam room: check-in, calls, who is next (H13, A.a6).

Talks to the database only. What a reader would get wrong: a queue is only the tickets that carry
its name; whoever was called and not there comes back behind those who wait.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.notices import outbox
from settlement_backend.people.people import person_of
from settlement_backend.visits.rules import LATE
from settlement_backend.visits.tables import Ticket

_MOST_RACES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Whose turn for what: `about` the registration or the appointment, in this queue."""

    queue: str
    about: str
    person_id: str
    shown: str
    rank: int


def check_in(session: Session, place: Place, now: datetime) -> Ticket:
    """Wait from now on; whoever waits already keeps his place. Raises Refused `already_seen`."""
    person_of(session, place.person_id, alone=True)
    earlier = ticket_about(session, place.about)
    if earlier is not None and earlier.state in ("WAITING", "CALLED"):
        return earlier
    if earlier is not None and earlier.state == "SEEN":
        raise Refused("already_seen")
    ticket = Ticket(
        id=uuid.uuid4().hex,
        queue=place.queue,
        shown=place.shown,
        rank=LATE if earlier else place.rank,
        person_id=place.person_id,
        about=place.about,
        state="WAITING",
        checked_in_at=stamp(now),
    )
    session.add(ticket)
    session.flush()
    outbox.tell(
        session,
        now,
        ticket.person_id,
        "waiting",
        ticket.id,
        queue_number=ticket.shown,
        ahead=ahead_of(session, ticket),
    )
    return ticket


def leave(session: Session, about: str) -> None:
    """Whoever waits for it goes home; a called one is in the room."""
    waits = (Ticket.about == about, Ticket.state == "WAITING")
    session.execute(update(Ticket).where(*waits).values(state="PASSED"))


def waiting_on(session: Session, day: date) -> int:
    """How many wait to be called on this day, in all queues."""
    checked_in = Ticket.checked_in_at.startswith(day.isoformat())
    wanted = select(func.count()).where(Ticket.state == "WAITING", checked_in)
    return session.scalar(wanted) or 0


def ticket_about(session: Session, about: str) -> Ticket | None:
    """The newest one."""
    wanted = select(Ticket).where(Ticket.about == about)
    return session.scalars(wanted.order_by(Ticket.checked_in_at.desc(), Ticket.rank.desc())).first()


def ahead_of(session: Session, ticket: Ticket) -> int:
    """How many will be called before."""
    if ticket.state != "WAITING":
        return 0
    before = or_(
        Ticket.rank < ticket.rank,
        (Ticket.rank == ticket.rank) & (Ticket.checked_in_at < ticket.checked_in_at),
    )
    wanted = select(func.count()).where(
        Ticket.queue == ticket.queue, Ticket.state == "WAITING", before
    )
    return session.scalar(wanted) or 0


def waiting(session: Session, queue: str) -> list[Ticket]:
    """Called ones first, then in the order of calling."""
    wanted = select(Ticket).where(Ticket.queue == queue, Ticket.state.in_(("WAITING", "CALLED")))
    return list(
        session.scalars(wanted.order_by(Ticket.state, Ticket.rank, Ticket.checked_in_at, Ticket.id))
    )


def call_next(
    session: Session, queue: str, place_zh: str, place_en: str, now: datetime
) -> Ticket | None:
    """The next of those who wait, told where to go; None when nobody waits.

    Two rooms of one queue never call the same person.
    """
    for _ in range(_MOST_RACES):
        first = next((one for one in waiting(session, queue) if one.state == "WAITING"), None)
        if first is None:
            return None
        if _move(session, first, ("WAITING",), "CALLED"):
            first.called_at, first.place_zh, first.place_en = stamp(now), place_zh, place_en
            session.flush()
            outbox.tell(session, now, first.person_id, "called", first.id, queue_number=first.shown)
            return first
    raise Refused("queue_busy")


def finish(session: Session, ticket_id: str, state: str) -> Ticket:
    """Called, and SEEN or PASSED. Raises NoSuch and Refused `not_called`."""
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NoSuch("unknown_ticket")
    if not _move(session, ticket, ("CALLED", state), state):
        raise Refused("not_called")
    return ticket


def _move(session: Session, ticket: Ticket, before: tuple[str, ...], after: str) -> bool:
    moved = session.execute(
        update(Ticket).where(Ticket.id == ticket.id, Ticket.state.in_(before)).values(state=after)
    )
    session.refresh(ticket)
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE
