"""A card slot service in a process of its own: one JSON line an event, until standard input ends.

What a reader would get wrong: the PC/SC library remembers its daemon's socket for the life of a
process, so a test with a private daemon cannot run the service inside the test process.
"""

from __future__ import annotations

import json
import sys
import threading

from core.flow import Event
from core.ports import CardUnreadable, DeviceHealth, HealthCardPresent
from devices.smart_card.service import CardSlot


def line_of(event: Event) -> str:
    """Type name and what matters of it."""
    facts: list[str] = []
    match event:
        case HealthCardPresent(uid, number):
            facts = [uid, number]
        case CardUnreadable(uid):
            facts = [uid]
        case DeviceHealth(_, state):
            facts = [state]
    return json.dumps([type(event).__name__, *facts])


def main() -> None:
    """argv: the slot's path."""
    ended = threading.Event()

    def wait_for_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_end, daemon=True).start()
    slot = CardSlot(sys.argv[1])
    while not ended.wait(0.02):
        for event in slot.poll():
            sys.stdout.write(line_of(event) + "\n")
            sys.stdout.flush()
    slot.close()


if __name__ == "__main__":
    main()
