"""The works around visits, in the order of the list."""

from __future__ import annotations

from cashier.journeys.visits.bookings import bookings
from cashier.journeys.visits.exams import exams
from cashier.journeys.visits.register import book, register
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

WORKS: tuple[Work, ...] = (
    Work("register", said("Register for today"), register, ANYBODY, for_patient=True, key="F3"),
    Work("book", said("Book a place"), book, ANYBODY, for_patient=True),
    Work("bookings", said("Visits and bookings"), bookings, ANYBODY, for_patient=True),
    Work("exams", said("Exam appointments"), exams, ANYBODY, for_patient=True),
)
