"""What a window does with paper."""

from __future__ import annotations

from cashier.journeys.papers.invoices import (
    find_invoice,
    invoices,
    invoices_to_settle,
    spoilt,
    used_sheets,
)
from cashier.journeys.papers.slips import reprint, signatures
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

_DESK = frozenset({"cashier", "supervisor"})
_BOOKS = frozenset({"finance", "supervisor", "auditor"})
_CHIEF = frozenset({"supervisor", "auditor"})

WORKS: tuple[Work, ...] = (
    Work("reprint_slip", said("Print a slip again"), reprint, ANYBODY, for_patient=True, key="F6"),
    Work("invoices", said("Official invoices"), invoices, ANYBODY, for_patient=True),
    Work("signatures", said("Signature of a settlement"), signatures, _CHIEF, for_patient=True),
    Work("find_invoice", said("Find an invoice"), find_invoice, ANYBODY, for_patient=False),
    Work(
        "invoices_to_settle",
        said("Invoices to settle"),
        invoices_to_settle,
        ANYBODY,
        for_patient=False,
    ),
    Work("spoilt_sheet", said("Spoilt sheet"), spoilt, _DESK, for_patient=False),
    Work(
        "used_sheets",
        said("Used sheets of official paper"),
        used_sheets,
        _BOOKS,
        for_patient=False,
    ),
)
