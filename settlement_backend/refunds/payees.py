"""Whose account a transfer goes to: the patient's, a minor's registered contact's (W28, W30-W34).

Talks to the database for looking only. What a reader would get wrong: for a patient alive the
name is never typed in, it is the one in our books; only the account and its bank are asked for.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from settlement_backend.base.errors import Refused
from settlement_backend.people.relatives import contact_of
from settlement_backend.people.rules import may_be_paid_back
from settlement_backend.people.special import DECEASED, facts_of, seen
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision, required
from settlement_backend.policy.profile import Policy


def decision_of(session: Session, policy: Policy, person: Person, today: date) -> Decision:
    """Who gets a transfer for this person, and what is missing for it."""
    return may_be_paid_back(policy, facts_of(session, person, today))


def missing_documents(session: Session, policy: Policy, person: Person) -> tuple[str, ...]:
    """What a window has not seen yet of a dead person's papers (W34); nothing for the living."""
    if not person.deceased_on:
        return ()
    known = seen(session, person.id, DECEASED)
    return tuple(kind for kind in policy.refund.deceased_documents if kind not in known)


def name_for(session: Session, policy: Policy, person: Person, typed: str, today: date) -> str:
    """The account holder: as our books have him; as typed only from a dead person's papers.

    Raises Refused `documents_missing`, `payee_name` and the words of the payee's rule.
    """
    if person.deceased_on:
        missing = missing_documents(session, policy, person)
        if missing:
            raise Refused("documents_missing", ",".join(missing))
        name = typed
    else:
        decision = required(decision_of(session, policy, person, today))
        name = person.name if "PATIENT" in decision.needs else _contact_name(session, person.id)
    if not name:
        raise Refused("payee_name")
    return name


def _contact_name(session: Session, person_id: str) -> str:
    contact = contact_of(session, person_id)
    return contact.name if contact is not None else ""
