"""One step of anything that people carry through, as staff are told it (W20).

Refunds, invoices, cases and enquiries all tell theirs alike. What a reader would get wrong:
`operator` is "" for a patient and for the clock, and `text` is for staff only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What was done, when, by whom and at which terminal."""

    step: str
    text: str
    at: str
    operator: str
    terminal_id: str
