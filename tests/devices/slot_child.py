"""A card slot service in a process of its own: one JSON line an event, until standard input ends.

Lines it is told: `confirm UID`, `write NUMBER` and `check NAME`; each is answered by a line. What a
reader would get wrong: the PC/SC library remembers its daemon's socket for the life of a process,
so a test with a private daemon cannot run the service inside the test process.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
from collections.abc import Callable

from core.flow import Event
from core.ports import (
    CardUnreadable,
    CardWritten,
    DeviceHealth,
    DeviceTrouble,
    HealthCardPresent,
    ResidentCardPresent,
    SocialCardPresent,
    Unknown,
)
from devices.smart_card.service import CardSlot
from devices.smart_card.slot import Written
from sandbox.units.pcsc_files import DEMO_MODULE_KEY

ANSWER_LIMIT_S = 1.5


def authenticate(exchange: Callable[[bytes], bytes], _atr: bytes) -> bool:
    """The hook of a test: the invented security module of the virtual cards."""
    challenge = exchange(bytes.fromhex("0084000008"))[:8]
    enciphered = bytes(a ^ b for a, b in zip(challenge, DEMO_MODULE_KEY, strict=True))
    return exchange(bytes.fromhex("0082000110") + enciphered + challenge) == b"\x90\0"


def line_of(event: Event) -> list[str]:
    """Type name and what matters of it."""
    facts: list[str] = []
    match event:
        case HealthCardPresent(uid, number):
            facts = [uid, number]
        case SocialCardPresent(uid, card_number, id_number, name, version, valid_to):
            facts = [uid, card_number, id_number, name, version, valid_to]
        case ResidentCardPresent(uid, card_number, id_number, name):
            facts = [uid, card_number, id_number, name]
        case CardUnreadable(uid):
            facts = [uid]
        case DeviceHealth(_, state):
            facts = [state]
    return [type(event).__name__, *facts]


def answer(slot: CardSlot, line: str) -> list[str]:
    """What the service says to one line."""
    verb, _, argument = line.partition(" ")
    if verb == "confirm":
        return [type(slot.confirm(argument)).__name__]
    if verb == "write":
        return list(written_facts(slot.write(argument)))
    checks = {check.name: check for check in slot.checks()}
    finding = checks[argument].work()
    return [finding.outcome.value, *(f"{fact.name}={fact.value}" for fact in finding.facts)]


def written_facts(written: Written) -> tuple[str, ...]:
    """How writing ended, and why or where."""
    match written:
        case CardWritten(uid):
            return ("CardWritten", uid)
        case DeviceTrouble(_, reason) | Unknown(reason):
            return (type(written).__name__, reason)


def tell(words: list[str]) -> None:
    """One line out."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """argv: the slot's path, and "psam" for a terminal with a security module."""
    lines: queue.Queue[str] = queue.Queue()
    ended = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            lines.put(line.strip())
        ended.set()

    threading.Thread(target=listen, daemon=True).start()
    psam = authenticate if "psam" in sys.argv[2:] else None
    slot = CardSlot(sys.argv[1], psam=psam, answer_limit_s=ANSWER_LIMIT_S)
    while not ended.wait(0.02):
        while not lines.empty():
            tell(answer(slot, lines.get()))
        for event in slot.poll():
            tell(line_of(event))
    slot.close()


if __name__ == "__main__":
    main()
