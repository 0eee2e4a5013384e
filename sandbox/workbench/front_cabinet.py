"""Parts of the front that belong to the cabinet: lights and contacts of the relay board, screen.

Talks to its `Bench`. What a reader would get wrong: a contact that is on means open, tampered or
present, as wired in the settings that the relay unit itself gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sandbox.workbench.front_part import Part, Sight
from sandbox.workbench.painting import Lamp, Paint, box, lamp, text
from sandbox.workbench.parts import Bench, allow
from sandbox.workbench.seen import RelaySeen
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.things import Thing
from sandbox.workbench.words import Words
from ui.tokens import LIGHT

LIGHTS = ("light_card_slot", "light_printer", "light_cash", "light_alarm")
CONTACTS = ("cabinet_door", "cash_door", "tamper", "presence")
LIGHT_COLOUR, ALARM_COLOUR = "#3FB6FF", "#E0483E"
MOST_WISHES = 4


class LightsPart(Part):
    """The lamps that the terminal switches."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("relay", words, bench, size)
        self._seen: RelaySeen | None = None

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Which lights are on."""
        seen = self._seen = snapshot.relay
        if seen is None:
            return None
        lit = [self.words(name) for name, on in zip(LIGHTS, seen.lights, strict=False) if on]
        return Sight(" · ".join(lit) or self.words("lights_off"))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """Eight lamps; the fourth is the alarm."""
        lights = self._seen.lights if self._seen is not None else (False,) * 8
        step = body.width() / len(lights)
        for place, is_lit in enumerate(lights):
            colour = ALARM_COLOUR if place == LIGHTS.index("light_alarm") else LIGHT_COLOUR
            centre = QPointF(body.left() + step * (place + 0.5), body.center().y() + 1)
            lamp(painter, centre, colour, 7, lit=is_lit)


class DoorsPart(Part):
    """Doors and sensors; each is opened or closed by pressing it."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("doors", words, bench, size)
        self._inputs: tuple[bool, ...] = ()
        width = (size.width() - 18) // len(CONTACTS)
        self._things = [
            self._contact(number, name, QRect(9 + number * width, 19, width - 6, 26))
            for number, name in enumerate(CONTACTS)
        ]

    def unit_in(self, snapshot: Snapshot) -> str:
        """The relay board."""
        assert snapshot is not None
        return "relay"

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Which contacts are on."""
        seen = snapshot.relay
        self._inputs = seen.inputs if seen is not None else ()
        cannot = "" if seen is not None else self.words("no_unit")
        for number, (thing, name) in enumerate(zip(self._things, CONTACTS, strict=True)):
            is_on = seen is not None and seen.inputs[number]
            allow(thing, cannot)
            thing.become(_contact_paint(name, is_on=is_on), self.words(f"toggle_{name}"))
        if seen is None:
            return None
        on = [self.words(f"{n}_on") for n, i in zip(CONTACTS, seen.inputs, strict=False) if i]
        is_open = any(seen.inputs[: CONTACTS.index("presence")])
        return Sight(" · ".join(on) or self.words("all_shut"), Lamp.BAD if is_open else Lamp.WELL)

    def _contact(self, number: int, name: str, rect: QRect) -> Thing:
        words = self.words(f"toggle_{name}")
        thing = Thing(f"toggle_{name}", words, _contact_paint(name, is_on=False), self)
        label = f"{self.title} · {words}"
        thing.setAccessibleName(label)
        thing.lie(rect)

        def toggle() -> None:
            is_on = not self._inputs[number]
            self.bench.perform(
                label, lambda hands: hands.unit("relay", "input", number=number, on=is_on)
            )

        thing.clicked.connect(toggle)
        return thing


class ScreenView(QWidget):
    """The terminal's screen: it is the terminal's own; here are the wishes of the machine."""

    def __init__(self, words: Words, size: QSize) -> None:
        super().__init__()
        self._words = words
        self._wishes: tuple[str, ...] = ()
        self._troubles: tuple[str, ...] = ()
        self.setFixedSize(size)
        self.setObjectName("screen")
        self.setAccessibleName(words("screen"))

    def show_wishes(self, wishes: Sequence[str], troubles: Sequence[str]) -> None:
        """What a hand should do now, what is wrong."""
        self._wishes, self._troubles = tuple(wishes), tuple(troubles)
        self.setAccessibleDescription("; ".join((*wishes, *troubles)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Dark glass with the wishes upon it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, self.rect(), "#05090C", "#05090C", 10)
        glass = self.rect().adjusted(6, 6, -6, -6)
        box(painter, glass, LIGHT.hero_from, LIGHT.hero_from, 6)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        lines = [(f"▶ {wish}", "#FFD98A") for wish in self._wishes]
        lines += [(f"✕ {trouble}", "#FFC9C9") for trouble in self._troubles]
        if not lines:
            calm = self._words("nothing_wished")
            text(painter, glass.adjusted(12, 0, -12, 0), calm, LIGHT.hero_muted, 13)
        if len(lines) > MOST_WISHES:
            more = self._words("and_more", count=len(lines) - MOST_WISHES + 1)
            lines = [*lines[: MOST_WISHES - 1], (more, LIGHT.hero_muted)]
        height = glass.height() // max(len(lines), 3)
        for place, (line, colour) in enumerate(lines):
            row = QRect(glass.left() + 12, glass.top() + place * height, glass.width() - 24, height)
            text(painter, row, line, colour, 13, bold=True, flags=left)
        painter.end()


def _contact_paint(name: str, *, is_on: bool) -> Paint:
    def paint(painter: QPainter, rect: QRect, words: str) -> None:
        alarming = is_on and name != "presence"
        fill = LIGHT.danger_tint if alarming else LIGHT.success_tint if is_on else "#DCE6EC"
        box(painter, rect, fill, LIGHT.line_strong, 4)
        leaf = QRect(rect.left() + 8, rect.top() + 4, 12, rect.height() - 8)
        painter.setPen(QPen(QColor(LIGHT.ink), 1.5))
        painter.setBrush(QColor(LIGHT.machine_glass if is_on else "#FFFFFF"))
        if name == "presence":
            painter.drawEllipse(QPointF(leaf.center().x() + 1, leaf.top() + 3), 3, 3)
            painter.drawPie(QRect(leaf.left(), leaf.top() + 8, 13, 16), 0, 180 * 16)
        else:
            painter.drawRect(leaf)
            knob = leaf.left() + 4 if is_on else leaf.right() - 3
            painter.drawPoint(knob, leaf.center().y())
        text(painter, rect.adjusted(26, 1, -2, -1), words, LIGHT.ink, 11, bold=True)

    return paint
