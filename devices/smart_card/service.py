"""The health card slot as the terminal uses it: polled, it tells cards that came and went.

Survives a restart of the PC/SC service and a reader that is unplugged. What a reader would get
wrong: a card is told only after its UID was the same before and after its number was read, with
no insertion counted meanwhile, and its UID is asked again while it stays; else money could go to
the card of another person.
"""

from __future__ import annotations

import time

from core.flow import Event
from core.ports import CardGone, CardUnreadable, HealthCardPresent
from core.settings import Kind, Setting, Settings
from devices.errors import DeviceError, DeviceRefused, ProtocolError
from devices.link import Link
from devices.m1_layout import M1Layout, layout_from, layout_settings
from devices.model import Health, HealthState
from devices.smart_card.driver import M1Slot
from devices.smart_card.status import Change, change_between
from devices.transport.pcsc import PcscReader, ReaderState

READ_TRIES = 6
UID_LOOK_S = 0.5
UID_TRIES = 2
_SCHEME = "pcsc:"
_EMPTY = ReaderState(present=False, counter=0)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "smart_card.path",
        Kind.DEVICE_PATH,
        "Name of the PC/SC reader for health cards.",
        schemes=("pcsc",),
    ),
    *layout_settings("smart_card"),
)


class CardSlot:
    """All calls in one thread. `path`: "pcsc:" and the start of a reader's name."""

    def __init__(self, path: str, *, layout: M1Layout | None = None) -> None:
        if not path.startswith(_SCHEME):
            raise ValueError(f"{path}: not pcsc:READER")
        self._reader_name = path.removeprefix(_SCHEME)
        self._layout = layout or M1Layout()
        self._link = Link("smart_card", self._connect)
        self._health = Health("smart_card")
        self._last = _EMPTY
        self._tries_left = 0
        self._told = False
        self._uid = ""
        self._next_uid_look = 0.0

    def poll(self) -> list[Event]:
        """One look at the slot; one try to read a card that came."""
        try:
            slot = self._link.driver()
            events = self._follow(slot)
        except DeviceError as error:
            self._link.lost(error)
            self._last = _EMPTY
            return self._forget_card() + self._health.now(HealthState.OFFLINE)
        return self._health.now(HealthState.OK) + events

    def close(self) -> None:
        """Give the reader back."""
        self._link.close()

    def _connect(self) -> M1Slot:
        reader = PcscReader(self._reader_name)
        reader.open()
        return M1Slot(reader)

    def _follow(self, slot: M1Slot) -> list[Event]:
        before, self._last = self._last, slot.state()
        events: list[Event] = []
        match change_between(before, self._last):
            case Change.NONE:
                if self._told and not self._is_same_card(slot):
                    events = self._forget_card()
                    self._tries_left = READ_TRIES
            case Change.REMOVED:
                return self._forget_card()
            case Change.INSERTED | Change.SWAPPED:
                events = self._forget_card()
                self._tries_left = READ_TRIES
        return events + self._read(slot) if self._tries_left else events

    def _forget_card(self) -> list[Event]:
        gone: list[Event] = [CardGone()] if self._told else []
        self._told = False
        self._tries_left = 0
        return gone

    def _is_same_card(self, slot: M1Slot) -> bool:
        """Asked now and then: a swap faster than the service's own look leaves no other trace."""
        if time.monotonic() < self._next_uid_look:
            return True
        self._next_uid_look = time.monotonic() + UID_LOOK_S
        for _ in range(UID_TRIES):
            try:
                slot.take_card()
                return slot.uid() == self._uid
            except (DeviceRefused, ProtocolError):
                continue
            finally:
                slot.release_card()
        return self._uid == ""

    def _read(self, slot: M1Slot) -> list[Event]:
        """One try. A card that left while it was read shows at one of the next looks."""
        self._tries_left -= 1
        event: HealthCardPresent | CardUnreadable
        try:
            event = self._read_once(slot)
        except (DeviceRefused, ProtocolError):
            if self._tries_left:
                return []
            event = CardUnreadable("")
        if slot.state() != self._last:
            return []
        self._tries_left = 0
        self._told = True
        self._uid = event.uid
        self._next_uid_look = time.monotonic() + UID_LOOK_S
        return [event]

    def _read_once(self, slot: M1Slot) -> HealthCardPresent | CardUnreadable:
        """Raises ProtocolError when the card left or was swapped while it was read."""
        try:
            slot.take_card()
            uid = slot.uid()
            try:
                number = slot.number(self._layout)
            except DeviceRefused:
                number = None
            if slot.uid() != uid:
                raise ProtocolError("the card was swapped while it was read")
        finally:
            slot.release_card()
        return CardUnreadable(uid) if number is None else HealthCardPresent(uid, number)


def open_from(settings: Settings) -> CardSlot:
    """The slot that the settings name; it opens at the first poll."""
    return CardSlot(settings.text("smart_card.path"), layout=layout_from(settings, "smart_card"))
