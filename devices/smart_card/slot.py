"""Follows one reader: which card is in it, and whether it is still the same.

Survives a restart of the PC/SC service and a reader that is unplugged. What a reader would get
wrong: a card counts only after what tells it apart was the same before and after it was read, with
no insertion counted meanwhile, and it is looked at again while it stays; else money could go to
the card of another person.
"""

from __future__ import annotations

import time
from enum import Enum

from core.ports import (
    CardConfirmed,
    CardMissing,
    CardSwapped,
    CardUnreadable,
    CardWritten,
    DeviceTrouble,
    Unknown,
)
from devices.errors import DeviceError, DeviceRefused, ProtocolError, Timeout
from devices.link import Link
from devices.model import TroubleReason, trouble
from devices.smart_card.driver import CardDriver
from devices.smart_card.kinds import CardPresent, Reading, Recogniser, uid_of
from devices.smart_card.status import Change, change_between
from devices.transport.pcsc import PcscReader, ReaderState

READ_TRIES = 6
SAME_TRIES = 2
CHIP_LOOK_S = 0.5
WHOLE_LOOK_S = 2.0
_EMPTY = ReaderState(present=False, counter=0)
_UNREADABLE = Reading(CardUnreadable(""), "")

Confirmation = CardConfirmed | CardSwapped | CardMissing | DeviceTrouble
Written = CardWritten | DeviceTrouble | Unknown


class SlotState(Enum):
    """How the reader is."""

    WELL = "well"
    HUNG = "hung"
    OFFLINE = "offline"


