"""Official invoices: looking, the one print token, and what a window settles (S25, C11)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import later
from settlement_backend.base.errors import NoSuch
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing
from settlement_backend.documents import invoice_shapes, requests
from settlement_backend.documents.bureau import Numbered
from settlement_backend.documents.invoice_shapes import invoice_shape, official_paper, sheet_shape
from settlement_backend.documents.invoices import invoice_of, invoices_of, standing
from settlement_backend.documents.rules import may_print
from settlement_backend.documents.shapes import (
    InvoiceList,
    InvoiceShape,
    OfficialPaper,
    PersonPapers,
    SheetList,
    SheetShape,
)
from settlement_backend.documents.tables import Invoice, InvoiceSheet
from settlement_backend.gate import Key, OperatorDep, ServiceDep, TerminalDep, kinds, role
from settlement_backend.people import people
from settlement_backend.policy.decision import Decision, noted
from settlement_backend.service import Service
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.operators import operator_of
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
PrinterDep = Annotated[Terminal, kinds("kiosk", "window", "ward")]
CashierDep = Annotated[Operator, role("cashier", "supervisor")]
BooksDep = Annotated[Operator, role("finance", "auditor", "supervisor")]
Place = Annotated[str, Query(pattern=r"^[A-Za-z0-9]{0,20}$")]
_MOST_SHEETS = 500
_DAY_S = 86_400
_INVOICE_QR = re.compile(r"EINV,([0-9]{8}),([0-9]{10}),([0-9]{6}),")


@router.get("/settlements/{settlement_id}/invoices", response_model=InvoiceList)
def of_settlement(settlement_id: str, service: ServiceDep, terminal: TerminalDep) -> InvoiceList:
    """Of one settlement, the one that counts first."""
    with service.db.read() as session:
        found = reversed(invoices_of(session, settlement_id))
        return InvoiceList(invoices=tuple(invoice_shape(session, row) for row in found))


@router.get("/patients/{person_id}/papers", response_model=PersonPapers)
def of_person(
    person_id: str,
    service: ServiceDep,
    terminal: TerminalDep,
    slip_days: Annotated[int, Query(ge=0, le=3650)] = 0,
) -> PersonPapers:
    """What somebody who was identified may print here (H21, H27); slips of so many days."""
    since = later(service.clock.now(), -slip_days * _DAY_S) if slip_days else ""
    with service.db.read() as session:
        people.person_of(session, person_id)
        return PersonPapers(
            invoices=invoice_shapes.invoices_of_person(session, person_id),
            slips=invoice_shapes.slips_of_person(session, person_id, service.slip_key, since),
            invoice_paper=service.policy.invoice.printed_on,
        )


@router.get("/invoices/to-settle", response_model=InvoiceList)
def to_settle(service: ServiceDep, terminal: WindowDep, operator: OperatorDep) -> InvoiceList:
    """Uncertain prints, and sheets to be called back because of a refund."""
    with service.db.read() as session:
        return InvoiceList(invoices=invoice_shapes.invoices_to_settle(session))


@router.get("/invoices/sheets", response_model=SheetList)
def sheets(service: ServiceDep, operator: BooksDep, place: Place = "") -> SheetList:
    """Numbers of official paper and what became of each (I7), the newest first."""
    wanted = select(InvoiceSheet).where(InvoiceSheet.paper_no != "")
    if place:
        wanted = wanted.where(InvoiceSheet.place_code == place)
    with service.db.read() as session:
        found = session.scalars(wanted.order_by(InvoiceSheet.at.desc()).limit(_MOST_SHEETS))
        return SheetList(sheets=tuple(sheet_shape(sheet) for sheet in found))


@router.post("/invoices/find", response_model=InvoiceShape)
def find(body: requests.SlipText, service: ServiceDep, terminal: TerminalDep) -> InvoiceShape:
    """By the QR on an e-invoice: its numbers and its check code must all be right."""
    numbers = _INVOICE_QR.match(body.text)
    if numbers is None:
        raise NoSuch("unknown_invoice")
    batch_code, number, check_code = numbers.groups()
    wanted = select(Invoice).where(
        Invoice.bill_batch_code == batch_code,
        Invoice.bill_no == number,
        Invoice.check_code == check_code,
    )
    with service.db.read() as session:
        row = session.scalar(wanted)
        if row is None:
            raise NoSuch("unknown_invoice")
        return invoice_shape(session, row)


@router.get("/invoices/{invoice_id}", response_model=InvoiceShape)
def invoice(invoice_id: str, service: ServiceDep, terminal: TerminalDep) -> InvoiceShape:
    """As it stands."""
    return _told(service, invoice_id)


@router.get("/invoices/{invoice_id}/may-print", response_model=Decision)
def may_print_here(invoice_id: str, service: ServiceDep, terminal: TerminalDep) -> Decision:
    """Whether this terminal may print it, by which rule, and what it needs (S25)."""
    with service.db.write() as session:
        row = invoice_of(session, invoice_id)
        decision = may_print(service.policy.invoice, terminal.kind, standing(row))
        about = ("print_invoice", invoice_id)
        return noted(session, service.clock, terminal.id, "", *about, decision)


@router.post("/invoices/{invoice_id}/sheets", status_code=201, response_model=OfficialPaper)
def take_sheet(
    invoice_id: str,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    terminal: PrinterDep,
    x_operator_token: Annotated[str, Header()] = "",
) -> Response:
    """The one print token over all terminals, with the number of the sheet."""
    with service.db.read() as session:
        operator = operator_of(session, x_operator_token) if x_operator_token else None

    def handler() -> OfficialPaper:
        where = actor_at(terminal, operator)
        sheet = service.paper.take(invoice_id, key, where)
        with service.db.read() as session:
            return official_paper(session, sheet)

    request = text_of(f"{terminal.id}/invoices/{invoice_id}/sheets", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/invoices/{invoice_id}/printed", response_model=InvoiceShape)
def printed(
    invoice_id: str,
    body: requests.PrintOutcome,
    key: Key,
    service: ServiceDep,
    terminal: PrinterDep,
) -> Response:
    """What the printer said of the sheet whose token this terminal has."""

    def handler(session: Session) -> InvoiceShape:
        where = actor_at(terminal)
        service.paper.report(session, body.token, body.outcome, where)
        return invoice_shape(session, invoice_of(session, invoice_id))

    request = text_of(f"invoices/{invoice_id}/printed", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/invoices/{invoice_id}/recall", response_model=InvoiceShape)
def recall(
    invoice_id: str,
    body: requests.Recall,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """The sheet came back or is lost for good: it is void, another one may be printed."""

    def handler() -> InvoiceShape:
        where = actor_at(terminal, operator)
        service.paper.recall(invoice_id, body.reason, where)
        with service.db.write() as session:
            audit.note(
                session,
                service.clock,
                terminal.id,
                operator.number,
                "sheet_recalled",
                of=invoice_id,
            )
        return _told(service, invoice_id)

    request = text_of(f"invoices/{invoice_id}/recall", body)
    return respond(service.keys.once_outside(key, request, handler))


@router.post("/invoices/{invoice_id}/mark-printed", response_model=InvoiceShape)
def mark_printed(
    invoice_id: str,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """Somebody saw the sheet of an uncertain print: it is good."""

    def handler(session: Session) -> InvoiceShape:
        where = actor_at(terminal, operator)
        service.paper.mark_printed(session, invoice_id, where)
        return invoice_shape(session, invoice_of(session, invoice_id))

    request = text_of(f"invoices/{invoice_id}/mark-printed", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/invoices/spoilt-sheets", status_code=201, response_model=SheetShape)
def spoil(
    body: requests.SpoiltSheet,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """A blank sheet of this place is spoilt; its number is accounted for (I7)."""

    def handler() -> SheetShape:
        where = actor_at(terminal, operator)
        paper = Numbered(body.paper_batch_code, body.paper_no)
        return sheet_shape(service.paper.spoil(key, paper, body.reason, where))

    request = text_of("invoices/spoilt-sheets", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


def _told(service: Service, invoice_id: str) -> InvoiceShape:
    with service.db.read() as session:
        return invoice_shape(session, invoice_of(session, invoice_id))
