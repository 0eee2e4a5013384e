"""Booklet vending as the terminal uses it; charging first and refunding are the journey's.

The VMC is master and must be answered within 100 ms at any time, so a thread of this service (the
pump) owns the line; the thread that uses the service only lays orders on the desk. What a reader
would get wrong: `DeviceTrouble` of `vend` means that nothing was delivered; silence is `Unknown`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar, assert_never

from core.flow import Event
from core.ports import (
    DeviceTrouble,
    NotVended,
    Unknown,
    Vended,
    VendingDoorChanged,
    VendingSlot,
)
from core.settings import Kind, Setting, Settings
from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed_because,
    passed,
)
from devices.errors import DeviceError, ProtocolError
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason
from devices.transport.paths import open_line
from devices.vending.desk import Desk, Order
from devices.vending.driver import VendingLimits, Vmc
from devices.vending.status import (
    Code,
    DeliveryWord,
    MachineWord,
    SelectionWord,
    Word,
    selection_text,
    word_of,
)

DEVICE = "vending"
STEP_S = 0.1
CLOSE_LIMIT_S = 3.0
MOST_WORDS = 512
AnyWord = TypeVar("AnyWord", SelectionWord, VendingSlot, MachineWord)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "vending.path",
        Kind.DEVICE_PATH,
        "Where the booklet vending controller (VMC) is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "vending.baud",
        Kind.INTEGER,
        "Baud rate of the vending controller.",
        default=57600,
        low=9600,
        high=115200,
    ),
    Setting(
        "vending.door_open",
        Kind.INTEGER,
        "The value of the controller's door byte that means open.",
        default=1,
        low=0,
        high=255,
    ),
)


class VendingMachine:
    """All calls in one thread; the pump is another, and nobody else's."""

    def __init__(
        self,
        path: str,
        *,
        baud: int = 57600,
        door_open: int = 1,
        limits: VendingLimits | None = None,
    ) -> None:
        self._path = path
        self._baud = baud
        self._door_open = door_open
        self._limits = limits or VendingLimits()
        self._desk = Desk()
        self._link: Link[Vmc] = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._stopping = threading.Event()
        self._pump: threading.Thread | None = None
        self._slots: dict[int, VendingSlot] = {}
        self._door: bool | None = None
        self._events: list[Event] = []
        self._next_machine = 0.0

    def vend(self, selection: int) -> Vended | DeviceTrouble | Unknown:
        """Check the selection, buy it, wait for the drop. ValueError: not 1 to 65535."""
        text = selection_text(selection)
        fit = self._ask(
            Order(Code.CHECK, text), SelectionWord, lambda word: word.selection == selection
        )
        if isinstance(fit, DeviceTrouble):
            return fit
        if fit.trouble is not None:
            return _trouble(fit.trouble)
        order = Order(Code.BUY, text)
        self._desk.put(order)
        ended = self._end_of(order, selection)
        self._desk.take_back(order)
        return ended

    def slots(self) -> tuple[VendingSlot, ...] | DeviceTrouble:
        """All selections as the controller knows them now, by number."""
        self._slots.clear()
        found = self._ask(Order(Code.SYNCHRONISE), VendingSlot)
        if isinstance(found, DeviceTrouble):
            return found
        while self._next_word(self._limits.slots_s) is not None:
            continue
        return tuple(self._slots[number] for number in sorted(self._slots))

    def poll(self) -> list[Event]:
        """Late words about sales, the door, and health changes."""
        self._start()
        for _ in range(MOST_WORDS):
            if self._next_word(0.0) is None:
                break
        is_due = time.monotonic() >= self._next_machine
        if is_due and self._desk.is_online and self._desk.is_free:
            self._next_machine = time.monotonic() + self._limits.machine_s
            self._desk.put(Order(Code.ASK_MACHINE))
        events, self._events = self._events, []
        state = self._state()
        return events + (self._health.now(state) if state is not None else [])

    def identity(self) -> Identity | DeviceTrouble:
        """The controller's own number."""
        found = self._ask(Order(Code.ASK_MACHINE), MachineWord)
        if isinstance(found, DeviceTrouble):
            return found
        return Identity(model="VMC V3.0", serial=found.number)

    def checks(self) -> tuple[Check, ...]:
        """Line, slots, door, and one booklet."""
        return (
            Check(LINE, self._check_line),
            Check("slots", self._check_slots),
            Check("door", self._check_door),
            Check("vend_booklet", self._check_vend, consumes=True),
        )

    def close(self) -> None:
        """Stop the pump, which gives the port back."""
        self._stopping.set()
        if self._pump is not None:
            self._pump.join(CLOSE_LIMIT_S)

    def _start(self) -> None:
        """The pump begins with the first use."""
        if self._pump is None:
            self._pump = threading.Thread(target=self._run, name="vending pump", daemon=True)
            self._pump.start()

    def _run(self) -> None:
        """The pump: owns link and line from the first byte to the last."""
        while not self._stopping.is_set():
            try:
                self._link.driver().serve(self._desk)
                self._desk.online()
            except DeviceError as error:
                self._link.lost(error)
                self._desk.offline()
                self._stopping.wait(STEP_S)
        self._link.close()

    def _connect(self) -> Vmc:
        driver = Vmc(open_line(self._path, self._baud), self._limits)
        try:
            driver.serve(self._desk)
        except DeviceError:
            driver.close()
            raise
        return driver

    def _ask(
        self,
        order: Order,
        kind: type[AnyWord],
        fits: Callable[[AnyWord], bool] = lambda _word: True,
    ) -> AnyWord | DeviceTrouble:
        """Lay an order on the desk and wait for the first word that fits."""
        self._start()
        self._desk.put(order)
        deadline = time.monotonic() + self._limits.ask_s
        while time.monotonic() < deadline:
            word = self._next_word(STEP_S)
            if isinstance(word, kind) and fits(word):
                return word
        self._desk.take_back(order)
        if self._desk.is_online:
            return _trouble(TroubleReason.TIMEOUT)
        return _trouble(TroubleReason.OFFLINE)

    def _end_of(self, order: Order, selection: int) -> Vended | DeviceTrouble | Unknown:
        """What came of a buy; each word of the VMC about it renews the waiting."""
        quiet_until = time.monotonic() + self._limits.ask_s
        was_sent = False
        while True:
            word = self._next_word(STEP_S, awaited=selection)
            now = time.monotonic()
            if order.tries and not was_sent:
                was_sent, quiet_until = True, now + self._limits.word_s
            match word:
                case DeliveryWord() if word.selection == selection:
                    if word.is_delivered:
                        return Vended(selection)
                    if word.trouble is not None:
                        return _trouble(word.trouble)
                    quiet_until = now + self._limits.word_s
                case SelectionWord(trouble=TroubleReason() as reason):
                    if word.selection == selection:
                        return _trouble(reason)
                case _:
                    pass
            if now < quiet_until:
                continue
            if self._desk.take_back(order):
                return _trouble(TroubleReason.OFFLINE)
            if was_sent:
                return Unknown("the controller did not say whether it came out")

    def _next_word(self, limit_s: float, awaited: int | None = None) -> Word | None:
        """The next word, remembered. One about a sale nobody waits for becomes an event."""
        message = self._desk.next(limit_s)
        try:
            word = word_of(message) if message is not None else None
        except ProtocolError:
            return None
        match word:
            case VendingSlot():
                self._slots[word.selection] = word
            case MachineWord():
                self._hear_machine(word)
            case DeliveryWord() if word.selection != awaited:
                self._hear_late(word)
            case _:
                pass
        return word

    def _hear_machine(self, word: MachineWord) -> None:
        is_open = word.door == self._door_open
        if is_open is not self._door:
            self._events.append(VendingDoorChanged(is_open))
        self._door = is_open

    def _hear_late(self, word: DeliveryWord) -> None:
        if word.is_delivered:
            self._events.append(Vended(word.selection))
        elif word.trouble is not None:
            self._events.append(NotVended(word.selection, word.trouble.value))

    def _state(self) -> HealthState | None:
        """None: nothing is known yet."""
        match self._desk.is_online:
            case None:
                return None
            case False:
                return HealthState.OFFLINE
            case _:
                slots = self._slots.values()
                is_empty = bool(slots) and all(s.is_paused or not s.stock for s in slots)
                return HealthState.OUT if is_empty else HealthState.OK

    def _check_line(self) -> Finding:
        known = self.identity()
        if isinstance(known, DeviceTrouble):
            return failed_because(TroubleReason(known.reason))
        return passed(Fact("model", known.model), Fact("serial", known.serial))

    def _check_slots(self) -> Finding:
        found = self.slots()
        if isinstance(found, DeviceTrouble):
            return failed_because(TroubleReason(found.reason))
        facts = (Fact(f"slot_{slot.selection}", _stock(slot)) for slot in found)
        return passed(*facts)

    def _check_door(self) -> Finding:
        known = self.identity()
        if isinstance(known, DeviceTrouble):
            return failed_because(TroubleReason(known.reason))
        fact = Fact("door", "open" if self._door else "closed")
        return failed_because(TroubleReason.COVER_OPEN, fact) if self._door else passed(fact)

    def _check_vend(self) -> Finding:
        found = self.slots()
        if isinstance(found, DeviceTrouble):
            return failed_because(TroubleReason(found.reason))
        full = [slot.selection for slot in found if slot.stock and not slot.is_paused]
        if not full:
            return failed_because(TroubleReason.EMPTY)
        began = time.monotonic()
        vended = self.vend(full[0])
        facts = (
            Fact("selection", str(full[0])),
            Fact("took_s", f"{time.monotonic() - began:.1f}"),
        )
        match vended:
            case Vended():
                return passed(*facts)
            case DeviceTrouble(reason=reason):
                return failed_because(TroubleReason(reason), *facts)
            case Unknown(reason=sentence):
                return Finding(Outcome.UNSURE, (*facts, Fact("error", sentence)))
            case _:
                assert_never(vended)


def _stock(slot: VendingSlot) -> str:
    return f"{slot.stock}/{slot.capacity}" + (" paused" if slot.is_paused else "")


def _trouble(reason: TroubleReason) -> DeviceTrouble:
    return DeviceTrouble(DEVICE, reason.value)


def open_from(settings: Settings) -> VendingMachine:
    """The machine that the settings name; its line opens at the first use."""
    return VendingMachine(
        settings.text("vending.path"),
        baud=settings.integer("vending.baud"),
        door_open=settings.integer("vending.door_open"),
    )
