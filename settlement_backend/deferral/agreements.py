"""Signatures in the database: who signed, what stands, what ended (N01, N12, W08).

Talks to the database only, inside the caller's transaction. What a reader would get wrong: a
signature belongs to an ID number, not to a card or a registration of a person; and a cancelled one
leaves its open bills due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.deferral import rules
from settlement_backend.deferral.standing import standing_of
from settlement_backend.deferral.tables import DeferralAgreement
from settlement_backend.notices import outbox
from settlement_backend.people import relatives, special
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Policy
from settlement_backend.signatures.pictures import Drawn
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Registration, Schedule

STANDS = ("SIGNED", "SUSPENDED", "REPAIRED")
COUNTS = ("SIGNED", "REPAIRED")


@dataclass(frozen=True, slots=True)
class Signature:
    """What was signed. `agreement_id`: ours, for ever; `by_guardian`: the person's guardian signs;
    `drawn`: None on paper; `guardian_id_number`: as the guardian's ID card said, or ""."""

    agreement_id: str
    version: str
    by_guardian: bool
    repay_by_debit: bool
    drawn: Drawn | None = None
    guardian_id_number: str = ""

    def __repr__(self) -> str:
        return f"Signature({self.agreement_id})"


def standing(session: Session, id_number: str) -> DeferralAgreement | None:
    """The agreement of an ID number that was not cancelled, None without one."""
    if not id_number:
        return None
    wanted = select(DeferralAgreement).where(
        DeferralAgreement.id_number == id_number, DeferralAgreement.state.in_(STANDS)
    )
    return session.scalars(wanted).first()


def is_signed(session: Session, id_number: str) -> bool:
    """Whether pay-later may be used with it."""
    found = standing(session, id_number)
    return found is not None and found.state in COUNTS


def newest(session: Session, id_number: str) -> DeferralAgreement | None:
    """The last one that was signed, cancelled or not."""
    wanted = select(DeferralAgreement).where(DeferralAgreement.id_number == id_number)
    order = (DeferralAgreement.signed_at.desc(), DeferralAgreement.cancelled_at)
    return session.scalars(wanted.order_by(*order)).first() if id_number else None


def applicant(
    session: Session, person: Person, terminal_kind: str, now: datetime
) -> rules.Applicant:
    """What decides whether this person may sign here."""
    return rules.Applicant(
        terminal_kind=terminal_kind,
        person=special.facts_of(session, person, now.date()),
        departments=tuple(_departments(session, person.id, now)),
        standing=standing_of(session, person.id_number),
        signed=standing(session, person.id_number) is not None,
    )


def sign(
    session: Session,
    person: Person,
    signature: Signature,
    terminal: Terminal,
    policy: Policy,
    now: datetime,
) -> DeferralAgreement:
    """Write a signature that was decided on before; the person's row is locked.

    Raises Refused `commitment_version` for an old text, `guardian_needed` when nobody who may
    sign for this person is registered, and `wrong_guardian` for another one's ID card.
    """
    if signature.version != policy.deferral.commitment_version:
        raise Refused("commitment_version")
    guardian = relatives.guardian_of(session, person.id) if signature.by_guardian else None
    if signature.by_guardian and guardian is None:
        raise Refused("guardian_needed")
    shown = signature.guardian_id_number
    if guardian is not None and shown and shown != guardian.id_number:
        raise Refused("wrong_guardian")
    departments = _departments(session, person.id, now)
    agreement = DeferralAgreement(
        id=signature.agreement_id,
        id_number=person.id_number,
        person_id=person.id,
        state="SIGNED",
        text_version=signature.version,
        signer="GUARDIAN" if guardian else "PATIENT",
        signer_name=guardian.name if guardian else person.name,
        signer_id_number=guardian.id_number if guardian else person.id_number,
        signature_digest=signature.drawn.sha256 if signature.drawn else "",
        repay_by_debit=signature.repay_by_debit,
        channel=terminal.kind,
        terminal_id=terminal.id,
        department_code=departments[0] if departments else "",
        signed_at=stamp(now),
    )
    session.add(agreement)
    session.flush()
    outbox.tell(session, now, person.id, "deferral_signed", agreement.id)
    return agreement


def cancel(session: Session, person: Person, terminal_id: str, now: datetime) -> DeferralAgreement:
    """End it at any time (N12). Raises Refused `not_signed`."""
    agreement = standing(session, person.id_number)
    ended = session.execute(
        update(DeferralAgreement)
        .where(
            DeferralAgreement.id_number == person.id_number,
            DeferralAgreement.state.in_(STANDS),
        )
        .values(state="CANCELLED", cancelled_at=stamp(now), cancelled_terminal=terminal_id)
    )
    if agreement is None or ended.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult
        raise Refused("not_signed")
    session.refresh(agreement)
    outbox.tell(session, now, person.id, "deferral_cancelled", agreement.id)
    return agreement


def move(session: Session, id_number: str, before: Sequence[str], after: str) -> None:
    """What stands is suspended or repaired; a cancelled one stays so."""
    session.execute(
        update(DeferralAgreement)
        .where(DeferralAgreement.id_number == id_number, DeferralAgreement.state.in_(before))
        .values(state=after)
    )


def _departments(session: Session, person_id: str, now: datetime) -> Sequence[str]:
    """Of the paid registrations of today, the newest first (N04)."""
    wanted = (
        select(Schedule.department_code)
        .join(Registration, Registration.schedule_id == Schedule.id)
        .where(
            Registration.person_id == person_id,
            Registration.state == "CONFIRMED",
            Schedule.day == now.date().isoformat(),
        )
    )
    return session.scalars(wanted.order_by(Registration.confirmed_at.desc())).all()
