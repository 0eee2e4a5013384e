"""Parts of the front through which cards come and go: dispenser, motorised reader, two slots.

Talks to its `Bench`. What a reader would get wrong: a slot lets its card be pulled at any moment,
the two machines with motors only when the card is at the front.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter

from sandbox.workbench.cards import card_paint, card_words
from sandbox.workbench.front_part import Part, Sight, lay
from sandbox.workbench.painting import CARD_TEAL, Lamp, box, card, slit
from sandbox.workbench.parts import Bench
from sandbox.workbench.seen import SlotSeen
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words

CARDS_IN_A_PACK = 10


class DispenserPart(Part):
    """The gate where new cards come out, and a look at the stacker."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("card_dispenser", words, bench, size)
        place = QRect(14, 24, 88, 36)
        self._card = self.thing(
            "take_card", card(CARD_TEAL), place, lambda h: h.unit("card_dispenser", "take")
        )
        self._stack = 0
        self.unit_service("load_cards", "load", count=CARDS_IN_A_PACK)
        self.unit_service("empty_stacker", "empty_stacker")
        self.unit_service("empty_bin", "empty_bin", self._cannot_empty)
        self.unit_service("jam_dispenser", "jam", self._cannot_jam)
        self.unit_service("unjam_dispenser", "unjam", self._cannot_unjam)

    def see(self, snapshot: Snapshot) -> Sight | None:
        """How many cards, and whether one waits at the gate."""
        seen = snapshot.dispenser
        at_gate = seen is not None and seen.card_at_gate
        no_card = self.words("no_unit" if seen is None else "gate_empty")
        lay(self._card, at_gate, "" if at_gate else no_card)
        if seen is None:
            return None
        self._stack = seen.stacker_count
        counts = self.words("stacker_and_bin", count=seen.stacker_count, bin=seen.bin_count)
        if seen.jammed:
            return Sight(f"{self.words('jammed')} · {counts}", Lamp.BAD)
        if at_gate:
            return Sight(self.words("gate_waits"), Lamp.ASKS)
        if not seen.stacker_count:
            return Sight(self.words("stacker_empty"), Lamp.BAD)
        return Sight(counts)

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The gate, and a stack of cards that sinks."""
        slit(painter, QRect(9, 37, 98, 9))
        shaft = QRect(self.width() - 52, body.top() + 2, 40, body.height() - 2)
        box(painter, shaft, "#DCE6EC", "#A9BAC5", 3)
        for place in range(min(self._stack, 12)):
            bottom = shaft.bottom() - 4 - 3 * place
            painter.fillRect(QRect(shaft.left() + 4, bottom, 32, 2), CARD_TEAL)

    def _cannot_empty(self, snapshot: Snapshot) -> str:
        seen = snapshot.dispenser
        return "" if seen is not None and seen.bin_count else self.words("bin_empty")

    def _cannot_jam(self, snapshot: Snapshot) -> str:
        seen = snapshot.dispenser
        return self.words("jammed") if seen is not None and seen.jammed else ""

    def _cannot_unjam(self, snapshot: Snapshot) -> str:
        seen = snapshot.dispenser
        return "" if seen is not None and seen.jammed else self.words("not_jammed")


class CardReaderPart(Part):
    """The slot that draws cards in by itself."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("card_reader", words, bench, size)
        place = QRect(14, 24, size.width() - 28, 36)
        self._card = self.thing(
            "take_from_reader", card_paint(""), place, lambda h: h.unit("card_reader", "take")
        )
        self.unit_service("empty_reader_box", "empty_box")
        self.unit_service("jam_reader", "jam", self._cannot_jam)
        self.unit_service("unjam_reader", "unjam", self._cannot_unjam)

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Which card is in it, and where."""
        seen = snapshot.card_reader
        at_front = seen is not None and seen.at_front and seen.uid is not None
        cannot = self.words("no_unit" if seen is None else "reader_front_empty")
        lay(self._card, at_front, "" if at_front else cannot)
        if seen is None:
            return None
        if seen.uid is not None:
            kind = snapshot.kind_of(seen.uid)
            self._card.become(card_paint(kind), card_words(self.words, seen.uid, kind))
        if seen.jammed:
            return Sight(self.words("jammed"), Lamp.BAD)
        if at_front:
            return Sight(self.words("reader_card_at_front"), Lamp.ASKS)
        if seen.uid is not None:
            held = card_words(self.words, seen.uid, snapshot.kind_of(seen.uid))
            return Sight(self.words("reader_holds", card=held))
        word = "reader_ready" if seen.front_open else "reader_shut"
        return Sight(self.words(word, count=seen.box_count))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The mouth with its bezel."""
        box(painter, QRect(9, 30, self.width() - 18, 24), "#2B3E4B", "#05090C", 6)
        slit(painter, QRect(18, 38, self.width() - 36, 8))

    def _cannot_jam(self, snapshot: Snapshot) -> str:
        seen = snapshot.card_reader
        return self.words("jammed") if seen is not None and seen.jammed else ""

    def _cannot_unjam(self, snapshot: Snapshot) -> str:
        seen = snapshot.card_reader
        return "" if seen is not None and seen.jammed else self.words("not_jammed")


class SlotPart(Part):
    """A slot for health cards; the card in it is pulled out by pressing it."""

    def __init__(self, name: str, remove: str, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__(name, words, bench, size)
        place = QRect(size.width() - 142, 21, 132, 29)
        self._card = self.thing(remove, card_paint(""), place, lambda h: h.unit(name, "remove"))
        self.unit_service("card_hangs", "hang", self._cannot_hang, on=True)
        self.unit_service("card_answers", "hang", self._cannot_answer, on=False)
        self.unit_service("card_vanishes", "vanish", self._cannot_hang)

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Which card is in it."""
        seen = self._seen(snapshot)
        uid = seen.uid if seen is not None else None
        cannot = self.words("slot_empty" if seen is not None else "no_unit")
        lay(self._card, uid is not None, "" if uid else cannot)
        if uid is not None:
            kind = snapshot.kind_of(uid)
            self._card.become(card_paint(kind), card_words(self.words, uid, kind))
        if seen is None:
            return None
        if seen.hangs:
            return Sight(self.words("card_is_silent"), Lamp.BAD)
        return Sight(self.words("slot_empty" if uid is None else "slot_full"))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The mouth."""
        slit(painter, QRect(self.width() - 148, 31, 140, 8))

    def _seen(self, snapshot: Snapshot) -> SlotSeen | None:
        return snapshot.slot if self.name == "card_slot" else snapshot.second_slot

    def _cannot_hang(self, snapshot: Snapshot) -> str:
        seen = self._seen(snapshot)
        return "" if seen is not None and seen.uid is not None else self.words("slot_empty")

    def _cannot_answer(self, snapshot: Snapshot) -> str:
        seen = self._seen(snapshot)
        return "" if seen is not None and seen.hangs else self.words("card_is_well")
