"""Lists that are read: results, open doubts, journal, log.

What a reader would get wrong: filters are asked of the terminal, not of the page; a page holds only
what it was given.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.money import format_yuan
from core.upkeep.checks import CheckRecord
from core.upkeep.steps import JournalLine
from core.upkeep.words import OUTCOMES, word
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, button, column, field, nothing
from diagnostics.pages.results import result_card, told_part
from diagnostics.pages.table import Cell, Column, table
from diagnostics.steps import SEPARATOR, FoundLog, FoundRecords, Work
from diagnostics.views import Tone, check_title, local, outcome_tone, trouble_word
from ui.widget_parts import clear, scrolled, wrapped

KINDS = (
    "",
    "audit.",
    "audit.device",
    "audit.maintenance",
    "hold",
    "settle",
    "card_issue",
    "refund",
)
"""What the journal can be narrowed to: the beginnings of kinds."""


def checks_table(
    look: Look, records: Sequence[CheckRecord], *, chosen: bool = False, whole: bool = False
) -> QTableView:
    """Newest first; on the narrow touch screen reason and person stand in the chosen one only."""
    _ = look.words
    rows = [
        (
            Cell(local(one.at)),
            Cell(check_title(one.device, one.check, _)),
            Cell(word(OUTCOMES, one.outcome, _), outcome_tone(one.outcome)),
            Cell(_reason(look, one)),
            Cell(one.person),
        )
        for one in records
    ]
    columns = (
        Column(_("Time")),
        Column(_("What was tried"), wide=True),
        Column(_("Result")),
        Column(_("Reason"), wide=True),
        Column(_("Person")),
    )
    shown = 3 if look.touch else len(columns)
    rows_shown = [row[:shown] for row in rows]
    title = _("Results")
    return table(look, "checks", title, columns[:shown], rows_shown, chosen=chosen, whole=whole)


def _reason(look: Look, one: CheckRecord) -> str:
    said = trouble_word(one.reason, look.words) if one.reason else ""
    return f"{said} ×{one.similar + 1}" if one.similar else said


def checks_page(look: Look, work: Work, _say: Say) -> QWidget:
    """Every record, with the whole of the chosen one below; filters work as they are typed."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    sheet = Sheet(look, _("Results"))
    filters = QHBoxLayout()
    wanted = field(look, "checks_text", _("Device, check or person"))
    outcome = _choice(look, "checks_outcome", _("Result"))
    outcome.addItem(_("All results"), "")
    for code, title in OUTCOMES.items():
        outcome.addItem(_(title), code)
    filters.addWidget(wanted, 2)
    filters.addWidget(outcome, 1)
    sheet.body.addLayout(filters)
    place, inside = column()
    sheet.body.addWidget(place, 1)
    body.addWidget(sheet, 1)

    def _on_filter() -> None:
        _fill(look, work, inside, wanted.text(), str(outcome.currentData() or ""))

    wanted.textChanged.connect(lambda _text: _on_filter())
    outcome.currentIndexChanged.connect(lambda _index: _on_filter())
    _on_filter()
    return page


def _fill(look: Look, work: Work, inside: QVBoxLayout, text: str, outcome: str) -> None:
    _ = look.words
    clear(inside)
    shown = [one for one in work.view.records if _is_wanted(look, one, text, outcome)]
    if not shown:
        inside.addWidget(nothing(_("No result matches.")))
        inside.addStretch()
        return
    list_ = checks_table(look, shown, chosen=True)
    detail, below = column()
    inside.addWidget(list_, 3)
    inside.addWidget(scrolled(detail), 2)

    def _on_row(row: int) -> None:
        clear(below)
        below.addWidget(result_card(look, shown[max(0, row)]))
        below.addStretch()

    list_.selectionModel().currentRowChanged.connect(lambda now, _before: _on_row(now.row()))
    list_.selectRow(0)


def _is_wanted(look: Look, one: CheckRecord, text: str, outcome: str) -> bool:
    _ = look.words
    words = f"{check_title(one.device, one.check, _)} {one.person} {one.reason} {local(one.at)}"
    return outcome in ("", one.outcome) and text.strip().casefold() in words.casefold()


