"""Panels of what identifies a person: the ID card reader and the scanner.

Talks to its `Bench`. What a reader would get wrong: codes are made when the button is pressed,
not when it is drawn, because each may be shown once.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QSizePolicy

from sandbox.workbench.hands import KIOSK, WINDOW, Deed, Hands
from sandbox.workbench.parts import Bench, Choice, Option, Panel, allow
from sandbox.workbench.props import CODES, ID_CARDS, Code, IdCard
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words

BUTTONS_A_ROW = 3


class IdReaderPanel(Panel):
    """Whose card to put; take it."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("id_reader", words, bench)
        self._put = [
            self.button(card.control, _placing(card), words=words(card.says, name=card.person.name))
            for card in ID_CARDS
        ]
        self._remove = self.button("remove_id", Hands.remove_id_card)
        self.grid([*self._put, self._remove], BUTTONS_A_ROW)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Empty, or whose card lies there and whether it was read."""
        seen = snapshot.id_reader
        if seen is None:
            cannot_put = cannot_remove = self.words("no_unit")
            self.say(cannot_put)
        elif seen.name is None:
            cannot_put, cannot_remove = "", self.words("id_empty")
            self.say(cannot_remove)
        else:
            cannot_put, cannot_remove = self.words("id_first_take"), ""
            self.say(self.words("id_was_read" if seen.was_read else "id_lies", name=seen.name))
        for button in self._put:
            allow(button, cannot_put)
        allow(self._remove, cannot_remove)


class ScannerPanel(Panel):
    """A button for each thing that can be shown; whose scanner, while there is a cashier window."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("scanner", words, bench)
        self._slip = ""
        places = [Option(words(name), name) for name in (KIOSK, WINDOW)]
        self._place: Choice[str] = Choice("choose_scanner", words("choose_scanner"), places)
        self._place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.top.addWidget(self._place)
        self._shows = [
            self.own_button(code.control, partial(self._on_code, code), words=_words(words, code))
            for code in CODES
        ]
        self._last_slip = self.own_button("show_last_slip", self._on_last_slip)
        self.grid([*self._shows, self._last_slip], BUTTONS_A_ROW)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The printed slip can be shown once there is one with a code."""
        cannot = "" if "scanner" in snapshot.units else self.words("no_unit")
        for button in self._shows:
            allow(button, cannot)
        self._place.setVisible(snapshot.has_window)
        if not snapshot.has_window:
            self._place.choose(KIOSK)
        self._slip = (snapshot.printer.last_code if snapshot.printer is not None else None) or ""
        allow(self._last_slip, cannot or ("" if self._slip else self.words("no_slip_yet")))
        self.say(cannot or self.words("scanner_ready"))

    def _on_code(self, code: Code) -> None:
        self._show(code.control, code.fresh())

    def _on_last_slip(self) -> None:
        self._show("show_last_slip", self._slip)

    def _show(self, control: str, text: str) -> None:
        terminal = self._place.chosen or KIOSK
        self.perform(control, lambda hands: hands.show(text, terminal))


def _words(words: Words, code: Code) -> str:
    if code.owner is None:
        return words(code.control)
    return words("show_ecode", name=code.owner.name)


def _placing(card: IdCard) -> Deed:
    return lambda hands: hands.place_id_card(card.person, readable=card.readable)
