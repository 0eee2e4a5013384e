"""The works of a window's day, in the order of the list."""

from __future__ import annotations

from cashier.journeys.day.boxes import cash_boxes
from cashier.journeys.day.daily_close import daily_close
from cashier.journeys.day.drawer import drawer
from cashier.journeys.day.evaluation import self_evaluation
from cashier.journeys.day.figures import statistics
from cashier.journeys.day.no_sale import no_sale
from cashier.journeys.day.prepaid import prepaid_money
from cashier.journeys.day.survey import survey
from cashier.journeys.work import Work
from core.phrase import said

_CASHIER = frozenset({"cashier"})
_READERS = frozenset({"auditor", "finance", "supervisor"})
_FIGURES = _READERS | {"technician"}

WORKS: tuple[Work, ...] = (
    Work("shift", said("Shift and drawer"), drawer, _CASHIER, for_patient=False, key="Ctrl+S"),
    Work("no_sale", said("Open the drawer without a sale"), no_sale, _CASHIER, for_patient=False),
    Work("daily_close", said("Daily close"), daily_close, _READERS, for_patient=False),
    Work("statistics", said("Statistics and reports"), statistics, _FIGURES, for_patient=False),
    Work("prepaid", said("Prepaid money"), prepaid_money, _READERS, for_patient=False),
    Work(
        "evaluation",
        said("Monthly self-evaluation"),
        self_evaluation,
        _FIGURES,
        for_patient=False,
    ),
    Work("survey", said("Answers to the survey"), survey, _FIGURES, for_patient=False),
    Work("boxes", said("Cash boxes of machines"), cash_boxes, _READERS, for_patient=False),
)
