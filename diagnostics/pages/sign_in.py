"""Card and PIN, or the name of the second person of a count."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from diagnostics.pages.keyboard import DIGITS, LETTERS, typing
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, banner, button, column, field, picture, titled
from diagnostics.steps import SEPARATOR, SignIn
from diagnostics.views import Tone, advice, trouble_word
from ui.widget_parts import label, wrapped


def sign_in_page(look: Look, step: SignIn, say: Say) -> tuple[QWidget, QLineEdit]:
    """The page and the line that gets the focus."""
    _ = look.words
    page, around = column()
    sheet = Sheet(look)
    sheet.setFixedWidth(look.px(560))
    head = QHBoxLayout()
    head.setSpacing(look.px(12))
    head.addWidget(picture(look, "shield-lock", look.colour.primary, 34))
    title = _("Second person") if step.second else _("Technician")
    head.addWidget(label(title, "title"), 1)
    sheet.body.addLayout(head)
    sheet.body.addWidget(wrapped(_hint(look, step), "muted"))
    if step.trouble:
        stop = "。" if _.language == "zh" else ". "
        text = f"{trouble_word(step.trouble, _)}{stop}{advice('', step.trouble, _)}"
        sheet.body.addWidget(banner(look, Tone.BAD, text, "trouble"))
    focus = _by_name(look, sheet.body, say) if step.by_name else _by_card(look, step, sheet, say)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(sheet)
    row.addStretch()
    around.addStretch(1)
    around.addLayout(row)
    around.addStretch(2)
    return page, focus


def _hint(look: Look, step: SignIn) -> str:
    _ = look.words
    if step.by_name:
        return _("Another person counts now and types his or her name.")
    if step.second:
        return _("Another person counts now. Insert the card or type its number, then the PIN.")
    return _("Insert your card or type its number, then the PIN.")


def _by_card(look: Look, step: SignIn, sheet: Sheet, say: Say) -> QLineEdit:
    _ = look.words
    card = field(look, "card", _("Card number"))
    card.setText(step.card)
    pin = field(look, "pin", _("PIN"), secret=True)
    sheet.body.addLayout(titled(_("Card number"), card))
    sheet.body.addLayout(titled(_("PIN"), pin))

    def _on_enter() -> None:
        if not card.text().strip():
            card.setFocus()
        elif not pin.text():
            pin.setFocus()
        else:
            say("sign_in", f"{card.text().strip()}{SEPARATOR}{pin.text()}")

    card.returnPressed.connect(_on_enter)
    pin.returnPressed.connect(_on_enter)
    last = pin if step.card else card
    _foot(look, sheet.body, _("Sign in"), _on_enter, say, typing(look, DIGITS, last))
    return last


def _by_name(look: Look, body: QVBoxLayout, say: Say) -> QLineEdit:
    _ = look.words
    name = field(look, "name", _("Name"))
    body.addLayout(titled(_("Name"), name))

    def _on_enter() -> None:
        say("name", name.text())

    name.returnPressed.connect(_on_enter)
    _foot(look, body, _("Go on"), _on_enter, say, typing(look, LETTERS, name))
    return name


def _foot(
    look: Look,
    body: QVBoxLayout,
    text: str,
    on_enter: Callable[[], None],
    say: Say,
    pad: QWidget | None,
) -> None:
    _ = look.words
    if pad is not None:
        body.addWidget(pad)
    row = QHBoxLayout()
    row.setSpacing(look.px(10))
    row.addWidget(button(look, "back", _("Back"), lambda: say("leave", ""), role="quiet"), 1)
    row.addWidget(button(look, "enter", text, on_enter, role="primary"), 2)
    body.addLayout(row)
