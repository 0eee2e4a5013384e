"""The patient signs on their own screen instead of on paper, where that screen takes touch.

What a reader would get wrong: a page offers `PAD` always; the window leaves it out where nobody can
write on the patient's screen now (`cashier/app.py`), and paper is signed as ever.
"""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import INK, Action, ForCustomer, Pressed, WorkSheet
from core.page_parts import Row, Section
from core.phrase import Phrase, said
from core.signing import Drawn, drawn

PAD = Action("pad", said("Sign on the patient's screen"), key="Ctrl+U", fills=False, on_pad=True)


async def signed_on_screen(at: AtWork, lines: tuple[Phrase, ...]) -> Drawn | None:
    """What was drawn; None when it was left: nothing is signed then."""
    match await pad_sheet(at, lines):
        case Pressed(word) as written if word == INK:
            return drawn(written.value(INK))
        case _:
            return None


def pad_sheet(at: AtWork, lines: tuple[Phrase, ...]) -> WorkSheet:
    """`lines`: what is signed; the first is its heading."""
    return WorkSheet(
        title=said("The patient signs"),
        patient=at.patient,
        text=said("What is signed stands on the patient's screen, beside a field to write on."),
        sections=(Section("", (Row("signature", said("What is signed"), lines[0]),)),),
        actions=(Action("paper", said("Sign on paper instead")),),
        customer=ForCustomer(said("Please read, then sign with your finger"), signs=lines),
    )
