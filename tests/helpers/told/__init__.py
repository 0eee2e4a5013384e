"""What the model backend answers to an Act that needs no state: one module a subject.

The world falls back to it, and every type of these answers is one that journeys are tried with.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from tests.helpers.told import (
    told_inpatient,
    told_later,
    told_look_up,
    told_papers,
    told_paying,
    told_people,
    told_prefund,
    told_refunds,
    told_visits,
)

TOLD: dict[type[Act[Any]], object] = {
    **told_people.TOLD,
    **told_visits.TOLD,
    **told_paying.TOLD,
    **told_prefund.TOLD,
    **told_later.TOLD,
    **told_refunds.TOLD,
    **told_inpatient.TOLD,
    **told_papers.TOLD,
    **told_look_up.TOLD,
}
