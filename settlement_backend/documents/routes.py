"""Slips: what they are about, whether they are ours, their prints; referrals to a window."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Words, audience_of
from settlement_backend.bills.tables import Bill
from settlement_backend.cases.tables import Case
from settlement_backend.documents import requests, slips
from settlement_backend.documents.receipts import Receipt, receipt_of
from settlement_backend.documents.shapes import (
    ReferralShape,
    ResolvedSlip,
    SlipPrintShape,
    VerifiedSlip,
    slip_shape,
)
from settlement_backend.documents.tables import Slip
from settlement_backend.gate import Key, ServiceDep, TerminalDep
from settlement_backend.people import people
from settlement_backend.people.shapes import patient_shape
from settlement_backend.people.tables import Person
from settlement_backend.service import Service
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.operators import operator_of
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)
_WINDOW = Words(zh="收费窗口 07", en="Window 07")


def resolved(service: Service, session: Session, text: str) -> slips.Resolved:
    """The slip of a scanned text. Raises Refused."""

    def key_of(terminal_id: str) -> bytes | None:
        made_by = session.get(Terminal, terminal_id)
        return bytes.fromhex(made_by.slip_key) if made_by else None

    return slips.resolve(session, service.slip_key, key_of, text)


@router.post("/slips/resolve", response_model=ResolvedSlip)
def resolve(body: requests.SlipText, service: ServiceDep, terminal: TerminalDep) -> ResolvedSlip:
    """What a slip is about, if its MAC is genuine."""
    with service.db.read() as session:
        found = resolved(service, session, body.text)
        mine = or_(Case.id == found.case_id, Case.operation_id == found.case_id)
        case = session.scalar(select(Case).where(mine).limit(1))
        slip = found.slip
        person_id = slip.person_id if slip else case.person_id if case else ""
        person = session.get(Person, person_id) if person_id else None
        today, audience = service.clock.now().date(), audience_of(terminal.kind)
        return ResolvedSlip(
            kind=found.kind,
            slip_id=slip.id if slip else "",
            patient=patient_shape(session, person, audience, today) if person else None,
            bill_ids=tuple(word for word in slip.bill_ids.split(",") if word) if slip else (),
            settlement_id=slip.of if slip and slip.kind == "S" else "",
            case_id=case.id if case else found.case_id,
        )


@router.post("/slips/verify", response_model=VerifiedSlip)
def verify(body: requests.SlipText, service: ServiceDep, terminal: TerminalDep) -> VerifiedSlip:
    """Whether a paper is ours; tells nobody's name and no amount."""
    with service.db.read() as session:
        try:
            found = resolved(service, session, body.text)
        except Refused as refused:
            genuine = refused.reason == "slip_unknown"
            return VerifiedSlip(genuine=genuine, known=False, kind="", title=None, at="", prints=0)
        slip = found.slip
        return VerifiedSlip(
            genuine=True,
            known=slip is not None or found.case_id != "",
            kind=found.kind,
            title=slips.KINDS.get(found.kind),
            at=slip.at if slip else "",
            prints=slip.prints if slip else 0,
        )


@router.post("/slips/{slip_id}/prints", status_code=201, response_model=SlipPrintShape)
def print_slip(
    slip_id: str,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    x_operator_token: Annotated[str, Header()] = "",
) -> Response:
    """Count a print before it is made; from the second one on it bears the mark of a copy."""

    def handler(session: Session) -> SlipPrintShape:
        operator = operator_of(session, x_operator_token) if x_operator_token else None
        where = actor_at(terminal, operator)
        rules, now = service.policy.invoice, service.clock.now()
        made = slips.printed(session, slip_id, rules, where, now)
        copy = made.number - 1
        return SlipPrintShape(
            slip=slip_shape(session, slip_id, service.slip_key),
            number=made.number,
            mark=Words(zh=f"补打 {copy}", en=f"COPY {copy}") if copy else None,
            at=made.at,
        )

    request = text_of(f"slips/{slip_id}/prints", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/slips/{slip_id}/receipt", response_model=Receipt)
def receipt(slip_id: str, service: ServiceDep, terminal: TerminalDep) -> Receipt:
    """What a slip says, in both languages (S21, H24, L07)."""
    with service.db.read() as session:
        slip = slips.slip_of(session, slip_id)
        return receipt_of(session, slip, service.slip_key, audience_of(terminal.kind))


@router.post("/referrals", status_code=201, response_model=ReferralShape)
def refer(
    body: requests.NewReferral, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A slip to the window; nothing of money happens (S20)."""

    def handler(session: Session) -> ReferralShape:
        person = people.person_of(session, body.patient_id)
        for bill_id in body.bill_ids:
            bill = session.get(Bill, bill_id)
            if bill is None or bill.person_id != person.id:
                raise Refused("not_found")
        at = stamp(service.clock.now())
        slip: Slip = slips.mint(
            session, service.slip_key, "R", person.id, body.reason, body.bill_ids, at
        )
        return ReferralShape(slip=slip_shape(session, slip.id, service.slip_key), window=_WINDOW)

    return respond(service.keys.once(key, text_of("referrals", body), handler, 201))
