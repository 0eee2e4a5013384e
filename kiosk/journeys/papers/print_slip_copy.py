"""Print a slip of the last thirty days once more, marked as a copy.

What a reader would get wrong: each print is counted before it is made, and the paper says what is
so now, not what was so when the first one was printed.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_slip import print_slip
from core.papers import Receipt, ReceiptRow, SlipListed, SlipPrint
from core.phrase import Moment, Phrase, Yuan, said
from core.ports import CardPresence, DeviceTrouble
from core.slips import WrittenSlip
from core.steps import CheckPrinter, Leave
from core.steps.papers import CountSlipPrint, FetchPapers, FetchReceipt
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
    """Paper is looked for before a print is counted."""
    match await CheckPrinter():
        case DeviceTrouble(_, reason):
            return await trouble(reason)
    counted = await look(CountSlipPrint(slip_id))
    if isinstance(counted, Ended):
        return counted.end
    receipt = await look(FetchReceipt(slip_id))
    if isinstance(receipt, Ended):
        return receipt.end
    printed = await print_slip(copy_of(receipt, counted))
    await copy_printed(receipt, printed, who.presence)
    return None


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


def copy_of(receipt: Receipt, counted: SlipPrint) -> WrittenSlip:
    """As things stand now. It is a copy even when it is the first one counted: the machine where
    it was made may have printed one."""
    pairs: list[tuple[Phrase, Phrase]] = [(said("Date"), Moment(receipt.at))]
    for section in receipt.sections:
        pairs.append((section.title, ""))
        pairs.extend((row.label, amount_of(row)) for row in section.rows)
    if receipt.total_fen is not None:
        pairs.append((said("Total"), Yuan(receipt.total_fen)))
    mark = (counted.mark,) if counted.mark is not None else ()
    return WrittenSlip(
        about=receipt.slip.slip_id,
        title=receipt.title,
        display_name=receipt.patient,
        pairs=tuple(pairs),
        lines=(*mark, receipt.footer),
        slip=receipt.slip,
        is_copy=True,
    )


def amount_of(row: ReceiptRow) -> Phrase:
    """A text, an amount, or both."""
    if row.amount_fen is None:
        return row.text
    amount = Yuan(row.amount_fen)
    return said("{text} {amount}", text=row.text, amount=amount) if row.text else amount


def copy_printed(receipt: Receipt, printed: bool, presence: CardPresence | None) -> Finished:
    """Where the paper is, or that it is owed."""
    return Finished(
        title=said("Your copy is printed") if printed else said("The copy could not be printed"),
        icon="receipt",
        presence=presence,
        big_label=receipt.title,
        big_value="" if receipt.total_fen is None else Yuan(receipt.total_fen),
        printed=printed,
    )
