"""What is printed of a visit: the guide slip (N24) and the summary slip (S21).

Reads the database only. What a reader would get wrong: both are slips, not invoices; they may be
printed as often as somebody asks, and show the visit as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills.shapes import BillShape, bill_shape
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.exams.appointments import shown
from settlement_backend.exams.tables import ExamAppointment, ExamSession
from settlement_backend.settling.tables import Settlement
from settlement_backend.visits.shapes import RegistrationShape, registration_shape
from settlement_backend.visits.tables import Item, Registration

_PAY = Words(zh="自助机或收费窗口", en="Machine or window")
_ORDER = {"PAY": 0, "LAB": 1, "EXAM": 2, "DRUG": 3}


class StationShape(Shape):
    """One stop, in the order of walking. `kind`: PAY, LAB, EXAM or DRUG; `when`: the appointment,
    "" for any time; `number`: its number in the queue there."""

    order: int
    kind: str
    place: Words
    items: tuple[Words, ...]
    preparation: tuple[Words, ...]
    amount_fen: int
    paid: bool
    done: bool
    when: str
    number: str


class GuideShape(Shape):
    """Where to go next."""

    registration: RegistrationShape
    stations: tuple[StationShape, ...]


class PaidShape(Shape):
    """One completed settlement of the visit; the parts sum to its total."""

    settlement_id: str
    settled_at: str
    total_fen: int
    insurance_fen: int
    self_pay_fen: int


class SummaryShape(Shape):
    """All of one visit."""

    registration: RegistrationShape
    bills: tuple[BillShape, ...]
    settlements: tuple[PaidShape, ...]
    total_fen: int
    unpaid_fen: int


def guide(session: Session, registration: Registration, slip_key: bytes) -> GuideShape:
    """Pay first, then blood, exams, drugs; places of one kind together."""
    stops = sorted(_stops(session, registration.id), key=lambda stop: _ORDER[stop.kind])
    return GuideShape(
        registration=registration_shape(session, registration, slip_key),
        stations=tuple(stop.model_copy(update={"order": n}) for n, stop in enumerate(stops, 1)),
    )


def _stops(session: Session, registration_id: str) -> Iterator[StationShape]:
    bills = _bills(session, registration_id)
    unpaid = [bill for bill in bills if bill.state != "PAID"]
    if unpaid:
        yield _pay(unpaid)
    rows = session.execute(
        select(BillLine, Item)
        .join(Item, Item.code == BillLine.item_code)
        .where(
            BillLine.bill_id.in_([bill.id for bill in bills]),
            BillLine.refunded_by == "",
            Item.kind.in_(_ORDER),
        )
        .order_by(Item.kind, Item.place_en, BillLine.bill_id, BillLine.place)
    )
    lines = [(row[0], row[1]) for row in rows]
    paid = {bill.id for bill in bills if bill.state == "PAID"}
    for (kind, zh, en, is_paid), group in groupby(
        lines,
        key=lambda one: (one[1].kind, one[1].place_zh, one[1].place_en, one[0].bill_id in paid),
    ):
        yield from _group(session, kind, Words(zh=zh, en=en), is_paid, list(group))


def _group(
    session: Session,
    kind: str,
    place: Words,
    paid: bool,
    lines: Sequence[tuple[BillLine, Item]],
) -> Iterator[StationShape]:
    """Items with an appointment stop alone, at its place and time; the others together."""
    together = []
    for line, item in lines:
        room = _room(session, line.id)
        if room is None:
            together.append((line, item))
        else:
            yield _station(kind, place, paid, [(line, item)], room)
    if together:
        yield _station(kind, place, paid, together, None)


def _station(
    kind: str,
    place: Words,
    paid: bool,
    lines: Sequence[tuple[BillLine, Item]],
    room: tuple[ExamSession, ExamAppointment] | None,
) -> StationShape:
    return StationShape(
        order=0,
        kind=kind,
        place=Words(zh=room[0].place_zh, en=room[0].place_en) if room else place,
        items=tuple(Words(zh=line.name_zh, en=line.name_en) for line, _item in lines),
        preparation=tuple(
            Words(zh=item.preparation_zh, en=item.preparation_en)
            for _line, item in lines
            if item.preparation_zh
        ),
        amount_fen=sum(line.amount_fen for line, _item in lines),
        paid=paid,
        done=all(line.executed for line, _item in lines),
        when=f"{room[0].day} {room[0].starts_at}" if room else "",
        number=shown(*room) if room else "",
    )


def _pay(unpaid: Sequence[Bill]) -> StationShape:
    return StationShape(
        order=0,
        kind="PAY",
        place=_PAY,
        items=tuple(Words(zh=bill.department_zh, en=bill.department_en) for bill in unpaid),
        preparation=(),
        amount_fen=sum(bill.total_fen for bill in unpaid),
        paid=False,
        done=False,
        when="",
        number="",
    )


def _room(session: Session, line_id: str) -> tuple[ExamSession, ExamAppointment] | None:
    row = session.execute(
        select(ExamSession, ExamAppointment)
        .join(ExamAppointment, ExamAppointment.session_id == ExamSession.id)
        .where(ExamAppointment.line_id == line_id, ExamAppointment.state != "CANCELLED")
    ).first()
    return (row[0], row[1]) if row else None


def summary(session: Session, registration: Registration, slip_key: bytes) -> SummaryShape:
    """Everything of one visit: what was done, what it cost, what the insurance bore."""
    bills = _bills(session, registration.id, "REGISTRATION", "OUTPATIENT", "EXAM")
    settlement_ids = {bill.settlement_id for bill in bills if bill.state == "PAID"}
    settlements = session.scalars(
        select(Settlement)
        .where(Settlement.id.in_(settlement_ids))
        .order_by(Settlement.settled_at, Settlement.id)
    )
    return SummaryShape(
        registration=registration_shape(session, registration, slip_key),
        bills=tuple(bill_shape(session, bill) for bill in bills),
        settlements=tuple(_paid(settlement) for settlement in settlements),
        total_fen=sum(bill.total_fen for bill in bills),
        unpaid_fen=sum(bill.total_fen for bill in bills if bill.state != "PAID"),
    )


def _paid(settlement: Settlement) -> PaidShape:
    insurance_fen = (
        settlement.fund_fen
        + settlement.account_fen
        + settlement.mutual_fen
        + settlement.hospital_fen
    )
    return PaidShape(
        settlement_id=settlement.id,
        settled_at=settlement.settled_at,
        total_fen=settlement.total_fen,
        insurance_fen=insurance_fen,
        self_pay_fen=settlement.total_fen - insurance_fen,
    )


def _bills(session: Session, registration_id: str, *kinds: str) -> list[Bill]:
    """Oldest first, withdrawn ones left out."""
    wanted = select(Bill).where(
        Bill.registration_id == registration_id,
        Bill.state != "CANCELLED",
        Bill.kind.in_(kinds or ("OUTPATIENT", "EXAM")),
    )
    return list(session.scalars(wanted.order_by(Bill.issued_at, Bill.id)))
