"""The motorised card reader as the terminal uses it: it keeps the card while the patient is served.

Tells the same events as the PC/SC slot, so journeys do not care which is fitted. What a reader
would get wrong: a card that was given back still counts as present until the patient has it (or
the bin); and a line that broke counts as "card gone", for nobody watches it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from core.flow import Event
from core.ports import (
    CardConfirmed,
    CardForgotten,
    CardGone,
    CardMissing,
    CardMoved,
    CardSwapped,
    CardUnreadable,
    DeviceTrouble,
    Done,
    HealthCardPresent,
    Unknown,
)
from core.settings import Kind, Setting, Settings
from devices.card_reader import commands
from devices.card_reader.checks import checks_of
from devices.card_reader.driver import Crt310, NotExecuted, ReaderLimits
from devices.card_reader.frames import Command
from devices.card_reader.status import Position, ReaderStatus, reason_of_code
from devices.checks import Check, Identity
from devices.errors import DeviceError, DeviceRefused, ProtocolError
from devices.link import Link
from devices.m1_layout import M1Layout, layout_from, layout_settings
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.transport.paths import open_line

DEVICE = "card_reader"
READ_TRIES = 3

Answered = TypeVar("Answered")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "card_reader.path",
        Kind.DEVICE_PATH,
        "Where the motorised card reader is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "card_reader.baud",
        Kind.INTEGER,
        "Baud rate of the motorised card reader.",
        default=9600,
        low=1200,
        high=38400,
    ),
    Setting(
        "card_reader.forgotten_s",
        Kind.INTEGER,
        "After how many seconds a card that was given back and not taken is drawn into the bin.",
        default=30,
        low=5,
        high=600,
    ),
    *layout_settings("card_reader"),
)


class CardReader:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        baud: int = 9600,
        layout: M1Layout | None = None,
        limits: ReaderLimits | None = None,
        forgotten_s: float = 30.0,
    ) -> None:
        self._path = path
        self._forgotten_s = forgotten_s
        self._baud = baud
        self._layout = layout or M1Layout()
        self._limits = limits or ReaderLimits()
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._version = ""
        self._accepts = False
        self._told = False
        self._at_front = False
        self._at_front_since: float | None = None
        self._tries_left = READ_TRIES
        self._jammed = False

    def accept_cards(self, accepts: bool) -> Done | DeviceTrouble:
        """Open or shut the slot; kept over a reconnect. Done when the reader's status says so."""
        self._accepts = accepts
        done = self.asked(self._set_entry)
        return done if isinstance(done, DeviceTrouble) else Done()

    def give_back(self) -> CardMoved | DeviceTrouble | Unknown:
        """The card to the front, still gripped, so that a forgotten one can be captured."""
        return self._move(commands.TO_FRONT_HELD, Position.FRONT_HELD)

    def confirm(self, uid: str) -> CardConfirmed | CardSwapped | CardMissing | DeviceTrouble:
        """Is the card with this `uid` still inside? Asks its chip again."""
        found = self.asked(Crt310.status)
        if isinstance(found, DeviceTrouble):
            return found
        if not found.is_inside:
            return CardMissing()
        told = self.asked(Crt310.uid)
        if isinstance(told, DeviceTrouble):
            return told
        return CardConfirmed() if told == uid else CardSwapped()

    def capture(self) -> CardMoved | DeviceTrouble | Unknown:
        """The card out at the rear, into the bin."""
        return self._move(commands.CAPTURE, None)

    def light(self, is_on: bool) -> Done | DeviceTrouble:
        """The light around the slot."""
        done = self.asked(lambda driver: driver.light(is_on))
        return done if isinstance(done, DeviceTrouble) else Done()

    def poll(self) -> list[Event]:
        """One look; one try to read a card that came."""
        events: list[Event] = []
        try:
            driver = self._link.driver()
            status = driver.status()
            events = self._follow(driver, status)
            if status.front_open is not self._accepts or status.rear_open:
                self._set_entry(driver)
        except DeviceRefused as error:
            self._note_jam(error)
            state = HealthState.JAMMED if self._jammed else HealthState.UNKNOWN
            return events + self._health.now(state)
        except DeviceError as error:
            self._link.lost(error)
            return self._forget_card() + self._health.now(HealthState.OFFLINE)
        if status.position is Position.NONE:
            self._jammed = False
        events += self._capture_forgotten(status)
        is_jammed = self._jammed or status.is_abnormal
        return events + self._health.now(HealthState.JAMMED if is_jammed else HealthState.OK)

    def identity(self) -> Identity | DeviceTrouble:
        """Version and serial number."""
        serial = self.asked(Crt310.serial_number)
        if isinstance(serial, DeviceTrouble):
            return serial
        return Identity(model="CRT-310", firmware=self._version, serial=serial)

    def checks(self) -> tuple[Check, ...]:
        """Line, sensors, light, and a card in and out."""
        return checks_of(self)

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def asked(self, ask: Callable[[Crt310], Answered]) -> Answered | DeviceTrouble:
        """Ask something that moves nothing, once more on a fresh line."""
        for last in (False, True):
            try:
                return ask(self._link.driver(hurry=True))
            except DeviceRefused as error:
                return self._refused(error)
            except DeviceError as error:
                self._link.lost(error)
                if last:
                    return trouble(DEVICE, error)
        raise AssertionError("the last try answers or is trouble")

    def _connect(self) -> Crt310:
        driver = Crt310(open_line(self._path, self._baud), self._limits)
        try:
            self._version = driver.reset()
            driver.stop_at_rf()
            driver.let_in(self._accepts)
        except DeviceError:
            driver.close()
            raise
        return driver

    def _set_entry(self, driver: Crt310) -> None:
        """The answer's meaning is disputed, so the status decides. DeviceRefused: it disagrees."""
        driver.let_in(self._accepts)
        status = driver.status()
        if status.front_open is not self._accepts or status.rear_open:
            raise DeviceRefused("entry", "the slot did not follow")

    def _move(
        self, command: Command, reached: Position | None
    ) -> CardMoved | DeviceTrouble | Unknown:
        found = self.asked(Crt310.status)
        if isinstance(found, DeviceTrouble):
            return found
        if found.position is Position.NONE:
            return DeviceTrouble(DEVICE, TroubleReason.USER_ERROR.value)
        if found.position is reached:
            return CardMoved()
        try:
            self._link.driver(hurry=True).move(command)
        except DeviceRefused as error:
            return self._refused(error)
        except NotExecuted as error:
            self._link.lost(error)
            return trouble(DEVICE, error)
        except DeviceError as error:
            self._link.lost(error)
            return Unknown(str(error))
        self._jammed = False
        return CardMoved()

    def _follow(self, driver: Crt310, status: ReaderStatus) -> list[Event]:
        was_at_front, self._at_front = self._at_front, status.position is Position.FRONT_HELD
        if status.is_gone:
            return self._forget_card()
        events: list[Event] = []
        if was_at_front and status.is_inside:  # pushed in again, or another card after it
            events = self._forget_card()
        if self._told:
            return []
        if status.is_abnormal:
            self._told = True
            return [CardUnreadable("")]
        return events + self._read(driver, status) if status.is_inside else events

    def _capture_forgotten(self, status: ReaderStatus) -> list[Event]:
        """A card that lies at the front for too long goes to the bin."""
        if status.position is not Position.FRONT_HELD:
            self._at_front_since = None
            return []
        self._at_front_since = self._at_front_since or time.monotonic()
        if time.monotonic() < self._at_front_since + self._forgotten_s:
            return []
        self._at_front_since = None
        return [CardForgotten()] if isinstance(self.capture(), CardMoved) else []

    def _forget_card(self) -> list[Event]:
        gone: list[Event] = [CardGone()] if self._told else []
        self._told = False
        self._tries_left = READ_TRIES
        return gone

    def _read(self, driver: Crt310, status: ReaderStatus) -> list[Event]:
        """One try. A card that moved while it was read shows at the next look."""
        self._tries_left -= 1
        event: HealthCardPresent | CardUnreadable
        try:
            if status.position is Position.CONTACTS:
                driver.move(commands.TO_RF)
            event = self._read_once(driver)
        except (DeviceRefused, ProtocolError):
            if self._tries_left > 0:
                return []
            event = CardUnreadable("")
        if not driver.status().is_inside:
            return []
        self._told = True
        return [event]

    def _read_once(self, driver: Crt310) -> HealthCardPresent | CardUnreadable:
        uid = driver.uid()
        try:
            number = driver.number(self._layout)
        except DeviceRefused:
            number = None
        return CardUnreadable(uid) if number is None else HealthCardPresent(uid, number)

    def _refused(self, error: DeviceRefused) -> DeviceTrouble:
        self._note_jam(error)
        return DeviceTrouble(DEVICE, reason_of_code(error.code).value)

    def _note_jam(self, error: DeviceRefused) -> None:
        if reason_of_code(error.code) is TroubleReason.JAM:
            self._jammed = True


def open_from(settings: Settings) -> CardReader:
    """The reader that the settings name; it opens at the first use."""
    return CardReader(
        settings.text("card_reader.path"),
        baud=settings.integer("card_reader.baud"),
        layout=layout_from(settings, "card_reader"),
        forgotten_s=settings.integer("card_reader.forgotten_s"),
    )
