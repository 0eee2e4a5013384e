"""What a technician can ask of the dispenser, the loop through one blank card among it.

What a reader would get wrong: the loop uses a card up; whatever fails on the way, the card goes
into the bin and never out of the gate. Its test number is never issued to anyone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from core.ports import (
    CaptureCount,
    CardMoved,
    CardPath,
    CardRead,
    CardWritten,
    DeviceTrouble,
    Unknown,
)
from devices.checks import LINE, Check, Fact, Finding, Identity, Outcome, failed_because, passed
from devices.model import TroubleReason

TEST_NUMBER = "0000000000000000"

Answer = TypeVar("Answer")


class Dispenser(Protocol):
    """What the checks need of the service."""

    def where(self) -> CardPath | DeviceTrouble:
        """Where a card is."""

    def sensors(self) -> str | DeviceTrouble:
        """One character a sensor."""

    def identity(self) -> Identity | DeviceTrouble:
        """Who it is."""

    def captured(self) -> CaptureCount | DeviceTrouble:
        """Cards in the bin."""

    def to_encoder(self) -> CardMoved | DeviceTrouble | Unknown:
        """A blank to the RF position."""

    def write(self, number: str) -> CardWritten | DeviceTrouble | Unknown:
        """A number onto it."""

    def read(self) -> CardRead | DeviceTrouble:
        """The number from it."""

    def capture(self) -> CardMoved | DeviceTrouble | Unknown:
        """Into the bin."""


def checks_of(dispenser: Dispenser) -> tuple[Check, ...]:
    """The first is LINE."""
    return (
        Check(LINE, lambda: _line(dispenser)),
        Check("sensors", lambda: _sensors(dispenser)),
        Check("dispense_write_read_capture", lambda: Loop(dispenser).run(), consumes=True),
    )


def _line(dispenser: Dispenser) -> Finding:
    began = time.monotonic()
    found = dispenser.where()
    took = _fact_ms("answer_ms", began)
    if isinstance(found, DeviceTrouble):
        return _trouble(found)
    who = dispenser.identity()
    facts = [took]
    if isinstance(who, Identity):
        facts += [Fact("firmware", who.firmware), Fact("serial", who.serial)]
    return passed(*facts)


def _sensors(dispenser: Dispenser) -> Finding:
    found, raw = dispenser.where(), dispenser.sensors()
    if isinstance(found, DeviceTrouble):
        return _trouble(found)
    facts = [
        Fact("card_position", found.position),
        Fact("stacker", found.stacker),
        Fact("bin_full", "yes" if found.bin_full else "no"),
    ]
    if isinstance(raw, str):
        facts.append(Fact("sensors", raw))
    counted = dispenser.captured()
    if isinstance(counted, CaptureCount):
        facts.append(Fact("captured", str(counted.cards)))
    return passed(*facts)


class Loop:
    """One blank: dispensed, written, read, captured; each step timed."""

    def __init__(self, dispenser: Dispenser) -> None:
        self._dispenser = dispenser
        self._facts: list[Fact] = []

    def run(self) -> Finding:
        """The whole way; the first step that is not well ends it, after the capture."""
        moved = self._timed("dispense_ms", self._dispenser.to_encoder)
        if isinstance(moved, DeviceTrouble):
            return _trouble(moved, *self._facts)
        unwell = self._unwell(moved) if isinstance(moved, Unknown) else self._write_and_read()
        captured = self._timed("capture_ms", self._dispenser.capture)
        if unwell is not None:
            return unwell
        if isinstance(captured, CardMoved):
            return passed(*self._facts)
        return self._unwell(captured)

    def _write_and_read(self) -> Finding | None:
        written = self._timed("write_ms", lambda: self._dispenser.write(TEST_NUMBER))
        if not isinstance(written, CardWritten):
            return self._unwell(written)
        read = self._timed("read_ms", self._dispenser.read)
        if isinstance(read, DeviceTrouble):
            return self._unwell(read)
        self._facts.append(Fact("uid", read.uid))
        if read == CardRead(written.uid, TEST_NUMBER):
            return None
        return failed_because(
            TroubleReason.HARDWARE_ERROR, *self._facts, Fact("error", "read back differently")
        )

    def _unwell(self, answer: DeviceTrouble | Unknown) -> Finding:
        if isinstance(answer, DeviceTrouble):
            return _trouble(answer, *self._facts)
        return failed_because(
            TroubleReason.HARDWARE_ERROR, *self._facts, Fact("error", answer.reason)
        )

    def _timed(self, name: str, step: Callable[[], Answer]) -> Answer:
        began = time.monotonic()
        answer = step()
        self._facts.append(_fact_ms(name, began))
        return answer


def _fact_ms(name: str, began: float) -> Fact:
    return Fact(name, str(round((time.monotonic() - began) * 1000)))


def _trouble(found: DeviceTrouble, *facts: Fact) -> Finding:
    return Finding(Outcome.FAILED, facts, found.reason)
