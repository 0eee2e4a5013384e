"""Pre-authorisations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select

from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.holds import requests
from settlement_backend.holds.holds import HoldFacts, terms
from settlement_backend.holds.releasing import ends_at, release_of
from settlement_backend.holds.shapes import (
    HoldList,
    HoldShape,
    ReauthorisationShape,
    ReleaseShape,
    TermsShape,
    hold_shape,
)
from settlement_backend.holds.tables import Hold
from settlement_backend.people import people
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WithCardsDep = Annotated[Terminal, kinds("kiosk", "window", "ward")]


@router.get("/patients/{person_id}/hold-terms")
def hold_terms(person_id: str, service: ServiceDep, terminal: TerminalDep) -> TermsShape:
    """May this patient place a hold (S10, S16)."""
    with service.db.read() as session:
        return terms(people.person_of(session, person_id), service.policy.preauth)


@router.get("/patients/{person_id}/holds")
def holds(person_id: str, service: ServiceDep, terminal: TerminalDep) -> HoldList:
    """Newest first, with where each that stands can be ended."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = session.scalars(
            select(Hold).where(Hold.person_id == person_id).order_by(Hold.created_at.desc())
        ).all()
        return HoldList(
            holds=tuple(hold_shape(hold) for hold in found),
            places=tuple(
                ends_at(session, hold, terminal) for hold in found if hold.state == "HELD"
            ),
        )


@router.post("/holds", status_code=201, response_model=HoldShape)
def new_hold(
    body: requests.NewHold, key: Key, service: ServiceDep, terminal: WithCardsDep
) -> Response:
    """What a card terminal approved."""
    facts = HoldFacts(**body.model_dump(exclude={"patient_id"}))

    def handler() -> HoldShape:
        return service.holds.register(body.patient_id, facts, terminal)

    return respond(service.keys.once_outside(key, text_of("holds", body), handler, 201))


@router.get("/holds/{hold_id}/release")
def release(hold_id: str, service: ServiceDep, terminal: WithCardsDep) -> ReleaseShape:
    """May this terminal's card terminal end it, and under which number."""
    with service.db.read() as session:
        return release_of(session, hold_id, terminal, service.policy.preauth)


@router.post("/holds/{hold_id}/released", response_model=HoldShape)
def released(
    hold_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: WithCardsDep
) -> Response:
    """The card terminal released it; the acquirer is asked whether it is so."""
    request = f"holds/{hold_id}/released"
    return respond(service.keys.once_outside(key, request, lambda: service.holds.released(hold_id)))


@router.post("/holds/{hold_id}/reauthorise", status_code=201, response_model=ReauthorisationShape)
def reauthorise(
    hold_id: str,
    body: requests.Reauthorise,
    key: Key,
    service: ServiceDep,
    terminal: WithCardsDep,
) -> Response:
    """Announce a larger hold in place of this one (S12); the key is its id."""

    def handler() -> ReauthorisationShape:
        asked = (key, hold_id, body.reference, body.amount_fen, terminal)
        return service.reauthorising.ask(*asked)

    request = text_of(f"holds/{hold_id}/reauthorise", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.get("/reauthorisations/{reauthorisation_id}")
def reauthorisation(
    reauthorisation_id: str, service: ServiceDep, terminal: WithCardsDep
) -> ReauthorisationShape:
    """How far it is."""
    return service.reauthorising.view(reauthorisation_id)


@router.post(
    "/reauthorisations/{reauthorisation_id}/old-released", response_model=ReauthorisationShape
)
def old_released(
    reauthorisation_id: str,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    terminal: WithCardsDep,
) -> Response:
    """The card terminal released the old hold; the acquirer is asked whether it is so."""
    request = f"reauthorisations/{reauthorisation_id}/old-released"
    return respond(
        service.keys.once_outside(
            key, request, lambda: service.reauthorising.released(reauthorisation_id)
        )
    )
