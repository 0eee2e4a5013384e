"""The machine's front as the screens draw it: which parts are there, and where each one is.

A part stands for the devices behind it and is drawn only where one of them is fitted. What a reader
would get wrong: once a single place is named the drawing is a true grid of three columns, and parts
without a place of their own take the cells that are left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.settings import Kind, Setting, Settings

_ROWS, _COLUMNS = ("upper", "middle", "lower"), ("left", "centre", "right")
_CELLS = tuple(f"{row} {column}" for row in _ROWS for column in _COLUMNS)
_ANYWHERE = "auto"


@dataclass(frozen=True, slots=True)
class _Part:
    """`name`: of the drawing (`kiosk/screens/parts/MachinePart.qml`). `key`: of the setting."""

    name: str
    key: str
    words: str
    devices: tuple[str, ...]


_PARTS = (
    _Part("id", "id_reader", "the field of the ID reader", ("id_card",)),
    _Part("card", "card_slot", "the card slot", ("card_reader", "smart_card")),
    _Part("scan", "scan_window", "the scan window", ("scanner", "camera")),
    _Part("pos", "pos", "the bank POS", ("pos",)),
    _Part("dispense", "card_outlet", "the outlet of new cards", ("card_dispenser",)),
    _Part("print", "slip_outlet", "the outlet of slips", ("receipt_printer",)),
    _Part("cash", "banknote_slot", "the slot for banknotes", ("cash",)),
)

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(
        f"front.{part.key}",
        Kind.TEXT,
        f"Where {part.words} is, on the machine below the screen; auto: drawn in a row.",
        default=_ANYWHERE,
        choices=(_ANYWHERE, *_CELLS),
    )
    for part in _PARTS
)


@dataclass(frozen=True, slots=True)
class FrontPart:
    """One part of the drawing. `row`, `column`: from 0; both -1 where no place is named at all."""

    name: str
    row: int = -1
    column: int = -1


EVERY_PART = tuple(FrontPart(part.name) for part in _PARTS)
"""The front of a machine with everything, in a row."""


def parts_of(settings: Settings) -> tuple[FrontPart, ...]:
    """What is fitted, in the order of the drawing."""
    fitted = [part for part in _PARTS if any(settings.has_table(one) for one in part.devices)]
    named = {part.name: settings.text(f"front.{part.key}") for part in fitted}
    taken = [place for place in named.values() if place != _ANYWHERE]
    if not taken:
        return tuple(FrontPart(part.name) for part in fitted)
    free = iter(cell for cell in _CELLS if cell not in taken)
    return tuple(
        FrontPart(name, *divmod(_CELLS.index(next(free) if p == _ANYWHERE else p), len(_COLUMNS)))
        for name, p in named.items()
    )


def contradictions(settings: Settings) -> Iterable[str]:
    """A rule: two parts cannot be in one place."""
    seen: dict[str, str] = {}
    for setting in SETTINGS:
        place = settings.text(setting.key)
        if place != _ANYWHERE and place in seen:
            yield f"{setting.key} = {place!r}: {seen[place]} is there already"
        seen.setdefault(place, setting.key)
