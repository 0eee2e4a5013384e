"""What makes a person a window's: special identities, a death; and what was seen of it (S20, W34).

Talks to the database only. What a reader would get wrong: identities that the insurance tells are
added and never taken away by it; only a window takes one away, with a reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.tables import Agreement
from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.people import consents, relatives
from settlement_backend.people.id_numbers import age_of, day_of
from settlement_backend.people.rules import Facts
from settlement_backend.people.tables import DocumentSeen, Person

DECEASED = "DECEASED"
_SET_ELSEWHERE = frozenset({"ANONYMOUS"})


@dataclass(frozen=True, slots=True)
class Desk:
    """Who saw something, where and when."""

    operator: str
    terminal_id: str
    now: datetime


def facts_of(session: Session, person: Person, today: date) -> Facts:
    """What the rules ask about this person."""
    contact = relatives.contact_of(session, person.id)
    clear = "NONE" if contact is None else "CLEAR" if contact.id_number else "UNCLEAR"
    return Facts(
        real_name=person.real_name,
        age=age_of(person.birth_date, today),
        special=person.special,
        deceased=bool(person.deceased_on),
        permitted=consents.standing(session, person.id, "E_CERTIFICATE") is not None,
        credit_signed=_has_credit_line(session, person.id),
        guardian=relatives.guardian_of(session, person.id) is not None,
        contact=clear,
    )


def _has_credit_line(session: Session, person_id: str) -> bool:
    signed = select(Agreement.id).where(
        Agreement.person_id == person_id,
        Agreement.kind.in_(("CREDIT_LINE", "FAMILY_CREDIT_LINE")),
        Agreement.state == "SIGNED",
    )
    return session.scalar(signed.limit(1)) is not None


def set_identities(person: Person, wanted: Iterable[str], known: tuple[str, ...]) -> None:
    """Exactly these from now on. Raises Refused `unknown_identity`.

    Being anonymous is a fact of the person and cannot be set or taken away.
    """
    chosen = frozenset(wanted)
    if not chosen <= frozenset(known) - _SET_ELSEWHERE:
        raise Refused("unknown_identity")
    person.identities = ",".join(sorted(chosen | (person.special & _SET_ELSEWHERE)))


def learn(person: Person, told: Iterable[str]) -> None:
    """What the insurance knows is added (idetinfo)."""
    person.identities = ",".join(sorted(person.special | frozenset(told)))


def report_death(session: Session, person: Person, died_on: str, desk: Desk) -> None:
    """From now on a window only, and refunds need the documents of the list (W34).

    Raises Refused `bad_day`.
    """
    day = day_of(died_on)
    if day is None or day > desk.now.date():
        raise Refused("bad_day")
    person.deceased_on = died_on


def see(session: Session, person_id: str, about: str, kinds: Iterable[str], desk: Desk) -> None:
    """Originals that an operator held in hand; each is kept once."""
    for kind in sorted(frozenset(kinds) - seen(session, person_id, about)):
        session.add(
            DocumentSeen(
                id=uuid.uuid4().hex,
                person_id=person_id,
                about=about,
                kind=kind,
                operator=desk.operator,
                terminal_id=desk.terminal_id,
                at=stamp(desk.now),
            )
        )
    session.flush()


def seen(session: Session, person_id: str, about: str) -> frozenset[str]:
    """The kinds of originals that were seen for a matter."""
    return frozenset(
        session.scalars(
            select(DocumentSeen.kind).where(
                DocumentSeen.person_id == person_id, DocumentSeen.about == about
            )
        )
    )
