"""How each device is taken away and given back, and how it is known that it is back.

Talks to the units as a person's hand does and waits for what the device tells. What a reader would
get wrong: a cycle that fails still gives the device back, so that the next one begins well.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.ports import CardGone, HealthCardPresent
from devices.transport.limited import held_threads
from tests.soak.fitted import TELL_LIMIT_S, FittedDevice, NotTold
from tests.soak.usage import wait_until

EVERY, HANG_AT, RESTART_AT = 10, 2, 3
"""Of ten cycles of the card slot, one meets a card that never answers, one a lost service."""
OUR_CARD = {"4": b"20250008".ljust(16, b"\0").hex()}
OK, OFFLINE, HUNG = "ok", "offline", ("hung", "jammed")


class Hand(Protocol):
    """A person's hand at one unit."""

    def __call__(self, do: str, **fields: object) -> object: ...


class Plug(Protocol):
    """What happens to one device again and again."""

    def cycle(self, number: int) -> float:
        """Away and back once; the seconds from given back to well. NotTold: it went wrong."""


@dataclass(frozen=True, slots=True)
class Switch:
    """`away` and `back` act; `gone` and `well` wait until the device tells it."""

    away: Callable[[], object]
    gone: Callable[[], object]
    back: Callable[[], object]
    well: Callable[[], object]

    def cycle(self, number: int) -> float:
        """The same each time."""
        try:
            self.away()
            self.gone()
        finally:
            given_back = time.monotonic()
            self.back()
        self.well()
        return time.monotonic() - given_back


def telling(device: FittedDevice, away: Callable[[], object], back: Callable[[], object]) -> Switch:
    """A device that tells by itself that its line is gone."""
    return Switch(
        away, lambda: device.wait_for_state(OFFLINE), back, lambda: device.wait_for_state(OK)
    )


def asked(device: FittedDevice, away: Callable[[], object], back: Callable[[], object]) -> Switch:
    """A device that opens its line for each operation: only a question finds it gone."""
    return Switch(
        away,
        lambda: device.wait_for_answer(answered=False),
        back,
        lambda: device.wait_for_answer(answered=True),
    )


class CardHand:
    """A card in and out; at times one that hangs, at times the PC/SC service dies."""

    def __init__(self, device: FittedDevice, hand: Hand, uid: str, service: Switch) -> None:
        self._device = device
        self._hand = hand
        self._uid = uid
        self._service = service

    def cycle(self, number: int) -> float:
        """The recovery is that of the service, or of the reader after its card left."""
        self._device.forget()
        self._hand("insert", uid=self._uid)
        try:
            self._device.wait_for_event(HealthCardPresent)
            recovery_s = self._disturb(number)
        finally:
            self._device.forget()
            left = time.monotonic()
            self._hand("remove")
        self._device.wait_for_event(CardGone)
        self._device.wait_for_state(OK)
        self._expect_held(0)
        return max(recovery_s, time.monotonic() - left)

    def _disturb(self, number: int) -> float:
        match number % EVERY:
            case turn if turn == HANG_AT:
                self._hand("hang")
                self._device.wait_for_state(*HUNG)
                self._expect_held(1)
            case turn if turn == RESTART_AT:
                self._device.forget()
                recovery_s = self._service.cycle(number)
                self._device.wait_for_event(HealthCardPresent)
                return recovery_s
        return 0.0

    def _expect_held(self, threads: int) -> None:
        if not wait_until(lambda: held_threads() == threads, TELL_LIMIT_S):
            raise NotTold(f"{held_threads()} held threads instead of {threads}")
