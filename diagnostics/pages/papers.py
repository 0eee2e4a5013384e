"""Files for people: readiness report, support bundle, and a problem report with this page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from diagnostics.pages.keyboard import LETTERS, typing
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, button, column, field
from diagnostics.pages.results import told_part
from diagnostics.steps import SEPARATOR, Work, device_of
from ui.widget_parts import wrapped

Photograph = Callable[[], str]
"""A picture of the technician's own page, PNG in base64."""


def papers_page(look: Look, work: Work, say: Say, photograph: Photograph) -> QWidget:
    """Three things to make."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    body.addWidget(_readiness(look, work, say))
    body.addWidget(_bundle(look, say))
    body.addWidget(_problem(look, say, photograph))
    body.addStretch()
    return page


def _with_hint(look: Look, title: str, hint: str) -> tuple[Sheet, QHBoxLayout]:
    sheet = Sheet(look, title)
    row = QHBoxLayout()
    row.setSpacing(look.px(12))
    row.addWidget(wrapped(hint, "muted"), 1)
    sheet.body.addLayout(row)
    return sheet, row


def _readiness(look: Look, work: Work, say: Say) -> QWidget:
    _ = look.words
    hint = _("Alarms, devices, functions, supplies, last checks and site, measured now, as PDF.")
    sheet, row = _with_hint(look, _("Readiness report"), hint)
    printer = device_of(work.view, "page_printer")
    if printer is not None and printer.history.state != "not_fitted":
        row.addWidget(button(look, "report_print", _("Print"), lambda: say("report", "print")))
    row.addWidget(button(look, "report", _("Make"), lambda: say("report", ""), role="primary"))
    return sheet


def _bundle(look: Look, say: Say) -> QWidget:
    _ = look.words
    hint = _("Logs, settings without secrets and the device report. No personal data is in it.")
    sheet, row = _with_hint(look, _("Support bundle"), hint)
    row.addWidget(button(look, "bundle", _("Make"), lambda: say("bundle", ""), role="primary"))
    return sheet


def _problem(look: Look, say: Say, photograph: Photograph) -> QWidget:
    _ = look.words
    sheet = Sheet(look, _("Report a problem"))
    hint = _("No patient's data, please. A picture of the page you came from goes with it.")
    sheet.body.addWidget(wrapped(hint, "muted"))
    text = field(look, "problem", _("What is wrong"))

    def _on_report() -> None:
        if text.text().strip():
            say("problem", f"{text.text()}{SEPARATOR}{photograph()}")

    send = button(look, "problem_send", _("Report"), _on_report, role="primary")
    text.returnPressed.connect(_on_report)
    text.textChanged.connect(lambda typed: send.setEnabled(bool(typed.strip())))
    send.setEnabled(False)
    sheet.body.addLayout(_usual(look, text))
    row = QHBoxLayout()
    row.addWidget(text, 1)
    row.addWidget(send)
    sheet.body.addLayout(row)
    if pad := typing(look, LETTERS, text):
        sheet.body.addWidget(pad)
    return sheet


def _usual(look: Look, text: QLineEdit) -> QGridLayout:
    """Sentences that need no typing; a press puts one into the line, where it can be changed."""
    _ = look.words
    sentences = (
        _("A device fails again and again"),
        _("Patients cannot pay"),
        _("The screen shows something wrong"),
        _("A part is damaged"),
    )
    grid = QGridLayout()
    grid.setSpacing(look.px(8))
    columns = 1 if look.touch else 2
    for index, sentence in enumerate(sentences):
        row, place = divmod(index, columns)
        put = partial(text.setText, sentence)
        grid.addWidget(button(look, f"usual_{index}", sentence, put, role="quiet"), row, place)
    return grid
