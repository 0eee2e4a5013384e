"""The parts that all panels are made of: a card with a heading, buttons, choices, a bench.

Talks to Qt. A panel never does anything itself: it hands a label and a deed to its `Bench`, which
works off the window's thread, and it is drawn anew from each `Snapshot`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sandbox.workbench.hands import Deed
from sandbox.workbench.painting import Paint
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.things import LETTERS_ASIDE, Thing
from sandbox.workbench.words import Words

Value = TypeVar("Value")


class Bench(Protocol):
    """Who does the deeds of the panels."""

    def perform(self, label: str, deed: Deed) -> None:
        """Do it soon; tell `label` and the outcome to the person."""

    def show_faults(self, unit: str) -> None:
        """Turn to the page where that unit's next commands can be made to go wrong."""


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One line of a choice."""

    words: str
    value: Value


class Choice(QComboBox, Generic[Value]):
    """A drop-down list of options; it keeps what is chosen while the list changes."""

    def __init__(self, name: str, words: str, options: Sequence[Option[Value]] = ()) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setPlaceholderText(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._options: tuple[Option[Value], ...] = ()
        self.offer(options)

    def offer(self, options: Sequence[Option[Value]]) -> None:
        """Replace the list; does nothing when it is the same."""
        if tuple(options) == self._options:
            return
        chosen = self.chosen
        self._options = tuple(options)
        self.clear()
        self.addItems([option.words for option in options])
        values = [option.value for option in options]
        if options:
            self.setCurrentIndex(values.index(chosen) if chosen in values else 0)

    def choose(self, value: Value) -> None:
        """Choose it, if it is offered."""
        values = [option.value for option in self._options]
        if value in values:
            self.setCurrentIndex(values.index(value))

    @property
    def chosen(self) -> Value | None:
        """The chosen value; None when there is nothing to choose."""
        place = self.currentIndex()
        return self._options[place].value if 0 <= place < len(self._options) else None


class Panel(QFrame):
    """A card: heading, one line that says how things are, then rows of controls."""

    def __init__(self, name: str, words: Words, bench: Bench) -> None:
        super().__init__()
        self.setObjectName(f"panel_{name}")
        self.setProperty("role", "card")
        self.words, self.bench = words, bench
        self._heading = words(name)
        self._labels: dict[str, str] = {}
        heading = QLabel(self._heading)
        heading.setProperty("role", "heading")
        self._says = QLabel()
        self._says.setObjectName(f"says_{name}")
        self._says.setProperty("role", "muted")
        self._says.setWordWrap(True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(11, 6, 11, 9)
        self.rows.setSpacing(5)
        self.top = QHBoxLayout()
        self.top.setSpacing(12)
        self.top.addWidget(heading)
        self.top.addWidget(self._says, 1)
        self.rows.addLayout(self.top)

    @abstractmethod
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw what is seen; every panel has its own."""

    def say(self, text: str, *, asks: bool = False) -> None:
        """The state in words; `asks` lights the card up because a person should do something."""
        self._says.setText(text)
        mark(self, "asks", asks)

    def row(self, *widgets: QWidget) -> None:
        """One row of controls of equal height."""
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in widgets:
            line.addWidget(widget, 1 if isinstance(widget, QComboBox) else 0)
        if not any(isinstance(widget, QComboBox) for widget in widgets):
            line.addStretch(1)
        self.rows.addLayout(line)

    def grid(self, buttons: Sequence[QPushButton], columns: int) -> None:
        """Buttons of equal width, row after row."""
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, button in enumerate(buttons):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, place // columns, place % columns)
        self.rows.addLayout(grid)

    def button(self, name: str, deed: Deed, *, words: str | None = None) -> QPushButton:
        """A button that does always the same; `words` when not those of its name in the table."""
        return self.own_button(name, lambda: self.perform(name, deed), words=words)

    def own_button(
        self,
        name: str,
        on_pressed: Callable[[], None],
        *,
        words: str | None = None,
        primary: bool = False,
    ) -> QPushButton:
        """A button whose press the panel handles itself."""
        button = QPushButton(words or self.words(name))
        self._labels[name] = f"{self._heading} · {button.text()}"
        button.setObjectName(name)
        button.setAccessibleName(self._labels[name])
        if primary:
            button.setProperty("role", "primary")
        button.clicked.connect(lambda _checked: on_pressed())
        return button

    def own_thing(
        self,
        name: str,
        words: str,
        paint: Paint,
        on_pressed: Callable[[], None],
        aside: int = LETTERS_ASIDE,
    ) -> Thing:
        """A button that looks like what it is."""
        thing = Thing(name, words, paint, aside=aside)
        self._labels[name] = f"{self._heading} · {words}"
        thing.setAccessibleName(self._labels[name])
        thing.clicked.connect(lambda _checked: on_pressed())
        return thing

    def perform(self, name: str, deed: Deed) -> None:
        """Hand the deed of that control to the bench."""
        self.bench.perform(self._labels[name], deed)


def allow(button: QPushButton, cannot: str) -> None:
    """Enable a control, or say in its tooltip why it makes no sense now; `cannot` is then full."""
    button.setEnabled(not cannot)
    button.setToolTip(cannot)
    button.setAccessibleDescription(cannot)


def mark(widget: QWidget, name: str, is_so: bool | None) -> None:
    """Set a property that the style sheet looks at."""
    word = {True: "true", False: "false", None: ""}[is_so]
    if widget.property(name) != word:
        widget.setProperty(name, word)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
