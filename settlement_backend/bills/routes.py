"""Bills: open ones, changes by a doctor, items given up; the price list; articles of a machine."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.bills import bills, give_ups, goods, requests
from settlement_backend.bills.listing import listed
from settlement_backend.bills.shapes import (
    ArticleList,
    ArticleShape,
    BillShape,
    GiveUpShape,
    ListedBills,
    PriceList,
    SaleShape,
    bill_shape,
    price_shape,
)
from settlement_backend.bills.tables import GiveUp, GoodsSale
from settlement_backend.documents.shapes import slip_shape
from settlement_backend.gate import Key, OperatorDep, ServiceDep, TerminalDep, kinds
from settlement_backend.people import people
from settlement_backend.service import Service
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Item

router = APIRouter(prefix="/v1", responses=ANSWERS)

ClinicDep = Annotated[Terminal, kinds("clinic")]
WindowDep = Annotated[Terminal, kinds("window")]
MachineDep = Annotated[Terminal, kinds("kiosk")]
_MOST_PRICES = 100


@router.get("/patients/{person_id}/bills", response_model=ListedBills)
def open_bills(person_id: str, service: ServiceDep, terminal: TerminalDep) -> ListedBills:
    """Open ones and those that a phone is paying, oldest first; a registration fee is paid when
    registering, unless it runs on account."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        return listed(session, person_id)


@router.post("/bills/{bill_id}/withdraw", response_model=BillShape)
def withdraw(
    bill_id: str, body: requests.Withdrawal, key: Key, service: ServiceDep, terminal: ClinicDep
) -> Response:
    """The doctor takes a bill back."""

    def handler(session: Session) -> BillShape:
        bill = bills.withdraw(session, bill_id, body.version)
        audit.note(session, service.clock, terminal.id, "", "bill_withdrawn", of=bill_id)
        return bill_shape(session, bill)

    return respond(service.keys.once(key, text_of(f"bills/{bill_id}/withdraw", body), handler))


@router.post("/bills/{bill_id}/items", response_model=BillShape)
def replace(
    bill_id: str, body: requests.Replacement, key: Key, service: ServiceDep, terminal: ClinicDep
) -> Response:
    """The doctor orders something else in place of what is not carried out yet."""

    def handler(session: Session) -> BillShape:
        lines = [bills.wanted(session, item.code, item.quantity_e4) for item in body.items]
        bill = bills.replace(session, bill_id, body.version, lines)
        audit.note(session, service.clock, terminal.id, "", "bill_changed", of=bill_id)
        return bill_shape(session, bill)

    return respond(service.keys.once(key, text_of(f"bills/{bill_id}/items", body), handler))


