"""The catalogue of audit events: who did what with which result, never about whom in the clear.

Audit entries are journal records of kind "audit.<event>"; a missing line shows as a hole in the
chain. Facts name patients by the backend's opaque id only.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.journal.records import Entry, Record


class AuditEvent(StrEnum):
    """Everything that is audited at a terminal."""

    TERMINAL_STARTED = "terminal_started"
    TERMINAL_STOPPED = "terminal_stopped"
    SIGNED_ON = "signed_on"
    SESSION_STARTED = "session_started"
    SESSION_ENDED = "session_ended"
    NOTICE_ACCEPTED = "notice_accepted"
    OPERATOR_SIGNED_IN = "operator_signed_in"
    OPERATOR_REFUSED = "operator_refused"
    REFUND_REVIEWED = "refund_reviewed"
    DEVICE_CHANGED = "device_changed"
    RECOVERY_ENDED = "recovery_ended"
    HELP_CALLED = "help_called"
    MAINTENANCE_STARTED = "maintenance_started"
    MAINTENANCE_ENDED = "maintenance_ended"
    TECHNICIAN_REFUSED = "technician_refused"
    DEVICE_TESTED = "device_tested"
    DEVICE_IDENTIFIED = "device_identified"
    DEVICE_ACCEPTED = "device_accepted"
    CARD_FORGOTTEN = "card_forgotten"
    CONSUMED = "consumed"
    REFILLED = "refilled"
    NOTE_CREDITED = "note_credited"
    NOTE_RETURNED = "note_returned"
    NOTE_FOUND = "note_found"
    CABINET_CHANGED = "cabinet_changed"
    CASH_BOX_REMOVED = "cash_box_removed"
    CASH_BOX_INSERTED = "cash_box_inserted"
    CASH_BOX_COUNTED = "cash_box_counted"
    DRAWER_OPENED = "drawer_opened"
    DRAWER_LEFT_OPEN = "drawer_left_open"
    DRAWER_COUNTED = "drawer_counted"
    STICKER_PLACED = "sticker_placed"
    STICKER_REMOVED = "sticker_removed"
    PROBLEM_REPORTED = "problem_reported"
    REPORT_MADE = "report_made"
    BUNDLE_MADE = "bundle_made"
    SIGNED = "signed"
    TASK_TOLD = "task_told"
    SETTINGS_TOLD = "settings_told"
    OWN_DATA_SHOWN = "own_data_shown"
    ASSISTANCE_BEGUN = "assistance_begun"
    ASSISTANCE_ENDED = "assistance_ended"


_PREFIX = "audit."


def audited(record: Record) -> AuditEvent | None:
    """Which audit event a record holds; None: another kind of record."""
    kind = record.entry.kind
    if not kind.startswith(_PREFIX):
        return None
    return AuditEvent(kind.removeprefix(_PREFIX))


def audit_entry(event: AuditEvent, facts: Mapping[str, str | int]) -> Entry:
    """The journal entry of one audit event."""
    return Entry(f"{_PREFIX}{event}", "", facts)
