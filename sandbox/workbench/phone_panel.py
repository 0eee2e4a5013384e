"""A telephone in the hand: codes to hold before a scanner, and the tap point.

Talks to its `Bench`. What a reader would get wrong: codes are made when the button is pressed,
not when it is drawn, because each may be shown once; and what looks on command (camera, scan
modules) sees a code for as long as it is held there.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QSizePolicy

from sandbox.workbench.hands import KIOSK, WINDOW, Before, Deed
from sandbox.workbench.painting import Paint, document, telephone
from sandbox.workbench.parts import Bench, Choice, Option, Panel, allow
from sandbox.workbench.props import CODES, TAG_URI, Code
from sandbox.workbench.snapshot import MAKES, Snapshot
from sandbox.workbench.things import Thing
from sandbox.workbench.words import Words

BUTTONS_A_ROW = 3
CODE_GREEN, CODE_BLUE, CODE_TEAL, CODE_GREY = "#1AAD19", "#1677FF", "#0B7A6E", "#0E2230"
_COLOURS = {"13": CODE_GREEN, "28": CODE_BLUE, "ECDEMO": CODE_TEAL}
AT_KIOSK, AT_WINDOW = Before(KIOSK, "scanner"), Before(WINDOW, "scanner")


class PhonePanel(Panel):
    """A telephone for each code; before what it is held, while there is a choice."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("phone", words, bench)
        self._slip = ""
        self._place: Choice[Before] = Choice("choose_scanner", words("choose_scanner"))
        self._place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._place.setMinimumWidth(128)
        self.top.addWidget(self._place)
        self._shows = [self._code(code) for code in CODES]
        self._last_slip = self.own_thing(
            "show_last_slip",
            words("show_last_slip"),
            document(CODE_GREY),
            lambda: self._show("show_last_slip", self._slip),
        )
        self._hide = self.own_button("hide_code", self._on_hide)
        self._tap = self._own("tap_phone", telephone(CODE_GREY), lambda h: h.unit("nfc", "tap"))
        self._tag = self._own(
            "hold_tag",
            document(CODE_TEAL),
            lambda h: h.unit("nfc", "present_tag", uri=TAG_URI),
        )
        held = [*self._shows, self._last_slip, self._hide, self._tap, self._tag]
        self.grid(held, BUTTONS_A_ROW)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The printed slip can be shown once there is one with a code."""
        self._offer_places(snapshot)
        before = self._place.chosen
        cannot = "" if before is not None else self.words("no_unit")
        for thing in self._shows:
            allow(thing, cannot)
        self._slip = (snapshot.printer.last_code if snapshot.printer is not None else None) or ""
        allow(self._last_slip, cannot or ("" if self._slip else self.words("no_slip_yet")))
        held = before is not None and before.terminal == KIOSK and before.unit in snapshot.holding
        allow(self._hide, "" if held else self.words("no_code_held"))
        cannot_tap = self._cannot_tap(snapshot)
        for thing in (self._tap, self._tag):
            allow(thing, cannot_tap)
        self.say("")

    def _offer_places(self, snapshot: Snapshot) -> None:
        places = [
            Option(self.words(f"before_{name}"), Before(KIOSK, name))
            for name in (*MAKES["scanner"], "camera")
            if name in snapshot.units
        ]
        if snapshot.has_window:
            places.append(Option(self.words("window"), AT_WINDOW))
        self._place.offer(places)
        self._place.setVisible(len(places) > 1)

    def _cannot_tap(self, snapshot: Snapshot) -> str:
        seen = snapshot.nfc
        if seen is None:
            return self.words("no_unit")
        if seen.tapping:
            return self.words("phone_taps")
        return self.words("tag_held") if seen.tag_held else ""

    def _code(self, code: Code) -> Thing:
        if code.owner is None:
            words = self.words(code.control)
        else:
            words = self.words("show_ecode", name=code.owner.name)
        paint = telephone(_COLOURS.get(code.head, CODE_GREY))
        return self.own_thing(code.control, words, paint, partial(self._on_code, code))

    def _own(self, name: str, paint: Paint, deed: Deed) -> Thing:
        return self.own_thing(name, self.words(name), paint, lambda: self.perform(name, deed))

    def _on_code(self, code: Code) -> None:
        self._show(code.control, code.fresh())

    def _show(self, control: str, text: str) -> None:
        before = self._place.chosen or AT_KIOSK
        self.perform(control, lambda hands: hands.show(text, before))

    def _on_hide(self) -> None:
        before = self._place.chosen or AT_KIOSK
        self.perform("hide_code", lambda hands: hands.unit(before.unit, "hide"))
