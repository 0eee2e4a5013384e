"""The catalogue of audit events: who did what with which result, never about whom in the clear.

Audit entries are journal records of kind "audit.<event>"; a missing line shows as a hole in the
chain. Facts name patients by the backend's opaque id only.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.journal.records import Entry


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


def audit_entry(event: AuditEvent, facts: Mapping[str, str | int]) -> Entry:
    """The journal entry of one audit event."""
    return Entry(f"audit.{event}", "", facts)