@router.post("/bills/{bill_id}/give-ups", status_code=201, response_model=GiveUpShape)
def ask_to_give_up(
    bill_id: str, body: requests.NewGiveUp, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A slip to the window with the items a patient does not want; nothing changes yet (N10)."""

    def handler(session: Session) -> GiveUpShape:
        slip = give_ups.ask(session, service.context, bill_id, body.line_ids)
        return _give_up_shape(session, service, session.get_one(GiveUp, slip.id))

    request = text_of(f"bills/{bill_id}/give-ups", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/give-ups/{slip_id}", response_model=GiveUpShape)
def give_up(slip_id: str, service: ServiceDep, terminal: WindowDep) -> GiveUpShape:
    """What a slip asks to give up."""
    with service.db.read() as session:
        return _give_up_shape(session, service, give_ups.give_up_of(session, slip_id))


@router.post("/give-ups/{slip_id}/decide", response_model=GiveUpShape)
def decide_give_up(
    slip_id: str,
    body: requests.GiveUpDecision,
    key: Key,
    service: ServiceDep,
    operator: OperatorDep,
    terminal: WindowDep,
) -> Response:
    """The window cancels the items nobody carried out, or leaves the bill as it is."""

    def handler(session: Session) -> GiveUpShape:
        give_ups.decide(session, slip_id, body.version, body.agree, operator.number)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "items_given_up",
            of=slip_id,
            agreed=body.agree,
        )
        return _give_up_shape(session, service, give_ups.give_up_of(session, slip_id))

    return respond(service.keys.once(key, text_of(f"give-ups/{slip_id}/decide", body), handler))


def _give_up_shape(session: Session, service: Service, asked: GiveUp) -> GiveUpShape:
    return GiveUpShape(
        slip=slip_shape(session, asked.slip_id, service.slip_key),
        state=asked.state,
        line_ids=tuple(asked.line_ids.split(",")),
        bill=bill_shape(session, bills.bill_of(session, asked.bill_id)),
    )


@router.get("/prices", response_model=PriceList)
def prices(
    service: ServiceDep,
    terminal: TerminalDep,
    search: Annotated[str, Query(max_length=40)] = "",
) -> PriceList:
    """The price list, by a part of a name or of a code (S35)."""
    with service.db.read() as session:
        found = session.scalars(
            select(Item)
            .where(
                or_(
                    Item.name_zh.contains(search, autoescape=True),
                    Item.name_en.icontains(search, autoescape=True),
                    Item.code.istartswith(search, autoescape=True),
                )
            )
            .order_by(Item.code)
            .limit(_MOST_PRICES)
        )
        return PriceList(items=tuple(price_shape(item) for item in found))


@router.get("/goods", response_model=ArticleList)
def articles(service: ServiceDep, terminal: MachineDep) -> ArticleList:
    """What this machine sells (S37)."""
    with service.db.read() as session:
        return _article_list(session, terminal.id)


@router.post("/goods/stock", response_model=ArticleList)
def count_stock(
    body: requests.StockCount,
    key: Key,
    service: ServiceDep,
    terminal: MachineDep,
) -> Response:
    """A technician filled or counted this machine: so many pieces are in it now."""

    def handler(session: Session) -> ArticleList:
        goods.count(session, terminal.id, body.item_code, body.pieces)
        audit.note(
            session,
            service.clock,
            terminal.id,
            "",
            "stock_counted",
            of=body.item_code,
            pieces=body.pieces,
        )
        return _article_list(session, terminal.id)

    return respond(service.keys.once(key, text_of("goods/stock", body), handler))


def _article_list(session: Session, terminal_id: str) -> ArticleList:
    return ArticleList(
        articles=tuple(
            ArticleShape(item=price_shape(item), pieces=stock.pieces)
            for stock, item in goods.stock_of(session, terminal_id)
        )
    )


@router.post("/goods/sales", status_code=201, response_model=SaleShape)
def sell(body: requests.NewSale, key: Key, service: ServiceDep, terminal: MachineDep) -> Response:
    """Keep one piece for a buyer and bill it; its bill is paid like any other."""

    def handler(session: Session) -> SaleShape:
        person = people.person_of(session, body.patient_id)
        made = goods.keep(session, service.context, terminal.id, person, body.item_code)
        return _sale_shape(session, made)

    return respond(service.keys.once(key, text_of("goods/sales", body), handler, 201))


@router.get("/goods/sales/{sale_id}", response_model=SaleShape)
def sale(sale_id: str, service: ServiceDep, terminal: TerminalDep) -> SaleShape:
    """As it stands: a PAID one may be handed out."""
    with service.db.read() as session:
        return _sale_shape(session, goods.sale_of(session, sale_id))


@router.post("/goods/sales/{sale_id}/outcome", response_model=SaleShape)
def sale_outcome(
    sale_id: str, body: requests.SaleOutcome, key: Key, service: ServiceDep, terminal: MachineDep
) -> Response:
    """The machine's word on a paid piece; one that did not come out is a case for a person."""

    def handler(session: Session) -> SaleShape:
        told = goods.handed_out(
            session, service.context, sale_id, body.handed_out, body.operation_id or sale_id
        )
        return _sale_shape(session, told)

    request = text_of(f"goods/sales/{sale_id}/outcome", body)
    return respond(service.keys.once(key, request, handler))


def _sale_shape(session: Session, sale: GoodsSale) -> SaleShape:
    return SaleShape(
        sale_id=sale.id,
        state=sale.state,
        bill=bill_shape(session, bills.bill_of(session, sale.bill_id)),
    )
