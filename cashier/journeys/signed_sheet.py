"""The sheet of a settlement, signed by the patient on their screen, or printed and signed (L06).

What a reader would get wrong: it is signed after it is paid, so nothing waits for the signature.
"""

from __future__ import annotations

from cashier.journeys.day.saving import printed_strip
from cashier.journeys.pad import PAD, signed_on_screen
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Pressed, WorkSheet
from core.billing import ComponentKind, Settlement
from core.journeys.print_pages import print_pages
from core.journeys.sign import sign_sheet
from core.page_parts import Row, Section, Strip
from core.papers import PageSection, PageTable, WrittenPages
from core.phrase import Moment, Phrase, Yuan, said
from core.signing import Drawn
from core.steps import Leave
from core.steps.questions import MediumShown
from core.wording import COMPONENTS, TENDERS

TITLE = said("Sheet to be signed")


async def sign_settlement(at: AtWork, settlement: Settlement) -> None:
    """Until it is signed, or left."""
    strip: Strip | None = None
    while True:
        match await sheet_page(at, settlement, strip):
            case Pressed("print"):
                paper = sheet_paper(at, settlement)
                strip = printed_strip(await print_pages(paper.about, paper))
            case Pressed("pad"):
                picture = await signed_on_screen(at, sheet_lines(settlement))
                if picture is not None:
                    await keep_sheet(at, settlement.settlement_id, picture)
                    return
            case Pressed():
                await keep_sheet(at, settlement.settlement_id, None)
                return
            case Leave() | MediumShown():
                return


async def keep_sheet(at: AtWork, settlement_id: str, picture: Drawn | None) -> None:
    """`picture` None: signed on paper, which stays here."""
    if await fetched(sign_sheet(settlement_id, picture), at, TITLE) is None:
        return
    where = said("Kept as signed on the screen") if picture else said("Kept as signed on paper")
    await told(at, where)


def sheet_page(at: AtWork, settlement: Settlement, strip: Strip | None = None) -> WorkSheet:
    """Paid already; the signature says that the sums are right."""
    rows = tuple(Row("receipt", label, amount) for label, amount in _sums(settlement))
    return WorkSheet(
        title=TITLE,
        patient=at.patient,
        strip=strip,
        text=said("Print the sheet and have it signed. It is paid, signed or not."),
        big_label=said("Charged in all"),
        big_value=Yuan(settlement.total_fen),
        sections=(Section("", rows),),
        actions=(
            Action("signed", said("It is signed")),
            PAD,
            Action("print", said("Print the sheet"), key="Ctrl+P"),
        ),
    )


def sheet_lines(settlement: Settlement) -> tuple[Phrase, ...]:
    """What is signed on a screen: the same sums as on paper."""
    sums = ((said("Charged in all"), Yuan(settlement.total_fen)), *_sums(settlement))
    lines = (said("{label}: {amount}", label=label, amount=amount) for label, amount in sums)
    return (said("Settlement sheet"), *lines)


def _sums(settlement: Settlement) -> tuple[tuple[Phrase, Yuan], ...]:
    """What insurance bears, then what each tender paid."""
    parts = (p for p in settlement.components if p.kind is not ComponentKind.SELF_PAY)
    return (
        *((said(COMPONENTS[part.kind]), Yuan(part.amount_fen)) for part in parts),
        *((said(TENDERS[one.kind]), Yuan(one.amount_fen)) for one in settlement.tenders),
    )


def sheet_paper(at: AtWork, settlement: Settlement) -> WrittenPages:
    """The sums of the settlement with a line to sign on (L06)."""
    who = said("Patient {name}", name=at.served.display_name)
    paid_at = said("Settled at {time}", time=Moment(settlement.settled_at))
    rows: tuple[tuple[Phrase, ...], ...] = (
        (said("Charged in all"), Yuan(settlement.total_fen)),
        *_sums(settlement),
    )
    table = PageTable((said("What"), said("Amount")), rows)
    line = said("Signature and date: ______________________")
    return WrittenPages(
        settlement.settlement_id,
        said("Settlement sheet"),
        (PageSection("", (who, paid_at), (table,)), PageSection("", (line,))),
    )
