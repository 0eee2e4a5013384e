"""Refunds: asked for where the profile allows it, reviewed and carried out by a window."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing
from settlement_backend.gate import Key, ServiceDep, kinds, role
from settlement_backend.refunds import requests
from settlement_backend.refunds.actors import Anybody, WindowStaff, second_person
from settlement_backend.refunds.payouts import Payee
from settlement_backend.refunds.refundable import refundable
from settlement_backend.refunds.shapes import (
    PayoutList,
    RefundableList,
    RefundList,
    RefundShape,
    payout_shape,
)
from settlement_backend.refunds.tables import Payout
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
PatientsDep = Annotated[Terminal, kinds("kiosk", "window", "ward", "mobile")]
SelfDep = Annotated[Terminal, kinds("kiosk", "mobile")]
FinanceDep = Annotated[Operator, role("finance", "supervisor", "auditor")]
State = Annotated[str, Query(pattern=r"^[A-Z_]{0,30}$")]
_MOST_PAYOUTS = 1000


@router.post("/refunds", status_code=201, response_model=RefundShape)
def request_refund(
    body: requests.NewRefund, key: Key, service: ServiceDep, actor: Anybody
) -> Response:
    """Accepted, with a plan; no money moves."""
    return respond(
        service.keys.once_outside(
            key,
            text_of("refunds", body),
            lambda: service.refunds.request(
                key, body.settlement_id, body.line_ids, body.reason, actor, body.amount_fen
            ),
            201,
        )
    )


@router.post("/refunds/deposits", status_code=201, response_model=RefundList)
def request_rest(
    body: requests.NewRestRefund, key: Key, service: ServiceDep, actor: Anybody
) -> Response:
    """What is left of a stay's deposit, one refund for each deposit; no money moves."""
    return respond(
        service.keys.once_outside(
            key,
            text_of("refunds/deposits", body),
            lambda: service.refunds.request_rest(key, body.admission_id, body.reason, actor),
            201,
        )
    )


@router.post("/refunds/{refund_id}/review", response_model=RefundShape)
def review(
    refund_id: str,
    body: requests.Review,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
) -> Response:
    """A second person's word; the password is not part of what the key is bound to."""

    def handler() -> RefundShape:
        not_by, roles = service.refunds.reviewers_of(refund_id)
        second = second_person(service, terminal, body.operator, body.password, not_by, roles)
        told = service.refunds.review(refund_id, second, body.approve, body.reason)
        with service.db.write() as session:
            audit.note(
                session,
                service.clock,
                terminal.id,
                second.operator,
                "refund_reviewed",
                of=refund_id,
            )
        return told

    request = f"refunds/{refund_id}/review\n{body.operator} {body.approve}"
    return respond(service.keys.once_outside(key, request, handler))


@router.post("/refunds/{refund_id}/confirm", response_model=RefundShape)
def confirm(
    refund_id: str, body: Nothing, key: Key, service: ServiceDep, actor: WindowStaff
) -> Response:
    """Execute what was reviewed."""
    return respond(
        service.keys.once_outside(
            key,
            f"refunds/{refund_id}/confirm",
            lambda: service.refunds.confirm(refund_id, actor),
        )
    )


@router.post("/refunds/{refund_id}/payee", response_model=RefundShape)
def pay_to(
    refund_id: str, body: requests.PayTo, key: Key, service: ServiceDep, actor: WindowStaff
) -> Response:
    """The account of a part that goes by transfer."""
    payee = Payee(body.name, body.account_no, body.bank)
    return respond(
        service.keys.once_outside(
            key,
            text_of(f"refunds/{refund_id}/payee", body),
            lambda: service.refunds.pay_to(refund_id, body.part_id, payee, actor),
        )
    )


@router.get("/refunds", response_model=RefundList)
def refunds(service: ServiceDep, actor: WindowStaff, state: State = "ACCEPTED") -> RefundList:
    """What waits in one state, newest first; a window's queue."""
    return service.refunds.listed("", state, actor)


@router.get("/refunds/{refund_id}", response_model=RefundShape)
def refund(refund_id: str, service: ServiceDep, terminal: PatientsDep) -> RefundShape:
    """As it stands."""
    return service.refunds.view(refund_id, actor_at(terminal))


@router.get("/patients/{person_id}/refunds", response_model=RefundList)
def refunds_of(person_id: str, service: ServiceDep, terminal: PatientsDep) -> RefundList:
    """One patient's refunds, newest first."""
    return service.refunds.listed(person_id, "", actor_at(terminal))


@router.get("/patients/{person_id}/refundable", response_model=RefundableList)
def refundable_of(person_id: str, service: ServiceDep, terminal: SelfDep) -> RefundableList:
    """What the patient may ask back here: settlements of 30 days, line by line (H20)."""
    with service.db.read() as session:
        now = service.clock.now()
        return refundable(session, service.policy, person_id, terminal.kind, now)


@router.get("/payouts", response_model=PayoutList)
def payouts(
    service: ServiceDep, terminal: WindowDep, operator: FinanceDep, state: State = "QUEUED"
) -> PayoutList:
    """Payments to accounts in one state, oldest first, for finance."""
    with service.db.read() as session:
        rows = session.scalars(
            select(Payout)
            .where(Payout.state == state)
            .order_by(Payout.at, Payout.id)
            .limit(_MOST_PAYOUTS)
        )
        return PayoutList(payouts=tuple(payout_shape(row) for row in rows))
