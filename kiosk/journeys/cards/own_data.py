"""A patient's own data in full for ten seconds: what the ID card on the reader said just now.

What a reader would get wrong: no touch lengthens it, and nothing is kept; the page goes after ten
seconds, or with the person. The look is audited before anything is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.audit import AuditEvent
from core.flow import Abandoned, Reason
from core.identity import IdDocument
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, said
from core.steps import JournalBroken, Leave
from core.steps.media import NoteAudit
from kiosk.steps.pages import Button, Show

IN_FULL = Button("in_full", said("Show it in full for ten seconds"), "eye", main=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData(Show):
    """Unmasked."""

    idle_ms: ClassVar[int | None] = 10_000
    lengthened: ClassVar[bool] = False


async def show_in_full(document: IdDocument, patient_id: str = "") -> Leave | None:
    """After ten seconds or a press; Leave when they leave altogether. `patient_id`: "" for somebody
    who is new here."""
    facts = {"patient_id": patient_id, "on": "kiosk"}
    if isinstance(await NoteAudit(AuditEvent.OWN_DATA_SHOWN, facts), JournalBroken):
        return None
    try:
        answer = await own_data_page(document)
    except Abandoned as abandoned:
        if abandoned.reason is not Reason.IDLE:
            raise
        return None
    return answer if isinstance(answer, Leave) else None


def own_data_page(document: IdDocument) -> OwnData:
    """What stands on the card."""
    rows = (
        Row("user", said("Name"), document.name),
        Row("id", said("ID number"), document.id_number),
        Row("calendar", said("Date of birth"), Day(document.birth_date)),
        Row("map-pin", said("Address"), document.address),
    )
    return OwnData(
        title=said("Your own data"),
        hint=said("It is hidden again after ten seconds"),
        icon="eye",
        sections=(Section("", tuple(row for row in rows if row.value)),),
        buttons=(Button("hide", said("Hide it now"), "eye-off"),),
        strip=Strip(Tone.WARNING, "alert-triangle", said("Make sure that nobody reads along")),
    )
