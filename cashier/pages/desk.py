"""The page itself: puts a state between its edges, and turns keys into the words of the step.

Talks only to the runner: `show_step` and `show_act` in, `said` out. What a reader would get
wrong: the page decides nothing. A word is said once per ticket and only when the step
understands it (`Ask.touched`); everything else is the journey's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cashier.pages.edges import CustomerCopy, QueueColumn, StatusBar
from cashier.pages.ending import progress, show_outcome
from cashier.pages.keys import WORK_KEYS, KeyList, keys_of, may_maintain
from cashier.pages.look import look_for, stylesheet
from cashier.pages.parts import clear, set_margins
from cashier.pages.paying import PART_KEY, confirm_quote, show_payment_code
from cashier.pages.refunding import choose_refund_lines, review_plan
from cashier.pages.screen import Screen
from cashier.pages.serving import serve_patient
from cashier.pages.sheet import work_sheet
from cashier.pages.top_bar import Place, TopBar
from cashier.pages.waiting import desk, sign_in
from cashier.steps import ChooseRefundLines, Desk, ReviewPlan, ServePatient, ShowOutcome, SignIn
from cashier.steps.sheet import WorkSheet
from cashier.views import Context, after, customer_view
from core.catalogue import Catalogue
from core.clock import Clock, SystemClock
from core.flow import Act, Ask, Step, Touch
from core.steps import ConfirmQuote, ShowPaymentCode

# a short Act is not worth a picture of waiting (ui.md 3.4: loading over 300 ms)
_PROGRESS_AFTER_MS = 300

_Kind = TypeVar("_Kind", bound=QWidget)


class DeskPage(QWidget):
    """One window of one hospital.

    Signals: `said(ticket, word, value)`, the words each step's `touched` documents;
    `reckoned(ticket, step)`: the page as it stands while an amount is typed;
    `touched_anywhere()` whenever the operator does something, for the idle clock;
    `language_called()` on Ctrl+L, to be answered with `set_catalogue`; `maintenance_called()` on
    Ctrl+D, where the key list has it.
    """

    said = Signal(int, str, str)
    reckoned = Signal(int, object)
    touched_anywhere = Signal()
    language_called = Signal()
    maintenance_called = Signal()

    def __init__(self, catalogue: Catalogue, place: Place, clock: Clock | None = None) -> None:
        super().__init__()
        self._words, self._place = catalogue, place
        self._clock: Clock = clock or SystemClock()
        self._context = Context()
        self._ticket = 0
        self._step: Step[Any] | None = None
        self._ask: Ask[Any] | None = None
        self._may_leave = False
        self._answered = True
        self._screen: Screen | None = None
        self._devices: tuple[tuple[str, str], ...] = ()
        self._busy = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PROGRESS_AFTER_MS)
        self._wait.timeout.connect(self._on_busy)
        self.setObjectName("desk")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        # a text that is too long must never make the window larger than the screen
        root.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._root = root
        self.resize(1920, 1080)
        self._look = look_for(self._words, self.width())
        self._build()
        self._bind_keys()

    # --- what the runner and the app tell

    def show_step(self, ticket: int, step: Ask[Any]) -> None:
        """Draw the state of one Ask; the last one is gone. TypeError: not a step of a window."""
        self._wait.stop()
        self._ticket, self._step, self._ask = ticket, step, step
        self._context = after(self._context, step)
        self._answered = self._may_leave = self._busy = False
        self._draw()

    def renew(self, step: Ask[Any]) -> None:
        """The open question with other answers to choose from; what was typed and ticked stays."""
        self._step = self._ask = step
        self._rebuild()

    def show_act(self, ticket: int, act: Act[Any], may_leave: bool) -> None:
        """Say what is being done, once it takes longer than a moment."""
        self._ticket, self._step = ticket, act
        self._may_leave, self._answered = may_leave, not may_leave
        self._copy.draw(customer_view(self._context, act, self._words))
        if self._busy:
            self._on_busy()
        elif not self._wait.isActive():
            self._wait.start()

    def set_devices(self, devices: Sequence[tuple[str, str]]) -> None:
        """(name, state) of each device in the words of `core.ports.DeviceHealth`."""
        self._devices = tuple(devices)
        self._status.draw(self._devices)

    def set_place(self, place: Place) -> None:
        """The backend told what this window is called."""
        self._place = place
        self._rebuild()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Another language, live; what was typed and ticked stays."""
        self._words = catalogue
        self._rebuild()

    # --- building

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._keys.setGeometry(self.rect())
        if look_for(self._words, self.width()).scale != self._look.scale:
            self._rebuild()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 0)

    def _build(self) -> None:
        look = self._look
        self.setStyleSheet(stylesheet(look))
        self._top = TopBar(look, self._place, self._clock)
        self._top.lock.clicked.connect(lambda: self._say("lock", ""))
        self._top.scan.textEdited.connect(self.touched_anywhere)
        self._queue = QueueColumn(look, lambda number: self._say("queue", number))
        self._centre, self._side = QVBoxLayout(), QVBoxLayout()
        self._copy = CustomerCopy(look, look.text(self._place.window))
        self._right = QWidget()
        self._right.setFixedWidth(look.px(440))
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(look.px(14))
        right.addLayout(self._side, 1)
        right.addWidget(self._copy)
        middle = QHBoxLayout()
        set_margins(middle, look, 16, 14, 14)
        middle.addWidget(self._queue)
        middle.addLayout(self._centre, 1)
        middle.addWidget(self._right)
        self._status = StatusBar(look)
        self._status.draw(self._devices)
        self._root.addWidget(self._top)
        self._root.addLayout(middle, 1)
        self._root.addWidget(self._status)
        self._keys = KeyList(look, self)
        self._keys.close_button.clicked.connect(self._close_list)
        self._keys.setGeometry(self.rect())

    def _rebuild(self) -> None:
        """The whole page for another look; a part never changes its own."""
        typed = {line.objectName(): line.text() for line in self._kept(QLineEdit)}
        ticked = {box.objectName(): box.isChecked() for box in self._kept(QCheckBox)}
        clear(self._root)
        self._keys.deleteLater()
        self._look = look_for(self._words, self.width())
        self._build()
        if self._ask is None:
            return
        self._draw()
        for line in self._kept(QLineEdit):
            line.setText(typed.get(line.objectName(), ""))
        for box in self._kept(QCheckBox):
            box.setChecked(ticked.get(box.objectName(), False))

    def _kept(self, kind: type[_Kind]) -> list[_Kind]:
        return [child for child in self.findChildren(kind) if child.objectName()]

    def _draw(self) -> None:
        ask, context = self._ask, self._context
        assert ask is not None
        at_desk, signed_in = isinstance(ask, Desk), not isinstance(ask, SignIn)
        self._keys.hide()
        self._top.draw(context.operator, at_desk=at_desk)
        self._queue.setVisible(signed_in)
        self._right.setVisible(signed_in)
        self._draw_queue(ask)
        self._copy.draw(customer_view(context, self._step or ask, self._words))
        self._put(self._state(ask))
        if self._busy:
            self._on_busy()

    def _draw_queue(self, step: Step[Any]) -> None:
        patient = self._context.patient
        self._queue.draw(
            self._context.queue,
            keys_of(step, self._may_leave, self._words),
            patient.patient_id if patient else "",
            open_=isinstance(step, Desk),
        )

    def _state(self, ask: Ask[Any]) -> Screen:
        look, say = self._look, self._say
        match ask:
            case SignIn():
                return sign_in(look, ask, say)
            case Desk():
                return desk(look, ask, say)
            case ServePatient():
                return serve_patient(look, ask, say)
            case ConfirmQuote():
                return confirm_quote(look, ask, say)
            case ShowPaymentCode():
                return show_payment_code(look, ask, self._context, say)
            case ChooseRefundLines():
                return choose_refund_lines(look, ask, say)
            case ReviewPlan():
                return review_plan(look, ask, say)
            case ShowOutcome():
                return show_outcome(look, ask, say)
            case WorkSheet():
                return work_sheet(look, ask, say, self._on_reckoned)
        raise TypeError(f"no state of the page for {type(ask).__name__}")

    def _put(self, screen: Screen) -> None:
        self._screen = screen
        for layout, widget in ((self._centre, screen.centre), (self._side, screen.side)):
            clear(layout)
            layout.addWidget(widget)
        for line in screen.fields:
            line.textEdited.connect(self.touched_anywhere)
        for view in (screen.fees, screen.rows):
            if view is not None:
                view.selectionModel().currentChanged.connect(self.touched_anywhere)
        self._focus()

    def _focus(self) -> None:
        """Somewhere on the page always, or Tab and the keys would go nowhere."""
        scan = self._top.scan
        usual = [self._screen.focus] if self._screen is not None else []
        others = [] if scan.isEnabled() else self._open_controls()
        open_ = (one for one in (*usual, *others, scan) if one is not None and one.isEnabled())
        next(open_, self).setFocus()

    def _open_controls(self) -> list[QWidget]:
        """Of the state that is shown, in its order."""
        parts = [self._screen.centre, self._screen.side] if self._screen is not None else []
        inside = (one for part in parts for one in part.findChildren(QWidget))
        reachable = Qt.FocusPolicy.TabFocus
        return [one for one in inside if one.isEnabled() and one.focusPolicy() & reachable]

    def _on_busy(self) -> None:
        """The right side tells what is done; the middle stays and cannot be pressed."""
        act = self._step
        assert isinstance(act, Act)
        self._busy = True
        self._draw_queue(act)
        clear(self._side)
        side = progress(self._look, act, self._may_leave, self._say)
        self._side.addWidget(side)
        centre = self._screen.centre if self._screen else QWidget()
        self._screen = Screen(centre, side, "leave" if self._may_leave else "")

    def _on_reckoned(self, step: WorkSheet) -> None:
        """What was typed changes what the patient sees."""
        self._copy.draw(customer_view(self._context, step, self._words))
        self.reckoned.emit(self._ticket, step)

    # --- answering

    def _say(self, word: str, value: str) -> None:
        if self._answered or not self._keys.isHidden() or not self._understood(word, value):
            return
        self._answered = True
        self.said.emit(self._ticket, word, value)

    def _understood(self, word: str, value: str) -> bool:
        match self._step:
            case Ask() as ask:
                return ask.touched(Touch(word, value)) is not None
            case Act():
                return word == "leave" and self._may_leave
        return False

    # --- keys

    def _bind_keys(self) -> None:
        table: list[tuple[str, Callable[[], None]]] = [
            ("F1", self._on_search),
            ("F2", lambda: self._on_choice(0)),
            ("F4", self._on_past),
            ("F5", lambda: self._say("refresh", "")),
            ("F8", self._on_primary),
            ("F9", lambda: self._say("works", "")),
            ("F10", lambda: self._say("lock", "")),
            *((key, partial(self._on_work, key)) for key in WORK_KEYS),
            (PART_KEY, self._on_part),
            ("Ctrl+F", self._on_filter),
            ("Return", self._on_enter),
            ("Enter", self._on_enter),
            ("Ctrl+A", self._on_tick_all),
            ("Ctrl+L", self.language_called.emit),
            ("Ctrl+D", self._on_maintenance),
        ]
        for digit in range(1, 10):
            table.append((f"Alt+{digit}", partial(self._on_choice, digit - 1)))
            table.append((str(digit), partial(self._on_digit, digit - 1)))
        for key, handler in table:
            self._bind(key, partial(self._unless_listing, handler))
        self._bind("F12", self._on_list)
        self._bind("Esc", self._on_escape)

    def _bind(self, key: str, handler: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        # a key that is held down must not confirm what its first press only asked
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.touched_anywhere)
        shortcut.activated.connect(handler)

    def _unless_listing(self, handler: Callable[[], None]) -> None:
        if self._keys.isHidden():
            handler()

    def _on_list(self) -> None:
        if not self._keys.isHidden():
            self._close_list()
            return
        self._keys.show()
        self._keys.raise_()
        self._keys.close_button.setFocus()

    def _close_list(self) -> None:
        self._keys.hide()
        self._focus()

    def _on_escape(self) -> None:
        screen = self._screen
        if not self._keys.isHidden():
            self._close_list()
        elif screen is not None and screen.twice is not None and screen.twice.is_armed:
            screen.twice.disarm()
        elif screen is not None and screen.back:
            self._say(screen.back, "")
        elif isinstance(self._step, Desk):
            self._top.scan.clear()
            self._top.scan.setFocus()

    def _on_maintenance(self) -> None:
        if isinstance(self._step, Desk) and may_maintain(self._step.operator):
            self.maintenance_called.emit()

    def _on_search(self) -> None:
        if self._top.scan.isEnabled():
            self._top.scan.setFocus()
            self._top.scan.selectAll()

    def _on_past(self) -> None:
        if self._screen is not None and self._screen.past:
            self._screen.past[0].click()

    def _on_choice(self, index: int) -> None:
        if isinstance(self._step, Desk):
            choices = self._queue.rows
        else:
            choices = self._screen.choices if self._screen is not None else ()
        if index < len(choices):
            choices[index].click()

    def _on_digit(self, index: int) -> None:
        if isinstance(self._step, ConfirmQuote):
            self._on_choice(index)

    def _on_part(self) -> None:
        if isinstance(self._step, ConfirmQuote):
            self._say("part", "")

    def _on_work(self, key: str) -> None:
        if isinstance(self._step, Desk | ServePatient):
            for offer in self._step.works:
                if offer.key == key:
                    self._say("work", offer.name)

    def _on_filter(self) -> None:
        line = self.findChild(QLineEdit, "filter")
        if isinstance(line, QLineEdit):
            line.setFocus()
            line.selectAll()

    def _on_tick_all(self) -> None:
        if isinstance(self._step, ChooseRefundLines) and self._screen and self._screen.fees:
            self._screen.fees.tick_all()
        elif self._screen is not None and self._screen.rows is not None:
            self._screen.rows.tick_all()

    def _on_primary(self) -> None:
        if self._screen is not None and self._screen.primary is not None:
            self._screen.primary.click()

    def _on_enter(self) -> None:
        """The focused button; else the next empty field; else what is to be done next."""
        focus, screen = self.focusWidget(), self._screen
        if focus is self._top.scan:
            if text := self._top.scan.text().strip():
                self._say("search", text)
        elif isinstance(focus, QPushButton) and not _is_chosen(focus, screen):
            focus.click()
        elif screen is not None:
            empty = next((line for line in screen.fields if _is_missing(line)), None)
            if empty is not None:
                empty.setFocus()
            else:
                self._on_primary()


def _is_missing(line: QLineEdit) -> bool:
    """Empty, and it may not stay so."""
    return not line.text().strip() and line.property("needed") is not False


def _is_chosen(button: QPushButton, screen: Screen | None) -> bool:
    """Enter on it means "go on": it is the next step itself, or a way that is picked already."""
    return button.isChecked() or (screen is not None and button is screen.primary)
