"""Loop tests: what the machine does for a patient, done with itself."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.upkeep.words import CHECKS, DEVICES, word
from diagnostics.pages.device import check_texts, last_result
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, button, column, nothing
from diagnostics.pages.results import told_part
from diagnostics.steps import Work
from ui.widget_parts import wrapped


def loops_page(look: Look, work: Work, say: Say) -> QWidget:
    """Every loop that this machine can do, with its last result."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    body.addWidget(wrapped(_("A loop moves real cards, notes and paper. No money moves."), "muted"))
    for loop in work.view.loops:
        body.addWidget(_loop(look, work, loop.name, loop.hand, loop.devices, say))
    if not work.view.loops:
        body.addWidget(nothing(_("The fitted devices make no loop.")))
    body.addStretch()
    return page


def _loop(
    look: Look, work: Work, name: str, hand: str, devices: tuple[str, ...], say: Say
) -> QWidget:
    _ = look.words
    sheet = Sheet(look)
    row = QHBoxLayout()
    row.setSpacing(look.px(14))
    texts = check_texts(look, name, hand, consumes=False)
    texts.addWidget(wrapped(" → ".join(word(DEVICES, one, _) for one in devices), "muted"))
    row.addLayout(texts, 1)
    row.addWidget(last_result(look, work, "loop", name))
    run = button(look, f"loop_{name}", _("Run"), lambda: say("loop", name))
    run.setAccessibleDescription(word(CHECKS, name, _))
    row.addWidget(run)
    sheet.body.addLayout(row)
    return sheet
