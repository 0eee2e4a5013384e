"""Items that a patient does not want: the window looks, and cancels what is not done (N10).

What a reader would get wrong: a kiosk only writes the wish down; until it is decided here, the bill
is as it was and can be paid as it is.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.people.find import ask_for_medium
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, WorkSheet
from core.billing import BillLine
from core.identity import MediumKind
from core.page_parts import Tone
from core.phrase import Said, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.steps.window_specials import DecideGiveUp, FetchGiveUp
from core.window_specials import GiveUpCase

_TITLE = said("Items not wanted")
_STATES: dict[str, Said] = {
    "ASKED": said("to be decided"),
    "DONE": said("cancelled"),
    "KEPT": said("kept"),
}


async def give_ups(at: AtWork) -> str:
    """From the slip to items that are gone, or stay."""
    medium = await ask_for_medium(
        at, _TITLE, said("Scan the slip of the items."), frozenset({MediumKind.SLIP})
    )
    if medium is None:
        return ""
    trouble = ""
    while True:
        found = await fetched(FetchGiveUp(slip_id_of(medium.value)), at, _TITLE)
        if found is None:
            return ""
        answer = await give_up_sheet(at, found, trouble)
        if not isinstance(answer, Pressed):
            return ""
        agree = answer.word == "cancel"
        match await DecideGiveUp(found.slip.slip_id, found.bill.version, agree):
            case GiveUpCase() as decided:
                words = said("The bill is now {total}", total=Yuan(decided.bill.total_fen))
                await told(at, _STATES[decided.state], words=words)
                return ""
            case Refused(trouble) | NotSent(trouble) | Unknown(trouble):
                continue
            case other:
                assert_never(other)


def slip_id_of(text: str) -> str:
    """The number in a slip's code, ZF1.R.number.proof; "" when there is none."""
    parts = text.split(".")
    return parts[2] if len(parts) > 2 else ""


def give_up_sheet(at: AtWork, found: GiveUpCase, trouble: str = "") -> WorkSheet:
    """What goes, what stays, and what was done already, which cannot go."""
    wanted = frozenset(found.line_ids)
    unwanted = [line for line in found.bill.lines if line.line_id in wanted]
    done = any(line.executed for line in unwanted)
    is_open = found.state == "ASKED"
    columns = (
        Column(said("Item"), 4),
        Column(said("Quantity"), 1, right=True),
        Column(said("Amount"), 2, right=True),
        Column(said("What becomes of it"), 3),
    )
    off = said("Decided already") if not is_open else said("Done already") if done else ""
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=_STATES[found.state],
        chip_tone=Tone.WARNING if is_open else Tone.SUCCESS,
        trouble=trouble,
        big_label=said("Not wanted"),
        big_value=Yuan(sum(line.amount_fen for line in unwanted)),
        table=Table(columns, tuple(_line(one, wanted) for one in found.bill.lines)),
        actions=(
            Action("cancel", said("Cancel these items"), twice=True, off=off),
            Action("keep", said("Keep them"), key="Ctrl+K", off="" if is_open else off),
        ),
    )


def _line(line: BillLine, wanted: frozenset[str]) -> Line:
    is_wanted = line.line_id in wanted
    fate = said("stays") if not is_wanted else said("is given up")
    if line.executed:
        fate = said("done already")
    return Line(
        line.line_id,
        (line.name, line.quantity, Yuan(line.amount_fen), fate),
        Tone.DANGER if is_wanted else Tone.PLAIN,
    )
