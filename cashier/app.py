"""Composition root of the window: machine, runner and its one page; one shift after another."""

from __future__ import annotations

import logging
import signal
import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from cashier.customer import Customer
from cashier.journeys.shift import shift
from cashier.pages.desk import DeskPage
from cashier.pages.keys import may_maintain
from cashier.pages.top_bar import Place
from cashier.steps import Desk, SignIn
from cashier.steps.sheet import WorkSheet
from core.billing import Text
from core.errors import ZhenfuError
from core.flow import Ask, Event, Reason
from core.ports import CardGone, DrawerChanged
from core.settings import Settings
from core.upkeep.steps import Technician
from diagnostics.app import Diagnostics, Opening, open_on
from terminal.health import CHANGES
from terminal.launch import MESSAGES, settings_from
from terminal.machine import Machine
from ui.closing import Closing, run_to_end
from ui.flow_runner import FlowRunner
from ui.fonts import use_font
from ui.text import Translator, catalogues, other_language

log = logging.getLogger(__name__)

_START_LOOK_MS = 200
_FONT_PX = 16


class Window(QObject):
    """The window's page and everything behind it."""

    _health_changed = Signal()

    def __init__(self, settings: Settings) -> None:
        """Raises ZhenfuError when the journal or the terminal's lock cannot be had."""
        super().__init__()
        self.machine = Machine(settings, MESSAGES)
        self.runner = FlowRunner(self.machine.routes, (CardGone(),))
        self.runner.setParent(self)
        self._catalogues = catalogues(MESSAGES)
        self._translator = Translator(self._catalogues, self.machine.language)
        self._translator.install()
        text = settings.text
        place = Text(text("hospital.place_zh"), text("hospital.place_en"))
        name = Text(text("terminal.id"), text("terminal.id"))
        hospital = Text(text("hospital.name_zh"), text("hospital.name_en"))
        self.page = DeskPage(self._translator.catalogue, Place(place, hospital, name))
        self.page.installEventFilter(self)
        number = settings.integer("display.customer_screen")
        touch = settings.boolean("display.customer_touch")
        self.customer = Customer(number, self._translator.catalogue, place, touch=touch)
        self.diagnostics: Diagnostics | None = None
        self._drawer_open = False
        self._in_hand_fen = 0
        self._closing = Closing(self, lambda: (self.diagnostics or self).runner)
        self._started = QTimer(self)
        self._started.setInterval(_START_LOOK_MS)
        self._started.timeout.connect(self._on_starting)
        self._wire()

    def start(self) -> None:
        """Start the machine; the shift begins after recovery, in 30 s at the latest."""
        self.machine.start(self._hear)
        self._started.start()

    def stop(self) -> bool:
        """Workers down within a limit; False when one had to be left behind."""
        self.page.removeEventFilter(self)
        return self.machine.stop()

    @Slot()
    def close(self) -> None:
        """Leave at the next Ask; at the latest after a limit."""
        self._closing.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A page that is closed would end the program in the middle of an Act: refused."""
        return watched is self.page and self._closing.refused(event)

    def _wire(self) -> None:
        runner, page = self.runner, self.page
        runner.ask_shown.connect(self._on_ask)
        runner.act_shown.connect(page.show_act)
        runner.ask_shown.connect(self.customer.show_step)
        runner.act_shown.connect(self.customer.show_step)
        page.reckoned.connect(self.customer.show_step)
        self.customer.changed.connect(self._on_customer)
        self.customer.said.connect(runner.said)
        runner.ended.connect(self._on_ended)
        runner.broken.connect(self._on_ended)
        page.said.connect(runner.said)
        page.touched_anywhere.connect(runner.touched)
        page.language_called.connect(self._on_language)
        page.maintenance_called.connect(self.maintain)
        self._health_changed.connect(self._on_health)

    @Slot(int, object)
    def _on_ask(self, ticket: int, ask: Ask[Any]) -> None:
        self.page.show_step(ticket, self._offered(ask))

    def _offered(self, ask: Ask[Any]) -> Ask[Any]:
        """A signature is offered where the patient could write it now."""
        if isinstance(ask, WorkSheet) and not self.customer.takes_ink:
            return ask.without_pad()
        return ask

    @Slot()
    def _on_customer(self) -> None:
        """The patient's screen came or went."""
        self._on_health()
        step = self.runner.step
        if isinstance(step, WorkSheet) and step != step.without_pad():
            self.page.renew(self._offered(step))

    def _hear(self, event: Event) -> None:
        """From any worker's thread."""
        if self.diagnostics is not None:
            self.diagnostics.hear(event)
        self.runner.tell(event)
        if isinstance(event, DrawerChanged):
            self._drawer_open = event.is_open
        if isinstance(event, (*CHANGES, DrawerChanged)):
            self._health_changed.emit()

    @Slot()
    def _on_starting(self) -> None:
        recovery = self.machine.recovery
        if recovery.finished.is_set() or recovery.late:
            self._started.stop()
            self._next_shift()

    def _next_shift(self) -> None:
        if self.diagnostics is not None and not self._closing.begun:
            return
        if self._closing.begun or self.machine.keeper.broken:
            QApplication.exit()
            return
        self.machine.begin_session()
        self.runner.start(shift(self._in_hand_fen))

    @Slot()
    def maintain(self) -> None:
        """Ctrl+D at the desk: the shift ends, and the technician's mode opens for its operator."""
        step = self.runner.step
        if self._closing.begun or not (isinstance(step, Desk) and may_maintain(step.operator)):
            return
        operator = step.operator
        opening = Opening("cashier", Technician(operator.operator, operator.name))
        self.diagnostics = open_on(self.machine, opening, self._on_maintained, self)
        self.runner.leave(Reason.SHUTDOWN)
        for shown in (self.page, self.customer):
            shown.show_step(0, SignIn())

    @Slot()
    def _on_maintained(self) -> None:
        assert self.diagnostics is not None
        self.diagnostics.deleteLater()
        self.diagnostics = None
        self._next_shift()

    @Slot()
    def _on_health(self) -> None:
        drawer = (("cash_drawer", "open"),) if self._drawer_open else ()
        states = (*self.machine.health.states(), *self.customer.states(), *drawer)
        self.page.set_devices(states)

    @Slot()
    def _on_language(self) -> None:
        language = other_language(self.machine.language)
        self.machine.language = language
        self._translator.use(language)
        self.page.set_catalogue(self._catalogues[language])
        self.customer.set_catalogue(self._catalogues[language])

    @Slot(object)
    def _on_ended(self, value: object) -> None:
        self._in_hand_fen = value if isinstance(value, int) else 0
        self.machine.end_session(value.value if isinstance(value, Reason) else "done")
        self._next_shift()


def main(arguments: list[str]) -> int:
    """`python -m cashier --config FILE`."""
    try:
        settings = settings_from("cashier", "Zhenfu, the staffed window.", arguments)
        application = QApplication(sys.argv[:1])
        use_font(application, _FONT_PX)
        window = Window(settings)
    except ZhenfuError as error:
        print(error, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    if settings.boolean("terminal.full_screen"):
        window.page.showFullScreen()
    else:
        window.page.show()
    window.start()
    return run_to_end(application, window.stop)
