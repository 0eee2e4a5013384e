"""Exam appointments (H17): which exam, when, what to know before; moved and given back.

What a reader would get wrong: booking an item that has a place moves it, and its slip stays the
same; an item need not be paid yet.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_visit_slip import print_visit_slip
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.visits import BookExam, CancelExam, FetchExamOrders, FetchExamSessions
from core.visit_slips import exam_slip
from core.visits import ExamAppointment, ExamOrder, ExamOrders, ExamSession, ExamSessions
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.journeys.visits import exam_pages as pages
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


async def book_exam(start: Start) -> Retry | None:
    """From the tile to a time and a place."""
    who = await identify("book_exam", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchExamOrders(who.patient.patient_id):
        case ExamOrders(()):
            await pages.no_order_page(who)
            return None
        case ExamOrders(orders):
            return await _choose_order(who, orders)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _choose_order(who: Identified, orders: tuple[ExamOrder, ...]) -> Retry | None:
    while True:
        chosen = await pages.orders_page(who, orders)
        if not isinstance(chosen, Chosen):
            return None
        order = next(one for one in orders if one.line_id == chosen.key)
        if order.appointment is None:
            answer = await _choose_session(who, order)
        else:
            answer = await _change(who, order, order.appointment)
        if not isinstance(answer, Back):
            return answer


async def _change(
    who: Identified, order: ExamOrder, appointment: ExamAppointment
) -> Retry | Back | None:
    """What becomes of a place it has already."""
    match await pages.appointment_page(who, appointment):
        case Pressed("move"):
            return await _choose_session(who, order)
        case Pressed("print"):
            await _show(who, appointment)
            return None
        case Pressed():
            return await _cancel(who, appointment)
        case Back() as back:
            return back
        case Leave():
            return None
        case other:
            assert_never(other)


async def _cancel(who: Identified, appointment: ExamAppointment) -> Retry | Back | None:
    sure = await pages.give_back_page(who, appointment)
    if not isinstance(sure, Pressed):
        return sure if isinstance(sure, Back) else None
    match await CancelExam(appointment.appointment_id):
        case ExamAppointment():
            await pages.given_back_page(who, appointment)
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason):
            return await trouble(reason)
        case Unknown():
            return await trouble("exam_unknown")
        case other:
            assert_never(other)


async def _choose_session(who: Identified, order: ExamOrder) -> Retry | Back | None:
    match await FetchExamSessions(order.line_id):
        case ExamSessions(sessions):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    while True:
        match await pages.sessions_page(who, order, sessions):
            case Chosen(key):
                session = next(one for one in sessions if one.session_id == key)
            case Back() as back:
                return back
            case Leave():
                return None
        match await pages.confirm_page(who, order, session):
            case Pressed():
                return await _book(who, order, session)
            case Leave():
                return None
            case Back():
                continue


async def _book(who: Identified, order: ExamOrder, session: ExamSession) -> Retry | None:
    match await BookExam(order.line_id, session.session_id):
        case ExamAppointment() as appointment:
            await _show(who, appointment)
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason):
            return await trouble(reason)
        case Unknown():
            return await trouble("exam_unknown")
        case other:
            assert_never(other)


async def _show(who: Identified, appointment: ExamAppointment) -> None:
    slip = exam_slip(who.patient.display_name, appointment)
    printed = await print_visit_slip(slip, appointment.slip.slip_id)
    await pages.booked_page(who, appointment, printed)
