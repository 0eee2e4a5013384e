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
from devices import card_dispenser, id_card, pos, receipt_printer, scanner, smart_card


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
    Fitting("smart_card", smart_card.SETTINGS, smart_card.open_from),
    Fitting("scanner", scanner.SETTINGS, scanner.open_from),
    Fitting("pos", pos.SETTINGS, pos.open_from),
    Fitting("receipt_printer", receipt_printer.SETTINGS, receipt_printer.open_from),
)


def same_path_twice(settings: Settings) -> list[str]:
    """A rule: two devices cannot be at the other end of one path."""
    seen: dict[str, str] = {}
    faults = []
    paths = [s.key for f in FITTINGS for s in f.settings if s.kind is Kind.DEVICE_PATH]
    for key in paths:
        if settings.has(key):
            path = settings.text(key)
            if path in seen:
                faults.append(f"{key} = {path!r}: {seen[path]} is there already")
            seen.setdefault(path, key)
    return faults


def rules(settings: Settings) -> list[str]:
    """Every contradiction between settings of devices that are fitted."""
    faults = same_path_twice(settings)
    for fitting in FITTINGS:
        if settings.has_table(fitting.name):
            faults += fitting.contradictions(settings)
    return faults
