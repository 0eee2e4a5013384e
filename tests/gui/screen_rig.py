"""One kiosk window for many examples: shows them, switches modes, takes pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from examples import shown
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from core.billing import Text
from core.clock import SystemClock
from sandbox.player.qml import settle
from ui.bridge import Ui, open_window
from ui.text import catalogues
from ui.tokens import Modes

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "kiosk" / "screens" / "Main.qml"
MESSAGES = ROOT / "build" / "messages"
MODES = {
    "normal": Modes(),
    "large": Modes(large=True),
    "contrast": Modes(contrast=True),
    "low_reach": Modes(low_reach=True),
    "large_low_reach": Modes(large=True, low_reach=True),
}


class FixedClock(SystemClock):
    """A Saturday morning, until a test says otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2025, 11, 22, 1, 41, tzinfo=UTC)

    def wall(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Said:
    """A press as it left the bridge."""

    ticket: int
    word: str
    value: str


@dataclass
class Rig:
    """A window with its bridge; `warnings` is everything QML complained of."""

    ui: Ui
    engine: QQmlApplicationEngine
    window: QQuickWindow
    clock: FixedClock
    warnings: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    ticket: int = 0

    def show(self, name: str, seconds: int = 47) -> None:
        """A new question, as the runner would show it."""
        example = shown(name, self.ui.catalogue)
        self.ticket += 1
        self.ui.show(self.ticket, example.screen, example.view)
        if example.view["seconds_total"]:
            self.ui.set_seconds_left(seconds)
        settle(self.window)

    def show_again(self, name: str) -> None:
        """The same question in the language of the moment."""
        example = shown(name, self.ui.catalogue)
        self.ui.show(self.ticket, example.screen, example.view)
        settle(self.window)

    def use(self, modes: Modes) -> None:
        """Switch modes as the dock does."""
        for mode in ("large", "contrast", "low_reach"):
            if getattr(self.ui.modes, mode) != getattr(modes, mode):
                self.ui.toggle(mode)
        settle(self.window)

    def close(self) -> None:
        """Let nothing leak into the next test."""
        self.ui.translator.remove()
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def open_rig(language: str, messages: Path = MESSAGES) -> Rig:
    """A window as the kiosk opens it, signed on at an invented hospital."""
    clock = FixedClock()
    ui = Ui(catalogues(messages), clock, language, frozen=True)
    ui.set_place(
        Text("温和医科大学附属医院", "Wenhe University Hospital"),
        Text("自助机 A-03 · 门诊一楼东厅", "Machine A-03 · Outpatient hall, 1F east"),
        "0577-0000 2120",
    )
    engine, window = open_window(ui, MAIN)
    rig = Rig(ui, engine, window, clock)
    ui.said.connect(lambda ticket, word, value: rig.said.append(Said(ticket, word, value)))

    def _on_warnings(errors: list[QQmlError]) -> None:
        rig.warnings.extend(error.toString() for error in errors)

    engine.warnings.connect(_on_warnings)
    settle(window)
    return rig
