"""Slips of a patient printed once more, and what was signed under a settlement.

What a reader would get wrong: a copy says what is so now and is marked as a copy; the picture of a
signature is shown and never printed or kept here, and each look at it is on the record.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.billing import Settlement, SettlementState
from core.journeys.copy_slip import Copied, NotCopied, copy_slip
from core.page_parts import Row, Section, Strip, Tone
from core.papers import SlipListed
from core.phrase import Moment, Phrase, Said, Yuan, said
from core.signing import KeptSignature
from core.steps import Leave
from core.steps.papers import FetchPapers
from core.steps.questions import MediumShown
from core.steps.window_papers import FetchSignature
from core.window_steps import FetchSettlements

_DAYS = 365
_TITLE = said("Print a slip again")
_KINDS: dict[str, Said] = {
    "S": said("Settlement or refund"),
    "R": said("Sent to a window"),
    "V": said("Visit"),
    "C": said("Change to be paid out"),
    "U": said("Being checked"),
}


async def reprint(at: AtWork) -> str:
    """Any slip of a year, the newest first; Enter prints the current one (F6)."""
    papers = await fetched(FetchPapers(at.served.patient_id, _DAYS), at, _TITLE)
    if papers is None:
        return ""
    trouble = ""
    while True:
        match await slips_sheet(at, papers.slips, trouble):
            case Pressed() as pressed:
                pass
            case Leave() | MediumShown():
                return ""
        match await copy_slip(pressed.row):
            case Copied(receipt, printed):
                title = said("The copy is printed") if printed else said("The copy is owed")
                tone = Tone.SUCCESS if printed else Tone.WARNING
                await told(at, title, (Row("receipt", receipt.title, pressed.row),), tone=tone)
                return ""
            case NotCopied(reason):
                trouble = reason
            case other:
                assert_never(other)


def slips_sheet(at: AtWork, slips: tuple[SlipListed, ...], trouble: str = "") -> WorkSheet:
    """What it is about, when, and how often it was printed."""
    columns = (
        Column(said("Slip"), 3),
        Column(said("Kind"), 2),
        Column(said("When"), 2),
        Column(said("Number"), 3),
        Column(said("Times printed"), right=True),
    )
    lines = tuple(
        Line(
            one.slip.slip_id,
            (one.title, _kind(one), Moment(one.at), one.slip.slip_id, str(one.prints)),
        )
        for one in slips
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        trouble=trouble,
        text=said("It is printed as it stands now, and marked as a copy."),
        table=Table(columns, lines, nothing=said("There is no slip of this patient.")),
        actions=(Action("print", said("Print a copy"), takes=Takes.ROW),),
    )


def _kind(one: SlipListed) -> Phrase:
    return _KINDS.get(one.kind, one.kind)


async def signatures(at: AtWork) -> str:
    """Choose a settlement; look at what stands under its sheet."""
    title = said("Signature of a settlement")
    found = await fetched(FetchSettlements(at.served.patient_id), at, title)
    if found is None:
        return ""
    trouble = ""
    while True:
        match await settled_sheet(at, found.settlements, trouble):
            case Pressed() as pressed:
                pass
            case Leave() | MediumShown():
                return ""
        match await FetchSignature(pressed.row):
            case KeptSignature() as kept:
                await signature_sheet(at, kept)
                trouble = ""
            case no:
                trouble = "sheet_not_signed" if no.reason == "not_signed" else no.reason


def settled_sheet(at: AtWork, settlements: tuple[Settlement, ...], trouble: str = "") -> WorkSheet:
    """What was settled in thirty days."""
    columns = (
        Column(said("When"), 2),
        Column(said("Amount"), 2, right=True),
        Column(said("Number"), 4),
    )
    lines = tuple(
        Line(one.settlement_id, (Moment(one.settled_at), Yuan(one.total_fen), one.settlement_id))
        for one in settlements
        if one.state is SettlementState.COMPLETED
    )
    return WorkSheet(
        title=said("Signature of a settlement"),
        patient=at.patient,
        trouble=trouble,
        table=Table(columns, lines, nothing=said("Nothing was settled in the last 30 days.")),
        actions=(Action("look", said("Look at the signature"), takes=Takes.ROW),),
    )


def signature_sheet(at: AtWork, kept: KeptSignature) -> WorkSheet:
    """The picture, and whether it is the one that was signed."""
    same = Strip(Tone.SUCCESS, "shield-check", said("The picture is the one that was signed."))
    other = Strip(Tone.DANGER, "alert-triangle", said("The picture is not what was signed."))
    gone = Strip(Tone.WARNING, "clock", said("The picture was kept for its years and is gone."))
    strip = gone if kept.purged_at else same if kept.whole else other
    return WorkSheet(
        title=said("Signature of a settlement"),
        patient=at.patient,
        strip=strip,
        picture=kept.png,
        sections=(
            Section(
                "",
                (
                    Row("clock", said("When"), Moment(kept.at)),
                    Row("map-pin", said("Where"), kept.terminal_id),
                    Row("file-text", said("Digest"), kept.sha256[:16]),
                ),
            ),
        ),
        actions=(Action("done", said("Done")),),
    )
