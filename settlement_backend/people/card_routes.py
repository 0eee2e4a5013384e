"""Health cards: a number, handed out, not handed out, lost, exchanged."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Reason
from settlement_backend.gate import Key, ServiceDep, TerminalDep
from settlement_backend.people import cards, people, requests, special
from settlement_backend.people.access import CashierDep, WindowDep
from settlement_backend.people.cards import Wish
from settlement_backend.people.shapes import CardShape, card_shape
from settlement_backend.people.special import Desk

router = APIRouter(prefix="/v1", responses=ANSWERS)


@router.post("/cards", status_code=201, response_model=CardShape)
def reserve(
    body: requests.PatientRef, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A number for one card."""

    def handler(session: Session) -> CardShape:
        person = people.person_of(session, body.patient_id, alone=True)
        wish = Wish(key, terminal.kind)
        return card_shape(cards.reserve_card(session, service.policy.identity, person, wish))

    return respond(service.keys.once(key, text_of("cards", body), handler, 201))


@router.post("/cards/{number}/activate", response_model=CardShape)
def activate(
    number: str,
    body: requests.ActivateCard,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
) -> Response:
    """The patient has it."""

    def handler(session: Session) -> CardShape:
        return card_shape(cards.activate_card(session, number, body.uid))

    return respond(service.keys.once(key, text_of(f"cards/{number}/activate", body), handler))


@router.post("/cards/{number}/void", response_model=CardShape)
def void(
    number: str, body: Reason, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """Not outside."""

    def handler(session: Session) -> CardShape:
        return card_shape(cards.void_card(session, number, body.reason))

    return respond(service.keys.once(key, f"cards/{number}/void", handler))


@router.get("/cards/{number}", response_model=CardShape)
def card(number: str, service: ServiceDep, terminal: TerminalDep) -> CardShape:
    """Its state."""
    with service.db.read() as session:
        return card_shape(cards.find_card(session, number))


@router.post("/cards/{number}/loss", response_model=CardShape)
def loss(
    number: str,
    body: requests.WithDocument,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """Reported at a window with the holder's document; real-name cards only (S26)."""

    def handler(session: Session) -> CardShape:
        found = cards.find_card(session, number)
        people.person_of(session, found.person_id, alone=True)
        cards.report_loss(session, found, body.id_number)
        desk = Desk(operator.number, terminal.id, service.clock.now())
        special.see(session, found.person_id, number, ("ID_DOCUMENT",), desk)
        audit.note(
            session, service.clock, terminal.id, operator.number, "card_lost", of=found.person_id
        )
        return card_shape(found)

    return respond(service.keys.once(key, text_of(f"cards/{number}/loss", body), handler))


@router.post("/cards/{number}/replacement", status_code=201, response_model=CardShape)
def replacement(
    number: str,
    body: requests.WithDocument,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """Exchange or re-issue at a window: the old card ends, a number for the new one (S26)."""

    def handler(session: Session) -> CardShape:
        old = cards.find_card(session, number)
        people.person_of(session, old.person_id, alone=True)
        new = cards.replace_card(session, old, body.id_number, key)
        desk = Desk(operator.number, terminal.id, service.clock.now())
        special.see(session, old.person_id, number, ("ID_DOCUMENT",), desk)
        audit.note(
            session, service.clock, terminal.id, operator.number, "card_replaced", of=old.person_id
        )
        return card_shape(new)

    return respond(
        service.keys.once(key, text_of(f"cards/{number}/replacement", body), handler, 201)
    )
