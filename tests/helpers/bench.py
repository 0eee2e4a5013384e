"""Plain services and a bench of them, for what runs checks without caring which device it is.

What a reader would get wrong: nothing here runs in a thread of its own; a service tells its events
at one poll each, and then nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from core.flow import Event
from core.ports import DeviceTrouble, Printed, Unknown
from devices.checks import LINE, Check, Finding, Identity, passed
from devices.diagnostics.bench import BenchBusy, BenchCrashed, checks_of

Result = TypeVar("Result")


class FakeService:
    """A `devices.checks.Service`. `polls`: what each further poll tells; an Exception is raised."""

    def __init__(
        self,
        *checks: Check,
        polls: Iterable[Iterable[Event] | Exception] = (),
        identity: Identity | DeviceTrouble | Exception | None = None,
        line: Finding | None = None,
    ) -> None:
        self._checks = checks
        self._line = line or passed()
        self._identity = identity or Identity()
        self.polls = list(polls)
        self.printed: list[str] = []
        self.print_answer: Printed | DeviceTrouble | Unknown = Printed()
        self.closed = False

    def poll(self) -> Iterable[Event]:
        """The next of `polls`."""
        told = self.polls.pop(0) if self.polls else ()
        if isinstance(told, Exception):
            raise told
        return told

    def identity(self) -> Identity | DeviceTrouble:
        """What it was made with."""
        if isinstance(self._identity, Exception):
            raise self._identity
        return self._identity

    def checks(self) -> tuple[Check, ...]:
        """LINE, and what it was made with."""
        return (Check(LINE, lambda: self._line), *self._checks)

    def print_code(self, text: str) -> Printed | DeviceTrouble | Unknown:
        """As the receipt printer's."""
        self.printed.append(text)
        return self.print_answer

    def print_pdf(self, title: str, pdf: bytes) -> Printed | DeviceTrouble | Unknown:
        """As the page printer's."""
        self.printed.append(f"{title}: {len(pdf)} bytes")
        return self.print_answer

    def close(self) -> None:
        """Seen by the test."""
        self.closed = True


class FakeBench:
    """A `devices.diagnostics.bench.Bench` in the caller's thread; `busy` devices never begin."""

    def __init__(self, **services: FakeService) -> None:
        self.services = services
        self.busy: set[str] = set()
        self.heard: list[Event] = []

    @property
    def fitted(self) -> tuple[str, ...]:
        """Names as given."""
        return tuple(self.services)

    def checks(self, device: str) -> tuple[Check, ...]:
        """What can be tried."""
        return checks_of(self.services[device])

    def on(self, device: str, work: Callable[[Any], Result]) -> Result:
        """At once."""
        if device in self.busy:
            raise BenchBusy(f"{device}: too much is waiting")
        try:
            return work(self.services[device])
        except Exception as error:
            raise BenchCrashed(f"{device}: {error}") from error

    def hear(self, event: Event) -> None:
        """Seen by the test."""
        self.heard.append(event)
