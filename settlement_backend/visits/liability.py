"""Who must bear a visit's cost: the doctor's room's word, and what a cashier learns (N08, C15).

Talks to the database only. What a reader would get wrong: the words stand side by side, and one of
them alone closes pay-later; that a cashier takes a fact back does not take the doctor's word back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.bills.tables import Bill
from settlement_backend.visits.tables import Registration, VisitWord

SCENE, LIABILITY = "SCENE", "LIABILITY"
YES, NO = "YES", "NO"
FACTS = {
    "TRAFFIC_ACCIDENT": "THIRD_PARTY_LIABILITY",
    "MEDICAL_ACCIDENT": "THIRD_PARTY_LIABILITY",
    "THIRD_PARTY": "THIRD_PARTY_LIABILITY",
    "FIGHT": "ILLEGAL_ACT",
    "POISON_TAKING": "ILLEGAL_ACT",
    "DRUGS": "ILLEGAL_ACT",
    "ABORTION": "ABORTION_NON_MEDICAL",
    "OTHER": "OTHER_UNSUITABLE",
}
"""What a cashier can state, and the exclusion of pay-later it falls under."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something, when, and on what ground."""

    terminal_id: str
    operator: str
    at: str
    reason: str = ""


def words_of(session: Session, registration_id: str) -> dict[str, VisitWord]:
    """The newest of each, by what it is about."""
    wanted = select(VisitWord).where(VisitWord.registration_id == registration_id)
    return {word.about: word for word in session.scalars(wanted)}


def exclusions_of(session: Session, registration: Registration | None) -> tuple[str, ...]:
    """What excludes this visit's bills from pay-later; the doctor's word first."""
    if registration is None:
        return ()
    words = words_of(session, registration.id)
    stated = (FACTS[fact] for fact in FACTS if fact in words and words[fact].word == YES)
    return tuple(filter(None, dict.fromkeys((registration.liability, *stated))))


def exclusion_of(session: Session, registration: Registration) -> str:
    """The one its bills are marked with, "" for none."""
    return next(iter(exclusions_of(session, registration)), "")


def state_of_room(
    session: Session, registration: Registration, scene: str, liability: str, said: Said
) -> None:
    """The doctor's room says where the patient is treated, and who is liable."""
    session.refresh(registration, with_for_update=True)
    before = exclusion_of(session, registration)
    registration.scene, registration.liability = scene, liability
    for about, word in ((SCENE, scene), (LIABILITY, liability)):
        _keep(session, registration, about, word, said)
    _follow(session, registration, before)


def state(
    session: Session, registration: Registration, stated: Mapping[str, bool], said: Said
) -> None:
    """A cashier's facts; scene and liability of the doctor's room stay as they are."""
    session.refresh(registration, with_for_update=True)
    before = exclusion_of(session, registration)
    for fact, stands in stated.items():
        _keep(session, registration, fact, YES if stands else NO, said)
    _follow(session, registration, before)


def _keep(session: Session, registration: Registration, about: str, word: str, said: Said) -> None:
    session.merge(
        VisitWord(
            registration_id=registration.id,
            about=about,
            word=word,
            reason=said.reason,
            terminal_id=said.terminal_id,
            operator=said.operator,
            at=said.at,
        )
    )
    session.flush()


def _follow(session: Session, registration: Registration, before: str) -> None:
    """Open bills of the visit follow; one that was excluded for itself stays so."""
    session.execute(
        update(Bill)
        .where(
            Bill.registration_id == registration.id,
            Bill.state == "OPEN",
            Bill.kind == "OUTPATIENT",
            Bill.exclusion.in_(("", before)),
        )
        .values(exclusion=exclusion_of(session, registration))
    )
    session.flush()
