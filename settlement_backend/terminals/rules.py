"""What a terminal offers by its type, and what its report alarms about (L16, H01, S47).

Pure. What a reader would get wrong: a device that is not named in a report is as missing as one
that says so; unknown levels are no alarm, because many devices cannot tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from settlement_backend.base.shapes import Shape
from settlement_backend.policy.profile import TerminalRules
from settlement_backend.terminals.requests import ConsumableState, DeviceState

Severity = Literal["URGENT", "SOON"]
_SCANNERS = ("scanner", "camera")
_WORKS = ("ONLINE", "BUSY")


class Alarm(Shape):
    """Something a technician should know. `about`: the device or consumable."""

    kind: str
    about: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a terminal. `reported_at` None: it never said anything."""

    kind: str
    reported_at: datetime | None
    devices: Sequence[DeviceState]
    consumables: Sequence[ConsumableState]
    certificate_ends: datetime | None
    open_problems: int


def functions_of(rules: TerminalRules, terminal_type: str, own: str) -> tuple[str, ...]:
    """A terminal's own functions, or those of its type; a type nobody described offers none."""
    if own:
        return tuple(own.split(","))
    return rules.functions.get(terminal_type, ())


def alarms(rules: TerminalRules, standing: Standing, now: datetime) -> tuple[Alarm, ...]:
    """Urgent ones first."""
    found = [
        *_silence(rules, standing, now),
        *_devices(rules, standing),
        *_consumables(rules, standing),
        *_certificate(rules, standing, now),
    ]
    if standing.open_problems:
        found.append(Alarm(kind="problem_reported", about="", severity="SOON"))
    return tuple(sorted(found, key=lambda alarm: alarm.severity != "URGENT"))


def _silence(rules: TerminalRules, standing: Standing, now: datetime) -> list[Alarm]:
    at = standing.reported_at
    if at is not None and now - at <= timedelta(seconds=rules.silent_seconds):
        return []
    return [Alarm(kind="silent", about="", severity="URGENT")]


def _devices(rules: TerminalRules, standing: Standing) -> list[Alarm]:
    """Every window and kiosk reads codes (H01); other devices alarm when they do not work."""
    if standing.reported_at is None:
        return []
    broken = [device for device in standing.devices if device.state not in _WORKS]
    found = [Alarm(kind="device_broken", about=d.name, severity="URGENT") for d in broken]
    working = {device.name for device in standing.devices if device.state in _WORKS}
    if standing.kind in rules.scanner_kinds and not working.intersection(_SCANNERS):
        found.append(Alarm(kind="scanner_missing", about="scanner", severity="URGENT"))
    return found


def _consumables(rules: TerminalRules, standing: Standing) -> list[Alarm]:
    found = []
    for each in standing.consumables:
        few = each.left is not None and each.left < rules.low_left.get(each.name, 0)
        if each.level == "OUT" or each.left == 0:
            found.append(Alarm(kind="consumable_out", about=each.name, severity="URGENT"))
        elif each.level == "LOW" or few:
            found.append(Alarm(kind="consumable_low", about=each.name, severity="SOON"))
    return found


def _certificate(rules: TerminalRules, standing: Standing, now: datetime) -> list[Alarm]:
    ends = standing.certificate_ends
    if ends is None or ends - now > timedelta(days=rules.renew_days_before / 2):
        return []
    return [Alarm(kind="certificate_ends", about="", severity="SOON")]
