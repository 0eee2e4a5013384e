"""The first page: what needs a person now, what this machine can do, what was tried last."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.upkeep.steps import Alarm, FunctionView
from core.upkeep.words import ALARMS, DEVICES, FUNCTIONS, word
from diagnostics.pages.listing import checks_table
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, banner, button, column, nothing, picture, toned
from diagnostics.pages.results import told_part
from diagnostics.steps import Work
from diagnostics.views import (
    TEXT_ROLES,
    Tone,
    alarm_advice,
    alarm_detail,
    alarm_target,
    subject_word,
    trouble_word,
)
from ui.widget_parts import rule, wrapped

_LAST = 5


def overview_page(look: Look, work: Work, say: Say) -> QWidget:
    """Alarms with advice, the matrix of functions, the latest checks."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    body.addWidget(_alarms(look, work.view.alarms, say))
    body.addWidget(_functions(look, work.view.functions))
    sheet = Sheet(look, _("Latest checks"))
    records = work.view.records[:_LAST]
    if records:
        sheet.body.addWidget(checks_table(look, records, whole=True))
    else:
        sheet.body.addWidget(nothing(_("Nothing was tested yet.")))
    body.addWidget(sheet)
    body.addStretch()
    return page


def _alarms(look: Look, alarms: tuple[Alarm, ...], say: Say) -> QWidget:
    _ = look.words
    if not alarms:
        return banner(look, Tone.GOOD, _("Ready for service: nothing needs a person."), "ready")
    sheet = Sheet(look, _("What needs a person"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(12))
    grid.setVerticalSpacing(look.px(8))
    grid.setColumnStretch(1, 1)
    for index, alarm in enumerate(alarms):
        low = alarm.code == "low"
        colour = look.colour.warning if low else look.colour.danger
        texts = QVBoxLayout()
        texts.setSpacing(0)
        detail = alarm_detail(alarm, _)
        said = f"{subject_word(alarm, _)}: {word(ALARMS, alarm.code, _)}"
        tone = Tone.WARN if low else Tone.BAD
        texts.addWidget(wrapped(f"{said} · {detail}" if detail else said, TEXT_ROLES[tone]))
        texts.addWidget(wrapped(alarm_advice(alarm, _)))
        if index:
            grid.addWidget(rule(), index * 2 - 1, 0, 1, 3)
        grid.addWidget(picture(look, "alert-triangle", colour, 26), index * 2, 0)
        grid.addLayout(texts, index * 2, 1)
        grid.addWidget(_go(look, index, alarm, say), index * 2, 2)
    sheet.body.addLayout(grid)
    return sheet


def _go(look: Look, index: int, alarm: Alarm, say: Say) -> QWidget:
    _ = look.words
    return button(look, f"go_{index}", _("Show"), lambda: say("open", alarm_target(alarm)))


def _functions(look: Look, functions: tuple[FunctionView, ...]) -> QWidget:
    """What switches with the kind of terminal: functions follow from the fitted devices."""
    _ = look.words
    sheet = Sheet(look, _("What this machine can do"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(24))
    grid.setVerticalSpacing(look.px(8))
    columns = 1 if look.touch else 2
    for index, function in enumerate(functions):
        row, place = divmod(index, columns)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(wrapped(word(FUNCTIONS, function.name, _), "strong"))
        texts.addWidget(wrapped(_needs(look, function), "muted"))
        grid.addLayout(texts, row, place * 2)
        tone = Tone.BAD if function.missing else Tone.GOOD
        if function.missing == "not_fitted":
            tone = Tone.UNSURE
        said = trouble_word(function.missing, _) if function.missing else _("works")
        grid.addWidget(toned(look, tone, said), row, place * 2 + 1)
        grid.setColumnStretch(place * 2, 1)
    sheet.body.addLayout(grid)
    return sheet


def _needs(look: Look, function: FunctionView) -> str:
    _ = look.words
    groups = [
        _(" or ").join(word(DEVICES, one, _) for one in group.split("/"))
        for group in function.needs
    ]
    return " + ".join(groups)
