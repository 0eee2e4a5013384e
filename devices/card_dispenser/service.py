"""The card dispenser as the terminal uses it.

Every operation first asks where a card is. What a reader would get wrong: Unknown means that a
move (or a write) was sent and no answer came; the journal and `where()` decide what then. A card
is only ever held at the gate, and `CardTaken` is told when it is no longer there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from core.flow import Event
from core.ports import (
    CaptureCount,
    CardMoved,
    CardPath,
    CardRead,
    CardTaken,
    CardWritten,
    DeviceTrouble,
    Done,
    Unknown,
)
from core.settings import Kind, Setting, Settings
from devices.card_dispenser import commands
from devices.card_dispenser.checks import checks_of
from devices.card_dispenser.driver import Crt591, DispenserLimits
from devices.card_dispenser.frames import Command
from devices.card_dispenser.status import (
    NOT_INITIALISED,
    DispenserStatus,
    Position,
    Stacker,
    reason_of_code,
)
from devices.checks import Check, Identity
from devices.errors import DeviceError, DeviceRefused
from devices.link import Link
from devices.m1_layout import M1Layout, layout_from, layout_settings
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.transport.paths import open_line

DEVICE = "card_dispenser"
JAM_LOOK_S = 2.0

Answer = TypeVar("Answer")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "card_dispenser.path",
        Kind.DEVICE_PATH,
        "Where the card dispenser is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "card_dispenser.baud",
        Kind.INTEGER,
        "Baud rate; the unit finds it at the first INITIALIZE.",
        default=9600,
        low=9600,
        high=57600,
    ),
    Setting(
        "card_dispenser.counts_captured",
        Kind.BOOLEAN,
        "Whether the unit is told to count the cards it captures; false for one that cannot.",
        default=True,
    ),
    *layout_settings("card_dispenser"),
)


class CardDispenser:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        baud: int = 9600,
        counts_captured: bool = True,
        layout: M1Layout | None = None,
        limits: DispenserLimits | None = None,
    ) -> None:
        self._path = path
        self._baud = baud
        self._counts_captured = counts_captured
        self._layout = layout or M1Layout()
        self._limits = limits or DispenserLimits()
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._at_gate = False
        self._jammed = False
        self._next_jam_look = 0.0

    def where(self) -> CardPath | DeviceTrouble:
        """Where a card is now."""
        found = self._ready()
        return found if isinstance(found, DeviceTrouble) else found.path

    def to_encoder(self) -> CardMoved | DeviceTrouble | Unknown:
        """One blank card from the stacker to the RF position; the path must be empty."""

        def hindrance(status: DispenserStatus) -> TroubleReason | None:
            if status.position is not Position.NONE:
                return TroubleReason.BUSY
            if status.stacker is Stacker.EMPTY:
                return TroubleReason.EMPTY
            return TroubleReason.BIN_FULL if status.bin_full else None

        return self._move(commands.DISPENSE_TO_RF, hindrance, Position.ENCODER)

    def present(self) -> CardMoved | DeviceTrouble | Unknown:
        """Hold the card at the gate; `poll` then watches it."""
        return self._move(commands.TO_HOLDING, _no_card, Position.GATE)

    def capture(self) -> CardMoved | DeviceTrouble | Unknown:
        """Draw the card into the bin."""
        captured = self._move(commands.CAPTURE, _no_card, Position.NONE)
        if not isinstance(captured, DeviceTrouble):
            self._at_gate = False
        return captured

    def write(self, number: str) -> CardWritten | DeviceTrouble | Unknown:
        """Write `number` at the RF position and read it back. ValueError: not 1 to 16 digits."""
        content = self._layout.encode(number)
        found = self._at_encoder()
        if isinstance(found, DeviceTrouble):
            return found
        sent = False
        try:
            driver = self._link.driver(hurry=True)
            uid = self._open_sector(driver)
            if uid is None:
                return DeviceTrouble(DEVICE, TroubleReason.HARDWARE_ERROR.value)
            sent = True
            sector, block = self._layout.sector, self._layout.block
            driver.mifare(commands.write_block(sector, block, content))
            if driver.mifare(commands.read_block(sector, block)) != content:
                return DeviceTrouble(DEVICE, TroubleReason.HARDWARE_ERROR.value)
        except DeviceError as error:
            return self._failed(error, sent=sent)
        return CardWritten(uid)

    def read(self) -> CardRead | DeviceTrouble:
        """What is on the card at the RF position, in an activation of its own."""

        def ask(driver: Crt591) -> CardRead | DeviceTrouble:
            uid = self._open_sector(driver)
            if uid is None:
                return DeviceTrouble(DEVICE, TroubleReason.HARDWARE_ERROR.value)
            block = driver.mifare(commands.read_block(self._layout.sector, self._layout.block))
            return CardRead(uid, self._layout.decode(block))

        return self._asked(ask, self._at_encoder())

    def captured(self) -> CaptureCount | DeviceTrouble:
        """The unit's own count of cards in its bin."""
        counted = self._asked(Crt591.counter, self._ready())
        return counted if isinstance(counted, DeviceTrouble) else CaptureCount(counted)

    def reset_captured(self) -> Done | DeviceTrouble | Unknown:
        """The bin was emptied; believed when the unit reads 0 back."""
        told = self._asked(lambda driver: driver.set_counter(0), self._ready())
        if isinstance(told, DeviceTrouble):
            return told
        counted = self.captured()
        return Done() if counted == CaptureCount(0) else Unknown(f"{counted}")

    def identity(self) -> Identity | DeviceTrouble:
        """Model, firmware and serial number."""

        def ask(driver: Crt591) -> Identity:
            serial = driver.text(commands.SERIAL_NUMBER)
            return Identity("CRT-591", driver.text(commands.FIRMWARE), serial)

        return self._asked(ask, self._ready())

    def sensors(self) -> str | DeviceTrouble:
        """One character a sensor along the path: 0 free, 1 card."""
        return self._asked(Crt591.sensors, self._ready())

    def checks(self) -> tuple[Check, ...]:
        """Line, sensors, and the loop that uses up a blank."""
        return checks_of(self)

    def poll(self) -> list[Event]:
        """`CardTaken` once when the card left the gate, and health changes."""
        if self._jammed and time.monotonic() < self._next_jam_look:
            return self._health.now(HealthState.JAMMED)
        try:
            status = self._look()
        except DeviceRefused as error:
            self._refused(error)
            return self._health.now(HealthState.JAMMED if self._jammed else HealthState.UNKNOWN)
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        self._jammed = False
        events: list[Event] = []
        if self._at_gate and status.position is Position.NONE:
            self._at_gate = False
            events.append(CardTaken())
        return events + self._health.now(status.health)

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _at_encoder(self) -> DispenserStatus | DeviceTrouble:
        found = self._ready()
        if isinstance(found, DispenserStatus) and found.position is not Position.ENCODER:
            return DeviceTrouble(DEVICE, TroubleReason.USER_ERROR.value)
        return found

    def _open_sector(self, driver: Crt591) -> str | None:
        """Activate and verify the key; the chip's UID, None: not a Mifare card."""
        uid = driver.activate()
        if uid is not None:
            driver.mifare(commands.verify_key(self._layout.sector, self._layout.key))
        return uid

    def _asked(
        self, ask: Callable[[Crt591], Answer], found: DispenserStatus | DeviceTrouble
    ) -> Answer | DeviceTrouble:
        """Something that moves nothing, after a look that gave `found`."""
        if isinstance(found, DeviceTrouble):
            return found
        try:
            return ask(self._link.driver(hurry=True))
        except DeviceRefused as error:
            return self._refused(error)
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)

    def _look(self) -> DispenserStatus:
        """Status; a jam is believed cleared when the unit can be initialised again."""
        driver = self._link.driver()
        if self._jammed:
            driver.initialise()
        return self._status(driver)

    def _connect(self) -> Crt591:
        line = open_line(self._path, self._baud)
        driver = Crt591(line, self._limits, counts=self._counts_captured)
        try:
            driver.initialise()
        except DeviceError:
            driver.close()
            raise
        return driver

    def _move(
        self,
        command: Command,
        hindrance: Callable[[DispenserStatus], TroubleReason | None],
        target: Position,
    ) -> CardMoved | DeviceTrouble | Unknown:
        found = self._ready()
        if isinstance(found, DeviceTrouble):
            return found
        reason = hindrance(found)
        if reason is not None:
            return DeviceTrouble(DEVICE, reason.value)
        try:
            reached = self._link.driver(hurry=True).move(command)
        except DeviceError as error:
            return self._failed(error, sent=True)
        self._note(reached)
        if reached.position is not target:
            return Unknown(f"card at {reached.position.value} after the move")
        return CardMoved()

    def _ready(self) -> DispenserStatus | DeviceTrouble:
        """Status before an operation, once more on a fresh line; nothing moves here."""
        try:
            return self._status(self._link.driver(hurry=True))
        except DeviceRefused as error:
            return self._refused(error)
        except DeviceError as error:
            self._link.lost(error)
        try:
            return self._status(self._link.driver(hurry=True))
        except DeviceRefused as error:
            return self._refused(error)
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)

    def _status(self, driver: Crt591) -> DispenserStatus:
        """Initialises again when the unit lost power in between."""
        try:
            status = driver.status()
        except DeviceRefused as error:
            if error.code != NOT_INITIALISED:
                raise
            driver.initialise()
            status = driver.status()
        self._note(status)
        return status

    def _note(self, status: DispenserStatus) -> None:
        if status.position is not Position.NONE:
            self._at_gate = status.position is Position.GATE

    def _failed(self, error: DeviceError, *, sent: bool) -> DeviceTrouble | Unknown:
        if isinstance(error, DeviceRefused):
            return self._refused(error)
        self._link.lost(error)
        return Unknown(str(error)) if sent else trouble(DEVICE, error)

    def _refused(self, error: DeviceRefused) -> DeviceTrouble:
        reason = reason_of_code(error.code)
        if reason is TroubleReason.JAM:
            self._jammed = True
            self._next_jam_look = time.monotonic() + JAM_LOOK_S
        return DeviceTrouble(DEVICE, reason.value)


def _no_card(status: DispenserStatus) -> TroubleReason | None:
    return TroubleReason.USER_ERROR if status.position is Position.NONE else None


def open_from(settings: Settings) -> CardDispenser:
    """The dispenser that the settings name; it opens at the first use."""
    return CardDispenser(
        settings.text("card_dispenser.path"),
        baud=settings.integer("card_dispenser.baud"),
        counts_captured=settings.boolean("card_dispenser.counts_captured"),
        layout=layout_from(settings, "card_dispenser"),
    )
