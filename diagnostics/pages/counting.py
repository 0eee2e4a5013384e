"""One person counts the notes of a sealed box, blind: numbers, a seal, nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.money import format_yuan
from diagnostics.pages.keyboard import DIGITS, typing
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, button, column, digits, field, titled
from diagnostics.steps import DENOMINATIONS_FEN, SEPARATOR, CountNotes
from ui.widget_parts import label, wrapped

_DIGITS = 4


def counting_page(look: Look, step: CountNotes, say: Say) -> tuple[QWidget, QLineEdit]:
    """The page and the line that gets the focus."""
    _ = look.words
    page, around = column()
    sheet = Sheet(look, _("Count box {number}").format(number=step.batch))
    sheet.setMaximumWidth(look.px(760))
    who = _("{person} counts. Count every note; what the machine expects is not shown.")
    sheet.body.addWidget(wrapped(who.format(person=step.person), "muted"))
    seal = field(look, "seal", _("Seal number"))
    seal.setText(step.seal)
    sheet.body.addLayout(titled(_("Seal number"), seal))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(16))
    grid.setVerticalSpacing(look.px(8))
    lines = []
    for row, fen in enumerate(DENOMINATIONS_FEN):
        title = _("{amount} yuan").format(amount=format_yuan(fen).removesuffix(".00"))
        grid.addWidget(label(title, "strong"), row, 0)
        lines.append(_number(look, f"count_{fen}", title))
        grid.addWidget(lines[-1], row, 1)
        grid.addWidget(label(_("notes"), "muted"), row, 2)
    grid.setColumnStretch(1, 1)
    across = QHBoxLayout()
    across.setSpacing(look.px(24))
    across.addLayout(grid, 1)
    if pad := typing(look, DIGITS, lines[0]):
        across.addWidget(pad, 1)
    sheet.body.addLayout(across)
    sheet.body.addLayout(_foot(look, seal, lines, say))
    middle = QHBoxLayout()
    middle.addStretch(1)
    middle.addWidget(sheet, 8)
    middle.addStretch(1)
    around.addLayout(middle)
    around.addStretch()
    return page, lines[0] if step.seal else seal


def _number(look: Look, name: str, title: str) -> QLineEdit:
    line = field(look, name, title)
    line.setPlaceholderText("0")
    line.setProperty("role", "count")
    line.setAlignment(Qt.AlignmentFlag.AlignRight)
    digits(line, _DIGITS)
    return line


def _foot(look: Look, seal: QLineEdit, lines: list[QLineEdit], say: Say) -> QVBoxLayout:
    """Enter goes from line to line; the button is open once seal and numbers stand."""
    _ = look.words
    foot = QVBoxLayout()

    def _on_counted() -> None:
        say("counted", SEPARATOR.join((seal.text(), *(line.text() or "0" for line in lines))))

    done = button(look, "counted", _("Counting done"), _on_counted, role="primary")
    back = button(look, "back", _("Back"), lambda: say("leave", ""), role="quiet")
    row = QHBoxLayout()
    row.addWidget(back, 1)
    row.addWidget(done, 2)
    foot.addLayout(row)
    order = [seal, *lines]
    for line, following in zip(order, [*lines, done], strict=True):
        line.returnPressed.connect(following.setFocus)

    def _on_typed(_text: str) -> None:
        done.setEnabled(bool(seal.text().strip()) and any(line.text() for line in lines))

    for line in order:
        line.textChanged.connect(_on_typed)
    _on_typed("")
    return foot
