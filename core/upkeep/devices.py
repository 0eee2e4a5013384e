"""Each device's history and who it says it is, folded from the journal.

What a reader would get wrong: a fault is a change from well to not well; a device that stays
offline for a day had one fault, not one a minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.audit import AuditEvent, audited
from core.journal.records import Record

WELL = frozenset({"ok", "low"})


_TOLD = (AuditEvent.DEVICE_CHANGED, AuditEvent.DEVICE_IDENTIFIED, AuditEvent.DEVICE_ACCEPTED)


@dataclass(frozen=True, slots=True)
class DeviceHistory:
    """Times are ISO UTC texts of the journal, "" when it never happened.

    `accepted_serial`: the first serial number that was told, or the last one accepted.
    """

    device: str
    state: str = "unknown"
    since: str = ""
    last_fault: str = ""
    last_fault_at: str = ""
    faults: int = 0
    model: str = ""
    firmware: str = ""
    serial: str = ""
    accepted_serial: str = ""

    @property
    def former_serial(self) -> str:
        """The accepted number when another one answers now, else ""."""
        return self.accepted_serial if self.serial not in ("", self.accepted_serial) else ""

    @property
    def exchanged(self) -> bool:
        """Another serial number answers than the one a technician accepted: an alarm."""
        return bool(self.former_serial)


def histories(records: Iterable[Record]) -> dict[str, DeviceHistory]:
    """By device name, in order of first mention."""
    known: dict[str, DeviceHistory] = {}
    for record in records:
        event = audited(record)
        at = record.stamp.wall_time
        if event is AuditEvent.TERMINAL_STARTED:
            known = {
                name: replace(history, state="unknown", since=at) for name, history in known.items()
            }
        elif event in _TOLD:
            facts = {name: str(value) for name, value in record.entry.payload.items()}
            name = facts["device"]
            known[name] = _told(known.get(name, DeviceHistory(name)), event, facts, at)
    return known


def _told(
    history: DeviceHistory, event: AuditEvent, facts: dict[str, str], at: str
) -> DeviceHistory:
    match event:
        case AuditEvent.DEVICE_CHANGED:
            return _changed(history, facts["state"], at)
        case AuditEvent.DEVICE_IDENTIFIED:
            model, firmware, serial = facts["model"], facts["firmware"], facts["serial"]
            accepted = history.accepted_serial or serial
            return replace(
                history, model=model, firmware=firmware, serial=serial, accepted_serial=accepted
            )
        case _:
            return replace(history, accepted_serial=facts["serial"])


def _changed(history: DeviceHistory, state: str, at: str) -> DeviceHistory:
    """The new state; a fault when it was well, or not known, before."""
    if state not in (*WELL, "unknown") and history.state in (*WELL, "unknown"):
        history = replace(history, faults=history.faults + 1, last_fault=state, last_fault_at=at)
    return history if state == history.state else replace(history, state=state, since=at)
