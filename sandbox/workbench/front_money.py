"""Parts of the front through which money goes: banknote acceptor and bank card terminal.

Talks to its `Bench`. What a reader would get wrong: a note can be taken only when the acceptor has
pushed it back to its mouth; a note in escrow is inside.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QColor, QPainter

from sandbox.workbench.front_part import Part, Sight, lay
from sandbox.workbench.painting import NOTE_COLOURS, Lamp, box, lamp, note, slit, text
from sandbox.workbench.parts import Bench
from sandbox.workbench.seen import CashSeen
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words
from ui.tokens import LIGHT

FEN_A_YUAN = 100
SMALLEST_FEN = min(NOTE_COLOURS)


class CashPart(Part):
    """The mouth for notes, the box below it."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("cash", words, bench, size)
        self._seen: CashSeen | None = None
        place = QRect(30, 40, 86, 36)
        self._note = self.thing(
            "take_note", note(SMALLEST_FEN), place, lambda h: h.unit(self._unit, "take")
        )
        self.unit_service("remove_box", "remove_box", lambda s: self._box_cannot(s, wants_in=True))
        self.unit_service("insert_box", "insert_box", lambda s: self._box_cannot(s, wants_in=False))
        self.unit_service("empty_box", "empty_box", lambda s: self._box_cannot(s, wants_in=False))
        self.unit_service("jam_cash", "jam", self._cannot_jam)
        self.unit_service("unjam_cash", "unjam", self._cannot_unjam)

    def unit_in(self, snapshot: Snapshot) -> str:
        """The make that stands here."""
        return snapshot.cash_unit

    def see(self, snapshot: Snapshot) -> Sight | None:
        """The note on its way, and what lies in the box."""
        seen = self._seen = snapshot.cash
        at_mouth = seen is not None and seen.place == "bezel"
        cannot = self.words("no_unit" if seen is None else "no_note_at_mouth")
        lay(self._note, at_mouth, "" if at_mouth else cannot)
        if seen is None:
            return None
        if seen.note_fen:
            self._note.become(note(seen.note_fen), yuan(seen.note_fen))
        if seen.jammed:
            return Sight(self.words("jammed"), Lamp.BAD)
        if not seen.box_inserted:
            return Sight(self.words("box_out"), Lamp.BAD)
        if at_mouth:
            return Sight(self.words("note_waits"), Lamp.ASKS)
        if seen.place != "none":
            return Sight(self.words(f"note_{seen.place}", note=yuan(seen.note_fen)))
        if seen.box_full:
            return Sight(self.words("box_full"), Lamp.BAD)
        return Sight(self.words("cash_open" if seen.enabled else "cash_shut"))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The mouth, its light, the note inside, the box with its count."""
        seen = self._seen
        slit(painter, QRect(22, body.top() + 4, 102, 10))
        is_open = seen is not None and seen.enabled
        lamp(painter, QPointF(15, body.top() + 9), "#2FA36B", 4, lit=is_open)
        if seen is not None and seen.place not in ("none", "bezel"):
            painter.setOpacity(0.75)
            note(seen.note_fen)(painter, QRect(30, 40, 86, 26), yuan(seen.note_fen))
            painter.setOpacity(1)
        case = QRect(self.width() - 52, body.top() + 4, 42, body.height() - 8)
        if seen is None or not seen.box_inserted:
            painter.setOpacity(0.35)
        box(painter, case, LIGHT.machine_glass, "#05090C", 4)
        if seen is not None:
            text(
                painter, case.adjusted(0, 2, 0, -18), str(seen.box_count), "#FFFFFF", 15, bold=True
            )
            worth = case.adjusted(1, 18, -1, 0)
            text(painter, worth, f"¥{seen.box_fen // FEN_A_YUAN}", "#E4F1F6", 11)
        painter.setOpacity(1)

    def _box_cannot(self, snapshot: Snapshot, *, wants_in: bool) -> str:
        is_in = snapshot.cash is not None and snapshot.cash.box_inserted
        if is_in == wants_in:
            return ""
        return self.words("box_in" if is_in else "box_out")

    def _cannot_jam(self, snapshot: Snapshot) -> str:
        is_jammed = snapshot.cash is not None and snapshot.cash.jammed
        return self.words("jammed") if is_jammed else ""

    def _cannot_unjam(self, snapshot: Snapshot) -> str:
        is_jammed = snapshot.cash is not None and snapshot.cash.jammed
        return "" if is_jammed else self.words("not_jammed")


class PosPart(Part):
    """The bank card terminal with its display and keys."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("pos", words, bench, size)
        self._asks = False

    def unit_in(self, snapshot: Snapshot) -> str:
        """The make that stands here."""
        return snapshot.pos_unit

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Whether it waits for a card."""
        seen = snapshot.pos
        self._asks = seen is not None and seen.waits_for_card
        if seen is None:
            return None
        says = self.words("pos_waits" if self._asks else "pos_calm")
        if seen.open_holds:
            says = f"{says} · {self.words('open_holds', count=seen.open_holds)}"
        return Sight(says, Lamp.ASKS if self._asks else Lamp.WELL)

    def draw(self, painter: QPainter, body: QRect) -> None:
        """A display above twelve keys."""
        case = QRect(body.center().x() - 26, body.top() + 1, 52, body.height() - 2)
        box(painter, case, LIGHT.machine_dark, "#05090C", 6)
        display = QRect(case.left() + 5, case.top() + 5, 42, 18)
        box(painter, display, "#F2C94C" if self._asks else "#8FB7A6", "#05090C", 2)
        if self._asks:
            text(painter, display, "▤ ?", LIGHT.ink, 12, bold=True)
        for place in range(9):
            x = case.left() + 8 + place % 3 * 13
            y = display.bottom() + 6 + place // 3 * 10
            painter.fillRect(QRect(x, y, 10, 7), QColor("#D3DDE4"))


def yuan(fen: int) -> str:
    """A note's value as printed on it."""
    return str(fen // FEN_A_YUAN)