def doubts_page(look: Look, work: Work, _say: Say) -> QWidget:
    """Operations whose outcome is open, or that wait for a person."""
    _ = look.words
    page, body = column()
    sheet = Sheet(look, _("Open doubts"))
    hint = _("The terminal asks about these by itself. What stays for a person needs its slip.")
    sheet.body.addWidget(wrapped(hint, "muted"))
    rows = [
        (
            Cell(one.operation_id),
            Cell(one.kind),
            Cell(one.state, Tone.BAD if one.state == "suspense" else Tone.WARN),
            Cell(format_yuan(one.amount_fen)),
        )
        for one in work.view.doubts
    ]
    columns = (
        Column(_("Operation"), wide=True),
        Column(_("Kind"), wide=True),
        Column(_("State")),
        Column(_("Amount (yuan)")),
    )
    if rows:
        sheet.body.addWidget(table(look, "doubts", _("Open doubts"), columns, rows), 1)
    else:
        sheet.body.addWidget(nothing(_("Nothing is open.")))
        sheet.body.addStretch()
    body.addWidget(sheet, 1)
    return page


def journal_page(look: Look, work: Work, say: Say) -> QWidget:
    """Newest first, a page at a time."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    found = work.found if isinstance(work.found, FoundRecords) else None
    sheet = Sheet(look, _("Journal"))
    filters = QHBoxLayout()
    kind = _choice(look, "journal_kind", _("Kind"))
    for one in KINDS:
        kind.addItem(one or _("All kinds"), one)
    wanted = field(look, "journal_text", _("Text, operation or time"))
    if found is not None:
        kind.setCurrentIndex(max(0, kind.findData(found.asked.kind)))
        wanted.setText(found.asked.text)

    def _on_find() -> None:
        say("find", f"{kind.currentData() or ''}{SEPARATOR}{wanted.text()}")

    find = button(look, "find", _("Find"), _on_find, role="primary")
    older = button(look, "older", _("Older"), lambda: say("older", ""))
    older.setEnabled(found is not None and found.page.more)
    wanted.returnPressed.connect(_on_find)
    filters.addWidget(kind, 1)
    filters.addWidget(wanted, 2)
    filters.addWidget(find)
    filters.addWidget(older)
    sheet.body.addLayout(filters)
    lines = found.page.lines if found is not None else ()
    sheet.body.addWidget(_lines(look, lines), 1)
    body.addWidget(sheet, 1)
    return page


def _lines(look: Look, lines: tuple[JournalLine, ...]) -> QWidget:
    """The table, and the whole of the chosen record below it."""
    _ = look.words
    part, body = column()
    if not lines:
        body.addWidget(nothing(_("No record matches.")))
        body.addStretch()
        return part
    rows = [
        (Cell(str(one.seq)), Cell(local(one.at)), Cell(one.kind), Cell(one.text or "-"))
        for one in lines
    ]
    columns = (
        Column(_("No.")),
        Column(_("Time")),
        Column(_("Kind")),
        Column(_("Facts"), wide=True),
    )
    view = table(look, "journal", _("Journal"), columns, rows, chosen=True)
    detail = wrapped("", "fact")
    detail.setObjectName("record")
    body.addWidget(view, 1)
    body.addWidget(detail)

    def _on_row(row: int) -> None:
        one = lines[max(0, row)]
        detail.setText(" · ".join(filter(None, (str(one.seq), one.operation_id, one.text))))

    view.selectionModel().currentRowChanged.connect(lambda now, _before: _on_row(now.row()))
    view.selectRow(0)
    return part


def log_page(look: Look, work: Work, say: Say) -> QWidget:
    """The last lines of the program's log."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    found = work.found if isinstance(work.found, FoundLog) else None
    sheet = Sheet(look, _("Log"))
    filters = QHBoxLayout()
    wanted = field(look, "log_text", _("Only lines with this text"))
    if found is not None:
        wanted.setText(found.asked.text)
    wanted.returnPressed.connect(lambda: say("log", wanted.text()))
    find = button(look, "log_find", _("Read again"), lambda: say("log", wanted.text()))
    filters.addWidget(wanted, 1)
    filters.addWidget(find)
    sheet.body.addLayout(filters)
    text = QPlainTextEdit()
    text.setObjectName("log")
    text.setAccessibleName(_("Log"))
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
    text.setPlainText("\n".join(found.page.lines) if found is not None else "")
    bar = text.verticalScrollBar()
    bar.setValue(bar.maximum())
    sheet.body.addWidget(text, 1)
    body.addWidget(sheet, 1)
    return page


def _choice(look: Look, name: str, title: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setFixedHeight(look.target_px)
    return made
