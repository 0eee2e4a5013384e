"""What a window does about doubts, questions and problems."""

from __future__ import annotations

from cashier.journeys.doubts.cases import cases, cases_of_patient
from cashier.journeys.doubts.enquiries import enquiries, report_problem, take_down
from cashier.journeys.doubts.money import find_money, money_of_patient
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

_DESK = frozenset({"cashier", "supervisor", "finance"})
_READERS = _DESK | {"auditor"}

WORKS: tuple[Work, ...] = (
    Work("cases", said("Doubts and open cases"), cases, _READERS, for_patient=False),
    Work("find_money", said("Where is the money?"), find_money, _DESK, for_patient=False),
    Work("enquiries", said("Enquiries and complaints"), enquiries, _DESK, for_patient=False),
    Work(
        "report_problem",
        said("Report a problem of the terminal"),
        report_problem,
        ANYBODY,
        for_patient=False,
    ),
    Work("money", said("Where is the money?"), money_of_patient, ANYBODY, for_patient=True),
    Work(
        "patient_cases", said("Cases of this patient"), cases_of_patient, _READERS, for_patient=True
    ),
    Work(
        "take_down",
        said("Take down an enquiry or complaint"),
        take_down,
        _DESK,
        for_patient=True,
    ),
)
