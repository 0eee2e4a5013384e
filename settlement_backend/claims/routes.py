"""Commercial insurance: terms, authorisation, policies, fast claims and where they are."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Response

from settlement_backend.base import audit
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.claims import authorising, requests
from settlement_backend.claims.fast import Application, FastClaims
from settlement_backend.claims.shapes import (
    AuthorisationTold,
    ClaimsTold,
    ClaimTerms,
    ClaimTold,
    PoliciesTold,
    authorisation_told,
    claim_told,
    policy_told,
)
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.people.media import Shown
from settlement_backend.people.people import person_of
from settlement_backend.service import Service
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

PatientsDep = Annotated[Terminal, kinds("kiosk", "window", "ward", "mobile")]
_ID_DIGITS = 30
_WORKING_DAYS = "1-2"


@router.get("/claims/terms", response_model=ClaimTerms)
def claim_terms(service: ServiceDep, terminal: TerminalDep) -> ClaimTerms:
    """What is agreed to before anything leaves the hospital (L11)."""
    return ClaimTerms(
        version=authorising.VERSION,
        text=authorising.TEXT,
        proofs=authorising.PROOFS,
        working_days=_WORKING_DAYS,
    )


@router.post(
    "/patients/{person_id}/claim-authorisations", status_code=201, response_model=AuthorisationTold
)
def authorise(
    person_id: str,
    body: requests.NewAuthorisation,
    key: Key,
    service: ServiceDep,
    terminal: PatientsDep,
) -> Response:
    """The patient's word, with a proof of identity (L11, L12)."""

    def handler() -> AuthorisationTold:
        _check_proof(service, person_id, body.proof)
        with service.db.write() as session:
            person_of(session, person_id)
            row = authorising.give(
                session,
                _number(key),
                person_id,
                body.mode,
                body.proof.kind,
                body.version,
                terminal.id,
                service.clock.now(),
            )
            audit.note(
                session,
                service.clock,
                terminal.id,
                "",
                "claim_authorised",
                of=row.id,
                mode=row.mode,
            )
        return authorisation_told(row)

    request = text_of(f"patients/{person_id}/claim-authorisations", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.get("/claim-authorisations/{authorisation_id}/policies", response_model=PoliciesTold)
def policies(authorisation_id: str, service: ServiceDep, terminal: PatientsDep) -> PoliciesTold:
    """The policies in force of the person who gave this word."""
    found = _claims(service).policies(authorisation_id)
    return PoliciesTold(policies=tuple(policy_told(policy) for policy in found))


@router.post("/claim-authorisations/{authorisation_id}/policy", response_model=AuthorisationTold)
def choose_policy(
    authorisation_id: str,
    body: requests.ChosenPolicy,
    key: Key,
    service: ServiceDep,
    terminal: PatientsDep,
) -> Response:
    """Whose insurer pays the next settlement directly (L10)."""
    request = text_of(f"claim-authorisations/{authorisation_id}/policy", body)
    claims = _claims(service)
    return respond(
        service.keys.once_outside(
            key,
            request,
            lambda: authorisation_told(claims.choose(authorisation_id, body.policy_no)),
        )
    )


@router.post("/claims", status_code=201, response_model=ClaimTold)
def claim(
    body: requests.NewClaim, key: Key, service: ServiceDep, terminal: PatientsDep
) -> Response:
    """A fast claim for a settlement that the patient has paid (L09)."""
    wish = Application(body.settlement_id, body.authorisation_id, body.policy_no)
    claims = _claims(service)
    return respond(
        service.keys.once_outside(
            key,
            text_of("claims", body),
            lambda: claim_told(claims.apply(_number(key), wish)),
            201,
        )
    )


@router.get("/claims/{claim_id}", response_model=ClaimTold)
def claim_state(claim_id: str, service: ServiceDep, terminal: TerminalDep) -> ClaimTold:
    """Where a claim is (L11); looking moves nothing."""
    return claim_told(_claims(service).claim_of(claim_id))


@router.get("/patients/{person_id}/claims", response_model=ClaimsTold)
def claims_of(person_id: str, service: ServiceDep, terminal: TerminalDep) -> ClaimsTold:
    """All claims of a patient, newest first."""
    rows = _claims(service).of_person(person_id)
    return ClaimsTold(claims=tuple(claim_told(row) for row in rows))


def _claims(service: Service) -> FastClaims:
    """Raises NoSuch where the hospital has no commercial insurer."""
    if service.fast_claims is None:
        raise NoSuch("no_insurer")
    return service.fast_claims


def _check_proof(service: Service, person_id: str, proof: requests.Proof) -> None:
    """Raises Refused `proof_of_another`, and as identifying does."""
    found = service.identities.identify(Shown(proof.kind, proof.value), "")
    if found.person_id != person_id or found.by_relative:
        raise Refused("proof_of_another")


def _number(key: str) -> str:
    """A number of ours, the same for the same key."""
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_DIGITS]
