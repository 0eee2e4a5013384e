"""What a staffed window asks: operators, queue, refunds; and the auditor's books."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend import audit, operators, requests
from settlement_backend.books import books_json
from settlement_backend.clock import stamp
from settlement_backend.gate import Key, OperatorDep, ServiceDep, TerminalDep, kinds
from settlement_backend.models import (
    Bill,
    Operator,
    Person,
    Refund,
    RefundPart,
    Settlement,
    Slip,
    Tender,
    Terminal,
)
from settlement_backend.routes.common import ANSWERS, respond, text_of
from settlement_backend.shapes import Json

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
AuditDep = Annotated[Terminal, kinds("audit")]


@router.post("/operators/sign-in")
def sign_in(body: requests.SignIn, service: ServiceDep, terminal: WindowDep) -> Json:
    """Number and password; five wrong ones lock for 15 minutes."""
    now = service.clock.now()
    operator, token = operators.sign_in(service.db, body.operator, body.password, terminal.id, now)
    with service.db.write() as session:
        audit.note(session, service.clock, terminal.id, operator.number, "operator_signed_in")
        return _operator_json(session, operator, terminal, token, stamp(now)) | {"token": token}


@router.get("/operators/me")
def operator_now(
    service: ServiceDep,
    terminal: WindowDep,
    operator: OperatorDep,
    x_operator_token: Annotated[str, Header()] = "",
) -> Json:
    """Who is signed in here, with the shift's sums now."""
    now = stamp(service.clock.now())
    with service.db.read() as session:
        return _operator_json(session, operator, terminal, x_operator_token, now)


def _operator_json(
    session: Session, operator: Operator, terminal: Terminal, token: str, now: str
) -> Json:
    """The sign-in shape; the token itself is told once only."""
    shift = operators.session_of(session, token)
    return {
        "operator": operator.number,
        "name": operator.name,
        "roles": operator.roles.split(","),
        "token": "",
        "shift": {
            "since": shift.since if shift else now,
            **_sums(session, terminal.id, now[:10]),
        },
    }


def _sums(session: Session, terminal_id: str, day: str) -> Json:
    """What this window took today."""
    done = (
        Settlement.terminal_id == terminal_id,
        Settlement.state == "COMPLETED",
        Settlement.settled_at.startswith(day),
    )
    count = session.scalar(select(func.count()).select_from(Settlement).where(*done))
    taken = session.scalar(
        select(func.coalesce(func.sum(Tender.amount_fen), 0))
        .join(Settlement, Settlement.id == Tender.settlement_id)
        .where(*done, Tender.state == "TAKEN")
    )
    refunds = session.scalar(
        select(func.count())
        .select_from(Refund)
        .where(Refund.state == "PAID", Refund.at.startswith(day))
    )
    return {"taken_fen": taken, "count": count, "refunds": refunds}


@router.get("/queue")
def queue(service: ServiceDep, terminal: WindowDep) -> Json:
    """Referrals of today whose bills are still open, and refunds that wait."""
    day = service.clock.now().date().isoformat()
    with service.db.read() as session:
        entries = []
        slips = session.scalars(
            select(Slip).where(Slip.kind == "R", Slip.at.startswith(day)).order_by(Slip.at)
        )
        for slip in slips:
            ids = slip.bill_ids.split(",")
            bills = list(
                session.scalars(select(Bill).where(Bill.id.in_(ids), Bill.state == "OPEN"))
            )
            if bills:
                total = sum(bill.total_fen for bill in bills)
                entries.append(_entry(session, slip.person_id, "REFERRAL", total, slip.id))
        waiting = session.scalars(select(Refund).where(Refund.state == "ACCEPTED"))
        for refund in waiting:
            person_id = session.get_one(Settlement, refund.settlement_id).person_id
            parts = select(func.coalesce(func.sum(RefundPart.amount_fen), 0)).where(
                RefundPart.refund_id == refund.id
            )
            total = int(session.scalar(parts) or 0)
            entries.append(_entry(session, person_id, "REFUND", total, refund.id))
        for number, entry in enumerate(entries, 1):
            entry["number"] = f"A{number:04d}"
        return {"entries": entries}


def _entry(session: Session, person_id: str, kind: str, amount_fen: int, reference: str) -> Json:
    person = session.get_one(Person, person_id)
    return {
        "number": "",
        "display_name": mask_name(person.name, Audience.KIOSK),
        "summary": reference,
        "amount_fen": amount_fen,
        "kind": kind,
        "patient_id": person_id,
        "reference": reference,
    }


@router.post("/refunds", status_code=201)
def request_refund(
    body: requests.NewRefund, key: Key, service: ServiceDep, operator: OperatorDep
) -> Response:
    """Accepted, with a plan; no money moves."""
    return respond(
        service.keys.once_outside(
            key,
            text_of("refunds", body),
            lambda: service.refunds.request(
                key, body.settlement_id, body.line_ids, body.reason, operator.number
            ),
            201,
        )
    )


@router.post("/refunds/{refund_id}/review")
def review(
    refund_id: str,
    body: requests.Review,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
) -> Response:
    """A second person's word; the password is not part of what the key is bound to."""

    def handler() -> Json:
        asked_by = service.refunds.asked_by(refund_id)
        now = service.clock.now()
        second = operators.check_second(
            service.db, body.operator, body.password, asked_by, "supervisor", now
        )
        told = service.refunds.review(refund_id, second.number, body.approve)
        with service.db.write() as session:
            audit.note(
                session, service.clock, terminal.id, second.number, "refund_reviewed", of=refund_id
            )
        return told

    request = f"refunds/{refund_id}/review\n{body.operator} {body.approve}"
    return respond(service.keys.once_outside(key, request, handler))


@router.post("/refunds/{refund_id}/confirm")
def confirm(
    refund_id: str,
    body: requests.Nothing,
    key: Key,
    service: ServiceDep,
    operator: OperatorDep,
) -> Response:
    """Execute what was reviewed."""
    return respond(
        service.keys.once_outside(
            key, f"refunds/{refund_id}/confirm", lambda: service.refunds.confirm(refund_id)
        )
    )


@router.get("/refunds/{refund_id}")
def refund(refund_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """As it stands."""
    return service.refunds.view(refund_id)


@router.get("/books")
def books(service: ServiceDep, terminal: AuditDep) -> Json:
    """For the auditor."""
    with service.db.read() as session:
        return books_json(session)
