"""What the model backend answers to an Act that needs no state: one module a subject.

The world falls back to it, and every type of these answers is one that journeys are tried with.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from tests.helpers.told import (
    inpatient,
    later,
    look_up,
    papers,
    paying,
    people,
    prefund,
    refunds,
    visits,
)

TOLD: dict[type[Act[Any]], object] = {
    **people.TOLD,
    **visits.TOLD,
    **paying.TOLD,
    **prefund.TOLD,
    **later.TOLD,
    **refunds.TOLD,
    **inpatient.TOLD,
    **papers.TOLD,
    **look_up.TOLD,
}
