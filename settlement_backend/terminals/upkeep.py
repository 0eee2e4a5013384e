"""Settings sent to terminals, problems and tasks, and what idle screens show.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: a
version of settings is never changed; what a terminal must not lose is the number of the last one,
which is why each version carries everything and a signature over terminal, number and content.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.masking import masked
from settlement_backend.terminals.authority import Authority
from settlement_backend.terminals.enrolment import terminal_of
from settlement_backend.terminals.requests import NewContent
from settlement_backend.terminals.tables import Content, RemoteSettings, Ticket


def set_settings(
    session: Session,
    authority: Authority,
    terminal_id: str,
    values: Mapping[str, str | int | bool],
    by: str,
    now: datetime,
) -> RemoteSettings:
    """The next version for one terminal. The terminal's row orders two that come at once."""
    terminal_of(session, terminal_id)
    last = newest_settings(session, terminal_id)
    version = last.version + 1 if last else 1
    content = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signed = authority.signature_of(f"{terminal_id}\n{version}\n{content}", now)
    made = RemoteSettings(
        terminal_id=terminal_id,
        version=version,
        content=content,
        signature=signed,
        made_by=by,
        at=stamp(now),
    )
    session.add(made)
    session.flush()
    return made


def newest_settings(session: Session, terminal_id: str) -> RemoteSettings | None:
    """What a terminal should have."""
    wanted = select(RemoteSettings).where(RemoteSettings.terminal_id == terminal_id)
    return session.scalar(wanted.order_by(RemoteSettings.version.desc()).limit(1))


def open_ticket(
    session: Session,
    kind: str,
    terminal_id: str,
    subject: str,
    text: str,
    screen: str,
    by: str,
    now: datetime,
) -> Ticket:
    """A problem told by a terminal or a task given to it. Numbers of people in it are masked."""
    terminal_of(session, terminal_id)
    ticket = Ticket(
        id="T" + uuid.uuid4().hex[:20],
        terminal_id=terminal_id,
        kind=kind,
        subject=subject,
        text=masked(text),
        screen=screen,
        state="OPEN",
        made_by=by,
        at=stamp(now),
    )
    session.add(ticket)
    session.flush()
    return ticket


def close_ticket(session: Session, ticket_id: str, answer: str, by: str, now: datetime) -> Ticket:
    """Done, with what was done. Raises NoSuch, and Refused `not_open` the second time."""
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NoSuch("unknown_ticket")
    closed = session.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.state == "OPEN")
        .values(state="DONE", answer=masked(answer), done_by=by, done_at=stamp(now))
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("not_open")
    session.refresh(ticket)
    return ticket


def open_tickets(session: Session, terminal_id: str = "", kind: str = "") -> list[Ticket]:
    """Oldest first; of one terminal and one kind when these are named."""
    wanted = select(Ticket).where(Ticket.state == "OPEN").order_by(Ticket.at)
    if terminal_id:
        wanted = wanted.where(Ticket.terminal_id == terminal_id)
    if kind:
        wanted = wanted.where(Ticket.kind == kind)
    return list(session.scalars(wanted))


def add_content(session: Session, wanted: NewContent, by: str) -> Content:
    """One more thing for idle screens. Raises Refused `bad_days`."""
    if wanted.until < wanted.since:
        raise Refused("bad_days")
    content = Content(id="I" + uuid.uuid4().hex[:20], made_by=by, **wanted.model_dump())
    session.add(content)
    session.flush()
    return content


def withdraw_content(session: Session, content_id: str, by: str) -> Content:
    """Shown no more. Raises NoSuch."""
    content = session.get(Content, content_id, with_for_update=True)
    if content is None:
        raise NoSuch("unknown_content")
    content.withdrawn_by = content.withdrawn_by or by
    return content


def content_of(session: Session, campus: str, day: date) -> list[Content]:
    """What a campus shows on a day, in order."""
    wanted = select(Content).where(
        Content.campus.in_(("", campus)),
        Content.since <= day.isoformat(),
        Content.until >= day.isoformat(),
        Content.withdrawn_by == "",
    )
    return list(session.scalars(wanted.order_by(Content.place, Content.id)))
