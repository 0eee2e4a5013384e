"""The machine as a person sees it from the front: a cabinet with every part where it is.

Talks to its `Bench` through the parts. What a reader would get wrong: the places are pixels of one
fixed picture, not a layout; a machine does not rearrange itself when a device is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sandbox.workbench.front_cabinet import DoorsPart, LightsPart, ScreenView
from sandbox.workbench.front_cards import CardReaderPart, DispenserPart, SlotPart
from sandbox.workbench.front_money import CashPart, PosPart
from sandbox.workbench.front_paper import PagePrinterPart, PrinterPart, VendingPart
from sandbox.workbench.front_part import Part
from sandbox.workbench.front_people import CameraPart, IdReaderPart, NfcPart, ScannerPart
from sandbox.workbench.painting import Lamp, box
from sandbox.workbench.parts import Bench
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words
from ui.tokens import LIGHT

SIZE = QSize(404, 812)
SCREEN = QRect(16, 88, 372, 106)
Make = Callable[[Words, Bench, QSize], Part]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands, and how it is made."""

    make: Make
    rect: QRect


def _slot(name: str, remove: str) -> Make:
    return lambda words, bench, size: SlotPart(name, remove, words, bench, size)


PLACES = (
    Place(CameraPart, QRect(16, 16, 124, 66)),
    Place(LightsPart, QRect(148, 16, 240, 66)),
    Place(IdReaderPart, QRect(16, 202, 140, 96)),
    Place(ScannerPart, QRect(164, 202, 104, 96)),
    Place(NfcPart, QRect(276, 202, 112, 96)),
    Place(PosPart, QRect(16, 306, 126, 116)),
    Place(_slot("card_slot", "remove_card"), QRect(150, 306, 238, 54)),
    Place(_slot("card_slot_2", "remove_card_2"), QRect(150, 368, 238, 54)),
    Place(CardReaderPart, QRect(16, 430, 182, 84)),
    Place(DispenserPart, QRect(206, 430, 182, 84)),
    Place(CashPart, QRect(16, 522, 182, 102)),
    Place(PrinterPart, QRect(206, 522, 182, 102)),
    Place(VendingPart, QRect(16, 632, 182, 96)),
    Place(PagePrinterPart, QRect(206, 632, 182, 96)),
    Place(DoorsPart, QRect(16, 736, 372, 66)),
)


class Front(QWidget):
    """The whole cabinet; `parts` by name."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__()
        self.setObjectName("front")
        self.setFixedSize(SIZE)
        self._screen = ScreenView(words, SCREEN.size())
        self._screen.setParent(self)
        self._screen.move(SCREEN.topLeft())
        self._parts: list[Part] = []
        for place in PLACES:
            part = place.make(words, bench, place.rect.size())
            part.setParent(self)
            part.move(place.rect.topLeft())
            self._parts.append(part)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw every part anew; the screen gathers what they wish."""
        for part in self._parts:
            part.show_snapshot(snapshot)
        self._screen.show_wishes(
            [f"{p.title}: {p.sight.says}" for p in self._parts if p.sight.asks],
            [f"{p.title}: {p.sight.says}" for p in self._parts if p.sight.lamp is Lamp.BAD],
        )

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The sheet metal and its feet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x in (40, self.width() - 84):
            painter.fillRect(QRect(x, self.height() - 8, 44, 8), QColor(LIGHT.machine_dark))
        body = QRect(2, 2, self.width() - 4, self.height() - 8)
        metal = QLinearGradient(QPointF(body.topLeft()), QPointF(body.topRight()))
        metal.setColorAt(0, QColor("#B8C7D1"))
        metal.setColorAt(0.12, QColor(LIGHT.machine))
        metal.setColorAt(0.88, QColor(LIGHT.machine))
        metal.setColorAt(1, QColor("#A9BAC5"))
        box(painter, body, metal, "#8FA2AE", 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.end()
