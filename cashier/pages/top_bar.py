"""The bar on top: window and hospital, the search field, the shift, the operator, the clock.

What a reader would get wrong: scanned codes never arrive in the field; they come as device
events. The field is for typing, and is open only while nobody is served.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cashier.pages.buttons import ActionButton
from cashier.pages.look import Look
from cashier.pages.parts import Elided, clear, key_cap, label, picture, set_margins
from core.billing import Text
from core.clock import CHINA, Clock
from core.money import format_yuan
from core.window_steps import Operator


@dataclass(frozen=True, slots=True)
class Place:
    """What the backend told at sign-on of this window."""

    window: Text
    hospital: Text
    place: Text


class TopBar(QFrame):
    """`scan` and `lock` are open only at the desk (`draw`)."""

    def __init__(self, look: Look, place: Place, clock: Clock) -> None:
        super().__init__()
        self._look, self._clock = look, clock
        _ = look.words
        self.setProperty("role", "bar")
        self.setFixedHeight(look.px(72))
        row = QHBoxLayout(self)
        set_margins(row, look, 20, 0, 14)
        row.addWidget(picture(look, "building-hospital", look.colour.on_hero, 34))
        where = f"{look.text(place.hospital)} · {look.text(place.place)}".strip(" ·")
        name = _two_lines(look.text(place.window), where)
        name.setFixedWidth(look.px(300))
        row.addWidget(name)
        self._search = self._search_box(look)
        row.addWidget(self._search, 3)
        row.addStretch(1)
        self._operator = QHBoxLayout()
        self._operator.setSpacing(look.px(22))
        row.addLayout(self._operator)
        self.lock = ActionButton(look, "lock", _("Lock"), "F10", role="bar", icon="lock")
        self.lock.setMinimumWidth(look.px(160))
        row.addWidget(self.lock)
        self._time = label("", "brand")
        self._time.setObjectName("clock")
        row.addWidget(self._time)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_second)
        self._tick.start()
        self._on_second()

    def draw(self, operator: Operator | None, *, at_desk: bool) -> None:
        """Shift and operator; `at_desk`: nobody is being served."""
        self.scan.clear()
        self.scan.setEnabled(at_desk)
        self._cap.setVisible(at_desk)
        self._search.setVisible(operator is not None)
        self.lock.setVisible(at_desk)
        clear(self._operator)
        if operator is None:
            return
        look, _ = self._look, self._look.words
        for name, value in (
            (_("This shift"), f"¥{format_yuan(operator.taken_fen)}"),
            (_("Count"), str(operator.count)),
            (_("Refunds"), str(operator.refunds)),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addStretch()
            column.addWidget(label(name, "on_bar_muted"))
            column.addWidget(label(value, "brand"))
            column.addStretch()
            self._operator.addLayout(column)
        self._operator.addWidget(picture(look, "user", look.colour.on_hero, 28))
        number = _("No. {number}").format(number=operator.operator)
        who = _two_lines(operator.name, number)
        who.setFixedWidth(look.px(112))
        self._operator.addWidget(who)

    def _search_box(self, look: Look) -> QWidget:
        _ = look.words
        box = QWidget()
        box.setMaximumWidth(look.px(700))
        layers = QGridLayout(box)
        layers.setContentsMargins(0, 0, 0, 0)
        self.scan = QLineEdit()
        self.scan.setObjectName("scan")
        self.scan.setFixedHeight(look.px(50))
        self.scan.setMinimumWidth(0)
        self.scan.setPlaceholderText(_("Card or ID number, or scan anything"))
        self.scan.setAccessibleName(_("Scan or search"))
        layers.addWidget(self.scan, 0, 0)
        over = QHBoxLayout()
        over.setContentsMargins(look.px(14), 0, look.px(12), 0)
        over.addWidget(picture(look, "scan", look.colour.primary, 24))
        over.addStretch()
        self._cap = key_cap(look, "F1")
        over.addWidget(self._cap)
        layers.addLayout(over, 0, 0)
        return box

    def _on_second(self) -> None:
        self._time.setText(self._clock.wall().astimezone(CHINA).strftime("%H:%M"))


def _two_lines(above: str, below: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch()
    column.addWidget(Elided(above, "brand"))
    column.addWidget(Elided(below, "on_bar_muted"))
    column.addStretch()
    return made
