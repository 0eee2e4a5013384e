"""The card slot as the terminal uses it: one or more PC/SC readers, one card at a time.

What a reader would get wrong: the card that came first is *the* card until it leaves, whatever is
laid on another reader; and before money the journey asks `confirm`, because presence alone does
not say that it is still the same card.
"""

from __future__ import annotations

import time

from core.flow import Event
from core.ports import CardGone, CardMissing, DeviceTrouble
from core.settings import Kind, Setting, Settings
from devices.checks import LINE, Check, Fact, Finding, Identity, failed, failed_because, passed
from devices.errors import DeviceError
from devices.m1_layout import M1Layout, layout_from, layout_settings
from devices.model import Health, HealthState, TroubleReason
from devices.plugin import plugin
from devices.smart_card.kinds import CardPresent, Psam, Recogniser, kind_of
from devices.smart_card.slot import Confirmation, ReaderSlot, SlotState, Written
from devices.transport.limited import held_threads
from devices.transport.pcsc import ANSWER_LIMIT_S
from devices.transport.pcsc import reader_names as pcsc_readers

CARD_WAIT_S = 15.0
LOOK_S = 0.1
_SCHEME = "pcsc:"
_BETWEEN = "|"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "smart_card.path",
        Kind.DEVICE_PATH,
        "Name of the PC/SC reader for cards; several as 'pcsc:A | pcsc:B'.",
        schemes=("pcsc",),
    ),
    *layout_settings("smart_card"),
    Setting(
        "smart_card.psam",
        Kind.TEXT,
        "Terminal security module for 3rd-generation cards, as package.module:callable.",
        default="",
    ),
)


def names_in(path: str) -> tuple[str, ...]:
    """The readers a path names. ValueError: one of them is not pcsc:READER."""
    names = [part.strip() for part in path.split(_BETWEEN)]
    if any(not name.startswith(_SCHEME) or name == _SCHEME for name in names):
        raise ValueError(f"{path}: not pcsc:READER, nor several as 'pcsc:A | pcsc:B'")
    return tuple(name.removeprefix(_SCHEME) for name in names)


class CardSlot:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        layout: M1Layout | None = None,
        psam: Psam | None = None,
        answer_limit_s: float = ANSWER_LIMIT_S,
    ) -> None:
        recogniser = Recogniser(layout or M1Layout(), psam)
        names = names_in(path)
        self._slots = [ReaderSlot(name, recogniser, answer_limit_s) for name in names]
        self._health = Health("smart_card")
        self._told: tuple[ReaderSlot, CardPresent] | None = None

    def poll(self) -> list[Event]:
        """One look at each reader."""
        for slot in self._slots:
            slot.look()
        return self._health.now(self._state()) + self._card_events()

    def confirm(self, uid: str) -> Confirmation:
        """Is the card that was told, with this `uid`, still there? Reads it again as a whole."""
        if self._told is None:
            return CardMissing()
        return self._told[0].confirm(uid)

    def write(self, number: str) -> Written:
        """Write a number on the blank card of the first reader that has a card."""
        answer: Written = DeviceTrouble("smart_card", "no_card")
        for slot in self._slots:
            answer = slot.write(number)
            if answer != DeviceTrouble("smart_card", "no_card"):
                break
        return answer

    def identity(self) -> Identity | DeviceTrouble:
        """PC/SC tells nothing but the readers' names."""
        for slot in self._slots:
            slot.look(hurry=True)
        if self._state() is HealthState.OFFLINE:
            return DeviceTrouble("smart_card", TroubleReason.OFFLINE.value)
        return Identity(model=", ".join(slot.name for slot in self._slots))

    def checks(self) -> tuple[Check, ...]:
        """A card read here is told by the next poll like any other."""
        return (
            Check(LINE, _check_service),
            Check("reader_present", self._check_readers),
            Check("read_card", self._check_reading, hand="place_card"),
        )

    def close(self) -> None:
        """Give the readers back."""
        for slot in self._slots:
            slot.close()

    def _state(self) -> HealthState:
        """LOW: it works, and needs somebody's attention."""
        states = {slot.state for slot in self._slots}
        if SlotState.HUNG in states:
            return HealthState.JAMMED
        if states == {SlotState.OFFLINE}:
            return HealthState.OFFLINE
        return HealthState.LOW if SlotState.OFFLINE in states else HealthState.OK

    def _card_events(self) -> list[Event]:
        events: list[Event] = []
        if self._told is not None and self._told[0].card is not self._told[1]:
            self._told = None
            events.append(CardGone())
        if self._told is None:
            for slot in self._slots:
                if slot.card is not None:
                    self._told = (slot, slot.card)
                    events.append(slot.card)
                    break
        return events

    def _check_readers(self) -> Finding:
        """Every reader, by name; a thread held by a card that never answers is counted."""
        for slot in self._slots:
            slot.look(hurry=True)
        facts = (
            *(Fact("reader", f"{slot.name}: {slot.state.value}") for slot in self._slots),
            Fact("held_threads", str(held_threads())),
        )
        match self._state():
            case HealthState.OK:
                return passed(*facts)
            case HealthState.JAMMED:
                return failed_because(TroubleReason.TIMEOUT, *facts)
            case _:
                return failed_because(TroubleReason.OFFLINE, *facts)

    def _check_reading(self) -> Finding:
        """Waits CARD_WAIT_S for a card; tells its kind and nothing of the person."""
        deadline = time.monotonic() + CARD_WAIT_S
        while time.monotonic() < deadline:
            for slot in self._slots:
                started = time.monotonic()
                slot.look(hurry=True)
                if slot.card is not None:
                    read_ms = round((time.monotonic() - started) * 1000)
                    return passed(
                        Fact("reader", slot.name),
                        Fact("card_kind", kind_of(slot.card)),
                        Fact("read_ms", str(read_ms)),
                    )
            time.sleep(LOOK_S)
        return failed_because(TroubleReason.TIMEOUT)


def _check_service() -> Finding:
    """PC/SC answers; its readers' names are what `smart_card.path` may name."""
    try:
        names = pcsc_readers()
    except DeviceError as error:
        return failed(error)
    return passed(*(Fact("reader", name) for name in names))


def contradictions(settings: Settings) -> list[str]:
    """The path must name readers, and each once."""
    path = settings.text("smart_card.path")
    try:
        names = names_in(path)
    except ValueError as error:
        return [f"smart_card.path = {error}"]
    if len(set(names)) < len(names):
        return [f"smart_card.path = {path!r}: names a reader twice; write each once"]
    return []


def open_from(settings: Settings) -> CardSlot:
    """The readers that the settings name; they open at the first poll. SettingsError: no PSAM."""
    return CardSlot(
        settings.text("smart_card.path"),
        layout=layout_from(settings, "smart_card"),
        psam=plugin(settings, "smart_card.psam"),
    )
