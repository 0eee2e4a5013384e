"""Special outpatients: a visit for a disease that the insurance has registered (med_type 14).

Talks to the platform through the adapter, never inside a transaction. What a reader would get
wrong: the visit is told anew (2203) at its next quote, so what is quoted already stays as it was.
"""

from __future__ import annotations

from sqlalchemy import select

from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.base.outside import NoWord
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.insurance import care, insutypes
from settlement_backend.insurance.envelope import BACKGROUND
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.insurance.persons import Cover, Disease
from settlement_backend.insurance.tables import InsuranceVisit
from settlement_backend.insurance.words import Insured, RefusedBy, Silent
from settlement_backend.people.people import person_of
from settlement_backend.visits.visits import registration_of


def diseases_of(db: Database, insurance: Insurance, person_id: str) -> tuple[Disease, ...]:
    """What somebody may be treated for. Raises Refused `not_insured`, and NoWord."""
    with db.read() as session:
        id_number = person_of(session, person_id).id_number
    found = insurance.persons.diseases(_insured(insurance, id_number).psn_no)
    if isinstance(found, Silent | RefusedBy):
        raise NoWord
    return found


def declare(
    db: Database, insurance: Insurance, registration_id: str, disease_code: str
) -> InsuranceVisit:
    """This visit is for that disease, "" for none. Raises Refused `not_insured`,
    `disease_not_registered`, `insurance_refused`, and NoWord."""
    with db.read() as session:
        registration = registration_of(session, registration_id)
        id_number = person_of(session, registration.person_id).id_number
        lines = select(BillLine.id).join(Bill).where(Bill.registration_id == registration_id)
        treatment = care.care_of(session, registration_id, list(session.scalars(lines)))
    insured = _insured(insurance, id_number)
    if disease_code:
        _check_cover(insurance, insured.psn_no, disease_code)
    person = insurance.persons.known(insured.psn_no)
    if person is None:
        raise NoWord
    opened = insurance.visits.opened(treatment, person, BACKGROUND)
    match opened:
        case Silent():
            raise NoWord
        case RefusedBy():
            raise Refused("insurance_refused")
    insurance.visits.declare(registration_id, disease_code)
    visit = insurance.visits.of(registration_id)
    if visit is None:
        raise NoWord
    return visit


def _insured(insurance: Insurance, id_number: str) -> Insured:
    match insurance.person(id_number):
        case Insured() as insured:
            return insured
        case Silent():
            raise NoWord
    raise Refused("not_insured")


def _check_cover(insurance: Insurance, psn_no: str, disease_code: str) -> None:
    """2001. Raises Refused `disease_not_registered`, and NoWord."""
    match insurance.persons.cover(psn_no, insutypes.SPECIAL, disease_code):
        case Cover(paid_for=True):
            return
        case Cover() | RefusedBy():
            raise Refused("disease_not_registered")
    raise NoWord
