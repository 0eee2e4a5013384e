"""Bills of the tests as rows of the backend's database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from settlement_backend.bills.tables import Bill, BillLine


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill of the tests."""

    amount_fen: int
    insurance_class: str
    executed: bool = False


def bill_row(bill_id: str, person_id: str, lines: Sequence[Line], issued_at: str) -> Bill:
    """An open one."""
    return Bill(
        id=bill_id,
        person_id=person_id,
        version=1,
        kind="OUTPATIENT",
        department_zh="心内科",
        department_en="Cardiology",
        doctor_zh="陈医生",
        doctor_en="Dr Chen",
        issued_at=issued_at,
        total_fen=sum(line.amount_fen for line in lines),
        state="OPEN",
    )


def line_row(bill_id: str, place: int, line: Line) -> BillLine:
    """Its line `<bill>-<place>`."""
    return BillLine(
        id=f"{bill_id}-{place}",
        bill_id=bill_id,
        place=place,
        name_zh="心电图",
        name_en="Electrocardiogram",
        insurance_class=line.insurance_class,
        quantity=1,
        unit_zh="次",
        unit_en="time",
        unit_price_fen=line.amount_fen,
        amount_fen=line.amount_fen,
        executed=line.executed,
    )
