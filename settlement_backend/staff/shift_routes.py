"""Shifts of cashiers and cash boxes of machines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Day
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds, role
from settlement_backend.service import Service
from settlement_backend.staff import cash_boxes, operators, requests, shifts
from settlement_backend.staff.shapes import (
    Boxes,
    BoxShape,
    HandedOver,
    MyShifts,
    Shifts,
    ShiftShape,
    box_shape,
    shift_shape,
)
from settlement_backend.staff.tables import Operator, Shift
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
MachineDep = Annotated[Terminal, kinds("kiosk", "ward")]
CashierDep = Annotated[Operator, role("cashier")]
TechnicianDep = Annotated[Operator, role("technician")]
OverseerDep = Annotated[Operator, role("supervisor", "finance", "auditor")]


@router.post("/shifts", response_model=ShiftShape, status_code=201)
def open_shift(
    body: requests.OpenShift,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """With the counted float in the drawer."""

    def handler(session: Session) -> ShiftShape:
        now = service.clock.now()
        shift = shifts.start(session, key, terminal, operator.number, body.float_fen, now)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "shift_opened",
            of=shift.id,
            float_fen=body.float_fen,
        )
        return shift_shape(session, shift, now)

    return respond(service.keys.once(key, text_of("shifts", body), handler, 201))


@router.get("/shifts/current", response_model=ShiftShape)
def current_shift(service: ServiceDep, terminal: WindowDep, operator: CashierDep) -> ShiftShape:
    """The open shift of this window with its takings now and the doubts that are open."""
    with service.db.read() as session:
        shift = shifts.open_at(session, terminal.id)
        if shift is None:
            raise Refused("no_shift")
        return shift_shape(session, shift, service.clock.now())


@router.get("/shifts/mine", response_model=MyShifts)
def my_shifts(service: ServiceDep, terminal: WindowDep, operator: CashierDep) -> MyShifts:
    """One's own drawers, newest first: what became of a count whose answer was lost."""
    with service.db.read() as session:
        now = service.clock.now()
        found = shifts.of_operator(session, operator.number)
        return MyShifts(shifts=tuple(shift_shape(session, each, now) for each in found))


@router.get("/shifts", response_model=Shifts)
def shifts_of_day(
    service: ServiceDep, operator: OverseerDep, day: Annotated[Day, Query()]
) -> Shifts:
    """Every drawer of one day: closed then, or still open (S23)."""
    with service.db.read() as session:
        now = service.clock.now()
        found = shifts.of_day(session, day)
        return Shifts(day=day, shifts=tuple(shift_shape(session, each, now) for each in found))


@router.post("/shifts/{shift_id}/close", response_model=ShiftShape)
def close_shift(
    shift_id: str,
    body: requests.CloseShift,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """With the counted cash; a difference is explained, a large one seen by a second person."""
    count = _counted(service, body, operator)

    def handler(session: Session) -> ShiftShape:
        shift = _close(session, service, shift_id, operator, count, "CLOSED")
        return shift_shape(session, shift, service.clock.now())

    return respond(service.keys.once(key, f"shifts/{shift_id}/close\n{body.told()}", handler))


@router.post("/shifts/{shift_id}/hand-over", response_model=HandedOver)
def hand_over(
    shift_id: str,
    body: requests.HandOver,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """Closed, and opened at once for the next person, who counted too, with the same cash."""
    count = _counted(service, body, operator)
    following = operators.check_second(
        service.db,
        body.to_operator,
        body.to_password,
        operator.number,
        "cashier",
        service.clock.now(),
    )

    def handler(session: Session) -> HandedOver:
        now = service.clock.now()
        closed = _close(session, service, shift_id, operator, count, "HANDED_OVER")
        opened = shifts.start(session, key, terminal, following.number, count.counted_fen, now)
        return HandedOver(
            closed=shift_shape(session, closed, now), opened=shift_shape(session, opened, now)
        )

    asked = f"shifts/{shift_id}/hand-over\n{body.told()}"
    return respond(service.keys.once(key, asked, handler))


def _counted(service: Service, body: requests.CloseShift, operator: Operator) -> shifts.Count:
    """With the second person, proved by password before any transaction begins."""
    seen_by = ""
    if body.second_operator:
        seen_by = operators.check_second(
            service.db,
            body.second_operator,
            body.second_password,
            operator.number,
            "supervisor",
            service.clock.now(),
        ).number
    return shifts.Count(body.counted_fen, body.explanation, seen_by)


def _close(
    session: Session,
    service: Service,
    shift_id: str,
    operator: Operator,
    count: shifts.Count,
    state: str,
) -> Shift:
    shift = shifts.close(
        session,
        service.policy.staff,
        shift_id,
        operator.number,
        count,
        service.clock.now(),
        state,
    )
    audit.note(
        session,
        service.clock,
        shift.terminal_id,
        operator.number,
        "shift_closed",
        of=shift.id,
        counted_fen=shift.counted_fen,
        expected_fen=shift.expected_fen,
        seen_by=count.seen_by,
    )
    return shift


@router.post("/cash-boxes", response_model=BoxShape, status_code=201)
def empty_box(
    body: requests.EmptyBox,
    key: Key,
    service: ServiceDep,
    terminal: MachineDep,
    technician: TechnicianDep,
) -> Response:
    """A machine's cash box was emptied and counted."""
    notes = tuple(cash_boxes.Notes(**each.model_dump()) for each in body.notes)

    def handler(session: Session) -> BoxShape:
        box = cash_boxes.empty(
            session,
            key,
            terminal,
            technician.number,
            body.box_number,
            notes,
            body.explanation,
            service.clock.now(),
        )
        audit.note(
            session,
            service.clock,
            terminal.id,
            technician.number,
            "cash_box_emptied",
            of=box.id,
            counted_fen=box.counted_fen,
            booked_fen=box.booked_fen,
        )
        return box_shape(session, box)

    return respond(service.keys.once(key, text_of("cash-boxes", body), handler, 201))


@router.get("/cash-boxes/{terminal_id}", response_model=Boxes)
def boxes(
    terminal_id: str, service: ServiceDep, terminal: TerminalDep, operator: OverseerDep
) -> Boxes:
    """What was found in the boxes of one machine, newest first."""
    with service.db.read() as session:
        found = cash_boxes.boxes_of(session, terminal_id)
        return Boxes(boxes=tuple(box_shape(session, each) for each in found))
