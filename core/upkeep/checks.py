"""What was tested when, by whom, with which facts; and how often the same fault was met before.

A test is one audit record. What a reader would get wrong: facts travel as one JSON text, because
a journal payload is flat.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.audit import AuditEvent, audited
from core.journal.records import Record


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One test. `outcome`: passed | failed | unsure. `facts`: name and value, in order."""

    device: str
    check: str
    outcome: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    person: str
    at: str = ""
    similar: int = 0

    def payload(self) -> Mapping[str, str | int]:
        """As the audit record's facts."""
        return {
            "device": self.device,
            "check": self.check,
            "outcome": self.outcome,
            "reason": self.reason,
            "facts": json.dumps(self.facts, ensure_ascii=False),
            "person": self.person,
        }


def check_records(records: Iterable[Record]) -> list[CheckRecord]:
    """Newest first. `similar` counts earlier failures of that device for the same reason."""
    told: list[CheckRecord] = []
    failures: dict[tuple[str, str], int] = {}
    for record in records:
        if audited(record) is not AuditEvent.DEVICE_TESTED:
            continue
        text = {name: str(value) for name, value in record.entry.payload.items()}
        fault = (text["device"], text["reason"])
        similar = failures.get(fault, 0) if text["outcome"] == "failed" else 0
        if text["outcome"] == "failed":
            failures[fault] = similar + 1
        told.append(
            CheckRecord(
                text["device"],
                text["check"],
                text["outcome"],
                text["reason"],
                tuple((str(name), str(value)) for name, value in json.loads(text["facts"])),
                text["person"],
                record.stamp.wall_time,
                similar,
            )
        )
    return told[::-1]
