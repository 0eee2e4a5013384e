"""What a technician can ask of a device: who it is, and checks with a verdict.

Every service offers `identity()` and `checks()`; the first check is always "line". What a reader
would get wrong: a check runs in the device's own worker thread, may wait for seconds, and never
raises for an outside fault: what it met is its `Finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.flow import Event
from core.ports import DeviceTrouble
from devices.errors import DeviceError
from devices.model import TroubleReason, reason_of

LINE = "line"


class Outcome(StrEnum):
    """The verdict of a check. UNSURE: only a person who looks can say."""

    PASSED = "passed"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured thing. `name` is a word of the catalogue (fact.<name>), `value` plain text."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `reason`: a trouble word when it failed, else ""."""

    outcome: Outcome
    facts: tuple[Fact, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to try. `name` is a word of the catalogue (check.<name>).

    `hand`: what a person must do for it (hand.<hand>), such as "place_card"; "": nothing.
    `consumes`: it uses paper, a card or a booklet.
    """

    name: str
    work: Callable[[], Finding]
    hand: str = ""
    consumes: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the device says it is; "" where its protocol does not say."""

    model: str = ""
    firmware: str = ""
    serial: str = ""


class Service(Protocol):
    """A device as terminal and diagnostics use it; all calls in one thread."""

    def poll(self) -> Iterable[Event]:
        """Unasked events since the last call; returns soon."""

    def identity(self) -> Identity | DeviceTrouble:
        """Who is there."""

    def checks(self) -> tuple[Check, ...]:
        """What can be tried; the first is LINE."""

    def close(self) -> None:
        """Give the port back; never raises."""


def failed(error: DeviceError) -> Finding:
    """The finding of a device that did not do what the check asked."""
    return Finding(Outcome.FAILED, (Fact("error", str(error)),), reason_of(error).value)


def failed_because(reason: TroubleReason, *facts: Fact) -> Finding:
    """The finding of a device that answered, and is not well."""
    return Finding(Outcome.FAILED, facts, reason.value)


def passed(*facts: Fact) -> Finding:
    """The finding of a device that is well."""
    return Finding(Outcome.PASSED, facts)
