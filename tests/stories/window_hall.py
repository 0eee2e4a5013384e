"""The staffed window of the stories, and everybody who works at it or comes to it.

What a reader would get wrong: the window stays signed in between stories; `as_operator` changes who
sits there when a story needs somebody else, and each story leaves it at the desk.
"""

from __future__ import annotations

import json

from cast import Guest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from cashier.pages.row_table import RowView
from cashier.steps import Desk
from cashier.steps.sheet import WorkSheet
from core.flow import Ask
from core.phrase import spoken
from sandbox.house import House
from sandbox.player.auditor import audit_operations
from sandbox.player.hands import let_live, wait_until
from sandbox.player.window_story import WindowStage
from terminal.launch import MESSAGES
from ui.text import catalogues

CASHIER, CHIEF, SUPERVISOR = "2107", "2101", "2102"
REVIEWER, TECHNICIAN, FINANCE, AUDITOR = "2201", "2301", "2401", "2501"
_WORDS_LIMIT_S = 10.0


class WindowHall:
    """One window for many stories; each begins and ends at the desk."""

    def __init__(self, house: House, stage: WindowStage) -> None:
        self.house, self.stage = house, stage
        self._operator = ""

    # --- who sits there

    def as_operator(self, number: str = CASHIER) -> None:
        """This member of staff sits at the desk; nothing when they already do."""
        if self._operator == number:
            return
        if self._operator:
            self.key(Qt.Key.Key_F10)
            self.stage.arrive("SignIn")
        self.type("sign_in_operator", number)
        self.type("sign_in_password", f"demo-{number}")
        self.press("sign_in")
        self._without_a_drawer()
        self._operator = number

    def _without_a_drawer(self) -> None:
        """A cashier is offered the float's count first; stories of the drawer do it themselves."""
        step = self.stage.step
        wait_until(lambda: isinstance(step(), Desk | WorkSheet), 20, "the desk or an offer")
        if isinstance(step(), WorkSheet):
            self.sheet("Open the shift")
            self.do("later")
        self.stage.arrive("Desk")

    def signed_out(self) -> None:
        """Whoever sat there was signed out by a story."""
        self._operator = ""

    # --- whom is served

    def serve(self, who: Guest) -> None:
        """Find a guest by the ID card's number; their file is open."""
        self.scan(who.person.id_number, typed=True)
        self.stage.arrive("ServePatient")

    def scan(self, text: str, *, typed: bool = False) -> None:
        """Hold a code before the scanner, or type it into the line that takes anything."""
        if not typed:
            self.stage.units.ask("scanner", "show", text=text)
            return
        self.key(Qt.Key.Key_F1)
        self.type("scan", text)
        self.key(Qt.Key.Key_Return)

    def leave(self) -> None:
        """Esc until the desk is there; an Act under way is no page that could be left."""
        for _ in range(6):
            wait_until(lambda: isinstance(self.stage.step(), Ask), _WORDS_LIMIT_S, "a page")
            if type(self.stage.step()).__name__ == "Desk":
                return
            ticket = self.stage.window.runner.ticket
            self.key(Qt.Key.Key_Escape)
            wait_until(
                lambda before=ticket: self.stage.window.runner.ticket != before,  # type: ignore[misc]
                _WORDS_LIMIT_S,
                "the step after Esc",
            )
            let_live(30)
        self.stage.arrive("Desk")

    # --- works

    def work(self, name: str) -> None:
        """Begin a work from the list of F9, at the desk or while somebody is served."""
        self.key(Qt.Key.Key_F9)
        self.sheet("All work")
        self.take_row(name)
        self.do("begin")

    def sheet(self, title: str) -> WorkSheet:
        """Wait for the page of a work with this title (English)."""
        step = None

        def there() -> bool:
            nonlocal step
            step = self.stage.step()
            return isinstance(step, WorkSheet) and self._read(step.title) == title

        try:
            wait_until(there, 20, f"the sheet {title}")
        except TimeoutError as late:
            raise AssertionError(f"{title} is not there, but {step}") from late
        let_live(30)
        assert isinstance(step, WorkSheet)
        return step

    def take_row(self, key: str) -> None:
        """Make this row of the table the current one."""
        view = self._view()
        model = view.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(Qt.ItemDataRole.UserRole).key == key:
                view.setCurrentIndex(index)
                return
        raise AssertionError(f"no row {key}")

    def row_with(self, text: str) -> str:
        """Key of the first row that holds this text."""
        model = self._view().model()
        for row in range(model.rowCount()):
            cells = (str(model.index(row, c).data()) for c in range(model.columnCount()))
            if text in "\n".join(cells):
                return str(model.index(row, 0).data(Qt.ItemDataRole.UserRole).key)
        raise AssertionError(f"no row with {text}:\n{self.words()}")

    def tick(self, *keys: str) -> None:
        """Tick rows with the space bar."""
        for key in keys:
            self.take_row(key)
            QTest.keyClick(self._view(), Qt.Key.Key_Space)

    def fill(self, **fields: str) -> None:
        """Type into lines, choose, tick ("yes")."""
        for name, text in fields.items():
            widget = self._control(f"field_{name}")
            if isinstance(widget, QLineEdit):
                widget.clear()
                self.type(f"field_{name}", text)
            elif isinstance(widget, QComboBox):
                place = widget.findData(text)
                assert place >= 0, f"{name} has no choice {text}"
                widget.setCurrentIndex(place)
            else:
                self.press(f"field_{name}")

    def do(self, word: str) -> None:
        """Press an action; twice where it must be."""
        name = f"do_{word}"
        button = self._control(name)
        if button.property("ready") is not None:
            self.stage.hand.press_twice(name)
        else:
            self.press(name)

    # --- hands and eyes

    def press(self, name: str) -> None:
        """A control by its name."""
        self.stage.hand.press(name)

    def type(self, name: str, text: str) -> None:
        """Into a line by its name."""
        self.stage.hand.type(name, text)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, where the focus is."""
        self.stage.hand.key(key, held)

    def words(self) -> str:
        """Everything that can be read on the page, tables too."""
        page = self.stage.window.page
        shown = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
        for view in page.findChildren(RowView):
            model = view.model()
            shown += [
                str(model.index(r, c).data())
                for r in range(model.rowCount())
                for c in range(model.columnCount())
            ]
        return "\n".join(shown)

    def reads(self, *sentences: str) -> None:
        """The cashier can read each of them now, or within a moment."""
        try:
            wait_until(
                lambda: all(one in self.words() for one in sentences),
                _WORDS_LIMIT_S,
                f"{sentences}",
            )
        except TimeoutError as late:
            raise AssertionError(f"{sentences} cannot be read in:\n{self.words()}") from late

    def is_off(self, name: str) -> bool:
        """The control is there and cannot be pressed."""
        found = self.stage.window.page.findChild(QPushButton, name)
        return isinstance(found, QPushButton) and not found.isEnabled()

    def customer_reads(self) -> str:
        """What the patient's screen says, as its copy on the page."""
        return json.dumps(self._copy(), ensure_ascii=False)

    def agree(self) -> None:
        """What the outside recorded and what this window says is the same."""
        operations = self.stage.window.machine.operations()
        sums = audit_operations(self.house, operations)
        assert sums.disagreements == []
        assert sums.agree

    def _copy(self) -> list[str]:
        page = self.stage.window.page
        copies = [one for one in page.findChildren(QWidget) if one.property("role") == "copy"]
        return [label.text() for one in copies for label in one.findChildren(QLabel)]

    def _view(self) -> RowView:
        view = self.stage.window.page.findChild(RowView)
        assert isinstance(view, RowView), f"no table:\n{self.words()}"
        return view

    def _control(self, name: str) -> QWidget:
        wait_until(
            lambda: self.stage.window.page.findChild(QWidget, name) is not None,
            _WORDS_LIMIT_S,
            f"the control {name}",
        )
        found = self.stage.window.page.findChild(QWidget, name)
        assert isinstance(found, QWidget)
        return found

    def _read(self, phrase: object) -> str:
        return spoken(phrase, catalogues(MESSAGES)["en"])  # type: ignore[arg-type]  # a Phrase
