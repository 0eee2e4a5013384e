"""Open the cash drawer: why and by whom is on disk before it springs open.

What a reader would get wrong: a drawer that does not open stops nothing; it has a key of its own,
and the money was taken or is handed out all the same.
"""

from __future__ import annotations

from enum import StrEnum

from core.audit import AuditEvent
from core.ports import DeviceTrouble, Done, Unknown
from core.steps import JournalBroken
from core.steps.drawer import OpenDrawer
from core.steps.media import NoteAudit


class WhyOpened(StrEnum):
    """What a drawer is opened for."""

    CASH_TAKEN = "cash_taken"
    CASH_HANDED_OUT = "cash_handed_out"
    COUNT = "count"
    NO_SALE = "no_sale"


async def open_drawer(
    why: WhyOpened, operator: str, note: str = ""
) -> Done | DeviceTrouble | Unknown:
    """`note`: why without a sale. Nothing is opened that cannot be written down."""
    facts = {"why": why.value, "operator": operator, "note": note}
    if isinstance(await NoteAudit(AuditEvent.DRAWER_OPENED, facts), JournalBroken):
        return DeviceTrouble("receipt_printer", "journal_broken")
    return await OpenDrawer()
