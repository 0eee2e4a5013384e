"""The sheet of a drawer that was counted: on the page, on a slip, on A4, as PDF and CSV.

What a reader would get wrong: it is made of what the backend closed, and of nothing else; the same
drawer gives the same sheet at any time.
"""

from __future__ import annotations

from collections.abc import Iterator

from cashier.journeys.day.saving import printed_strip, save
from cashier.journeys.day.words import kind_of_money, shift_state
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Pressed, WorkSheet
from core.journeys.print_pages import print_pages
from core.journeys.print_slip import print_slip
from core.page_parts import Row, Section, Strip, Tone
from core.papers import PageSection, PageTable, WrittenPages
from core.phrase import Moment, Phrase, Yuan, said
from core.shifts import Shift
from core.slips import WrittenSlip
from core.steps.files import WrittenRows

_TITLE = said("Sheet of the shift")


def facts_of(shift: Shift) -> tuple[tuple[Phrase, Phrase], ...]:
    """Everything but takings and doubts."""
    told: list[tuple[Phrase, Phrase]] = [
        (said("Window"), shift.terminal_id),
        (said("Operator"), shift.operator),
        (said("State"), shift_state(shift.state)),
        (said("Opened"), Moment(shift.opened_at)),
        (said("Counted at"), Moment(shift.closed_at)),
        (said("Float"), Yuan(shift.float_fen)),
        (said("Expected in the drawer"), Yuan(shift.expected_fen)),
        (said("Counted"), Yuan(shift.counted_fen)),
        (said("Cash over"), Yuan(shift.over_fen)),
        (said("Cash short"), Yuan(shift.short_fen)),
    ]
    if shift.explanation:
        told.append((said("Explanation"), shift.explanation))
    if shift.seen_by:
        told.append((said("Seen by"), shift.seen_by))
    return tuple(told)


def _takings(shift: Shift) -> Iterator[tuple[Phrase, ...]]:
    for each in shift.takings:
        amounts = (Yuan(each.taken_fen), Yuan(each.given_fen))
        yield (kind_of_money(each.kind), *amounts, str(each.count))


def _doubts(shift: Shift) -> Iterator[tuple[Phrase, ...]]:
    for each in shift.open_doubts:
        yield (each.case_id, Yuan(each.amount_fen), each.owner, Moment(each.due_at))


def slip_of(shift: Shift, *, is_copy: bool = False) -> WrittenSlip:
    """For the drawer's envelope, with room for two signatures."""
    takings = tuple(
        (kind_of_money(each.kind), Yuan(each.taken_fen - each.given_fen)) for each in shift.takings
    )
    return WrittenSlip(
        about=shift.shift_id,
        title=_TITLE,
        display_name="",
        pairs=(*facts_of(shift), *takings),
        lines=(said("Signed by the cashier: ____________"), said("Checked by: ____________")),
        is_copy=is_copy,
    )


def pages_of(shift: Shift) -> WrittenPages:
    """The same on A4, with what was given back and the doubts that are open."""
    head = (said("Kind"), said("Taken"), said("Given back"), said("Count"))
    doubts = (said("Case"), said("Amount"), said("Owner"), said("Until"))
    takings, open_doubts = tuple(_takings(shift)), tuple(_doubts(shift))
    sections = [PageSection("", tables=(PageTable((said("What"), ""), facts_of(shift)),))]
    if takings:
        sections.append(PageSection(said("Takings"), tables=(PageTable(head, takings),)))
    if open_doubts:
        sections.append(PageSection(said("Open cases"), tables=(PageTable(doubts, open_doubts),)))
    return WrittenPages(shift.shift_id, _TITLE, tuple(sections))


def rows_of(shift: Shift) -> WrittenRows:
    """One fact a row."""
    facts = tuple((label, value, "", "") for label, value in facts_of(shift))
    return WrittenRows(
        (
            (said("Kind"), said("Taken"), said("Given back"), said("Count")),
            *_takings(shift),
            *facts,
        )
    )


def drawer_sheet(shift: Shift, strip: Strip | None = None, trouble: str = "") -> WorkSheet:
    """Over and short stand out; what was printed or saved is said above."""
    off = shift.over_fen or shift.short_fen
    tone = Tone.WARNING if off else Tone.SUCCESS
    rows = tuple(Row("file-text", label, value) for label, value in facts_of(shift))
    takings = tuple(
        Row("coins", kind, taken, said("given back {amount}", amount=given))
        for kind, taken, given, _count in _takings(shift)
    )
    doubts = tuple(
        Row("alert-triangle", case_id, amount, said("{owner}, until {time}", owner=owner, time=due))
        for case_id, amount, owner, due in _doubts(shift)
    )
    sections = [Section("", rows), Section(said("Takings"), takings)]
    if doubts:
        sections.append(Section(said("Open cases"), doubts))
    return WorkSheet(
        title=_TITLE,
        chip=shift_state(shift.state),
        chip_tone=tone,
        strip=strip,
        trouble=trouble,
        sections=tuple(one for one in sections if one.rows),
        actions=(
            Action("done", said("Done")),
            Action("slip", said("Print the slip again"), key="Ctrl+P"),
            Action("pages", said("Print on A4"), key="Ctrl+G"),
            Action("pdf", said("Save as PDF"), key="Ctrl+W"),
            Action("csv", said("Save as CSV"), key="Ctrl+T"),
        ),
    )


async def show_drawer(at: AtWork, shift: Shift, *, fresh: bool = False) -> None:
    """`fresh`: counted a moment ago, so its slip prints by itself, once."""
    strip: Strip | None = None
    if fresh:
        strip = printed_strip(await print_slip(slip_of(shift)))
    while True:
        match await drawer_sheet(shift, strip):
            case Pressed("slip"):
                strip = printed_strip(await print_slip(slip_of(shift, is_copy=True)))
            case Pressed("pages"):
                strip = printed_strip(await print_pages(shift.shift_id, pages_of(shift)))
            case Pressed("pdf"):
                strip = await save(f"shift-{shift.shift_id}", pages_of(shift))
            case Pressed("csv"):
                strip = await save(f"shift-{shift.shift_id}", rows_of(shift))
            case _:
                return
