"""The list of passive NFC stickers: which tag hangs at which counter (W17)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from diagnostics.pages.keyboard import LETTERS, typing
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, button, column, field, nothing, titled
from diagnostics.pages.results import told_part
from diagnostics.steps import SEPARATOR, Work
from diagnostics.views import local_day
from ui.widget_parts import label, rule, wrapped


def stickers_page(look: Look, work: Work, say: Say) -> QWidget:
    """Place one by typing or by holding it to the reader; take one off."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    body.addWidget(_place(look, work, say))
    sheet = Sheet(look, _("NFC tags at counters"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(16))
    grid.setVerticalSpacing(look.px(6))
    heads = (_("Counter"), _("Tag number"), _("Placed"), _("Person"))
    for place, head in enumerate(heads):
        grid.addWidget(label(head, "caption"), 0, place)
    for index, one in enumerate(work.view.stickers):
        line = 2 * index + 2
        grid.addWidget(rule(), line - 1, 0, 1, len(heads) + 1)
        grid.addWidget(wrapped(one.counter, "strong"), line, 0)
        for place, cell in enumerate((one.tag, local_day(one.placed_at), one.person), start=1):
            grid.addWidget(label(cell), line, place)
        take_off = partial(say, "take_off", one.counter)
        remove = button(look, f"take_off_{index}", _("Take off"), take_off, role="danger")
        remove.setAccessibleDescription(one.counter)
        grid.addWidget(remove, line, len(heads))
    grid.setColumnStretch(0, 1)
    if work.view.stickers:
        sheet.body.addLayout(grid)
    else:
        sheet.body.addWidget(nothing(_("No sticker is on the list.")))
    body.addWidget(sheet)
    body.addStretch()
    return page


def _place(look: Look, work: Work, say: Say) -> QWidget:
    _ = look.words
    sheet = Sheet(look, _("Place a sticker"))
    hint = _("Hold the sticker to the NFC reader, or type its number. One counter has one sticker.")
    sheet.body.addWidget(wrapped(hint, "muted"))
    counter = field(look, "sticker_counter", _("Counter, such as Window 07"))
    tag = field(look, "sticker_tag", _("Tag number"))
    tag.setText(work.tag)

    def _on_place() -> None:
        say("place", f"{counter.text()}{SEPARATOR}{tag.text()}")

    put = button(look, "place", _("Place"), _on_place, role="primary")
    counter.returnPressed.connect(tag.setFocus)
    tag.returnPressed.connect(_on_place)

    def _on_typed(_text: str) -> None:
        put.setEnabled(bool(counter.text().strip() and tag.text().strip()))

    counter.textChanged.connect(_on_typed)
    tag.textChanged.connect(_on_typed)
    _on_typed("")
    row = QHBoxLayout()
    row.setSpacing(look.px(10))
    row.addLayout(titled(_("Counter"), counter), 1)
    row.addLayout(titled(_("Tag number"), tag), 1)
    row.addWidget(put, alignment=Qt.AlignmentFlag.AlignBottom)
    sheet.body.addLayout(row)
    if pad := typing(look, LETTERS, counter):
        sheet.body.addWidget(pad)
    return sheet
