"""Each device's history and who it says it is, folded from the journal.

What a reader would get wrong: a fault is a change from well to not well; a device that stays
offline for a day had one fault, not one a minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.audit import AuditEvent, audited
from core.journal.records import Record

WELL = frozenset({"ok", "low"})


@dataclass(frozen=True, slots=True)
class DeviceHistory:
    """Times are ISO UTC texts of the journal, "" when it never happened."""

    device: str
    state: str = "unknown"
    since: str = ""
    last_fault: str = ""
    last_fault_at: str = ""
    faults: int = 0
    model: str = ""
    firmware: str = ""
    serial: str = ""
    former_serial: str = ""

    @property
    def exchanged(self) -> bool:
        """Another serial number answers than the one a technician accepted: an alarm."""
        return bool(self.former_serial)


@dataclass(slots=True)
class _Story:
    state: str = "unknown"
    since: str = ""
    last_fault: str = ""
    last_fault_at: str = ""
    faults: int = 0
    model: str = ""
    firmware: str = ""
    serial: str = ""
    accepted: str = ""


def histories(records: Iterable[Record]) -> dict[str, DeviceHistory]:
    """By device name, in order of first mention."""
    stories: dict[str, _Story] = {}
    for record in records:
        event = audited(record)
        facts, at = record.entry.payload, record.stamp.wall_time
        if event is AuditEvent.TERMINAL_STARTED:
            for story in stories.values():
                story.state, story.since = "unknown", at
        elif event in _TOLD:
            story = stories.setdefault(str(facts["device"]), _Story())
            _tell(story, event, {name: str(value) for name, value in facts.items()}, at)
    return {name: _history(name, story) for name, story in stories.items()}


_TOLD = (AuditEvent.DEVICE_CHANGED, AuditEvent.DEVICE_IDENTIFIED, AuditEvent.DEVICE_ACCEPTED)


def _tell(story: _Story, event: AuditEvent, facts: dict[str, str], at: str) -> None:
    match event:
        case AuditEvent.DEVICE_CHANGED:
            state = facts["state"]
            if state not in WELL and state != "unknown" and story.state in (*WELL, "unknown"):
                story.faults += 1
                story.last_fault, story.last_fault_at = state, at
            if state != story.state:
                story.state, story.since = state, at
        case AuditEvent.DEVICE_IDENTIFIED:
            story.model, story.firmware = facts["model"], facts["firmware"]
            story.serial = facts["serial"]
            story.accepted = story.accepted or story.serial
        case AuditEvent.DEVICE_ACCEPTED:
            story.accepted = facts["serial"]


def _history(name: str, story: _Story) -> DeviceHistory:
    former = story.accepted if story.serial and story.serial != story.accepted else ""
    return DeviceHistory(
        name,
        story.state,
        story.since,
        story.last_fault,
        story.last_fault_at,
        story.faults,
        story.model,
        story.firmware,
        story.serial,
        former,
    )
