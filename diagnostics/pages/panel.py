"""The technician's one page: draws each Ask, and turns presses into the words of the step.

Talks only to the runner: `show_step` and `show_act` in, `said` out. What a reader would get wrong:
the page is drawn anew with every step, also when a device changes while somebody types; what was
typed, scrolled and focused in the same section is put back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from core.catalogue import Catalogue
from core.flow import Act, Ask, Step, Touch
from core.upkeep.steps import MachineView, RunCheck, RunLoop
from diagnostics.pages.counting import counting_page
from diagnostics.pages.device import device_page
from diagnostics.pages.frame import Tabs, TopBar, running
from diagnostics.pages.listing import checks_page, doubts_page, journal_page, log_page
from diagnostics.pages.look import look_for, stylesheet
from diagnostics.pages.loops import loops_page
from diagnostics.pages.overview import overview_page
from diagnostics.pages.papers import papers_page
from diagnostics.pages.parts import banner, margins
from diagnostics.pages.side import SideColumn
from diagnostics.pages.sign_in import sign_in_page
from diagnostics.pages.site import site_page
from diagnostics.pages.stickers import stickers_page
from diagnostics.pages.supplies import supplies_page
from diagnostics.steps import CountNotes, Section, SignIn, Work
from diagnostics.views import Tone
from ui.widget_parts import clear, scrolled

# a short Act is not worth a picture of waiting (ui.md 3.4: loading over 300 ms)
_RUNNING_AFTER_MS = 300
_TELL_SECONDS_BELOW = 60
_WHOLE_HEIGHT = (Section.CHECKS, Section.DOUBTS, Section.JOURNAL, Section.LOG)
_SECRET = "pin"  # noqa: S105 - the name of the field that is never put back


@dataclass
class _Kept:
    """What the person had done to a page. `of`: which page."""

    of: object = None
    typed: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)
    scrolled: dict[str, int] = field(default_factory=dict)
    focus: str = ""


class Panel(QWidget):
    """Signals: `said(ticket, word, value)`, the words each step's `touched` documents;
    `touched_anywhere()` whenever somebody does something, for the idle clock;
    `language_called()`, to be answered with `set_catalogue`."""

    said = Signal(int, str, str)
    touched_anywhere = Signal()
    language_called = Signal()

    def __init__(self, catalogue: Catalogue, place: str, *, touch: bool) -> None:
        """`place`: which terminal this is. `touch`: a kiosk's screen, no keyboard."""
        super().__init__()
        self._words, self._place, self._touch = catalogue, place, touch
        self._ticket = 0
        self._ask: Ask[Any] | None = None
        self._act: Act[Any] | None = None
        self._answered = True
        self._seconds = -1
        self._photo = ""
        self._kept = _Kept()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_RUNNING_AFTER_MS)
        self._wait.timeout.connect(self._on_running)
        self.setObjectName("diagnostics")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._root = QVBoxLayout(self)
        self._root.setContentsMargins(0, 0, 0, 0)
        self._root.setSpacing(0)
        # a text that is too long must never make the window larger than the screen
        self._root.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.resize(*((1080, 1920) if touch else (1920, 1080)))
        self._look = look_for(self._words, self.width(), touch=touch)
        self.setStyleSheet(stylesheet(self._look))
        self._bind_keys()
        self._draw()

    # --- what the runner and the app tell

    def show_step(self, ticket: int, step: Ask[Any]) -> None:
        """Draw one Ask. TypeError: not a step of this mode."""
        self._wait.stop()
        self._ticket, self._answered = ticket, False
        self._keep()
        self._ask, self._act = step, None
        self._draw()

    def show_act(self, ticket: int, act: Act[Any], may_leave: bool) -> None:
        """Say what is being done: a test at once, all else when it takes longer than a moment."""
        self._ticket, self._answered, self._act = ticket, True, act
        if isinstance(act, RunCheck | RunLoop):
            self._on_running()
        elif not self._wait.isActive():
            self._wait.start()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Another language, live; what was typed stays."""
        self._words = catalogue
        self._restyle()

    def set_seconds_left(self, seconds: int) -> None:
        """The idle clock; told only near its end."""
        self._seconds = seconds
        _ = self._words
        told = 0 <= seconds < _TELL_SECONDS_BELOW and isinstance(self._ask, Work)
        self._bar.left.setText(_("Leaves in {count} s").format(count=seconds) if told else "")

    # --- building

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if look_for(self._words, self.width(), touch=self._touch) != self._look:
            self._restyle()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 0)

    def _restyle(self) -> None:
        self._keep()
        self._look = look_for(self._words, self.width(), touch=self._touch)
        self.setStyleSheet(stylesheet(self._look))
        self._draw()
        if self._act is not None:
            self._on_running()

    def _draw(self) -> None:
        clear(self._root)
        look, ask = self._look, self._ask
        person = ask.technician.name if isinstance(ask, Work) else ""
        self._bar = TopBar(look, self._place, person)
        self._root.addWidget(self._bar)
        self._fill_bar()
        self._body = QVBoxLayout()
        margins(self._body, look, 16, 14, 12)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side: SideColumn | None = None
        right = QVBoxLayout()
        right.setSpacing(0)
        if isinstance(ask, Work):
            self._side = SideColumn(look, ask, self._say)
            row.addWidget(self._side)
            self._tabs = Tabs(look, ask.section, self._say)
            right.addWidget(self._tabs)
        right.addLayout(self._body, 1)
        row.addLayout(right, 1)
        self._root.addLayout(row, 1)
        self._content, focus = self._page(ask)
        self._body.addWidget(self._content, 1)
        self._put_back(focus)
        self._hear_touches()
        self.set_seconds_left(self._seconds)

    def _fill_bar(self) -> None:
        _ = self._words
        language = "English" if _.language == "zh" else "中文"
        if isinstance(self._ask, Work):
            self._bar.add("look", _("Refresh"), lambda: self._say("look", ""))
        self._bar.add("language", language, self.language_called.emit)
        if isinstance(self._ask, Work):
            self._bar.add("leave", _("Leave"), lambda: self._say("leave", ""))

    def _page(self, ask: Ask[Any] | None) -> tuple[QWidget, QWidget | None]:
        """What stands in the middle, and what gets the focus."""
        match ask:
            case None:
                return QWidget(), None
            case SignIn():
                return self._in_area(*sign_in_page(self._look, ask, self._say))
            case CountNotes():
                return self._in_area(*counting_page(self._look, ask, self._say))
            case Work():
                tab = self._tabs.buttons[ask.section]
                return self._section(ask), None if self._touch else tab
        raise TypeError(f"no state of the page for {type(ask).__name__}")

    def _section(self, work: Work) -> QWidget:
        look, say = self._look, self._say
        if work.section is Section.PAPERS:
            made = papers_page(look, work, say, self._photograph)
        else:
            made = {
                Section.OVERVIEW: overview_page,
                Section.DEVICE: device_page,
                Section.LOOPS: loops_page,
                Section.CONSUMABLES: supplies_page,
                Section.CHECKS: checks_page,
                Section.DOUBTS: doubts_page,
                Section.JOURNAL: journal_page,
                Section.LOG: log_page,
                Section.SITE: site_page,
                Section.STICKERS: stickers_page,
            }[work.section](look, work, say)
        if work.journal_broken:
            self._body.addWidget(self._broken())
        return made if work.section in _WHOLE_HEIGHT else self._in_area(made, None)[0]

    def _in_area(self, page: QWidget, focus: QWidget | None) -> tuple[QWidget, QWidget | None]:
        """Scrolls by bar, keys and finger; the bar has room beside the cards."""
        inside = page.layout()
        assert inside is not None
        inside.setContentsMargins(0, 0, self._look.px(8), 0)
        area = scrolled(page)
        area.setObjectName("section")
        area.setAccessibleName(self._place)
        if self._touch:
            QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        return area, focus

    def _broken(self) -> QWidget:
        _ = self._words
        text = _("The journal cannot be read: what stands here is the last that was known.")
        return banner(self._look, Tone.BAD, text, "journal_broken")

    def _on_running(self) -> None:
        """The page stays where it is and cannot be pressed; a strip says what is done."""
        act = self._act
        if act is None:
            return
        strip = running(self._look, act, self._view)
        self._content.setEnabled(False)
        if (before := self.findChild(QWidget, "running")) is not None:
            self._body.replaceWidget(before, strip)
            before.hide()
            before.setObjectName("")
            before.deleteLater()
        else:
            self._body.insertWidget(0, strip)

    @property
    def _view(self) -> MachineView | None:
        return self._ask.view if isinstance(self._ask, Work) else None

    # --- what the person had done

    def _keep(self) -> None:
        focus = self.focusWidget()
        self._kept = _Kept(
            _identity(self._ask),
            {one.objectName(): one.text() for one in self.findChildren(QLineEdit)},
            {one.objectName(): one.currentIndex() for one in self.findChildren(QComboBox)},
            {
                one.objectName(): one.verticalScrollBar().value()
                for one in self.findChildren(QAbstractScrollArea)
            },
            focus.objectName() if focus else "",
        )

    def _put_back(self, focus: QWidget | None) -> None:
        kept, same = self._kept, self._kept.of == _identity(self._ask)
        if isinstance(self._ask, Work) and self._side is not None:
            self._scroll(kept, "side")
        if same:
            for line in self.findChildren(QLineEdit):
                if line.objectName() != _SECRET and not line.text():
                    line.setText(kept.typed.get(line.objectName(), ""))
            for choice in self.findChildren(QComboBox):
                choice.setCurrentIndex(kept.chosen.get(choice.objectName(), choice.currentIndex()))
            self._scroll(kept, "section")
            named = self.findChild(QWidget, kept.focus) if kept.focus else None
            focus = named if isinstance(named, QWidget) and named.isEnabled() else focus
        (focus or self).setFocus()

    def _scroll(self, kept: _Kept, name: str) -> None:
        """After the layout: before it there is nothing to scroll."""
        area = self.findChild(QAbstractScrollArea, name)
        if isinstance(area, QAbstractScrollArea) and kept.scrolled.get(name):
            bar, value = area.verticalScrollBar(), kept.scrolled[name]
            QTimer.singleShot(0, bar, partial(bar.setValue, value))

    def _hear_touches(self) -> None:
        for line in self.findChildren(QLineEdit):
            line.textEdited.connect(self.touched_anywhere)
        for pressed in self.findChildren(QAbstractButton):
            pressed.pressed.connect(self.touched_anywhere)
        for choice in self.findChildren(QComboBox):
            choice.activated.connect(self.touched_anywhere)
        for area in self.findChildren(QAbstractScrollArea):
            area.verticalScrollBar().valueChanged.connect(self.touched_anywhere)

    # --- answering

    def _say(self, word: str, value: str) -> None:
        ask = self._ask
        if self._answered or ask is None or ask.touched(Touch(word, value)) is None:
            return
        if (word, value) == ("open", Section.PAPERS.value):
            self._photo = self._picture()
        self._answered = True
        self.said.emit(self._ticket, word, value)

    def _photograph(self) -> str:
        """The page before the reports', so that the fault is on it; else this one."""
        return self._photo or self._picture()

    def _picture(self) -> str:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.grab().save(buffer, "PNG")
        return bytes(content.toBase64().data()).decode("ascii")

    # --- keys

    def _bind_keys(self) -> None:
        for index, section in enumerate(Section, start=1):
            self._bind(f"F{index}", partial(self._say, "open", section.value))
        self._bind("Ctrl+R", partial(self._say, "look", ""))
        self._bind("Ctrl+L", self.language_called.emit)
        self._bind("Ctrl+Q", partial(self._say, "leave", ""))
        self._bind("Esc", self._on_escape)

    def _bind(self, key: str, handler: Any) -> None:  # noqa: ANN401 - a slot
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.touched_anywhere)
        shortcut.activated.connect(handler)

    def _on_escape(self) -> None:
        if isinstance(self._ask, SignIn | CountNotes):
            self._say("leave", "")


def _identity(ask: Step[Any] | None) -> object:
    """Two steps with the same one show the same page; after something was done, lines are empty."""
    match ask:
        case Work(section=section, subject=subject, told=told):
            return section, subject, told
        case CountNotes(person, batch):
            return person, batch
        case SignIn(second=second, by_name=by_name):
            return "sign in", second, by_name
    return None
