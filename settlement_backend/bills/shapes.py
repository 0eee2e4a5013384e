"""Bills as they are told: docs/backend_api.md and docs/backend_api/bills.md."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills import pricing
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.documents.shapes import SlipShape
from settlement_backend.visits.tables import Item


class BillLineShape(Shape):
    """One item. `unit_price`: yuan, exact; `unit_price_fen`: the same to the fen, for display."""

    line_id: str
    name: Words
    insurance_class: str
    quantity: str
    unit: Words
    unit_price_fen: int
    unit_price: str
    amount_fen: int
    executed: bool


class BillShape(Shape):
    """One fee group. A change raises `version`."""

    bill_id: str
    version: int
    kind: str
    department: Words
    doctor: Words
    issued_at: str
    lines: tuple[BillLineShape, ...]
    total_fen: int


class BillList(Shape):
    """Several."""

    bills: tuple[BillShape, ...]


class ListedBillShape(BillShape):
    """One that is to be paid. `paying`: who is about to pay a LOCKED one on a phone, "" when OPEN:
    a relative, or the patient from elsewhere."""

    state: Literal["OPEN", "LOCKED"]
    paying: Literal["", "RELATIVE", "ELSEWHERE"]


class ListedBills(Shape):
    """All of one person."""

    bills: tuple[ListedBillShape, ...]


class PriceShape(Shape):
    """One row of the price list. `kind`: SERVICE, EXAM, LAB, DRUG or GOODS."""

    code: str
    name: Words
    kind: str
    insurance_class: str
    unit: Words
    unit_price: str
    unit_price_fen: int


class PriceList(Shape):
    """What a search found."""

    items: tuple[PriceShape, ...]


class GiveUpShape(Shape):
    """What a patient wants to give up, and the bill as it stands. `state`: ASKED, DONE, KEPT."""

    slip: SlipShape
    state: str
    line_ids: tuple[str, ...]
    bill: BillShape


class ArticleShape(Shape):
    """What one machine sells, and how many it has."""

    item: PriceShape
    pieces: int


class ArticleList(Shape):
    """All of one machine."""

    articles: tuple[ArticleShape, ...]


class SaleShape(Shape):
    """One piece for one buyer: KEPT, PAID, HANDED_OUT, JAMMED or CANCELLED."""

    sale_id: str
    state: str
    bill: BillShape


def lines_of(session: Session, bill_id: str) -> list[BillLine]:
    """In the order of the bill."""
    return list(
        session.scalars(
            select(BillLine).where(BillLine.bill_id == bill_id).order_by(BillLine.place)
        )
    )


def line_shape(line: BillLine) -> BillLineShape:
    """One line."""
    quantity_e4 = line.quantity * pricing.E4 + line.quantity_rest_e4
    unit_price = pricing.Price(line.unit_price_fen, line.unit_price_rest_micro)
    return BillLineShape(
        line_id=line.id,
        name=Words(zh=line.name_zh, en=line.name_en),
        insurance_class=line.insurance_class,
        quantity=pricing.decimal_text(quantity_e4, 4),
        unit=Words(zh=line.unit_zh, en=line.unit_en),
        unit_price_fen=unit_price.fen,
        unit_price=unit_price.text,
        amount_fen=line.amount_fen,
        executed=line.executed,
    )


def bill_shape(session: Session, bill: Bill) -> BillShape:
    """The bill with its lines."""
    return BillShape(
        bill_id=bill.id,
        version=bill.version,
        kind=bill.kind,
        department=Words(zh=bill.department_zh, en=bill.department_en),
        doctor=Words(zh=bill.doctor_zh, en=bill.doctor_en),
        issued_at=bill.issued_at,
        lines=tuple(line_shape(line) for line in lines_of(session, bill.id)),
        total_fen=bill.total_fen,
    )


def price_shape(item: Item) -> PriceShape:
    """A row as people see it."""
    price = pricing.Price(item.price_fen, item.price_rest_micro)
    return PriceShape(
        code=item.code,
        name=Words(zh=item.name_zh, en=item.name_en),
        kind=item.kind,
        insurance_class=item.insurance_class,
        unit=Words(zh=item.unit_zh, en=item.unit_en),
        unit_price=price.text,
        unit_price_fen=price.fen,
    )
