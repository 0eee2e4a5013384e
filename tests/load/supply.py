"""Terminals, patients and open bills put into a database before the backend starts on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stdnum.cn import ric

from settlement_backend.base.clock import CHINA, stamp
from settlement_backend.base.database import Database
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.people.tables import Person
from settlement_backend.terminals.tables import Terminal
from tests.helpers.backend_rows import Line, bill_row, line_row

LINES = (Line(3200, "A"), Line(2380, "OWN"))


@dataclass(frozen=True, slots=True)
class Desk:
    """One terminal with the patient who stands there, and their open bills."""

    number: int
    token: str
    person_id: str
    id_number: str
    bill_ids: tuple[str, ...]


def desks(count: int, bills_each: int, first: int = 0) -> list[Desk]:
    """As they will be: names and numbers follow from the count."""
    return [_desk(number, bills_each) for number in range(first, first + count)]


def _desk(number: int, bills: int) -> Desk:
    digits = f"330302{1940 + number % 60}0101{number // 60:03d}"
    return Desk(
        number=number,
        token=f"load-{number}",
        person_id=f"load{number:06d}",
        id_number=digits + ric.calc_check_digit(digits + "0"),
        bill_ids=tuple(f"load{number:06d}b{place:05d}" for place in range(bills)),
    )


def put_in(database_url: str, made: list[Desk]) -> None:
    """Everything of these desks."""
    database = Database(database_url)
    with database.write() as session:
        for desk in made:
            session.add_all([_terminal(desk), _person(desk)])
        session.flush()
        session.add_all(bill for desk in made for bill in _bills(desk))
        session.flush()
        session.add_all(line for desk in made for line in _lines(desk))
    database.close()


def _terminal(desk: Desk) -> Terminal:
    return Terminal(
        id=f"L{desk.number:03d}",
        token_hash=hashlib.sha256(desk.token.encode()).hexdigest(),
        kind="window",
        name_zh=f"窗口 {desk.number}",
        name_en=f"Window {desk.number}",
        place_zh="门诊一楼",
        place_en="Ground floor",
        slip_key="",
    )


def _person(desk: Desk) -> Person:
    return Person(
        id=desk.person_id,
        id_number=desk.id_number,
        name="张三",
        sex="M",
        birth_date=f"{desk.id_number[6:10]}-01-01",
        address="",
        phone="13800000000",
        insurance=None,
        consent_version="1",
        consent_at=_now(),
    )


def _bills(desk: Desk) -> Iterator[Bill]:
    for bill_id in desk.bill_ids:
        yield bill_row(bill_id, desk.person_id, LINES, _now())


def _lines(desk: Desk) -> Iterator[BillLine]:
    for bill_id in desk.bill_ids:
        for place, line in enumerate(LINES):
            yield line_row(bill_id, place, line)


def _now() -> str:
    return stamp(datetime.now(CHINA))
