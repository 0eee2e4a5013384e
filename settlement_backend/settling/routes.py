"""Settlements."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Reason
from settlement_backend.bills.tables import Bill
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.people import people
from settlement_backend.settling import requests
from settlement_backend.settling.shapes import SettlementList, SettlementShape
from settlement_backend.settling.tables import Settlement
from settlement_backend.settling.view import settlement_shape
from settlement_backend.settling.wish import Wish
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits import visits

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
PayingDep = Annotated[Terminal, kinds("kiosk", "window", "clinic", "ward", "mobile")]
ClinicDep = Annotated[Terminal, kinds("clinic")]
_DAYS_BACK = 30


@router.post("/settlements", status_code=201, response_model=SettlementShape)
def open_settlement(
    body: requests.NewSettlement, key: Key, service: ServiceDep, terminal: PayingDep
) -> Response:
    """Lock and quote; the key is the settlement's id."""
    wanted = [(bill.bill_id, bill.version) for bill in body.bills]

    def handler() -> SettlementShape:
        return service.saga.open(
            key, body.patient_id, wanted, terminal, body.with_pos, body.relation_id
        )

    return respond(service.keys.once_outside(key, text_of("settlements", body), handler, 201))


@router.post("/settlements/{settlement_id}/commit", response_model=SettlementShape)
def commit(
    settlement_id: str,
    body: requests.Commit,
    key: Key,
    service: ServiceDep,
    terminal: PayingDep,
) -> Response:
    """Pay."""
    wish = Wish(
        key,
        body.tender,
        body.auth_code,
        body.amount_fen,
        body.handed_fen,
        body.change_fen,
        body.part_cash_fen,
    )
    return respond(
        service.keys.once_outside(
            key,
            text_of(f"settlements/{settlement_id}/commit", body),
            lambda: service.saga.commit(settlement_id, wish, terminal),
        )
    )


@router.post("/settlements/{settlement_id}/pos-word", response_model=SettlementShape)
def pos_word(
    settlement_id: str,
    body: requests.PosWord,
    key: Key,
    service: ServiceDep,
    terminal: PayingDep,
) -> Response:
    """What the card terminal said; the acquirer is asked whether it is so."""
    return respond(
        service.keys.once_outside(
            key,
            text_of(f"settlements/{settlement_id}/pos-word", body),
            lambda: service.saga.pos_word(settlement_id, body.tender_id, body.word, terminal),
        )
    )


@router.get("/settlements/{settlement_id}")
def settlement(settlement_id: str, service: ServiceDep, terminal: TerminalDep) -> SettlementShape:
    """As it stands; looking moves nothing."""
    return service.saga.view(settlement_id, terminal)


@router.post("/settlements/{settlement_id}/cancel", response_model=SettlementShape)
def cancel(
    settlement_id: str,
    body: Reason,
    key: Key,
    service: ServiceDep,
    terminal: PayingDep,
) -> Response:
    """Undo."""
    request = f"settlements/{settlement_id}/cancel"
    return respond(
        service.keys.once_outside(
            key, request, lambda: service.saga.cancel(settlement_id, terminal)
        )
    )


@router.post(
    "/visits/{registration_id}/automatic-settlement",
    status_code=201,
    response_model=SettlementShape,
)
def settle_automatically(
    registration_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: ClinicDep
) -> Response:
    """A doctor's room settles a visit with nobody at a machine (H16, A.b3); key = settlement id."""

    def handler() -> SettlementShape:
        with service.db.read() as session:
            visit = visits.registration_of(session, registration_id)
            wanted = select(Bill).where(
                Bill.registration_id == registration_id,
                Bill.state == "OPEN",
                Bill.kind != "REGISTRATION",
            )
            bills = [(bill.id, bill.version) for bill in session.scalars(wanted)]
            known = session.get(Settlement, key) is not None
        if not bills and not known:
            raise Refused("nothing_to_settle")
        return service.saga.automatic(key, visit.person_id, bills, terminal)

    request = f"visits/{registration_id}/automatic-settlement"
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.get("/patients/{person_id}/settlements")
def settlements(person_id: str, service: ServiceDep, terminal: WindowDep) -> SettlementList:
    """Completed ones of the last 30 days, newest first."""
    now = service.clock.now()
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = session.scalars(
            select(Settlement)
            .where(
                Settlement.person_id == person_id,
                Settlement.state == "COMPLETED",
                Settlement.created_at > stamp(now - timedelta(days=_DAYS_BACK)),
            )
            .order_by(Settlement.created_at.desc())
        )
        return SettlementList(
            settlements=tuple(
                settlement_shape(session, row, terminal, service.context) for row in found
            )
        )
