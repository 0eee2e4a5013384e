"""A part of the machine's front: a plate with a lamp, what is in it, and what hands can take.

Talks to its `Bench`. What a reader would get wrong: a press on a part opens the service menu
(keys, power, faults); what a patient takes is a `Thing` that lies on the part, pressed itself.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu

from sandbox.workbench.hands import Deed
from sandbox.workbench.painting import Lamp, Paint, box, lamp, text
from sandbox.workbench.parts import Bench, allow
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.things import Thing
from sandbox.workbench.words import Words
from ui.tokens import LIGHT

TITLE_HEIGHT, SAYS_HEIGHT = 20, 18


@dataclass(frozen=True, slots=True)
class Sight:
    """What a part says of itself; `asks` when a hand should do something."""

    says: str
    lamp: Lamp = Lamp.WELL

    @property
    def asks(self) -> bool:
        """Whether a hand should do something here."""
        return self.lamp is Lamp.ASKS


@dataclass(frozen=True, slots=True)
class Service:
    """A line of the service menu; `cannot` tells why it makes no sense now, else ""."""

    action: QAction
    cannot: Callable[[Snapshot], str]


class Part(QAbstractButton):
    """One part; `name` is that of its unit unless several makes may stand here."""

    def __init__(self, name: str, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__()
        self.name, self.words, self.bench = name, words, bench
        self.title = words(f"unit_{name}")
        self.sight = Sight(words("no_unit"), Lamp.MISSING)
        self._unit = name
        self._services: list[Service] = []
        self._power = QAction(words("power"), self)
        self._power.setObjectName(f"power_{name}")
        self._power.setCheckable(True)
        self._power.triggered.connect(self._on_power)
        self._faults = QAction(words("faults_of"), self)
        self._faults.setObjectName(f"faults_{name}")
        self._faults.triggered.connect(lambda: bench.show_faults(self._unit))
        self.setObjectName(f"part_{name}")
        self.setFixedSize(size)
        self.setAccessibleName(self.title)
        self.clicked.connect(self._on_clicked)

    @abstractmethod
    def see(self, snapshot: Snapshot) -> Sight | None:
        """Take over what is seen; None when the unit is not there."""

    def draw(self, painter: QPainter, body: QRect) -> None:
        """What the part looks like between its title and its words."""

    def unit_in(self, snapshot: Snapshot) -> str:
        """The unit that stands here; a place with several makes has its own."""
        assert snapshot is not None
        return self.name

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw anew what is in it, and offer what can be done."""
        self._unit = self.unit_in(snapshot)
        sight = self.see(snapshot)
        is_there, is_dead = sight is not None, self._unit in snapshot.dead
        if sight is None:
            sight = Sight(self.words("no_unit"), Lamp.MISSING)
        elif is_dead:
            sight = Sight(self.words("no_power"), Lamp.OFF)
        self.sight = sight
        self.setAccessibleDescription(sight.says)
        self.setToolTip(f"{self.title} ({self._unit}): {sight.says}")
        for service in self._services:
            cannot = service.cannot(snapshot) if is_there else self.words("no_unit")
            service.action.setEnabled(not cannot)
            service.action.setToolTip(cannot)
        for action in (self._power, self._faults):
            action.setEnabled(is_there)
        self._power.setChecked(is_there and not is_dead)
        self.update()

    def service(
        self, name: str, deed: Deed, cannot: Callable[[Snapshot], str] = lambda _seen: ""
    ) -> None:
        """One more line of the service menu."""
        action = QAction(self.words(name), self)
        action.setObjectName(name)
        label = f"{self.title} · {self.words(name)}"
        action.triggered.connect(lambda: self.bench.perform(label, deed))
        self._services.append(Service(action, cannot))

    def unit_service(
        self,
        name: str,
        do: str,
        cannot: Callable[[Snapshot], str] = lambda _seen: "",
        **fields: object,
    ) -> None:
        """A line that is one control of the unit that stands here."""
        self.service(name, lambda hands: hands.unit(self._unit, do, **fields), cannot)

    def thing(self, name: str, paint: Paint, rect: QRect, deed: Deed) -> Thing:
        """Something a hand can take from here."""
        thing = Thing(name, self.words(name), paint, self)
        label = f"{self.title} · {self.words(name)}"
        thing.setAccessibleName(label)
        thing.clicked.connect(lambda _checked: self.bench.perform(label, deed))
        thing.lie(rect)
        return thing

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Plate, lamp, what is in it, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = LIGHT.focus if self.hasFocus() or self.underMouse() else "#A9BAC5"
        box(painter, self.rect(), "#F3F7F9", edge, 8)
        if self.sight.asks:
            painter.setPen(QPen(QColor(LIGHT.guide), 2))
            painter.setBrush(QColor(LIGHT.warning_tint))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        width, height = self.width(), self.height()
        title = QRect(9, 3, width - 28, TITLE_HEIGHT - 3)
        text(painter, title, self.title, LIGHT.ink, 12, bold=True, flags=left)
        is_lit = self.sight.lamp in (Lamp.WELL, Lamp.ASKS, Lamp.BAD)
        lamp(painter, QPointF(width - 13, 12), self.sight.lamp.value, 4, lit=is_lit)
        body = QRect(9, TITLE_HEIGHT, width - 18, height - TITLE_HEIGHT - SAYS_HEIGHT)
        self.draw(painter, body)
        colour = {Lamp.BAD: LIGHT.danger, Lamp.ASKS: LIGHT.warning}.get(
            self.sight.lamp, LIGHT.ink_muted
        )
        says = QRect(9, height - SAYS_HEIGHT - 1, width - 18, SAYS_HEIGHT)
        text(painter, says, self.sight.says, colour, 11, flags=left)
        painter.end()

    def menu(self) -> QMenu:
        """The service menu as it is offered now."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for service in self._services:
            menu.addAction(service.action)
        menu.addSeparator()
        menu.addAction(self._power)
        menu.addAction(self._faults)
        return menu

    def _on_clicked(self) -> None:
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_power(self, is_on: bool) -> None:
        label = f"{self.title} · {self.words('power_on' if is_on else 'power_off_now')}"
        self.bench.perform(label, lambda hands: hands.unit(self._unit, "power", on=is_on))


def lay(thing: Thing, is_there: bool, cannot: str = "", words: str = "") -> None:
    """Show a thing that is there; it can be pressed unless `cannot` says why not."""
    thing.setVisible(is_there)
    allow(thing, cannot)
    if words:
        thing.setText(words)
