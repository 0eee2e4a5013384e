"""What a technician can ask of the motorised reader.

What a reader would get wrong: "card_in_and_out" waits for a person twice, for the card and for it
to be taken; a card that nobody takes is left gripped at the front, not captured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from core.ports import CardMoved, DeviceTrouble, Done, Unknown
from devices.card_reader.driver import Crt310
from devices.card_reader.status import ReaderStatus
from devices.checks import LINE, Check, Fact, Finding, Identity, Outcome, failed_because, passed
from devices.model import TroubleReason

PERSON_S = 30.0
LOOK_S = 0.1
LIGHT_S = 1.0

Answered = TypeVar("Answered")


class Reader(Protocol):
    """What the checks need of the service."""

    def asked(self, ask: Callable[[Crt310], Answered]) -> Answered | DeviceTrouble:
        """Something that moves nothing."""

    def identity(self) -> Identity | DeviceTrouble:
        """Who it is."""

    def accept_cards(self, accepts: bool) -> Done | DeviceTrouble:
        """Open or shut the slot."""

    def give_back(self) -> CardMoved | DeviceTrouble | Unknown:
        """To the front."""

    def light(self, is_on: bool) -> Done | DeviceTrouble:
        """The light around the slot."""


def checks_of(reader: Reader) -> tuple[Check, ...]:
    """The first is LINE."""
    return (
        Check(LINE, lambda: _line(reader)),
        Check("sensors", lambda: _sensors(reader)),
        Check("light", lambda: _light(reader)),
        Check("card_in_and_out", lambda: _card_in_and_out(reader), hand="insert_card"),
    )


def _line(reader: Reader) -> Finding:
    began = time.monotonic()
    found = reader.asked(Crt310.status)
    took = _fact_ms("answer_ms", began)
    if isinstance(found, DeviceTrouble):
        return _trouble(found)
    who = reader.identity()
    if isinstance(who, DeviceTrouble):
        return _trouble(who, took)
    return passed(took, Fact("firmware", who.firmware), Fact("serial", who.serial))


def _sensors(reader: Reader) -> Finding:
    found, raw = reader.asked(Crt310.status), reader.asked(Crt310.sensors)
    if isinstance(found, DeviceTrouble):
        return _trouble(found)
    facts = [
        Fact("card_position", found.position.value),
        Fact("front_open", "yes" if found.front_open else "no"),
        Fact("rear_open", "yes" if found.rear_open else "no"),
    ]
    if isinstance(raw, str):
        facts.append(Fact("sensors", raw))
    if found.is_abnormal:
        return failed_because(TroubleReason.JAM, *facts)
    return passed(*facts)


def _light(reader: Reader) -> Finding:
    for is_on in (True, False):
        done = reader.light(is_on)
        if isinstance(done, DeviceTrouble):
            return _trouble(done)
        if is_on:
            time.sleep(LIGHT_S)
    return Finding(Outcome.UNSURE, (Fact("light", "on and off"),))


def _card_in_and_out(reader: Reader) -> Finding:
    opened = reader.accept_cards(True)
    if isinstance(opened, DeviceTrouble):
        return _trouble(opened)
    came = _waited(reader, lambda status: status.is_inside)
    shut = reader.accept_cards(False)
    if isinstance(came, DeviceTrouble):
        return _trouble(came)
    if not came:
        return failed_because(TroubleReason.TIMEOUT, Fact("error", "no card came"))
    if isinstance(shut, DeviceTrouble):
        return _trouble(shut)
    began = time.monotonic()
    uid = reader.asked(Crt310.uid)
    facts = [_fact_ms("read_ms", began)]
    if isinstance(uid, str):
        facts.append(Fact("uid", uid))
    began = time.monotonic()
    moved = reader.give_back()
    facts.append(_fact_ms("give_back_ms", began))
    return _judged(reader, uid, moved, facts)


def _judged(
    reader: Reader,
    uid: str | DeviceTrouble,
    moved: CardMoved | DeviceTrouble | Unknown,
    facts: list[Fact],
) -> Finding:
    if isinstance(moved, DeviceTrouble):
        return _trouble(moved, *facts)
    if isinstance(moved, Unknown):
        return failed_because(TroubleReason.HARDWARE_ERROR, *facts, Fact("error", moved.reason))
    taken = _waited(reader, lambda status: status.is_gone)
    if isinstance(taken, DeviceTrouble):
        return _trouble(taken, *facts)
    if not taken:
        return failed_because(TroubleReason.TIMEOUT, *facts, Fact("error", "nobody took the card"))
    return _trouble(uid, *facts) if isinstance(uid, DeviceTrouble) else passed(*facts)


def _waited(reader: Reader, wanted: Callable[[ReaderStatus], bool]) -> bool | DeviceTrouble:
    """Whether it came true within PERSON_S."""
    deadline = time.monotonic() + PERSON_S
    while time.monotonic() < deadline:
        status = reader.asked(Crt310.status)
        if isinstance(status, DeviceTrouble):
            return status
        if wanted(status):
            return True
        time.sleep(LOOK_S)
    return False


def _fact_ms(name: str, began: float) -> Fact:
    return Fact(name, str(round((time.monotonic() - began) * 1000)))


def _trouble(found: DeviceTrouble, *facts: Fact) -> Finding:
    return Finding(Outcome.FAILED, facts, found.reason)
