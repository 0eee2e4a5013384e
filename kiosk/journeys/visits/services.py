"""What a patient can have done about visits."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.service import Service
from kiosk.journeys.visits.book import book
from kiosk.journeys.visits.book_exam import book_exam
from kiosk.journeys.visits.check_in import check_in
from kiosk.journeys.visits.collect import collect_booking
from kiosk.journeys.visits.register import register
from kiosk.journeys.visits.where_next import where_next
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service("register", Group.VISIT, said("See a doctor today"), "stethoscope", register),
    Service("book", Group.VISIT, said("Book another day"), "calendar-plus", book),
    Service(
        "collect_booking",
        Group.VISIT,
        said("Collect a booked slip"),
        "calendar-check",
        collect_booking,
    ),
    Service("book_exam", Group.VISIT, said("Choose an exam time"), "report-medical", book_exam),
    Service("where_next", Group.VISIT, said("Where to go next"), "route", where_next),
    Service("check_in", Group.CHECK_IN, said("Check in"), "user-check", check_in),
)
