"""Random taps, keys, scans and cards at a real kiosk: no exception, no trap, no way out.

The same seed does the same. What a reader would get wrong: the monkey is nobody's patient, so what
it pays is real to the sandbox; the books are compared at the end.
"""

from __future__ import annotations

import logging
import random
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sandbox.people import BENEFIT_PATIENT, NEW_PATIENT
from sandbox.player import qml
from sandbox.player.hands import let_live, wait_until
from sandbox.player.stage import KioskStage, wallet_code
from sandbox.units.request import ControlError

_LIVE_MS = 3
_BREATH_EVERY = 25
_BREATH_MS = 60
_HOME_LIMIT_S = 150.0
_CODES = (
    "ECDEMO0000000000000000LIXF01",
    "ECDEMO0000000000000000WANGJ1",
    "https://example.org/?a=%00",
    "ZF1.R.none.AAAA",
    "1" * 600,
    "0",
)
_CARDS = {"04C0FFE2": "260000000025", "04C0FFEE": "260000000017"}
_PEOPLE = (NEW_PATIENT, BENEFIT_PATIENT)
_MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_KEYS = (
    *(Qt.Key(code) for code in range(Qt.Key.Key_Space.value, Qt.Key.Key_QuoteLeft.value + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_Escape.value, Qt.Key.Key_PageDown.value + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_F1.value, Qt.Key.Key_F12.value + 1)),
    *(Qt.Key.Key_Meta, Qt.Key.Key_Menu, Qt.Key.Key_Back, Qt.Key.Key_HomePage, Qt.Key.Key_Close),
    *(Qt.Key.Key_PowerOff, Qt.Key.Key_Help, Qt.Key.Key_Exit, Qt.Key.Key_LogOff, Qt.Key.Key_Print),
)


@dataclass
class Findings:
    """What the monkey did and found; `faults` empty: nothing."""

    events: Counter[str] = field(default_factory=Counter)
    screens: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        done = ", ".join(f"{count} {name}" for name, count in sorted(self.events.items()))
        seen = ", ".join(f"{name} {count}" for name, count in self.screens.most_common())
        return "\n".join((done, f"screens: {seen}", *self.faults[:20], self._verdict()))

    def _verdict(self) -> str:
        return f"{sum(self.events.values())} events, {len(self.faults)} faults"


class Monkey:
    """One monkey at one kiosk."""

    def __init__(self, stage: KioskStage, seed: int) -> None:
        self._stage, self._random = stage, random.Random(seed)
        self.found = Findings()
        self._hands: tuple[tuple[int, str, Callable[[], None]], ...] = (
            (34, "taps anywhere", self._tap_anywhere),
            (40, "taps on controls", self._tap_control),
            (10, "keys", self._key),
            (6, "scans", self._scan),
            (4, "cards in and out", self._card),
            (3, "ID cards on and off", self._id_card),
            (3, "looks at another language or mode", self._dock),
        )

    def play(self, events: int) -> Findings:
        """So many events, then the machine must come home by itself or by leaving."""
        for uid, number in _CARDS.items():
            self._stage.card_of(number, uid)
        weights = [weight for weight, _, _ in self._hands]
        with _listening(self.found.faults):
            for turn in range(events):
                _, name, hand = self._random.choices(self._hands, weights)[0]
                hand()
                self.found.events[name] += 1
                self.found.screens[self._stage.screen()] += 1
                let_live(_BREATH_MS if turn % _BREATH_EVERY == 0 else _LIVE_MS)
                self._look_round()
            self._go_home()
        return self.found

    def _tap_anywhere(self) -> None:
        window = self._stage.kiosk.window
        point = QPoint(self._random.randrange(window.width()), self._random.randrange(1920))
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def _tap_control(self) -> None:
        window = self._stage.kiosk.window
        named = [
            item
            for item in qml.visible(window)
            if item.objectName() and item.isEnabled() and item.property("text") is not None
        ]
        if named:
            point = qml.centre(self._random.choice(named))
            QTest.mouseClick(
                window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point
            )

    def _key(self) -> None:
        key, modifier = self._random.choice(_KEYS), self._random.choice(_MODIFIERS)
        QTest.keyClick(self._stage.kiosk.window, key, modifier)

    def _scan(self) -> None:
        wallet = wallet_code(self._random.choice(("WECHAT", "ALIPAY")))
        self._do("scanner", "show", text=self._random.choice((*_CODES, wallet)))

    def _card(self) -> None:
        if self._stage.unit("card_slot").get("card"):
            self._do("card_slot", "remove")
        else:
            self._do("card_slot", "insert", uid=self._random.choice(tuple(_CARDS)))

    def _id_card(self) -> None:
        if self._stage.unit("id_reader").get("person"):
            self._do("id_reader", "remove")
        else:
            self._do("id_reader", "place", **self._random.choice(_PEOPLE).id_card())

    def _dock(self) -> None:
        self._stage.kiosk.ui.toggle(self._random.choice(("large", "contrast", "low_reach")))

    def _do(self, unit: str, action: str, **fields: object) -> None:
        try:
            self._stage.do(unit, action, **fields)
        except ControlError:
            self.found.events["refused by the unit"] += 1

    def _look_round(self) -> None:
        """The window is there and whole, nothing else is."""
        window = self._stage.kiosk.window
        if not window.isVisible():
            self.found.faults.append("the kiosk's window is gone")
            window.show()
        others = [w for w in QGuiApplication.topLevelWindows() if w.isVisible() and w is not window]
        widgets: list[QWidget] = QApplication.topLevelWidgets()
        shown = [type(widget).__name__ for widget in widgets if widget.isVisible()]
        if shown or others:
            self.found.faults.append(f"another window: {shown or others}")

    def _go_home(self) -> None:
        stage = self._stage
        if stage.unit("id_reader").get("person"):
            self._do("id_reader", "remove")

        def home() -> bool:
            if stage.unit("card_slot").get("card"):
                self._do("card_slot", "remove")
            for way_out in ("dock_leave", "done"):
                if stage.screen() != "Home" and stage.hand.can_see(way_out):
                    stage.kiosk.ui.say(stage.kiosk.runner.ticket, "leave", "")
            return stage.screen() == "Home"

        try:
            wait_until(home, _HOME_LIMIT_S, "home")
        except TimeoutError:
            self.found.faults.append(f"a trap: {stage.screen()} is never left")


class _Errors(logging.Handler):
    """Everything the programs call an error."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        self._faults.append(f"{record.name}: {record.getMessage()}")


@contextmanager
def _listening(faults: list[str]) -> Iterator[None]:
    """Exceptions of slots and threads, and errors of the log, become faults."""

    def raised(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        faults.append(f"{kind.__name__}: {error}")

    def in_thread(told: threading.ExceptHookArgs) -> None:
        faults.append(f"{told.exc_type.__name__} in a thread: {told.exc_value}")

    before, before_thread, handler = sys.excepthook, threading.excepthook, _Errors(faults)
    sys.excepthook, threading.excepthook = raised, in_thread
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        sys.excepthook, threading.excepthook = before, before_thread
