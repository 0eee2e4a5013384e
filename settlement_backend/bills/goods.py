"""Articles that a machine sells, such as the outpatient record booklet (S37).

Talks to the database only. One piece is taken from the machine's count when it is kept for a
buyer, by a conditional UPDATE. What a reader would get wrong: paid is not handed out; a piece that
jams is paid for, so the machine says so and a person has an open case about the money.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills import bills
from settlement_backend.bills.bills import Origin
from settlement_backend.bills.pricing import E4
from settlement_backend.bills.tables import Bill, GoodsSale, GoodsStock
from settlement_backend.cases.cases import open_case
from settlement_backend.people.tables import Person
from settlement_backend.visits.tables import Department, Item

HALL = Department(
    code="", name_zh="自助售货", name_en="Vending", place_zh="自助机", place_en="Machine"
)


def stock_of(session: Session, terminal_id: str) -> list[tuple[GoodsStock, Item]]:
    """What a machine sells, sold out or not."""
    rows = session.execute(
        select(GoodsStock, Item)
        .join(Item, Item.code == GoodsStock.item_code)
        .where(GoodsStock.terminal_id == terminal_id)
        .order_by(Item.code)
    )
    return [(row[0], row[1]) for row in rows]


def count(session: Session, terminal_id: str, item_code: str, pieces: int) -> GoodsStock:
    """A technician counted or filled the machine: so many pieces are in it now."""
    item = session.get(Item, item_code)
    if item is None or item.kind != "GOODS":
        raise Refused("unknown_item")
    stock = session.get(GoodsStock, (terminal_id, item_code), with_for_update=True)
    if stock is None:
        stock = GoodsStock(terminal_id=terminal_id, item_code=item_code, pieces=pieces)
        session.add(stock)
    stock.pieces = pieces
    session.flush()
    return stock


def keep(
    session: Session, context: Context, terminal_id: str, person: Person, item_code: str
) -> GoodsSale:
    """One piece for this buyer and its bill; it falls free unless paid in time.

    Raises Refused `sold_out` (also for what this machine does not sell).
    """
    if not _add(session, terminal_id, item_code, -1):
        raise Refused("sold_out")
    now = context.clock.now()
    bill = bills.open_bill(session, Origin(person.id, "GOODS", HALL), now)
    bills.add(session, bill, [bills.wanted(session, item_code, E4)])
    sale = GoodsSale(
        id=uuid.uuid4().hex,
        bill_id=bill.id,
        terminal_id=terminal_id,
        item_code=item_code,
        state="KEPT",
        expires_at=later(now, context.policy.registration_minutes * 60),
    )
    session.add(sale)
    session.flush()
    return sale


def paid(session: Session, bill_id: str) -> None:
    """The machine may hand it out."""
    session.execute(
        update(GoodsSale)
        .where(GoodsSale.bill_id == bill_id, GoodsSale.state == "KEPT")
        .values(state="PAID")
    )


def handed_out(
    session: Session, context: Context, sale_id: str, done: bool, operation_id: str
) -> GoodsSale:
    """The machine's word, once; a piece that did not come out is a case for a person, under the
    machine's `operation_id`.

    Raises NoSuch and Refused `not_paid`.
    """
    sale = sale_of(session, sale_id)
    state = "HANDED_OUT" if done else "JAMMED"
    if not _move(session, sale, "PAID", state):
        if sale.state != state:
            raise Refused("not_paid")
    elif not done:
        _doubt(session, context, sale, operation_id, "paid and not handed out")
    return sale


def silent(session: Session, context: Context) -> None:
    """A machine that never said what became of a paid piece: the same case, by itself."""
    now = context.clock.now()
    limit = later(now, -context.policy.registration_minutes * 60)
    late = select(GoodsSale).where(GoodsSale.state == "PAID", GoodsSale.expires_at < limit)
    for sale in list(session.scalars(late)):
        if _move(session, sale, "PAID", "JAMMED"):
            never = "paid, and the machine never said what came out"
            _doubt(session, context, sale, sale.id, never)


def _doubt(
    session: Session, context: Context, sale: GoodsSale, operation_id: str, evidence: str
) -> None:
    bill = session.get_one(Bill, sale.bill_id)
    open_case(
        session,
        context.policy.doubt,
        context.clock.now(),
        operation_kind="goods",
        operation_id=operation_id,
        amount_fen=bill.total_fen,
        evidence=evidence,
        person_id=bill.person_id,
    )


def sale_of(session: Session, sale_id: str) -> GoodsSale:
    """Raises NoSuch."""
    sale = session.get(GoodsSale, sale_id)
    if sale is None:
        raise NoSuch("unknown_sale")
    return sale


def expire(session: Session, now: datetime) -> None:
    """Pieces that nobody paid are for sale again, unless a settlement holds their bill."""
    late = select(GoodsSale).where(GoodsSale.state == "KEPT", GoodsSale.expires_at < stamp(now))
    for sale in list(session.scalars(late)):
        with suppress(Refused):
            bill = session.get_one(Bill, sale.bill_id)
            bills.withdraw(session, bill.id, bill.version)
            if _move(session, sale, "KEPT", "CANCELLED"):
                _add(session, sale.terminal_id, sale.item_code, 1)


def _add(session: Session, terminal_id: str, item_code: str, pieces: int) -> bool:
    moved = session.execute(
        update(GoodsStock)
        .where(
            GoodsStock.terminal_id == terminal_id,
            GoodsStock.item_code == item_code,
            GoodsStock.pieces + pieces >= 0,
        )
        .values(pieces=GoodsStock.pieces + pieces)
    )
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def _move(session: Session, sale: GoodsSale, before: str, after: str) -> bool:
    moved = session.execute(
        update(GoodsSale)
        .where(GoodsSale.id == sale.id, GoodsSale.state == before)
        .values(state=after)
    )
    session.refresh(sale)
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE
