"""Print a slip with the code that checks in: each print is counted before it is made.

What a reader would get wrong: the code stays the same for ever, so every print after the first says
that it is a copy; when the count cannot be had the slip goes without its code, because a card or
any other code checks in as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from core.journeys.print_slip import print_slip
from core.papers import SlipPrint
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.slips import WrittenSlip
from core.steps.papers import CountSlipPrint

_WITHOUT = said("To check in, show your ID card, health card or code.")


async def print_visit_slip(content: WrittenSlip, slip_id: str) -> bool:
    """True when the printer proved that the paper came out. `slip_id`: of its code."""
    match await CountSlipPrint(slip_id):
        case SlipPrint(mark=None):
            return await print_slip(content)
        case SlipPrint():
            return await print_slip(replace(content, is_copy=True))
        case Refused() | NotSent() | Unknown():
            plain = replace(content, slip=None, lines=(*content.lines, _WITHOUT))
            return await print_slip(plain)
        case other:
            assert_never(other)
