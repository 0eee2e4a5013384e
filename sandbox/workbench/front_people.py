"""Parts of the front that know people: document reader, code window, camera, tap point.

Talks to its `Bench`.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient

from sandbox.workbench.front_part import Part, Sight, lay
from sandbox.workbench.hands import Hands
from sandbox.workbench.painting import ID_BLUE, Lamp, box, code, document
from sandbox.workbench.parts import Bench
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words
from ui.tokens import LIGHT


class IdReaderPart(Part):
    """A glass plate; the document that lies on it is taken by pressing it."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("id_reader", words, bench, size)
        place = QRect(14, 26, size.width() - 28, 46)
        self._card = self.thing("remove_id", document(ID_BLUE), place, Hands.remove_id_card)

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Empty, or whose document lies there and whether it was read."""
        seen = snapshot.id_reader
        name = seen.name if seen is not None else None
        cannot = self.words("id_empty" if seen is not None else "no_unit")
        lay(self._card, name is not None, "" if name else cannot, name or "")
        if seen is None:
            return None
        if name is None:
            return Sight(self.words("id_empty"))
        return Sight(self.words("id_there_read" if seen.was_read else "id_there"))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The glass."""
        box(painter, body.adjusted(2, 2, -2, -2), "#CFE3EE", LIGHT.line_strong, 6)


class ScannerPart(Part):
    """A red-lit window."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("scanner", words, bench, size)

    def unit_in(self, snapshot: Snapshot) -> str:
        """The first make of scanner."""
        return snapshot.scanner_unit

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Ready, or with a code before it."""
        if snapshot.scanner_unit not in snapshot.units:
            return None
        held = snapshot.scanner_unit in snapshot.holding
        return Sight(self.words("code_held" if held else "scanner_ready"))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """Dark glass with a red line."""
        glass = body.adjusted(6, 4, -6, -4)
        box(painter, glass, LIGHT.machine_dark, "#05090C", 5)
        painter.setPen(QPen(QColor("#E0483E"), 2))
        painter.drawLine(
            glass.left() + 8, glass.center().y(), glass.right() - 8, glass.center().y()
        )


class CameraPart(Part):
    """A lens; the code that is held before it is taken away by pressing it."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("camera", words, bench, size)
        self.unit_service("unplug_camera", "unplug", self._cannot_unplug)
        self.unit_service("plug_camera", "plug", self._cannot_plug)
        self.unit_service("freeze_camera", "freeze", on=True)
        self.unit_service("thaw_camera", "freeze", on=False)
        self._text: str | None = None

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Plugged, frozen, and what it sees."""
        seen = snapshot.camera
        if seen is None:
            return None
        self._text = seen.text
        if not seen.plugged:
            return Sight(self.words("camera_unplugged"), Lamp.BAD)
        if seen.frozen:
            return Sight(self.words("camera_frozen"), Lamp.BAD)
        return Sight(self.words("code_held" if seen.text else "camera_sees_nothing"))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The lens, and a code in its picture."""
        centre = QPointF(body.left() + 18, body.center().y() + 1)
        glow = QRadialGradient(centre, 13)
        glow.setColorAt(0, QColor("#6C8CA3"))
        glow.setColorAt(0.5, QColor("#16242E"))
        glow.setColorAt(1, QColor("#05090C"))
        painter.setPen(QPen(QColor("#05090C"), 1))
        painter.setBrush(glow)
        painter.drawEllipse(centre, 12, 12)
        if self._text is not None:
            code(painter, QRect(body.left() + 40, body.top() + 1, 24, 24), LIGHT.ink)

    def _cannot_plug(self, snapshot: Snapshot) -> str:
        is_plugged = snapshot.camera is not None and snapshot.camera.plugged
        return self.words("camera_plugged") if is_plugged else ""

    def _cannot_unplug(self, snapshot: Snapshot) -> str:
        is_plugged = snapshot.camera is not None and snapshot.camera.plugged
        return "" if is_plugged else self.words("camera_unplugged")


class NfcPart(Part):
    """Where telephones are held to; a tag that is held there is taken away by pressing it."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("nfc", words, bench, size)
        self._tapping = False
        place = QRect(12, 26, size.width() - 24, 46)
        self._tag = self.thing(
            "remove_tag", _sticker, place, lambda hands: hands.unit("nfc", "remove_tag")
        )

    def see(self, snapshot: Snapshot) -> Sight | None:
        """What is held to it."""
        seen = snapshot.nfc
        self._tapping = seen is not None and seen.tapping
        is_held = seen is not None and seen.tag_held
        lay(self._tag, is_held, "" if is_held else self.words("no_tag"))
        if seen is None:
            return None
        if seen.tapping:
            return Sight(self.words("phone_taps"))
        return Sight(self.words("tag_held" if seen.tag_held else "taps", count=seen.taps))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """Waves; a telephone before them while one taps."""
        x, y = body.center().x() - 10, body.center().y()
        colour = LIGHT.guide if self._tapping else LIGHT.primary
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for radius in (8, 15, 22):
            painter.drawArc(x - radius, y - radius, 2 * radius, 2 * radius, -50 * 16, 100 * 16)
        if self._tapping:
            box(painter, QRect(x - 16, y - 16, 18, 32), LIGHT.machine_dark, "#05090C", 4)


def _sticker(painter: QPainter, rect: QRect, words: str) -> None:
    document("#0B7A6E")(painter, rect, words)
