"""The patient signs on their own screen instead of on paper, where that screen takes touch.

What a reader would get wrong: a page offers `PAD` always; the window leaves it out where nobody can
write on the patient's screen now (`cashier/app.py`), and paper is signed as ever.
"""

from __future__ import annotations

from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import INK, Action, ForCustomer, Pressed, WorkSheet
from core.audit import AuditEvent
from core.page_parts import Row, Section
from core.phrase import Phrase, said
from core.signing import Drawn, drawn
from core.steps.inpatient import SignSheet
from core.steps.media import NoteAudit

PAD = Action("pad", said("Sign on the patient's screen"), key="Ctrl+S", fills=False, on_pad=True)


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


async def note_signature(document_id: str, digest: str) -> None:
    """The digest of what was drawn, in the journal; nothing of paper, whose digest is ""."""
    if digest:
        await NoteAudit(AuditEvent.SIGNED, {"document_id": document_id, "signature": digest})


async def keep_sheet(at: AtWork, title: Phrase, settlement_id: str, picture: Drawn | None) -> None:
    """The sheet of a settlement is signed (L06). `picture` None: on paper, which stays here."""
    signed = await fetched(SignSheet(settlement_id, picture), at, title)
    if signed is None:
        return
    await note_signature(settlement_id, signed.image_sha256)
    where = said("Kept as signed on the screen") if picture else said("Kept as signed on paper")
    await told(at, where)
