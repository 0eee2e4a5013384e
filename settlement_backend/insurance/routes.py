"""The insurance: breakdown of a settlement, referral slips, special diseases, fund claims."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.errors import NoSuch
from settlement_backend.base.outside import NotFound, NoWord
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds, role
from settlement_backend.insurance import referrals, requests, specials
from settlement_backend.insurance.asking import VisitThere
from settlement_backend.insurance.referrals import SlipFacts
from settlement_backend.insurance.shapes import (
    Breakdown,
    DiseasesTold,
    FundClaimsTold,
    FundClaimTold,
    ReferralsTold,
    ReferralTold,
    TreatmentTold,
    VisitTold,
    breakdown_of,
    claim_told,
    disease_told,
    referral_told,
    visit_told,
)
from settlement_backend.insurance.words import RefusedBy
from settlement_backend.people import people
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

BinderDep = Annotated[Terminal, kinds("window", "mobile", "ward")]
DoctorDep = Annotated[Terminal, kinds("clinic", "window")]
CheckerDep = Annotated[Operator, role("cashier", "supervisor", "finance")]
FinanceDep = Annotated[Operator, role("finance")]
_ID_DIGITS = 30


@router.get("/settlements/{settlement_id}/insurance", response_model=Breakdown)
def breakdown(settlement_id: str, service: ServiceDep, terminal: TerminalDep) -> Breakdown:
    """Who pays a settlement and why (L07)."""
    with service.db.read() as session:
        return breakdown_of(session, settlement_id)


@router.get("/settlements/{settlement_id}/insurance/visit", response_model=VisitTold)
def visit_there(settlement_id: str, service: ServiceDep, operator: CheckerDep) -> VisitTold:
    """What the platform itself has of this visit, for whoever clears up a doubt."""
    match service.insurance.there(settlement_id):
        case VisitThere() as visit:
            return visit_told(visit)
        case NotFound() | RefusedBy():
            raise NoSuch("not_insured")
    raise NoWord


@router.get("/patients/{person_id}/insurance-referrals", response_model=ReferralsTold)
def bound_referrals(person_id: str, service: ServiceDep, terminal: TerminalDep) -> ReferralsTold:
    """Referral slips of a patient from out of town (L03)."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        rows = referrals.of_person(session, person_id)
        return ReferralsTold(referrals=tuple(referral_told(row) for row in rows))


@router.post(
    "/patients/{person_id}/insurance-referrals", status_code=201, response_model=ReferralTold
)
def bind_referral(
    person_id: str,
    body: requests.NewReferral,
    key: Key,
    service: ServiceDep,
    terminal: BinderDep,
) -> Response:
    """Bind a slip to the patient, before the stay is settled through the platform (L03)."""
    slip = SlipFacts(body.slip_no, body.from_region, body.valid_from, body.valid_to)

    def handler(session: Session) -> ReferralTold:
        people.person_of(session, person_id)
        bound = referrals.bind(session, person_id, slip, terminal.id, service.clock.now())
        audit.note(session, service.clock, terminal.id, "", "referral_bound", of=bound.id)
        return referral_told(bound)

    request = text_of(f"patients/{person_id}/insurance-referrals", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/patients/{person_id}/special-diseases", response_model=DiseasesTold)
def special_diseases(person_id: str, service: ServiceDep, terminal: TerminalDep) -> DiseasesTold:
    """What a special outpatient visit of this patient may be for."""
    found = specials.diseases_of(service.db, service.insurance, person_id)
    return DiseasesTold(diseases=tuple(disease_told(disease) for disease in found))


@router.post("/registrations/{registration_id}/special-disease", response_model=TreatmentTold)
def declare_special(
    registration_id: str,
    body: requests.SpecialDisease,
    key: Key,
    service: ServiceDep,
    terminal: DoctorDep,
) -> Response:
    """The visit is for this registered disease, "" for none; its next quote says so."""

    def handler() -> TreatmentTold:
        visit = specials.declare(service.db, service.insurance, registration_id, body.disease_code)
        return TreatmentTold(
            registration_id=registration_id,
            treatment=visit.med_type,
            disease_code=visit.disease_code,
        )

    request = text_of(f"registrations/{registration_id}/special-disease", body)
    return respond(service.keys.once_outside(key, request, handler))


@router.get("/insurance/fund-claims", response_model=FundClaimsTold)
def fund_claims(service: ServiceDep, operator: FinanceDep) -> FundClaimsTold:
    """Applications for funds, newest first (L08)."""
    return FundClaimsTold(claims=tuple(claim_told(row) for row in service.fund_claims.listed()))


@router.post("/insurance/fund-claims", status_code=201, response_model=FundClaimTold)
def apply_for_funds(
    body: requests.NewFundClaim, key: Key, service: ServiceDep, operator: FinanceDep
) -> Response:
    """Apply for the funds of a month that is over (L08)."""
    claim_id = hashlib.sha256(key.encode()).hexdigest()[:_ID_DIGITS]

    def handler() -> FundClaimTold:
        return claim_told(
            service.fund_claims.apply(claim_id, body.month, body.clearing_type, operator.number)
        )

    request = text_of("insurance/fund-claims", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/insurance/fund-claims/{claim_id}/cancel", response_model=FundClaimTold)
def cancel_fund_claim(
    claim_id: str, body: Nothing, key: Key, service: ServiceDep, operator: FinanceDep
) -> Response:
    """Take an application back; another one may follow."""
    request = text_of(f"insurance/fund-claims/{claim_id}/cancel", body)
    return respond(
        service.keys.once_outside(
            key, request, lambda: claim_told(service.fund_claims.cancel(claim_id))
        )
    )
