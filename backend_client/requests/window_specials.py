"""Referral slips, diseases, liability, give-ups, sheets signed on paper (docs/backend_api)."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.steps.window_specials import (
    BindReferral,
    DecideGiveUp,
    DeclareDisease,
    FetchBreakdown,
    FetchDiseases,
    FetchGiveUp,
    FetchLiability,
    FetchReferralsBound,
    StateLiability,
)
from core.window_specials import (
    BoundReferral,
    BoundReferrals,
    Breakdown,
    Diseases,
    GiveUpCase,
    Liability,
    Treatment,
)


def referrals(backend: Exchange, step: FetchReferralsBound) -> Told[BoundReferrals]:
    """Newest first."""
    path = "/v1/patients/{}/insurance-referrals"
    return backend.get(reader(BoundReferrals), path, step.patient_id)


def bind_referral(backend: Exchange, step: BindReferral) -> Told[BoundReferral]:
    """The same slip again stands as it was."""
    body = {
        "slip_no": step.slip_no,
        "from_region": step.from_region,
        "valid_from": step.valid_from,
        "valid_to": step.valid_to,
    }
    read = reader(BoundReferral, slip_no=step.slip_no)
    path = "/v1/patients/{}/insurance-referrals"
    return backend.post(read, path, step.patient_id, body=body, key=fresh_key())


def diseases(backend: Exchange, step: FetchDiseases) -> Told[Diseases]:
    """As the insurance has them."""
    return backend.get(reader(Diseases), "/v1/patients/{}/special-diseases", step.patient_id)


def declare_disease(backend: Exchange, step: DeclareDisease) -> Told[Treatment]:
    """Declared again it stands as it was."""
    body = {"disease_code": step.disease_code}
    read = reader(Treatment, registration_id=step.registration_id)
    path = "/v1/registrations/{}/special-disease"
    return backend.post(read, path, step.registration_id, body=body, key=fresh_key())


def liability(backend: Exchange, step: FetchLiability) -> Told[Liability]:
    """Each fact with its newest word."""
    read = reader(Liability, registration_id=step.registration_id)
    return backend.get(read, "/v1/visits/{}/liability", step.registration_id)


def state_liability(backend: Exchange, step: StateLiability) -> Told[Liability]:
    """Stated again it stands as it was."""
    words = [{"fact": word.fact, "stands": word.stands} for word in step.words]
    body = {"words": words, "reason": step.reason}
    read = reader(Liability, registration_id=step.registration_id)
    path = "/v1/visits/{}/liability"
    return backend.post(read, path, step.registration_id, body=body, key=fresh_key())


def give_up(backend: Exchange, step: FetchGiveUp) -> Told[GiveUpCase]:
    """With the bill as it stands."""
    return backend.get(reader(GiveUpCase), "/v1/give-ups/{}", step.slip_id)


def decide_give_up(backend: Exchange, step: DecideGiveUp) -> Told[GiveUpCase]:
    """Decided once."""
    body = {"version": step.version, "agree": step.agree}
    path = "/v1/give-ups/{}/decide"
    return backend.post(reader(GiveUpCase), path, step.slip_id, body=body, key=fresh_key())


def breakdown(backend: Exchange, step: FetchBreakdown) -> Told[Breakdown]:
    """404 `not_insured` when the insurance paid nothing."""
    read = reader(Breakdown, settlement_id=step.settlement_id)
    return backend.get(read, "/v1/settlements/{}/insurance", step.settlement_id)


REQUESTS: Requests = {
    FetchReferralsBound: referrals,
    BindReferral: bind_referral,
    FetchDiseases: diseases,
    DeclareDisease: declare_disease,
    FetchLiability: liability,
    StateLiability: state_liability,
    FetchGiveUp: give_up,
    DecideGiveUp: decide_give_up,
    FetchBreakdown: breakdown,
}
