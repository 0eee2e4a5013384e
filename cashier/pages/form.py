"""The fields of a work's page: lines to type in, choices and ticks, in one column or two.

What a reader would get wrong: nothing is checked here; a field only says whether what stands there
would be understood (`Field.understood`), so that the button is open exactly when it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from cashier.pages.buttons import ActionButton
from cashier.pages.look import Look
from cashier.pages.parts import label
from cashier.pages.screen import field
from cashier.steps.sheet import Field, FieldKind
from core.phrase import spoken

_HEIGHT = 46


class Form:
    """`lines`: those to type in, in order; `quick`: what is often typed there. Names of controls:
    `field_<name>`, `quick_<name>_<key>`."""

    def __init__(
        self,
        look: Look,
        into: Sequence[QVBoxLayout],
        fields: tuple[Field, ...],
        changed: Callable[[], None],
    ) -> None:
        """`into`: the columns, filled one after the other."""
        self._look, self._fields = look, fields
        self._typed: dict[str, Callable[[], str]] = {}
        self._quick: list[QPushButton] = []
        lines = []
        rows = -(-len(fields) // len(into))
        for place, one in enumerate(fields):
            column = into[place // rows]
            match one.kind:
                case FieldKind.CHOICE:
                    self._choice(column, one, changed)
                case FieldKind.TICK:
                    self._tick(column, one, changed)
                case _:
                    lines.append(self._line(column, one, changed))
        self.lines: tuple[QLineEdit, ...] = tuple(lines)
        self.quick: tuple[QPushButton, ...] = tuple(self._quick)

    def typed(self) -> dict[str, str]:
        """What stands in each field now."""
        return {name: read() for name, read in self._typed.items()}

    def understood(self) -> bool:
        """Whether every field would be taken as it stands."""
        typed = self.typed()
        return all(one.understood(typed[one.name]) is not None for one in self._fields)

    def _line(self, into: QVBoxLayout, one: Field, changed: Callable[[], None]) -> QLineEdit:
        title = spoken(one.words, self._look.words)
        secret = one.kind is FieldKind.HIDDEN
        made = field(self._look, into, f"field_{one.name}", title, password=secret)
        made.setText(one.value)
        made.setMaxLength(one.most)
        made.setProperty("needed", one.needed)
        made.textChanged.connect(changed)
        self._typed[one.name] = made.text
        if one.options:
            self._often(into, one, made)
        return made

    def _often(self, into: QVBoxLayout, one: Field, line: QLineEdit) -> None:
        """What is often typed there, a press (Alt and a digit) away."""
        grid = QGridLayout()
        for place, option in enumerate(one.options):
            text = spoken(option.words, self._look.words)
            key = f"Alt+{len(self._quick) + 1}"
            button = ActionButton(
                self._look, f"quick_{one.name}_{option.key}", text, key, role="quiet"
            )
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._on_often, line, option.key))
            grid.addWidget(button, *divmod(place, 2))
            self._quick.append(button)
        into.addLayout(grid)

    def _on_often(self, line: QLineEdit, text: str, *_clicked: object) -> None:
        line.setText(text)
        line.setFocus()

    def _choice(self, into: QVBoxLayout, one: Field, changed: Callable[[], None]) -> None:
        title = spoken(one.words, self._look.words)
        into.addWidget(label(title, "muted"))
        made = QComboBox()
        made.setObjectName(f"field_{one.name}")
        made.setAccessibleName(title)
        made.setFixedHeight(self._look.px(_HEIGHT))
        made.setMinimumWidth(0)
        for option in one.options:
            made.addItem(spoken(option.words, self._look.words), option.key)
        keys = [option.key for option in one.options]
        made.setCurrentIndex(keys.index(one.value) if one.value in keys else -1)
        made.currentIndexChanged.connect(changed)
        into.addWidget(made)
        self._typed[one.name] = lambda: made.currentData() or ""

    def _tick(self, into: QVBoxLayout, one: Field, changed: Callable[[], None]) -> None:
        title = spoken(one.words, self._look.words)
        made = QCheckBox(title)
        made.setObjectName(f"field_{one.name}")
        made.setAccessibleName(title)
        made.setChecked(one.value == "yes")
        made.toggled.connect(changed)
        # as wide as its words: only those can be pressed
        into.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self._typed[one.name] = lambda: "yes" if made.isChecked() else ""
