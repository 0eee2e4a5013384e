"""Composition root of the technician's mode: opened by kiosk, by cashier, or alone.

What a reader would get wrong: it works on the same Machine as the mode that opened it, with a
runner of its own; that mode has no journey on its way meanwhile. Alone, it takes the terminal's
lock, so it opens devices only when nobody else holds them.
"""

from __future__ import annotations

import getpass
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from core.audit import AuditEvent
from core.errors import ZhenfuError
from core.flow import Ask, Event, Reason
from core.ports import HealthCardPresent
from core.upkeep.steps import Technician
from devices.ownership import AlreadyRunning
from diagnostics.journeys.session import session
from diagnostics.pages.panel import Panel
from diagnostics.steps import Work
from terminal.launch import MESSAGES, settings_from
from terminal.machine import Machine
from terminal.technicians import hash_pin
from ui.closing import HELD, Closing, run_to_end
from ui.flow_runner import FlowRunner
from ui.fonts import use_font
from ui.text import other_language

_FONT_PX = 16


@dataclass(frozen=True, slots=True)
class Opening:
    """How it was entered. `source`: kiosk, cashier or shell.

    `technician` None: he signs in, with `card` when it was read already. `touch`: no keyboard.
    """

    source: str
    technician: Technician | None = None
    card: str = ""
    touch: bool = False


class Diagnostics(QObject):
    """One session. `ended` is told once, when the page is gone."""

    ended = Signal()

    def __init__(self, machine: Machine, opening: Opening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._machine, self._opening = machine, opening
        self._language = machine.language
        self._technician: Technician | None = None
        self.runner = FlowRunner(machine.routes)
        self.runner.setParent(self)
        self.panel = Panel(
            machine.catalogue(machine.language),
            machine.settings.text("terminal.id"),
            touch=opening.touch,
        )
        self.panel.installEventFilter(self)
        self.runner.ask_shown.connect(self._on_ask)
        self.runner.act_shown.connect(self.panel.show_act)
        self.runner.seconds_left.connect(self.panel.set_seconds_left)
        self.runner.ended.connect(self._on_ended)
        self.runner.broken.connect(self._on_ended)
        self.panel.said.connect(self.runner.said)
        self.panel.touched_anywhere.connect(self.runner.touched)
        self.panel.language_called.connect(self._on_language)

    def open(self) -> None:
        """Show the page over everything and begin."""
        settings = self._machine.settings
        if settings.boolean("terminal.full_screen"):
            self.panel.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
            self.panel.showFullScreen()
        else:
            self.panel.show()
        self.panel.raise_()
        self.panel.activateWindow()
        by_name = not settings.text("maintenance.staff_file")
        opening = self._opening
        self.runner.start(session(opening.technician, opening.card, by_name=by_name))

    def hear(self, event: Event) -> None:
        """From any worker's thread. A patient's card is none of a technician's business."""
        if not isinstance(event, HealthCardPresent) or self._machine.technicians.knows(
            event.number
        ):
            self.runner.tell(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A closed window leaves at the next question."""
        if event.type() is not QEvent.Type.Close or not self.runner.running:
            return False
        event.ignore()
        self.runner.leave(Reason.LEFT)
        return True

    @Slot(int, object)
    def _on_ask(self, ticket: int, ask: Ask[object]) -> None:
        if isinstance(ask, Work) and self._technician is None:
            self._technician = ask.technician
            self._audit(AuditEvent.MAINTENANCE_STARTED)
        self.panel.show_step(ticket, ask)

    @Slot()
    def _on_language(self) -> None:
        """Page and printed reports; the terminal's own language comes back at the end."""
        self._machine.language = other_language(self._machine.language)
        self.panel.set_catalogue(self._machine.catalogue(self._machine.language))

    @Slot(object)
    def _on_ended(self, _value: object) -> None:
        if self._technician is not None:
            self._audit(AuditEvent.MAINTENANCE_ENDED)
        self._machine.language = self._language
        self.panel.removeEventFilter(self)
        self.panel.hide()
        self.panel.deleteLater()
        self.ended.emit()

    def _audit(self, event: AuditEvent) -> None:
        assert self._technician is not None
        facts = {"person": self._technician.number, "source": self._opening.source}
        self._machine.audit(event, facts)


def open_on(
    machine: Machine, opening: Opening, on_ended: Callable[[], None], parent: QObject
) -> Diagnostics:
    """For kiosk and cashier: the page opens at once; `on_ended` deletes the result later."""
    made = Diagnostics(machine, opening, parent)
    made.ended.connect(on_ended)
    made.open()
    return made


def shell_user() -> Technician:
    """Who sits at the shell; the system let him in."""
    user = getpass.getuser()
    return Technician(f"shell:{user}", user)


def technician_line(number: str, name: str, card: str, pin: str) -> str:
    """One technician for the staff file."""
    pairs = (("number", number), ("name", name), ("card", card), ("pin", hash_pin(pin)))
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in pairs]
    return "\n".join(("[[technician]]", *lines))


def ask_technician() -> int:
    """`python -m diagnostics pin`: asks, and prints what belongs into the staff file."""
    number, name, card = (
        input(f"{what}: ").strip() for what in ("Number", "Name", "Health card number")
    )
    pin = getpass.getpass("PIN: ")
    if not (number and card and pin) or pin != getpass.getpass("PIN again: "):
        print("Nothing was made: something is empty, or the PINs differ.", file=sys.stderr)
        return 2
    print(technician_line(number, name, card, pin))
    return 0


def main(arguments: list[str]) -> int:
    """`python -m diagnostics --config FILE`."""
    try:
        settings = settings_from("diagnostics", "Zhenfu, the technician's mode.", arguments)
        application = QApplication(sys.argv[:1])
        use_font(application, _FONT_PX)
        machine = Machine(settings, MESSAGES)
    except AlreadyRunning as error:
        print(error, file=sys.stderr)
        return HELD
    except ZhenfuError as error:
        print(error, file=sys.stderr)
        return 2
    known = settings.text("maintenance.staff_file")
    shown = Diagnostics(machine, Opening("shell", None if known else shell_user()))
    shown.ended.connect(QApplication.exit)
    closing = Closing(shown, lambda: shown.runner)
    signal.signal(signal.SIGTERM, lambda *_: closing.begin())
    machine.start(shown.hear)
    shown.open()
    return run_to_end(application, machine.stop)
