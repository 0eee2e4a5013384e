"""Pages as a patient meets them: looking things up."""

from __future__ import annotations

from typing import Any

from core.billing import Slip, Text
from core.flow import Step
from core.steps import Bills
from core.visits import ExamAppointment, ExamSession, VisitState, VisitSummary
from kiosk.journeys.look_up import (
    my_bookings,
    my_money,
    my_payments,
    prices,
    where_is_my_money,
)
from tests.helpers.told import told_later, told_look_up, told_papers

_DOCTOR = Text("欧阳明慧", "Dr Ouyang Minghui")
_VISIT = VisitSummary(
    "R1",
    VisitState.BOOKED,
    "2026-01-07",
    Text("上午 08:00-12:00", "Morning 08:00-12:00"),
    Text("心血管内科高血压专科门诊", "Cardiology, hypertension clinic"),
    _DOCTOR,
    "",
)
_PAID = VisitSummary(
    "R2", VisitState.CONFIRMED, "2026-01-05", _VISIT.session, _VISIT.department, _DOCTOR, "A012"
)
_EXAM = ExamAppointment(
    "E1",
    "BOOKED",
    "L1",
    Text("腹部彩色多普勒超声检查", "Colour Doppler ultrasound of the abdomen"),
    Text("空腹八小时，提前十分钟到", "No food for eight hours; come ten minutes early"),
    ExamSession("X1", "2026-01-06", "08:00", "09:00", Text("超声科 3F", "Ultrasound, 3F"), 4),
    "12",
    Slip("V1", "ZF1.V.V1.AAAA"),
)
_BILLS = Bills((told_papers.VISIT_BILL,))
_ACCOUNT = told_later.SIGNED_ACCOUNT

EXAMPLES: dict[str, Step[Any]] = {
    "my money": my_money.money_page(
        told_look_up.BALANCE, told_look_up.HOLDS, told_look_up.MONEY, None
    ),
    "my payments": my_payments.list_page(_BILLS, _ACCOUNT, told_papers.PAPERS, None),
    "to be paid": my_payments.open_page(_BILLS.bills, None),
    "to be paid later": my_payments.later_page(_ACCOUNT, None),
    "who paid which part": my_payments.paid_page(told_papers.RECEIPT, None),
    "type a price": prices.type_search(told_look_up.PRICES),
    "prices found": prices.price_page("心电", told_look_up.PRICES),
    "my bookings": my_bookings.list_page((_VISIT, _PAID, _EXAM), None),
    "a booking": my_bookings.booking_page(_VISIT, None),
    "a paid booking": my_bookings.booking_page(_PAID, None),
    "an exam booking": my_bookings.booking_page(_EXAM, None),
    "give a booking back": my_bookings.confirm_page(_EXAM, None),
    "booking given back": my_bookings.cancelled_page(_EXAM, None),
    "where is my money": where_is_my_money.list_page(told_look_up.MONEY, None),
    "an amount that is checked": where_is_my_money.item_page(told_look_up.PAYMENT, None),
}
