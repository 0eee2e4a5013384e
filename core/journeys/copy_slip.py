"""Print a slip once more: paper first, then the count, then what it says now.

What a reader would get wrong: a count without its print only makes the next one copy number two;
a print that nobody counted would be worse.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.journeys.print_slip import print_slip
from core.papers import Receipt, SlipPrint
from core.ports import DeviceTrouble, NotSent, Refused, Unknown
from core.slip_copy import copy_of
from core.steps import CheckPrinter
from core.steps.papers import CountSlipPrint, FetchReceipt


@dataclass(frozen=True, slots=True)
class Copied:
    """`printed` False: the copy is owed."""

    receipt: Receipt
    printed: bool


@dataclass(frozen=True, slots=True)
class NotCopied:
    """Nothing was printed."""

    reason: str
    detail: str = ""


async def copy_slip(slip_id: str) -> Copied | NotCopied:
    """Marked as a copy, with everything as it stands now."""
    match await CheckPrinter():
        case DeviceTrouble(_, reason):
            return NotCopied(reason)
    counted = await CountSlipPrint(slip_id)
    if not isinstance(counted, SlipPrint):
        return _not(counted)
    receipt = await FetchReceipt(slip_id)
    if not isinstance(receipt, Receipt):
        return _not(receipt)
    return Copied(receipt, await print_slip(copy_of(receipt, counted)))


def _not(word: Refused | NotSent | Unknown) -> NotCopied:
    detail = word.detail if isinstance(word, Refused) else ""
    return NotCopied(word.reason, detail)
