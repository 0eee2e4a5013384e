"""Input bits to named contacts, debounced.

What a reader would get wrong: a contact is told when two reads in a row agree and it is not what
was told before; the first agreed state is told too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.flow import Event
from core.ports import CabinetChanged, PersonLeft

PRESENCE = "presence"
INPUTS = ("cabinet_door", "cash_door", "tamper", PRESENCE)
LIGHTS = ("card_slot_light", "printer_light", "cash_light", "alarm_light")


@dataclass(slots=True)
class Contacts:
    """`wired`: number of each wired input, from 1; `inverted`: names that are on when open."""

    wired: dict[str, int]
    inverted: frozenset[str] = frozenset()
    _last: dict[str, bool] = field(default_factory=dict)
    _told: dict[str, bool] = field(default_factory=dict)

    def named(self, bits: tuple[bool, ...]) -> dict[str, bool]:
        """What each wired input says now."""
        return {
            name: bits[number - 1] is not (name in self.inverted)
            for name, number in self.wired.items()
        }

    def changes(self, bits: tuple[bool, ...]) -> list[Event]:
        """What two reads in a row agree upon and was not told."""
        events: list[Event] = []
        for name, is_on in self.named(bits).items():
            if self._last.get(name) is is_on and self._told.get(name) is not is_on:
                was_there = self._told.get(name) is True
                self._told[name] = is_on
                events.append(CabinetChanged(name, is_on))
                if name == PRESENCE and was_there:
                    events.append(PersonLeft())
            self._last[name] = is_on
        return events
