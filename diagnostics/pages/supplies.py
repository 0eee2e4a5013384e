"""What is used up, and the cash box.

What a reader would get wrong: no sum and no note of a box that was not counted by two people is
ever shown here; who counts blind must not be able to look it up.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.money import format_yuan
from core.upkeep.cash_box import Batch, differences
from core.upkeep.consumables import Level
from core.upkeep.words import ITEMS, word
from diagnostics.pages.keyboard import DIGITS, typing
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, button, column, digits, field, nothing, toned
from diagnostics.pages.results import told_part
from diagnostics.pages.table import Cell, Column, table
from diagnostics.steps import Work
from diagnostics.views import Tone, local, local_time
from ui.widget_parts import label, rule, wrapped

_BOXES = 5
_DIGITS = 5


def supplies_page(look: Look, work: Work, say: Say) -> QWidget:
    """Levels with a refill each, then the boxes, newest first."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    body.addWidget(_levels(look, work, say))
    if work.view.batches:
        body.addWidget(_boxes(look, work.view.batches, say))
    body.addStretch()
    return page


def _levels(look: Look, work: Work, say: Say) -> QWidget:
    _ = look.words
    sheet = Sheet(look, _("Supplies"))
    low = {alarm.subject for alarm in work.view.alarms if alarm.code == "low"}
    lines: list[QLineEdit] = []
    for index, level in enumerate(work.view.levels):
        if index:
            sheet.body.addWidget(rule())
        sheet.body.addLayout(_level(look, level, lines, say, is_low=level.item.value in low))
    if not lines:
        sheet.body.addWidget(nothing(_("Nothing is used up at this machine.")))
    elif pad := typing(look, DIGITS, lines[0]):
        sheet.body.addWidget(pad)
    return sheet


def _level(
    look: Look, level: Level, lines: list[QLineEdit], say: Say, *, is_low: bool
) -> QBoxLayout:
    """One line at a desk; on the narrow touch screen the refill stands below."""
    _ = look.words
    name = level.item.value
    told = QHBoxLayout()
    told.setSpacing(look.px(14))
    left = QVBoxLayout()
    left.setSpacing(0)
    left.addWidget(wrapped(word(ITEMS, name, _), "strong"))
    left.addWidget(wrapped(_facts(look, level), "muted"))
    told.addLayout(left, 1)
    told.addWidget(_left(look, level, is_low=is_low))
    pieces = field(look, f"refill_{name}", _("pieces now inside"))
    digits(pieces, _DIGITS)
    lines.append(pieces)

    def _on_refill() -> None:
        say("refill", f"{name}/{pieces.text()}")

    pieces.returnPressed.connect(_on_refill)
    done = button(look, f"refilled_{name}", _("Refilled"), _on_refill)
    done.setAccessibleDescription(word(ITEMS, name, _))
    if not look.touch:
        pieces.setFixedWidth(look.px(190))
        told.addWidget(pieces)
        told.addWidget(done)
        return told
    below, whole = QHBoxLayout(), QVBoxLayout()
    below.addWidget(pieces, 1)
    below.addWidget(done)
    whole.addLayout(told)
    whole.addLayout(below)
    return whole


def _left(look: Look, level: Level, *, is_low: bool) -> QWidget:
    _ = look.words
    if level.left is None:
        return toned(look, Tone.UNSURE, _("never filled here"))
    tone = Tone.BAD if level.left == 0 else Tone.WARN if is_low else Tone.GOOD
    return toned(look, tone, str(level.left), "number")


def _facts(look: Look, level: Level) -> str:
    _ = look.words
    parts = [_("used today: {count}").format(count=level.used_today)]
    if level.left is not None:
        parts.append(_("stops: {time}").format(time=local_time(level.stops_at, _)))
        parts.append(
            _("filled {time} by {person}").format(
                time=local(level.filled_at), person=level.filled_by
            )
        )
    return " · ".join(parts)


def _boxes(look: Look, batches: tuple[Batch, ...], say: Say) -> QWidget:
    _ = look.words
    sheet = Sheet(look, _("Cash boxes"))
    hint = _("Two people count one after the other. What is in a box is shown after both agree.")
    sheet.body.addWidget(wrapped(hint, "muted"))
    for batch in [*reversed(batches)][:_BOXES]:
        sheet.body.addWidget(rule())
        sheet.body.addLayout(_box(look, batch, say))
        if batch.agreed is not None:
            sheet.body.addWidget(_compared(look, batch))
    return sheet


def _box(look: Look, batch: Batch, say: Say) -> QHBoxLayout:
    _ = look.words
    row = QHBoxLayout()
    row.setSpacing(look.px(14))
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(wrapped(_("Box {number}").format(number=batch.number), "strong"))
    row.addLayout(texts, 1)
    if not batch.sealed_at:
        texts.addWidget(wrapped(_("In the machine"), "muted"))
        return row
    told = [_("taken out {time}").format(time=local(batch.sealed_at))]
    if batch.seal:
        told.append(_("seal {seal}").format(seal=batch.seal))
    if batch.counted:
        names = dict.fromkeys(one.person for one in batch.counted)
        told.append(_("counted by {people}").format(people=", ".join(names)))
    texts.addWidget(wrapped(" · ".join(told), "muted"))
    if batch.agreed is None:
        tone = Tone.WARN if batch.counted else Tone.UNSURE
        said = _("counted once") if len(batch.counted) == 1 else _("not counted")
        row.addWidget(toned(look, tone, _("counts differ") if len(batch.counted) > 1 else said))
        count = partial(say, "count", str(batch.number))
        row.addWidget(
            button(look, f"count_{batch.number}", _("Count the notes"), count, role="primary")
        )
    else:
        wrong = differences(batch, batch.agreed.counts)
        tone, said = (Tone.BAD, _("differs")) if wrong else (Tone.GOOD, _("agrees"))
        row.addWidget(toned(look, tone, said))
    return row


def _compared(look: Look, batch: Batch) -> QWidget:
    """After both agree: denominations, and each note that a difference may be."""
    _ = look.words
    agreed = batch.agreed
    assert agreed is not None
    part, body = column()
    body.setSpacing(look.px(6))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(24))
    heads = (_("Note (yuan)"), _("Credited"), _("Counted"))
    for place, head in enumerate(heads):
        grid.addWidget(label(head, "caption"), 0, place)
    wrong = differences(batch, agreed.counts)
    different = {one.denomination_fen for one in wrong}
    for line, fen in enumerate(sorted({*batch.expected, *agreed.counts}, reverse=True), start=1):
        role = "bad" if fen in different else "fact"
        cells = (format_yuan(fen), str(batch.expected.get(fen, 0)), str(agreed.counts.get(fen, 0)))
        for place, cell in enumerate(cells):
            grid.addWidget(label(cell, role), line, place)
    grid.setColumnStretch(len(heads), 1)
    body.addLayout(grid)
    rows = [
        (Cell(format_yuan(one.denomination_fen)), Cell(local(note.at)), Cell(str(note.number)))
        for one in wrong
        for note in one.notes
    ]
    if rows:
        text = _("The journal knows these notes of the denominations that differ:")
        body.addWidget(wrapped(text, "strong"))
        columns = (Column(_("Note (yuan)")), Column(_("Credited at")), Column(_("No."), wide=True))
        notes = table(look, f"notes_{batch.number}", _("Notes"), columns, rows, whole=True)
        body.addWidget(notes)
    return part
