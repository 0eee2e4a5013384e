"""The banknote acceptor as the terminal uses it, whatever protocol is behind it.

A note is offered and kept in escrow until `take_note` or `return_note`, and returned when nobody
decides. What a reader would get wrong: `NoteTaken` is the only credit, it comes once for a note,
and after `Unknown` it comes as an event if it still comes. Nothing is kept on disk here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.clock import Clock, SystemClock
from core.flow import Event
from core.ports import (
    DeviceTrouble,
    Done,
    NoteLost,
    NoteOffered,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)
from core.settings import Settings
from devices.cash.notes import Condition, NoteDriver
from devices.cash.path import Note, NotePath, Stage
from devices.cash.settings import SETTINGS, connect_from, contradictions
from devices.checks import LINE, Check, Fact, Finding, Identity, failed, failed_because, passed
from devices.errors import DeviceError, DeviceRefused, ProtocolError
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, trouble

__all__ = ["SETTINGS", "BanknoteAcceptor", "CashLimits", "contradictions", "open_from"]
DEVICE = "cash"
CALM_LOOKS = 2
GIVE_UP_LOOKS = 15
ANY_FEN = 10**9
_REASONS = {
    Condition.JAMMED: TroubleReason.JAM,
    Condition.BROKEN: TroubleReason.HARDWARE_ERROR,
    Condition.BOX_OUT: TroubleReason.BOX_REMOVED,
    Condition.BOX_FULL: TroubleReason.BIN_FULL,
    Condition.PATH_OPEN: TroubleReason.COVER_OPEN,
}
NoteEnd = NoteTaken | NoteReturned | DeviceTrouble | Unknown


@dataclass(frozen=True, slots=True)
class CashLimits:
    """How often it is asked, and how long a motion may take."""

    look_s: float = 0.2
    keep_s: float = 1.0
    stack_s: float = 10.0
    disable_s: float = 6.0
    test_note_s: float = 30.0


class BanknoteAcceptor:
    """All calls in one thread."""

    def __init__(
        self,
        connect: Callable[[], NoteDriver],
        *,
        escrow_s: int = 10,
        overpay_fen: int = 0,
        limits: CashLimits | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._open = connect
        self._escrow_s = escrow_s
        self._overpay_fen = overpay_fen
        self._limits = limits or CashLimits()
        self._link: Link[NoteDriver] = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._path = NotePath(clock or SystemClock())
        self._next_look = 0.0
        self._next_keep = 0.0
        self._held_until = 0.0

    def enable(
        self, due_fen: int, *, least_fen: int = 0, exact: bool = False
    ) -> NotesAllowed | DeviceTrouble | Unknown:
        """Let in the denominations that may still be taken for what is due, and no others.

        `least_fen`: the smallest; `exact`: no overpaying, whatever is set. Called again after each
        note with what is left. After a lost line or a power cut of the acceptor it is disabled
        (`DeviceHealth` tells) and must be enabled anew.
        """
        try:
            driver = self._ready()
        except DeviceError as error:
            return self._lost(error)
        if self._path.note is not None:
            return DeviceTrouble(DEVICE, TroubleReason.BUSY.value)
        hindrance = self._hindrance()
        if hindrance is not None:
            return hindrance
        most = due_fen if exact else due_fen + self._overpay_fen
        allowed = tuple(fen for fen in driver.denominations_fen if least_fen <= fen <= most)
        try:
            if allowed:
                driver.allow(allowed)
            else:
                driver.forbid()
        except DeviceRefused:
            return self._hindrance() or _trouble(TroubleReason.HARDWARE_ERROR)
        except DeviceError as error:
            self._lost(error)
            return Unknown(str(error))
        self._path.allow(allowed)
        return NotesAllowed(allowed)

    def disable(self) -> Done | DeviceTrouble | Unknown:
        """Done: it confirmed that it lets nothing in, and no note is inside.

        A note in escrow is given back; `poll` tells its end.
        """
        try:
            driver = self._ready()
            self._send_back(driver)
            driver.forbid()
            self._path.allow(())
            deadline = time.monotonic() + self._limits.disable_s
            self._path.calm = 0
            while time.monotonic() < deadline:
                self._look(driver)
                if self._path.note is None and self._path.calm >= CALM_LOOKS:
                    return Done()
                if Condition.JAMMED in self._path.conditions:
                    return _trouble(TroubleReason.JAM)
                time.sleep(self._limits.look_s)
        except DeviceRefused:
            return self._hindrance() or _trouble(TroubleReason.HARDWARE_ERROR)
        except DeviceError as error:
            self._lost(error)
            return Unknown(str(error))
        return Unknown("a note is still in the path")

    def take_note(self) -> NoteEnd:
        """Stack the note that was offered. Unknown: taken or not, the acceptor did not say."""
        return self._decide(Stage.TAKING)

    def return_note(self) -> NoteEnd:
        """Give the note that was offered back. It may have been taken all the same."""
        return self._decide(Stage.RETURNING)

    def find(self, offered: NoteOffered) -> NoteTaken | NoteReturned | NoteLost | DeviceTrouble:
        """What became of a note that was offered, perhaps before this program began.

        Its own end when it was seen; else the counter; else what was found at power-up. A note
        that was offered later makes both worthless, and then nobody knows.
        """
        try:
            driver = self._ready()
            note = self._path.note
            if note is not None and self._path.offered == offered:
                self._end_of(driver, note)
            if self._path.note is not None:
                return _trouble(TroubleReason.BUSY)
            return self._path.fate_of(offered, driver.box_count())
        except DeviceError as error:
            return self._lost(error)

    def box_count(self) -> int | DeviceTrouble | None:
        """Notes the acceptor ever stacked, by its own counter; None: it keeps none."""
        try:
            return self._ready().box_count()
        except DeviceError as error:
            return self._lost(error)

    def poll(self) -> list[Event]:
        """What happened to notes and box, and health changes. Returns soon."""
        try:
            self._tend(self._link.driver())
        except DeviceError as error:
            self._link.lost(error)
            return self._path.told() + self._health.now(HealthState.OFFLINE)
        return self._path.told() + self._health.now(_health_of(self._path.conditions))

    def identity(self) -> Identity | DeviceTrouble:
        """Model, firmware and serial number; another serial number is another acceptor."""
        try:
            return self._ready().identity()
        except DeviceError as error:
            return self._lost(error)

    def checks(self) -> tuple[Check, ...]:
        """Line, sensors, box, and a note accepted and returned."""
        return (
            Check(LINE, self._check_line),
            Check("sensors", self._check_sensors),
            Check("box", self._check_box),
            Check("accept_and_return", self._check_accept_and_return, hand="insert_note"),
        )

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _connect(self) -> NoteDriver:
        driver = self._open()
        self._path.connected()
        self._next_look = 0.0
        return driver

    def _ready(self) -> NoteDriver:
        """The open driver, with everything heard that it told when it was started."""
        driver = self._link.driver(hurry=True)
        if self._next_look == 0.0:
            self._look(driver)
        return driver

    def _tend(self, driver: NoteDriver) -> None:
        """Keep a held note, or look."""
        now = time.monotonic()
        note = self._path.note
        if note is not None and note.stage is Stage.OFFERED:
            if now >= self._held_until:
                self._send_back(driver)
            elif now >= self._next_keep:
                self._keep(driver)
        elif now >= self._next_look:
            self._look(driver)
            if self._path.note is not None and self._path.calm >= GIVE_UP_LOOKS:
                self._path.give_up(driver.box_count())

    def _look(self, driver: NoteDriver) -> None:
        """Hear the acceptor, and hold or send back a note that arrived."""
        self._next_look = time.monotonic() + self._limits.look_s
        self._path.hear(driver.look())
        if self._path.has_restarted:
            raise ProtocolError("the acceptor started anew")
        note = self._path.note
        if note is None or note.stage is not Stage.ARRIVED:
            return
        if note.denomination_fen not in self._path.allowed_fen:
            note.stage = Stage.RETURNING
            driver.give_back()
            return
        self._keep(driver)
        if note.stage is Stage.ARRIVED:
            self._path.offer(driver.box_count())
            self._held_until = time.monotonic() + self._escrow_s

    def _keep(self, driver: NoteDriver) -> None:
        """The acceptor's word that no note is held makes us look what became of it."""
        self._next_keep = time.monotonic() + self._limits.keep_s
        try:
            driver.keep()
        except DeviceRefused:
            self._give_back(driver)

    def _send_back(self, driver: NoteDriver) -> None:
        note = self._path.note
        if note is not None and note.stage is Stage.OFFERED:
            self._give_back(driver)

    def _give_back(self, driver: NoteDriver) -> None:
        if self._path.note is not None:
            self._path.note.stage = Stage.RETURNING
        driver.give_back()

    def _decide(self, stage: Stage) -> NoteEnd:
        note = self._path.note
        if note is None or note.stage is not Stage.OFFERED:
            return _trouble(TroubleReason.USER_ERROR)
        try:
            driver = self._ready()
            if note.stage is Stage.OFFERED:
                self._act(driver, note, stage)
            return self._end_of(driver, note)
        except DeviceError as error:
            self._lost(error)
            told = self._path.end_of(note)
            if told is not None:
                return told
            was_asked = note.stage is not Stage.OFFERED
            return Unknown(str(error)) if was_asked else trouble(DEVICE, error)

    def _act(self, driver: NoteDriver, note: Note, stage: Stage) -> None:
        if stage is Stage.RETURNING:
            self._give_back(driver)
            return
        note.stage = stage
        try:
            self._path.hear(driver.accept())
        except DeviceRefused:
            self._give_back(driver)

    def _end_of(self, driver: NoteDriver, note: Note) -> NoteEnd:
        """Look until the acceptor told how the note ended."""
        deadline = time.monotonic() + self._limits.stack_s
        while self._path.note is note and time.monotonic() < deadline:
            if Condition.JAMMED in self._path.conditions:
                return Unknown(TroubleReason.JAM.value)
            time.sleep(self._limits.look_s)
            self._look(driver)
        ended = self._path.end_of(note)
        return ended or Unknown("the acceptor did not say how the note ended")

    def _hindrance(self) -> DeviceTrouble | None:
        for condition, reason in _REASONS.items():
            if condition in self._path.conditions:
                return _trouble(reason)
        return None

    def _lost(self, error: DeviceError) -> DeviceTrouble:
        if not isinstance(error, DeviceRefused):
            self._link.lost(error)
        return trouble(DEVICE, error)

    def _check_line(self) -> Finding:
        try:
            known = self._ready().identity()
        except DeviceError as error:
            self._lost(error)
            return failed(error)
        return passed(
            Fact("model", known.model),
            Fact("firmware", known.firmware),
            Fact("serial", known.serial),
        )

    def _check_sensors(self) -> Finding:
        try:
            driver = self._ready()
            if self._path.note is None:
                self._look(driver)
        except DeviceError as error:
            self._lost(error)
            return failed(error)
        facts = [Fact(one.value, _yes(one in self._path.conditions)) for one in Condition]
        facts.append(Fact("note_inside", _yes(self._path.calm == 0)))
        hindrance = self._hindrance()
        if hindrance is None:
            return passed(*facts)
        return failed_because(TroubleReason(hindrance.reason), *facts)

    def _check_box(self) -> Finding:
        counted = self.box_count()
        if isinstance(counted, DeviceTrouble):
            return failed_because(TroubleReason(counted.reason))
        facts = (Fact("notes_stacked_ever", "" if counted is None else str(counted)),)
        for condition in (Condition.BOX_OUT, Condition.BOX_FULL):
            if condition in self._path.conditions:
                return failed_because(_REASONS[condition], *facts)
        return passed(*facts)

    def _check_accept_and_return(self) -> Finding:
        began = time.monotonic()
        enabled = self.enable(ANY_FEN)
        if not isinstance(enabled, NotesAllowed):
            return _not_done(enabled)
        note = self._awaited(began + self._limits.test_note_s)
        ended = self.return_note() if note is not None else None
        disabled = self.disable()
        if note is None:
            return failed_because(TroubleReason.TIMEOUT)
        facts = (
            Fact("denomination_fen", str(note.denomination_fen)),
            Fact("took_s", f"{time.monotonic() - began:.1f}"),
        )
        if not isinstance(ended, NoteReturned):
            return failed_because(TroubleReason.HARDWARE_ERROR, *facts)
        return passed(*facts) if isinstance(disabled, Done) else _not_done(disabled)

    def _awaited(self, deadline: float) -> Note | None:
        """The note a technician puts in."""
        while time.monotonic() < deadline:
            try:
                self._tend(self._link.driver(hurry=True))
            except DeviceError as error:
                self._lost(error)
                return None
            if self._path.note is not None and self._path.note.stage is Stage.OFFERED:
                return self._path.note
            time.sleep(self._limits.look_s)
        return None


def _not_done(answer: DeviceTrouble | Unknown) -> Finding:
    if isinstance(answer, DeviceTrouble):
        return failed_because(TroubleReason(answer.reason))
    return failed_because(TroubleReason.HARDWARE_ERROR, Fact("error", answer.reason))


def _trouble(reason: TroubleReason) -> DeviceTrouble:
    return DeviceTrouble(DEVICE, reason.value)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _health_of(conditions: set[Condition]) -> HealthState:
    if conditions & {Condition.JAMMED, Condition.BROKEN}:
        return HealthState.JAMMED
    return HealthState.OUT if conditions else HealthState.OK


def open_from(settings: Settings) -> BanknoteAcceptor:
    """The acceptor that the settings name; it opens at the first use."""
    return BanknoteAcceptor(
        connect_from(settings),
        escrow_s=settings.integer("cash.escrow_s"),
        overpay_fen=settings.integer("cash.overpay_fen"),
    )
