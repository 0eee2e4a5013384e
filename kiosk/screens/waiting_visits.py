"""Words while a patient waits: registering, bookings and checking in.

Merged in `kiosk/screens/waiting.py`. What a reader would get wrong: every Act that a kiosk can meet
needs a sentence (`tests/gui/test_waiting.py`), or a page at the machine.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.visits import (
    BookExam,
    BookVisit,
    CancelExam,
    CheckIn,
    CollectBooking,
    FetchDay,
    FetchExamOrders,
    FetchExamSessions,
    FetchGuide,
    FetchSurvey,
    FetchVisits,
    SendSurvey,
)

WAITING: dict[type[Act[Any]], Said] = {
    FetchDay: said("Looking for doctors"),
    BookVisit: said("Keeping a place for you"),
    FetchVisits: said("Looking for your bookings"),
    CollectBooking: said("Fetching your booking"),
    FetchGuide: said("Fetching your number"),
    CheckIn: said("Checking you in"),
    FetchExamOrders: said("Looking for your exams"),
    FetchExamSessions: said("Looking for free times"),
    BookExam: said("Keeping the time for you"),
    CancelExam: said("Giving the time back"),
    FetchSurvey: said("Fetching the questions"),
    SendSurvey: said("Sending your answers"),
}
