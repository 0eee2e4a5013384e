"""Print a slip of the last thirty days once more, marked as a copy.

What a reader would get wrong: each print is counted before it is made, and the paper says what is
so now, not what was so when the first one was printed.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.copy_slip import Copied, NotCopied, copy_slip
from core.page_parts import Tone
from core.papers import Receipt, SlipListed
from core.phrase import Moment, Yuan, said
from core.ports import CardPresence
from core.steps import Leave
from core.steps.papers import FetchPapers
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Choose, Chosen, Finished, Option

_ICONS = {"S": "receipt", "R": "map-pin", "V": "calendar-check", "C": "coins"}


async def print_slip_copy(start: Start) -> Retry | None:
    """From the tile to one more paper."""
    who = await identify("print_slip_copy", start.shown)
    if not isinstance(who, Identified):
        return who
    papers = await look(FetchPapers(who.patient.patient_id))
    if isinstance(papers, Ended):
        return papers.end
    match await choose_slip(papers.slips, who.presence):
        case Chosen(slip_id):
            return await _print(who, slip_id)
        case Back() | Leave():
            return None
        case other:
            assert_never(other)


async def _print(who: Identified, slip_id: str) -> Retry | None:
    match await copy_slip(slip_id):
        case Copied(receipt, printed):
            await copy_printed(receipt, printed, who.presence)
            return None
        case NotCopied(reason, detail):
            return await trouble(reason, detail)
        case other:
            assert_never(other)


def choose_slip(slips: tuple[SlipListed, ...], presence: CardPresence | None) -> Choose:
    """The newest first."""
    return Choose(
        title=said("Which slip?"),
        hint=said("Slips of the last 30 days. They are printed as copies."),
        icon="receipt",
        presence=presence,
        options=tuple(
            Option(
                one.slip.slip_id,
                one.title,
                _ICONS.get(one.kind, "receipt"),
                note=Moment(one.at),
                side=one.slip.slip_id,
            )
            for one in slips
        ),
        nothing=said("There is no slip of the last 30 days for you."),
    )


def copy_printed(receipt: Receipt, printed: bool, presence: CardPresence | None) -> Finished:
    """Where the paper is, or that it is owed."""
    return Finished(
        title=said("Your copy is printed") if printed else said("The copy could not be printed"),
        icon="receipt" if printed else "printer-off",
        tone=Tone.SUCCESS if printed else Tone.WARNING,
        presence=presence,
        big_label=receipt.title,
        big_value="" if receipt.total_fen is None else Yuan(receipt.total_fen),
        printed=printed,
    )
