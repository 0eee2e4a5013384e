"""One kiosk window for many examples: shows them, switches modes, takes pictures."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path

from examples import shown
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from core.billing import Text
from core.clock import SystemClock
from core.idle_content import Content, ContentKind, IdleContent
from sandbox.player.qml import settle
from terminal.machine_front import EVERY_PART
from ui.bridge import Ui, open_window
from ui.tactile import Tactile
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
    "calm": Modes(calm=True),
    "all": Modes(large=True, contrast=True, low_reach=True, calm=True, read_aloud=True),
}
STANDING = (1080, 1920)
LYING = (2304, 1296)
"""What Main.qml draws for: at these sizes a pixel of the window is one of the drawing."""

ANNOUNCED = IdleContent(
    (
        Content(
            "OP-BAN",
            "",
            0,
            ContentKind.POLICY,
            Text("门诊预交金已停止收取", "Outpatient prepayments have ended"),
            Text(
                "自 2025 年 3 月 31 日起，本院停止收取门诊预交金。账户中的余额可继续用于缴费，"
                "也可在自助机、手机或任一院区综合服务窗口申请退回。",
                "Since 31 March 2025 this hospital takes no outpatient prepayments. What is left"
                " on your account can still be spent; you can ask for it back at a machine, by"
                " phone, or at any campus's service window.",
            ),
            "2025-03-31",
            "2099-12-31",
        ),
        Content(
            "I1",
            "",
            100,
            ContentKind.PROMOTION,
            Text("体检套餐八折", "Health check, a fifth off"),
            Text("本月有效。", "This month only."),
            "2025-11-01",
            "2025-11-30",
        ),
    ),
    37,
)


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

    def turn(self, size: tuple[int, int]) -> None:
        """As on a panel of this size."""
        if (self.window.width(), self.window.height()) != size:
            self.window.resize(*size)
            settle(self.window)

    def use(self, modes: Modes) -> None:
        """Switch modes as the dock does."""
        for mode in fields(Modes):
            if getattr(self.ui.modes, mode.name) != getattr(modes, mode.name):
                self.ui.toggle(mode.name)
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
    ui.set_announcements(ANNOUNCED)
    ui.set_front([{"id": p.name, "row": p.row, "column": p.column} for p in EVERY_PART])
    engine, window = open_window(ui, MAIN)
    Tactile(ui, window)
    rig = Rig(ui, engine, window, clock)
    ui.said.connect(lambda ticket, word, value: rig.said.append(Said(ticket, word, value)))

    def _on_warnings(errors: list[QQmlError]) -> None:
        rig.warnings.extend(error.toString() for error in errors)

    engine.warnings.connect(_on_warnings)
    settle(window)
    return rig
