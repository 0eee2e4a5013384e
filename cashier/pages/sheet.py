"""The page of a work: facts and table in the middle; what to fill and to do on the right.

Drawn from a `WorkSheet` alone. What a reader would get wrong: a button is open exactly when the
step would understand its press, so a press is never swallowed without a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cashier.pages.buttons import ActionButton, TwicePressed
from cashier.pages.fee_card import centre_column, notice_card
from cashier.pages.form import Form
from cashier.pages.look import Look
from cashier.pages.parts import (
    Elided,
    amount_label,
    banner,
    card,
    key_cap,
    label,
    picture,
    rule,
    scrolled,
    set_margins,
    wrapped,
)
from cashier.pages.paying import in_words
from cashier.pages.row_table import RowView
from cashier.pages.screen import Say, Screen, Sheet
from cashier.pages.waiting import trouble_banner
from cashier.pages.words import yuan
from cashier.steps.sheet import Action, Takes, WorkSheet
from core.flow import Touch
from core.page_parts import Section, Tone
from core.phrase import spoken

_CHIPS = {Tone.SUCCESS: "chip_good", Tone.WARNING: "chip_warn", Tone.DANGER: "chip_warn"}
_MOST_AT_SIDE = 6
"""Fields, buttons, strips and the amount that the right side has room for on a small screen."""
_FACTS_PX, _ROW_PX, _USUAL_ROWS, _EDGE_PX = 330, 44, 6, 8
"""How high the facts below a table may be; a shorter table leaves them its rows."""
_PICTURE = (820, 300)
_BANNERS = {Tone.DANGER: "danger", Tone.WARNING: "warning"}


Told = Callable[[WorkSheet], None]
"""Hears what the patient should see while something is typed."""


def work_sheet(look: Look, step: WorkSheet, say: Say, told: Told) -> Screen:
    """All that the step describes; Enter goes through the fields and then does the main action."""
    return _Page(look, step, say, told).screen()


class _Page:
    def __init__(self, look: Look, step: WorkSheet, say: Say, told: Told) -> None:
        self._look, self._step, self._say, self._told = look, step, say, told
        self._view = RowView(look, step.table) if step.table and step.table.lines else None
        self._side = Sheet(
            look, self._read(step.title), self._read(step.chip), _CHIPS.get(step.chip_tone, "chip")
        )
        self._buttons: list[tuple[Action, ActionButton]] = []
        self._fill_side()
        self._follow()

    def screen(self) -> Screen:
        fields = self._form.lines
        empty = next((line for line in fields if not line.text()), None)
        if self._step.reckoning is not None:
            empty = fields[0]
            empty.selectAll()
        choices = (*self._form.quick, *(button for _, button in self._buttons))
        main = next((b for a, b in self._buttons if a is self._step.main), None)
        return Screen(
            centre=centre_column(self._look, self._step.patient, *self._middle()),
            side=self._side,
            back="leave",
            focus=self._view or empty or main,
            primary=main,
            fields=fields,
            choices=choices,
            rows=self._view,
        )

    def _read(self, phrase: object) -> str:
        return spoken(phrase, self._look.words)  # type: ignore[arg-type]  # a Phrase

    # --- the middle

    def _middle(self) -> list[QWidget]:
        step = self._step
        parts: list[QWidget] = []
        if step.table is not None:
            parts.append(self._table_card())
        if self._wide is not None:
            parts.append(self._wide)
        if step.picture:
            parts.append(self._picture())
        if step.sections or step.text:
            parts.append(self._facts())
        if not parts:
            parts.append(card())
        return parts

    def _picture(self) -> QFrame:
        """As large as the middle has room for, on white."""
        look, drawn, made = self._look, QPixmap(), card()
        drawn.loadFromData(self._step.picture)
        shown = QLabel()
        shown.setObjectName("picture")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        size = QSize(look.px(_PICTURE[0]), look.px(_PICTURE[1]))
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setPixmap(drawn.scaled(size, keep, smooth) if not drawn.isNull() else drawn)
        whole = QVBoxLayout(made)
        set_margins(whole, look, 20, 16, 8)
        whole.addWidget(shown)
        return made

    def _table_card(self) -> QFrame:
        look, table = self._look, self._step.table
        assert table is not None
        if self._view is None:
            return notice_card(look, "list", self._read(table.nothing), "")
        made = card()
        whole = QVBoxLayout(made)
        whole.setContentsMargins(1, look.px(12), 1, 1)
        whole.setSpacing(look.px(10))
        head = QHBoxLayout()
        head.setContentsMargins(look.px(18), 0, look.px(18), 0)
        search = QLineEdit()
        search.setObjectName("filter")
        _ = look.words
        search.setPlaceholderText(_("Type to filter"))
        search.setAccessibleName(_("Type to filter"))
        search.setFixedHeight(look.px(40))
        search.textChanged.connect(self._view.filter)
        search.textChanged.connect(self._follow)
        head.addWidget(search, 1)
        for key, meaning in self._table_keys(marks=table.marks):
            head.addWidget(key_cap(look, key))
            head.addWidget(label(meaning, "muted"))
        whole.addLayout(head)
        whole.addWidget(self._view, 1)
        return made

    def _table_keys(self, *, marks: bool) -> list[tuple[str, str]]:
        _ = self._look.words
        keys = [("Ctrl+F", _("filter")), ("↑↓", _("move"))]
        return keys + ([(_("Space"), _("tick")), ("Ctrl+A", _("tick all"))] if marks else [])

    def _facts(self) -> QWidget:
        look, step = self._look, self._step
        made = card()
        whole = QVBoxLayout(made)
        set_margins(whole, look, 0, _EDGE_PX, 0)
        content = QWidget()
        column = QVBoxLayout(content)
        set_margins(column, look, 20, 10, 8)
        if step.text:
            column.addWidget(wrapped(self._read(step.text)))
        for section in step.sections:
            self._section(column, section)
        column.addStretch()
        whole.addWidget(scrolled(content))
        if step.table is not None or self._wide is not None:
            rows = len(step.table.lines) if step.table else _USUAL_ROWS
            most_px = look.px(_FACTS_PX + max(0, _USUAL_ROWS - rows) * _ROW_PX)
            wanted_px = content.sizeHint().height() + 2 * look.px(_EDGE_PX)
            made.setMinimumHeight(min(most_px, wanted_px))
            made.setMaximumHeight(most_px)
        return made

    def _section(self, column: QVBoxLayout, section: Section) -> None:
        look, colour = self._look, self._look.colour
        if section.title:
            column.addWidget(label(self._read(section.title), "strong"))
        inks = {Tone.WARNING: colour.warning, Tone.DANGER: colour.danger}
        for one in section.rows:
            row = QHBoxLayout()
            row.setSpacing(look.px(12))
            ink = inks.get(one.tone, colour.ink_muted)
            row.addWidget(picture(look, one.icon, ink, 22))
            row.addWidget(Elided(self._read(one.label), ""), 1)
            if one.note:
                row.addWidget(Elided(self._read(one.note), "muted"), 1)
            marked = "alert" if one.tone in inks else "strong"
            row.addWidget(label(self._read(one.value), marked))
            column.addLayout(row)
        column.addWidget(rule())

    # --- the right side

    def _fill_side(self) -> None:
        look, step, side = self._look, self._step, self._side
        if step.trouble:
            side.body.addWidget(trouble_banner(look, step.trouble))
        if step.strip:
            tone = _BANNERS.get(step.strip.tone, "success")
            side.body.addWidget(banner(look, tone, self._read(step.strip.words)))
        if step.big_value:
            side.body.addWidget(label(self._read(step.big_label), "muted"))
            side.body.addWidget(amount_label(self._read(step.big_value), "due"))
        self._wide = card() if self._is_full() else None
        columns = [side.body] if self._wide is None else self._columns(self._wide)
        self._form = Form(look, columns, step.fields, self._follow)
        for column in columns[: len(columns) if self._wide else 0]:
            column.addStretch()
        self._rest = self._reckoning()
        side.body.addStretch()
        for action in step.actions:
            self._button(action)
        if self._view is not None:
            self._view.rows.changed.connect(self._follow)
            self._view.selectionModel().currentChanged.connect(self._follow)
            self._view.chosen.connect(self._on_chosen)

    def _is_full(self) -> bool:
        """Whether fields stand in the middle; a trouble that comes moves none of them."""
        step = self._step
        others = len(step.actions) + 1 + bool(step.strip) + bool(step.big_value)
        return bool(step.fields) and len(step.fields) + others > _MOST_AT_SIDE

    def _columns(self, sheet: QFrame) -> list[QVBoxLayout]:
        """Two beside each other: the right side has no room for so many fields."""
        across = QHBoxLayout(sheet)
        set_margins(across, self._look, 20, 14, 24)
        columns = [QVBoxLayout(), QVBoxLayout()]
        for column in columns:
            column.setSpacing(self._look.px(6))
            across.addLayout(column, 1)
        return columns

    def _button(self, action: Action) -> None:
        look, step = self._look, self._step
        main = action is step.main
        key = action.key or ("Enter" if main else "")
        name, text = f"do_{action.word}", self._read(action.words)
        button: ActionButton
        if action.twice:
            _ = look.words
            again = _("Again: {words}").format(words=text)
            twice = TwicePressed(look, name, text, again, key)
            if action.amount_fen is not None:
                self._side.foot.addWidget(in_words(look, twice, action.amount_fen))
            twice.decided.connect(partial(self._on_pressed, action))
            button = twice
        else:
            role = "primary" if main else "quiet"
            button = ActionButton(look, name, text, key, role=role)
            button.clicked.connect(partial(self._on_pressed, action))
        if action.key:
            button.answer_to(action.key)
        if action.off:
            button.setToolTip(self._read(action.off))
            self._side.foot.addWidget(wrapped(self._read(action.off), "muted"))
        self._side.foot.addWidget(button)
        self._buttons.append((action, button))

    def _reckoning(self) -> QLabel:
        """What is left of what was typed; the page tells it as the patient's screen does."""
        rest = amount_label("", "due")
        rest.setObjectName("rest")
        if self._step.reckoning is not None:
            self._side.body.addWidget(label(self._read(self._step.reckoning.rest), "muted"))
            self._side.body.addWidget(rest)
        return rest

    def _reckon(self) -> None:
        step = self._step.reckoned(self._form.typed())
        if step.reckoning is None:
            return
        rest_fen = step.reckoning.rest_fen
        self._rest.setText(yuan(rest_fen) if rest_fen is not None else "—")
        self._told(step)

    def _follow(self, *_changed: object) -> None:
        """Buttons are open exactly when the step would understand them."""
        self._reckon()
        for action, button in self._buttons:
            touch = Touch(action.word, self._value(action))
            button.setEnabled(self._step.touched(touch) is not None)

    def _value(self, action: Action) -> str:
        rows: tuple[str, ...] = ()
        if self._view is not None and action.takes is Takes.MARKED:
            rows = self._view.rows.ticked
        elif self._view is not None and action.takes is Takes.ROW and self._view.key:
            rows = (self._view.key,)
        values = self._form.typed() if action.fills else {}
        return json.dumps({"rows": rows, "values": values}, ensure_ascii=False)

    def _on_pressed(self, action: Action, *_clicked: object) -> None:
        self._say(action.word, self._value(action))

    def _on_chosen(self) -> None:
        main = self._step.main
        if main is not None and main.takes is Takes.ROW and not main.twice:
            self._on_pressed(main)
