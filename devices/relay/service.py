"""The cabinet as the terminal uses it: contacts that are told when they change, lights to switch.

What a reader would get wrong: `light` is Done when the board repeated the command; whether a lamp
shines only a person can see, so the light checks are UNSURE.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from core.flow import Event
from core.ports import DeviceTrouble, Done
from core.settings import Settings
from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed,
    passed,
)
from devices.errors import DeviceError, DeviceRefused
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.relay.driver import RelayBoard, RelayLimits
from devices.relay.settings import inverted
from devices.relay.status import INPUTS, LIGHTS, Contacts
from devices.transport.paths import open_line

DEVICE = "relay"
LOOK_S = 0.15


class Cabinet:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        contacts: Contacts,
        lights: Mapping[str, int],
        baud: int = 9600,
        address: int = 1,
        channels: int = 8,
        limits: RelayLimits | None = None,
    ) -> None:
        self._path = path
        self._baud = baud
        self._address = address
        self._channels = channels
        self._limits = limits or RelayLimits()
        self._contacts = contacts
        self._lights = dict(lights)
        self._link: Link[RelayBoard] = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._next_look = 0.0

    def light(self, name: str, is_on: bool) -> Done | DeviceTrouble:
        """Switch a light; one that is not wired is Done. KeyError: no such name in `LIGHTS`."""
        if name not in LIGHTS:
            raise KeyError(name)
        number = self._lights.get(name, 0)
        if not number:
            return Done()
        try:
            self._link.driver(hurry=True).switch(number, is_on)
        except DeviceError as error:
            return self._failed(error)
        return Done()

    def poll(self) -> list[Event]:
        """Contacts that changed, `PersonLeft`, and health changes."""
        if time.monotonic() < self._next_look:
            return []
        self._next_look = time.monotonic() + LOOK_S
        try:
            bits = self._link.driver().inputs()
        except DeviceError as error:
            self._failed(error)
            return self._health.now(HealthState.OFFLINE)
        return self._health.now(HealthState.OK) + self._contacts.changes(bits)

    def identity(self) -> Identity | DeviceTrouble:
        """Such a board does not say who it is; only that it answers at its address."""
        try:
            self._link.driver(hurry=True).relays()
        except DeviceError as error:
            return self._failed(error)
        return Identity(model=f"Modbus {self._address}")

    def checks(self) -> tuple[Check, ...]:
        """Line, what the inputs say now, and each wired light on and off."""
        lights = [
            Check(name, partial(self._check_light, name), hand="look_at_light")
            for name in self._lights
        ]
        return (Check(LINE, self._check_line), Check("inputs", self._check_inputs), *lights)

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _connect(self) -> RelayBoard:
        line = open_line(self._path, self._baud)
        board = RelayBoard(line, self._limits, self._address, self._channels)
        try:
            board.relays()
        except DeviceError:
            board.close()
            raise
        return board

    def _failed(self, error: DeviceError) -> DeviceTrouble:
        if isinstance(error, DeviceRefused):
            return DeviceTrouble(DEVICE, TroubleReason.USER_ERROR.value)
        self._link.lost(error)
        return trouble(DEVICE, error)

    def _check_line(self) -> Finding:
        began = time.monotonic()
        try:
            self._link.driver(hurry=True).relays()
        except DeviceError as error:
            self._failed(error)
            return failed(error)
        return passed(Fact("answer_ms", str(round((time.monotonic() - began) * 1000))))

    def _check_inputs(self) -> Finding:
        try:
            bits = self._link.driver(hurry=True).inputs()
        except DeviceError as error:
            self._failed(error)
            return failed(error)
        named = self._contacts.named(bits)
        return passed(*(Fact(name, "on" if is_on else "off") for name, is_on in named.items()))

    def _check_light(self, name: str) -> Finding:
        """On for a person to see, what the board says of its relay, then as before."""
        number = self._lights[name]
        try:
            board = self._link.driver(hurry=True)
            was_on = board.relays()[number - 1]
            read_back = []
            for is_on in (True, False):
                board.switch(number, is_on)
                time.sleep(self._limits.light_s if is_on else 0.0)
                read_back.append(board.relays()[number - 1])
            board.switch(number, was_on)
        except DeviceError as error:
            self._failed(error)
            return failed(error)
        facts = (
            Fact("relay_after_on", "on" if read_back[0] else "off"),
            Fact("relay_after_off", "on" if read_back[1] else "off"),
        )
        if read_back != [True, False]:
            return Finding(Outcome.FAILED, facts, TroubleReason.HARDWARE_ERROR.value)
        return Finding(Outcome.UNSURE, facts)


def _wired(settings: Settings, names: tuple[str, ...]) -> dict[str, int]:
    numbers = {name: settings.integer(f"relay.{name}") for name in names}
    return {name: number for name, number in numbers.items() if number}


def open_from(settings: Settings) -> Cabinet:
    """The board that the settings name; it opens at the first use."""
    return Cabinet(
        settings.text("relay.path"),
        contacts=Contacts(_wired(settings, INPUTS), inverted(settings)),
        lights=_wired(settings, LIGHTS),
        baud=settings.integer("relay.baud"),
        address=settings.integer("relay.address"),
        channels=settings.integer("relay.channels"),
    )
