"""What a patient has about them: documents, cards, banknotes, bank cards.

Talks to its `Bench`. What a reader would get wrong: the card that came to hand last is the one
that "insert" inserts, unless the person chooses another.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox.units.wallet import M1
from sandbox.workbench.cards import card_paint, card_words
from sandbox.workbench.hands import Deed
from sandbox.workbench.painting import (
    CARD_GOLD,
    CARD_RED,
    NOTE_COLOURS,
    box,
    card,
    document,
    note,
    text,
)
from sandbox.workbench.parts import Bench, Choice, Option, Panel, allow
from sandbox.workbench.props import (
    DECLINED_BANK_CARD,
    GOOD_BANK_CARD,
    ID_CARDS,
    NOTES_FEN,
    OWN_CARDS,
    IdCard,
)
from sandbox.workbench.seen import SlotSeen
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.things import Thing
from sandbox.workbench.words import Words
from ui.tokens import LIGHT

DOCUMENTS_A_ROW = 4
FEN_A_YUAN = 100
BAD_NOTE_FEN = 10000
NOTE_EDGE = 12
CARD_SIZE = QSize(96, 58)


class DocumentsPanel(Panel):
    """Identity documents of four kinds; the press lays one on the reader."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("documents", words, bench)
        self._things = [self._thing(given) for given in ID_CARDS]
        self.grid(self._things, DOCUMENTS_A_ROW)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """One document fits on the reader."""
        seen = snapshot.id_reader
        if seen is None:
            cannot = self.words("no_unit")
        else:
            cannot = self.words("id_first_take") if seen.name is not None else ""
        for thing in self._things:
            allow(thing, cannot)
        self.say("")

    def _thing(self, given: IdCard) -> Thing:
        words = self.words(given.says, name=given.person.name)
        paint = document(given.colour, damaged=not given.readable)
        return self.own_thing(
            given.control,
            words,
            paint,
            lambda: self.perform(given.control, lambda hands: hands.place_id_card(given)),
        )


class CardsPanel(Panel):
    """Cards in the hand, and the three mouths that take one."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("cards", words, bench)
        self._hand: frozenset[str] = frozenset()
        self._kinds: dict[str, str] = {}
        self._choice: Choice[str] = Choice("choose_card", words("choose_card"))
        self._picture = CardPicture(words)
        self._into_slot = self.own_button(
            "insert_card", partial(self._on_insert, "insert_card", "card_slot"), primary=True
        )
        self._into_second = self.own_button(
            "insert_card_2", partial(self._on_insert, "insert_card_2", "card_slot_2")
        )
        self._into_reader = self.own_button(
            "insert_in_reader", partial(self._on_insert, "insert_in_reader", "card_reader")
        )
        self._choice.currentIndexChanged.connect(self._on_chosen)
        beside, buttons = QVBoxLayout(), QHBoxLayout()
        beside.setSpacing(6)
        buttons.setSpacing(6)
        beside.addWidget(self._choice)
        for button in (self._into_slot, self._into_second, self._into_reader):
            buttons.addWidget(button)
        beside.addLayout(buttons)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._picture)
        line.addLayout(beside, 1)
        self.rows.addLayout(line)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Which cards are in the hand, and which mouth takes one now."""
        self._offer(snapshot)
        motor = snapshot.card_reader
        taken = SlotSeen(motor.uid, hangs=False) if motor is not None else None
        for button, seen in (
            (self._into_slot, snapshot.slot),
            (self._into_second, snapshot.second_slot),
            (self._into_reader, taken),
        ):
            allow(button, self._cannot_insert(snapshot, seen))
        self.say("")

    def _offer(self, snapshot: Snapshot) -> None:
        known = {seen.uid: seen.kind for seen in snapshot.cards}
        hand = [seen.uid for seen in snapshot.hand]
        fresh = [uid for uid in hand if uid not in OWN_CARDS]
        own = [uid for uid in OWN_CARDS if uid in hand or uid not in known]
        self._kinds = {uid: known.get(uid, M1) for uid in fresh}
        self._kinds |= {uid: OWN_CARDS[uid].kind for uid in own}
        options = [Option(card_words(self.words, u, k), u) for u, k in self._kinds.items()]
        self._choice.offer(options)
        came = frozenset(hand) - self._hand
        self._hand = frozenset(hand)
        if came:
            self._choice.choose(min(came))
        self._on_chosen()

    def _cannot_insert(self, snapshot: Snapshot, seen: SlotSeen | None) -> str:
        if seen is None:
            return self.words("no_unit")
        if seen.uid is None:
            return "" if self._choice.chosen is not None else self.words("hand_empty")
        held = card_words(self.words, seen.uid, snapshot.kind_of(seen.uid))
        return self.words("slot_holds", card=held)

    def _on_chosen(self) -> None:
        uid = self._choice.chosen
        kind = self._kinds.get(uid, M1) if uid is not None else M1
        self._picture.show_card(uid, kind)

    def _on_insert(self, control: str, unit: str) -> None:
        uid = self._choice.chosen
        if uid is not None:
            self.perform(control, lambda hands: hands.insert_card(uid, unit))


