"""Composition root of the kiosk: machine, runner, bridge and window; one patient after another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from core.catalogue import Catalogue
from core.clock import SystemClock
from core.codes import BadgeCode, recognise
from core.flow import Act, Ask, Event, Reason
from core.ports import CardGone, CodeScanned, HealthCardPresent
from core.settings import Settings
from core.steps import Identify
from devices.fitting import Fitting
from diagnostics.app import Diagnostics, Opening, open_on
from kiosk.front import Front
from kiosk.journeys.attended import Facilities, attended
from kiosk.journeys.services import offers
from kiosk.journeys.visit import visit
from kiosk.reading import Reading
from kiosk.screens.view_identify import READ_AT, READS
from kiosk.screens.view_starting import View, starting_view
from kiosk.steps import ChooseService, Notice, Offer, StaffShown, Terms, Today
from kiosk.views import (
    maintenance_view,
    out_of_service_view,
    progress_view,
    view_of,
)
from terminal.health import CHANGES
from terminal.launch import MESSAGES
from terminal.machine import Machine
from terminal.machine_front import parts_of
from terminal.recovery import START_LIMIT_S
from terminal.voice import TerminalVoice
from terminal.voice_service import DEVICE as VOICE_DEVICE
from terminal.voice_service import VoiceService
from ui.announcements import Announcements
from ui.closing import Closing
from ui.flow_runner import FlowRunner
from ui.tactile import Tactile

log = logging.getLogger(__name__)

_START_LOOK_MS = 200
_HELP_SHOWN_MS = 60_000
_UNHURRIED_SCALE = 2.0
_VOICE = Fitting(VOICE_DEVICE, (), VoiceService)
_STARTING: Callable[[Catalogue], tuple[str, View]] = starting_view


class Kiosk(QObject):
    """The kiosk's window and everything behind it."""

    _health_changed = Signal()
    _technician_came = Signal(object)
    _help_answered = Signal(bool)

    def __init__(
        self,
        settings: Settings,
        *,
        frozen: bool = False,
        start_limit_s: float = START_LIMIT_S,
        front: Front | None = None,
    ) -> None:
        """Raises ZhenfuError when journal, lock or screens cannot be had. `frozen`: no motion.

        `front`: the window, where it is shown already.
        """
        super().__init__()
        beside = (_VOICE,) if settings.text("voice.player") != "none" else ()
        self.machine = Machine(settings, MESSAGES, beside=beside, start_limit_s=start_limit_s)
        self._idle_scale = settings.integer("terminal.idle_percent") / 100
        self.runner = FlowRunner(self.machine.routes, (CardGone(),), self._idle_scale)
        self.runner.setParent(self)
        self._home_language = self.machine.language
        self._front = front or Front(settings, frozen=frozen)
        self.ui, self.engine = self._front.ui, self._front.engine
        self.window = self._front.window
        self._fit(settings)
        self._locked = settings.boolean("terminal.full_screen")
        self.diagnostics: Diagnostics | None = None
        self._closing = Closing(self, lambda: (self.diagnostics or self).runner)
        self.window.installEventFilter(self)
        self._ticket, self._picture = 0, _STARTING
        self.offered: tuple[Offer, ...] = ()
        self._tapping = False
        self._started = QTimer(self)
        self._started.setInterval(_START_LOOK_MS)
        self._started.timeout.connect(self._on_starting)
        self._help_over = QTimer(self)
        self._help_over.setSingleShot(True)
        self._help_over.setInterval(_HELP_SHOWN_MS)
        self._help_over.timeout.connect(lambda: self.ui.set_help(""))
        self.voice = TerminalVoice(settings, SystemClock())
        self._reading = Reading(self.ui, self.voice, settings.boolean("voice.headphones"), self)
        Tactile(self.ui, self.window).focused.connect(self._reading.on_focused)
        self.announcements = Announcements(self.machine.routes, self.ui, self._at_home, self)
        self._wire()

    def start(self) -> None:
        """Show "starting", start the machine; home opens after recovery, in 30 s at the latest."""
        self._draw(0, starting_view)
        self.machine.start(self._hear)
        self._started.start()

    def stop(self) -> bool:
        """Workers down within a limit; False when one had to be left behind."""
        self.window.removeEventFilter(self)
        self.voice.close()
        return self.machine.stop()

    @Slot()
    def close(self) -> None:
        """Leave at the next Ask; at the latest after a limit."""
        self._closing.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A window that is closed would end the program in the middle of an Act: refused.

        Nobody closes the one that covers the screen; the service that started it does (H04).
        """
        if self._locked and event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return self._closing.refused(event)

    def _fit(self, settings: Settings) -> None:
        """What is not fitted is neither drawn nor asked for."""
        parts = parts_of(settings)
        self.ui.set_front([{"id": p.name, "row": p.row, "column": p.column} for p in parts])
        names = {part.name for part in parts}
        self._absent = frozenset(kind for kind, part in READ_AT.items() if part not in names)

    def _wire(self) -> None:
        runner, ui = self.runner, self.ui
        runner.ask_shown.connect(self._on_ask)
        runner.act_shown.connect(self._on_act)
        runner.ended.connect(self._on_ended)
        runner.broken.connect(self._on_broken)
        runner.seconds_left.connect(lambda seconds: ui.set_seconds_left(max(0, seconds)))
        ui.said.connect(runner.said)
        ui.more_time.connect(runner.touched)
        ui.touched_anywhere.connect(runner.touched)
        ui.help_called.connect(self._on_help)
        self._help_answered.connect(self._on_help_answered)
        ui.language_changed.connect(self._on_language)
        ui.tokens_changed.connect(self._on_modes)
        ui.maintenance_called.connect(self.maintain)
        self._health_changed.connect(self._on_health)
        self._technician_came.connect(self._on_technician)

    def _hear(self, event: Event) -> None:
        """From any worker's thread. A technician's card is nobody's visit."""
        if self.diagnostics is not None:
            self.diagnostics.hear(event)
        if isinstance(event, HealthCardPresent) and self.machine.technicians.knows(event.number):
            self._technician_came.emit(event)
        else:
            staff = self._badge(event)
            self.runner.tell(StaffShown(staff) if staff else event)
        if isinstance(event, CHANGES):
            self._health_changed.emit()

    def _badge(self, event: Event) -> str:
        """Whose badge was shown, as a card or as a code; "" for everything else."""
        match event:
            case HealthCardPresent(number=number):
                return self.machine.technicians.helper(number)
            case CodeScanned(text):
                found = recognise(text)
                return found.staff if isinstance(found, BadgeCode) else ""
        return ""

    @Slot()
    def _on_starting(self) -> None:
        recovery = self.machine.recovery
        ready = recovery.finished.is_set() and self.machine.health.told()
        if ready or recovery.late:
            self._started.stop()
            self._next_patient()
            self.announcements.look()

    def _next_patient(self) -> None:
        if self._closing.begun:
            QApplication.exit()
        elif self.diagnostics is not None:
            self._draw(0, maintenance_view)
        elif self.machine.keeper.broken:
            self._draw(0, lambda _: out_of_service_view("journal_broken", _))
        else:
            self.machine.begin_session()
            self.offered = self._offers()
            self.runner.start(attended(visit(self._today), self._facilities))

    def _today(self) -> Today:
        return Today(self._notice(), self._terms(), self.offered)

    def _facilities(self) -> Facilities:
        """A provider of faces is set where the backend names it among the functions."""
        well = {name for name, state in self.machine.health.states() if state == "ok"}
        return Facilities(
            "nfc" in well,
            "camera" in well and "face" in self._terms().functions,
            any(offer.name == "survey" and not offer.missing for offer in self.offered),
            self._absent,
            frozenset(kind for kind, part in READ_AT.items() if self._is_broken(part)),
        )

    def _is_broken(self, part: str) -> bool:
        health = self.machine.health
        return health.told() and health.missing(READS[part]) not in ("", "not_fitted")

    def _offers(self) -> tuple[Offer, ...]:
        health = self.machine.health
        return offers(self._terms(), lambda one: health.lacks(one.devices, one.blocked_by))

    def _terms(self) -> Terms:
        signed_on = self.machine.signed_on
        if signed_on is None:
            return Terms()
        return Terms(signed_on.functions, signed_on.prepay_allowed)

    def _notice(self) -> Notice:
        signed_on = self.machine.signed_on
        if signed_on is None:
            return Notice("", "", "", "", "")
        title, text = signed_on.notice_title, signed_on.notice_text
        return Notice(signed_on.notice_version, title.zh, title.en, text.zh, text.en)

    @Slot()
    def _on_health(self) -> None:
        """Home alone depends on it; a patient in the middle of something is not disturbed, nor is
        whoever stands before home: language, modes and a press on its way stay."""
        self.ui.set_online(dict(self.machine.health.states())["backend"] == "ok")
        if not isinstance(self.runner.step, ChooseService):
            return
        offered, self.offered = self.offered, self._offers()
        if self.machine.keeper.broken:
            self.runner.leave(Reason.SHUTDOWN)
        elif offered != self.offered:
            self.runner.renew(ChooseService(self.offered))

    @Slot(object)
    def _on_technician(self, event: HealthCardPresent) -> None:
        """At home it opens the machine; in the middle of a visit it is a badge like any other."""
        if not self.maintain(event.number):
            self.runner.tell(StaffShown(self._badge(event)))

    def _at_home(self) -> bool:
        """Nobody is being served."""
        return isinstance(self.runner.step, ChooseService) or not self.runner.running

    @Slot()
    def maintain(self, card: str = "") -> bool:
        """Open the technician's mode; False while somebody is being served, or it is open."""
        if self.diagnostics is not None or self._closing.begun or not self._at_home():
            return False
        opening = Opening("kiosk", card=card, touch=True)
        self.diagnostics = open_on(self.machine, opening, self._on_maintained, self)
        if self.runner.running:
            self.runner.leave(Reason.SHUTDOWN)
        else:
            self._draw(0, maintenance_view)
        return True

    @Slot()
    def _on_maintained(self) -> None:
        assert self.diagnostics is not None
        self.diagnostics.deleteLater()
        self.diagnostics = None
        self.window.requestActivate()  # without a window manager nobody gives the keys back
        if self._started.isActive() and not self._closing.begun:
            self._draw(0, starting_view)
        else:
            self._next_patient()

    @Slot()
    def _on_help(self) -> None:
        """The bell: the screen says that staff were told when the backend has said so."""
        if self.ui.property("help") in ("calling", "told"):
            return
        self.ui.set_help("calling")
        self.machine.call_staff(str(self.ui.property("screen")), self._help_answered.emit)

    @Slot(bool)
    def _on_help_answered(self, told: bool) -> None:
        self.ui.set_help("told" if told else "failed")
        self._help_over.start()

    @Slot(int, object)
    def _on_ask(self, ticket: int, ask: Ask[Any]) -> None:
        self._tap(isinstance(ask, Identify) and ask.tap)
        self._draw(ticket, lambda _: view_of(ask, _))

    @Slot(int, object, bool)
    def _on_act(self, ticket: int, act: Act[Any], _may_leave: bool) -> None:
        self._tap(offered=False)
        self._draw(ticket, lambda _: progress_view(act, _))

    def _tap(self, offered: bool) -> None:
        if offered != self._tapping:
            self._tapping = offered
            self.machine.offer_tap(offered)

    def _draw(self, ticket: int, picture: Callable[[Catalogue], tuple[str, View]]) -> None:
        self._ticket, self._picture = ticket, picture
        self.ui.show(ticket, *picture(self.ui.catalogue))

    @Slot()
    def _on_language(self) -> None:
        """The same screen in the other language; slips follow."""
        self.machine.language = self.ui.catalogue.language
        self._draw(self._ticket, self._picture)

    @Slot()
    def _on_modes(self) -> None:
        """Whoever reads large text, or wants it calm, has more time for everything (W40)."""
        modes = self.ui.modes
        unhurried = _UNHURRIED_SCALE if modes.calm or modes.large else 1.0
        self.runner.stretch(self._idle_scale * unhurried)

    @Slot(object)
    def _on_ended(self, value: object) -> None:
        self._forget(value.value if isinstance(value, Reason) else "done")
        self._next_patient()

    @Slot(object)
    def _on_broken(self, _error: object) -> None:
        self._forget("broken")
        self._draw(0, lambda _: out_of_service_view("other", _))

    def _forget(self, how: str) -> None:
        """Nothing of this patient stays: modes and language go back, the view is replaced."""
        self._tap(offered=False)
        self.machine.end_session(how)
        self._draw(0, starting_view)
        self.ui.reset()
        if self.ui.catalogue.language != self._home_language:
            self.ui.set_language(self._home_language)
