"""What stands around every section: the bar on top, the tabs, the strip that tells what runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.flow import Act
from core.upkeep.steps import (
    LookAtMachine,
    MachineView,
    MakeReadinessReport,
    MakeSupportBundle,
    ProbeSite,
    RunCheck,
    RunLoop,
    SignInTechnician,
)
from core.upkeep.words import HANDS, word
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, button, margins, picture
from diagnostics.steps import Section, device_of
from diagnostics.views import check_title, section_title
from ui.widget_parts import Elided, label, wrapped


class TopBar(QFrame):
    """Whose machine this is and who works on it. `left` shows the idle clock near its end."""

    def __init__(self, look: Look, place: str, person: str) -> None:
        super().__init__()
        _ = look.words
        self.setProperty("role", "bar")
        self.setFixedHeight(look.target_px + look.px(20))
        row = QHBoxLayout(self)
        margins(row, look, 18, 0, 12)
        row.addWidget(picture(look, "shield-lock", look.colour.on_hero, 32))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(Elided(_("Maintenance"), "on_bar"))
        texts.addWidget(Elided(f"{place} · {person}" if person else place, "on_bar_muted"))
        texts.addStretch()
        row.addLayout(texts, 1)
        self.left = label("", "on_bar")
        self.left.setObjectName("seconds_left")
        row.addWidget(self.left)
        self._row, self._look = row, look

    def add(self, name: str, text: str, on_press: Callable[[], None]) -> QPushButton:
        """A button at the right end."""
        made = button(self._look, name, text, on_press, role="bar")
        self._row.addWidget(made)
        return made


class Tabs(QWidget):
    """One button a section; as many rows as the screen needs. F1 to F11 press them."""

    def __init__(self, look: Look, now: Section, say: Say) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(look.px(12), look.px(4), look.px(12), 0)
        grid.setSpacing(look.px(2))
        self.buttons: dict[Section, QPushButton] = {}
        for index, section in enumerate(Section):
            row, place = divmod(index, look.tab_columns)
            made = self._tab(look, section, say)
            made.setProperty("now", section is now)
            made.setToolTip(f"F{index + 1}")
            self.buttons[section] = made
            grid.addWidget(made, row, place)
        for place in range(look.tab_columns):
            grid.setColumnStretch(place, 1)

    def _tab(self, look: Look, section: Section, say: Say) -> QPushButton:
        title = section_title(section, look.words)
        made = button(look, f"tab_{section}", title, lambda: say("open", section.value), role="tab")
        made.setMinimumWidth(0)
        return made


def running(look: Look, act: Act[Any], view: MachineView | None) -> QFrame:
    """What is done now, and what the hand must do for it."""
    _ = look.words
    strip = QFrame()
    strip.setObjectName("running")
    strip.setProperty("role", "tint")
    row = QHBoxLayout(strip)
    margins(row, look, 18, 12, 14)
    row.addWidget(
        picture(look, "hourglass", look.colour.primary, 34), alignment=Qt.AlignmentFlag.AlignTop
    )
    texts = QVBoxLayout()
    texts.setSpacing(look.px(2))
    title, hand = _doing(look, act, view)
    texts.addWidget(wrapped(title, "strong"))
    if hand:
        texts.addWidget(wrapped(word(HANDS, hand, _), "instruction"))
    row.addLayout(texts, 1)
    strip.setAccessibleName(title)
    return strip


def _doing(look: Look, act: Act[Any], view: MachineView | None) -> tuple[str, str]:
    """Title, and the code of what the hand must do, "" for nothing."""
    _ = look.words
    match act:
        case RunCheck(device, check):
            found = device_of(view, device) if view else None
            offers = found.checks if found else ()
            hand = next((one.hand for one in offers if one.name == check), "")
            return _("Running: {check}").format(check=check_title(device, check, _)), hand
        case RunLoop(loop):
            loops = view.loops if view else ()
            hand = next((one.hand for one in loops if one.name == loop), "")
            return _("Running: {check}").format(check=check_title("loop", loop, _)), hand
        case ProbeSite():
            return _("Measuring network, clock, disk and protection"), ""
        case SignInTechnician():
            return _("Checking card and PIN"), ""
        case MakeReadinessReport() | MakeSupportBundle():
            return _("Measuring and writing the file"), ""
        case LookAtMachine():
            return _("Reading the machine's journal"), ""
    return _("One moment"), ""
