"""Whether a slip is in the patient's hand; money never waits for paper."""

from __future__ import annotations

from core.page_parts import Row, Tone
from core.phrase import said


def slip_row(*, printed: bool) -> Row:
    """The slip, or that it is owed."""
    if printed:
        return Row("receipt", said("Slip"), said("Give the slip to the patient."))
    owed = said("The slip could not be printed. It is kept and can be printed later.")
    return Row("printer-off", said("Slip"), owed, tone=Tone.WARNING)
