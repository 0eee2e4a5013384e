"""What a person must look at, from what the machine knows of itself.

What a reader would get wrong: a missing scanner is an alarm at every window and kiosk (H01), even
when nobody fitted one; other devices that are not fitted are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from core.settings import Kind, Setting, Settings
from core.upkeep.consumables import Item, Level
from core.upkeep.devices import WELL, DeviceHistory
from core.upkeep.steps import Alarm

_LOW_AT: dict[Item, int] = {
    Item.RECEIPT: 50,
    Item.CARD: 20,
    Item.BOOKLET: 5,
    Item.PAGE: 50,
    Item.TONER: 100,
}

_GUARDED = ("tamper", "cash_door", "cabinet_door")

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(
        f"upkeep.low_{item.value}",
        Kind.INTEGER,
        f"How many pieces are left when a refill is asked for: {item.value}.",
        default=pieces,
        low=0,
        high=100_000,
    )
    for item, pieces in _LOW_AT.items()
)


def alarms(
    settings: Settings,
    missing_scanner: str,
    histories: Mapping[str, DeviceHistory],
    states: Iterable[tuple[str, str]],
    levels: Iterable[Level],
    suspense: int,
    cabinet: Mapping[str, bool],
) -> tuple[Alarm, ...]:
    """All of them, the most urgent kind first."""
    return (
        *(Alarm("cabinet", name) for name in _GUARDED if cabinet.get(name)),
        *_exchanged(histories),
        *([Alarm("scanner", "scanner", missing_scanner)] if missing_scanner else ()),
        *_sick(states, "scanner" if missing_scanner else ""),
        *([Alarm("suspense", "journal", str(suspense))] if suspense else ()),
        *_low(settings, levels),
    )


def _exchanged(histories: Mapping[str, DeviceHistory]) -> Iterator[Alarm]:
    for history in histories.values():
        if history.exchanged:
            changed = f"{history.former_serial} → {history.serial}"
            yield Alarm("exchanged", history.device, changed)


def _sick(states: Iterable[tuple[str, str]], told: str) -> Iterator[Alarm]:
    for device, state in states:
        if state not in WELL and state != "unknown" and device != told:
            yield Alarm("device", device, state)


def _low(settings: Settings, levels: Iterable[Level]) -> Iterator[Alarm]:
    for level in levels:
        limit = settings.integer(f"upkeep.low_{level.item.value}")
        if level.left is not None and level.left <= limit:
            yield Alarm("low", level.item.value, str(level.left))
