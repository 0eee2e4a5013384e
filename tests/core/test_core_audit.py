"""Audit events are journal records like any other, and belong to no operation."""

from __future__ import annotations

import pytest

from core.audit import AuditEvent, audit_entry
from core.journal.operations import fold
from core.journal.records import GENESIS, Stamp, seal


@pytest.mark.parametrize("event", list(AuditEvent))
def test_audit_event_is_recorded_and_no_operation(event: AuditEvent) -> None:
    entry = audit_entry(event, {"how": "left", "count": 2})
    assert (entry.kind, entry.operation_id) == (f"audit.{event}", "")
    stamp = Stamp("K01", "s1", "2026-01-05T01:30:00+00:00", "boot", 1)
    assert fold([seal(1, entry, stamp, GENESIS)]) == {}