class ReaderSlot:
    """One reader. `card` is what to tell of it; a new object for each card that came."""

    def __init__(self, reader_name: str, recogniser: Recogniser, answer_limit_s: float) -> None:
        self._wanted = reader_name
        self._recogniser = recogniser
        self._answer_limit_s = answer_limit_s
        self._link = Link("smart_card", self._connect)
        self._last = _EMPTY
        self._tries_left = 0
        self._reading: Reading | None = None
        self._next_look = 0.0
        self.state = SlotState.OFFLINE

    @property
    def card(self) -> CardPresent | None:
        """The card that is in and was read; None: empty, or not read yet."""
        return None if self._reading is None else self._reading.card

    @property
    def name(self) -> str:
        """The name the settings gave."""
        return self._wanted

    def look(self, *, hurry: bool = False) -> None:
        """One look; one try to read a card that came."""
        try:
            driver = self._link.driver(hurry=hurry)
            self._follow(driver)
            self.state = SlotState.HUNG if driver.hung else SlotState.WELL
        except Timeout:
            self._on_hung()
        except DeviceError as error:
            self._link.lost(error)
            self._last = _EMPTY
            self._forget()
            self.state = SlotState.OFFLINE

    def confirm(self, uid: str) -> Confirmation:
        """Read the whole card again: is it the one that was told, with this `uid`?"""
        try:
            answer = self._confirm(self._link.driver(hurry=True), uid)
        except Timeout as error:
            self._on_hung()
            return trouble("smart_card", error)
        except DeviceError as error:
            self._link.lost(error)
            return trouble("smart_card", error)
        if not isinstance(answer, CardConfirmed):
            self._next_look = 0.0
        return answer

    def write(self, number: str) -> Written:
        """Write `number` on the blank card that is in, and read it back.

        A card that holds a number already is somebody's and is left as it is (`card_not_blank`).
        """
        began = False
        try:
            driver = self._link.driver(hurry=True)
            if not driver.state().present:
                return DeviceTrouble("smart_card", "no_card")
            try:
                driver.take_card()
                uid, layout = driver.uid(), self._recogniser.layout
                if driver.number(layout) is not None:
                    return DeviceTrouble("smart_card", "card_not_blank")
                began = True
                driver.write_number(layout, number)
                is_right = driver.number(layout) == number and driver.uid() == uid
            finally:
                driver.release_card()
        except Timeout as error:
            self._on_hung()
            return Unknown("timeout") if began else trouble("smart_card", error)
        except DeviceRefused as error:
            return Unknown("card_not_written") if began else trouble("smart_card", error)
        except DeviceError as error:
            self._link.lost(error)
            return Unknown("card_not_written") if began else trouble("smart_card", error)
        self._expect_card()
        return CardWritten(uid) if is_right else Unknown("card_not_written")

    def close(self) -> None:
        """Give the reader back."""
        self._link.close()

    def _connect(self) -> CardDriver:
        reader = PcscReader(self._wanted, answer_limit_s=self._answer_limit_s)
        reader.open()
        return CardDriver(reader)

    def _on_hung(self) -> None:
        """Told as unreadable, so that the patient takes it out; read anew when it came back."""
        self.state = SlotState.HUNG
        self._tries_left = 0
        self._reading = _UNREADABLE

    def _follow(self, driver: CardDriver) -> None:
        before, self._last = self._last, driver.state()
        if driver.hung:
            return
        if self.state is SlotState.HUNG:
            before = _EMPTY
            self._forget()
        match change_between(before, self._last):
            case Change.NONE:
                if self._reading is not None and not self._is_same(driver, self._reading):
                    self._expect_card()
            case Change.REMOVED:
                self._forget()
            case Change.INSERTED | Change.SWAPPED:
                self._expect_card()
        if self._tries_left:
            self._try_to_read(driver)
        elif not self._last.present:
            self._forget()

    def _forget(self) -> None:
        self._reading = None
        self._tries_left = 0

    def _expect_card(self) -> None:
        self._forget()
        self._tries_left = READ_TRIES

    def _try_to_read(self, driver: CardDriver) -> None:
        """A card that left while it was read shows at one of the next looks; one that could not be
        read is tried again before the patient is sent to take it out."""
        self._tries_left -= 1
        try:
            reading = self._read(driver)
        except (DeviceRefused, ProtocolError):
            if self._tries_left:
                return
            reading = _UNREADABLE
        if driver.state() != self._last:
            return
        if isinstance(reading.card, CardUnreadable) and self._tries_left:
            return
        self._tries_left = 0
        self._reading = reading
        self._look_later(reading)

    def _read(self, driver: CardDriver) -> Reading:
        """Raises ProtocolError when the card left or was swapped while it was read."""
        try:
            driver.take_card()
            return self._recogniser.read(driver, self._last.atr)
        finally:
            driver.release_card()

    def _look_later(self, reading: Reading) -> None:
        wait_s = CHIP_LOOK_S if reading.chip_uid else WHOLE_LOOK_S
        self._next_look = time.monotonic() + wait_s

    def _is_same(self, driver: CardDriver, reading: Reading) -> bool:
        """Asked now and then: a swap faster than the service's own look leaves no other trace."""
        if time.monotonic() < self._next_look:
            return True
        self._look_later(reading)
        for _ in range(SAME_TRIES):
            try:
                if reading.chip_uid:
                    return self._chip_uid(driver) == reading.chip_uid
                return self._read(driver) == reading
            except (DeviceRefused, ProtocolError):
                continue
        return reading.card == CardUnreadable("")

    def _chip_uid(self, driver: CardDriver) -> str:
        try:
            driver.take_card()
            return driver.uid()
        finally:
            driver.release_card()

    def _confirm(self, driver: CardDriver, uid: str) -> Confirmation:
        told, state = self._reading, driver.state()
        if not state.present:
            return CardMissing()
        if told is None or uid_of(told.card) != uid or state != self._last:
            return CardSwapped()
        for _ in range(SAME_TRIES):
            try:
                same = self._read(driver) == told
            except (DeviceRefused, ProtocolError):
                continue
            return CardConfirmed() if same and driver.state() == state else CardSwapped()
        if not driver.state().present:
            return CardMissing()
        return DeviceTrouble("smart_card", TroubleReason.HARDWARE_ERROR.value)