class CardPicture(QWidget):
    """The chosen card as it lies in the hand."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._uid: str | None = None
        self._kind = M1
        self.setFixedSize(CARD_SIZE)

    def show_card(self, uid: str | None, kind: str) -> None:
        """Another card, or none."""
        self._uid, self._kind = uid, kind
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """A card with its owner's name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._uid is None:
            box(painter, self.rect(), LIGHT.surface_alt, LIGHT.line, 6)
        else:
            own = OWN_CARDS.get(self._uid)
            name = own.person.name if own is not None and own.person is not None else self._uid[-4:]
            card_paint(self._kind)(painter, self.rect(), "")
            kind = self._words(f"kind_{self._kind}")
            text(painter, self.rect().adjusted(20, 4, -6, -34), kind, "#FFFFFF", 11)
            text(painter, self.rect().adjusted(6, 22, -6, -4), name, "#FFFFFF", 15, bold=True)
        painter.end()


class NotesPanel(Panel):
    """Banknotes; the press pushes one into the acceptor."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("notes", words, bench)
        self._unit = "cash"
        self._things = [
            self._thing(f"note_{fen // FEN_A_YUAN}", str(fen // FEN_A_YUAN), fen, "ok")
            for fen in NOTES_FEN
        ]
        self._things.append(self._thing("note_bad", words("note_bad"), BAD_NOTE_FEN, "invalid"))
        self.grid(self._things, len(self._things))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The acceptor draws one note in at a time, and only while it is open."""
        self._unit, seen = snapshot.cash_unit, snapshot.cash
        if seen is None:
            cannot = self.words("no_unit")
        elif seen.place != "none":
            cannot = self.words("note_in_the_way")
        else:
            cannot = "" if seen.enabled else self.words("cash_shut")
        for thing in self._things:
            allow(thing, cannot)
        self.say(cannot)

    def _thing(self, name: str, words: str, fen: int, outcome: str) -> Thing:
        paint = note(fen) if outcome == "ok" else _torn
        push = partial(self._push, name, fen, outcome)
        return self.own_thing(name, words, paint, push, aside=NOTE_EDGE)

    def _push(self, name: str, fen: int, outcome: str) -> None:
        unit = self._unit
        self.perform(name, lambda hands: hands.insert_note(unit, fen, outcome))


class BankCardsPanel(Panel):
    """A good card, a declined one, the red key of the terminal."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("bank_cards", words, bench)
        self._unit = "pos"
        self._things = [
            self._thing(
                "bank_card_good",
                CARD_GOLD,
                lambda h: h.present_bank_card(GOOD_BANK_CARD, self._unit),
            ),
            self._thing(
                "bank_card_declined",
                CARD_RED,
                lambda h: h.present_bank_card(DECLINED_BANK_CARD, self._unit),
            ),
            self._thing("bank_card_cancel", "", lambda h: h.cancel_at_pos(self._unit)),
        ]
        self.grid(self._things, len(self._things))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The terminal takes a card only while it asks for one."""
        self._unit, seen = snapshot.pos_unit, snapshot.pos
        if seen is None:
            cannot = self.words("no_unit")
        else:
            cannot = "" if seen.waits_for_card else self.words("pos_idle")
        for thing in self._things:
            allow(thing, cannot)
        self.say(cannot, asks=not cannot)

    def _thing(self, name: str, colour: str, deed: Deed) -> Thing:
        paint = card(colour) if colour else _red_key
        return self.own_thing(name, self.words(name), paint, lambda: self.perform(name, deed))


def _torn(painter: QPainter, rect: QRect, words: str) -> None:
    box(painter, rect, "#C9B9BA", NOTE_COLOURS[BAD_NOTE_FEN], 3)
    text(painter, rect, words, LIGHT.danger, 12, bold=True)


def _red_key(painter: QPainter, rect: QRect, words: str) -> None:
    box(painter, rect, LIGHT.danger, "#6E1010", 6)
    text(painter, rect, words, "#FFFFFF", 12, bold=True)
