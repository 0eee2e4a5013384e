"""Every kind of device that can be fitted: its settings table and how it is opened.

The one list from which the terminal, the command line and the example settings are made. What a
reader would get wrong: a package decides by its own `protocol` setting (or by its path) which
driver it opens; nobody outside knows protocols.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.settings import Kind, Rule, Setting, Settings
from devices import (
    camera,
    card_dispenser,
    card_reader,
    cash,
    id_card,
    nfc,
    page_printer,
    pos,
    receipt_printer,
    relay,
    scanner,
    smart_card,
    vending,
)
from devices.transport.paths import line_at


def _none(_settings: Settings) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Fitting:
    """One settings table. `open_from` gives a `devices.checks.Service`; it opens no port yet.

    `contradictions` finds settings of this table that do not go together.
    """

    name: str
    settings: tuple[Setting, ...]
    open_from: Callable[[Settings], Any]
    contradictions: Rule = _none


FITTINGS: tuple[Fitting, ...] = (
    Fitting("id_card", id_card.SETTINGS, id_card.open_from),
    Fitting("card_dispenser", card_dispenser.SETTINGS, card_dispenser.open_from),
    Fitting("card_reader", card_reader.SETTINGS, card_reader.open_from),
    Fitting("smart_card", smart_card.SETTINGS, smart_card.open_from, smart_card.contradictions),
    Fitting("nfc", nfc.SETTINGS, nfc.open_from, nfc.contradictions),
    Fitting("scanner", scanner.SETTINGS, scanner.open_from, scanner.contradictions),
    Fitting("camera", camera.SETTINGS, camera.open_from, camera.contradictions),
    Fitting("cash", cash.SETTINGS, cash.open_from, cash.contradictions),
    Fitting("pos", pos.SETTINGS, pos.open_from, pos.contradictions),
    Fitting(
        "receipt_printer",
        receipt_printer.SETTINGS,
        receipt_printer.open_from,
        receipt_printer.contradictions,
    ),
    Fitting(
        "page_printer",
        page_printer.SETTINGS,
        page_printer.open_from,
        page_printer.contradictions,
    ),
    Fitting("vending", vending.SETTINGS, vending.open_from),
    Fitting("relay", relay.SETTINGS, relay.open_from, relay.contradictions),
)


def _paths(settings: Settings) -> dict[str, str]:
    """Every device path that is set, by its key."""
    keys = [s.key for f in FITTINGS for s in f.settings if s.kind is Kind.DEVICE_PATH]
    return {key: settings.text(key) for key in keys if settings.has(key)}


def same_path_twice(settings: Settings) -> list[str]:
    """A rule: two devices cannot be at the other end of one path."""
    seen: dict[str, str] = {}
    faults = []
    for key, path in _paths(settings).items():
        if path in seen:
            faults.append(f"{key} = {path!r}: {seen[path]} is there already")
        seen.setdefault(path, key)
    return faults


def unusable_paths(settings: Settings) -> list[str]:
    """A rule: a serial or TCP path must name a port."""
    faults = []
    for key, path in _paths(settings).items():
        if path.startswith(("serial:", "tcp:")):
            try:
                line_at(path, 9600)
            except ValueError as error:
                faults.append(f"{key} = {error}")
    return faults


def rules(settings: Settings) -> list[str]:
    """Every contradiction between settings of devices that are fitted."""
    faults = [*unusable_paths(settings), *same_path_twice(settings)]
    for fitting in FITTINGS:
        if settings.has_table(fitting.name):
            faults += fitting.contradictions(settings)
    return faults
