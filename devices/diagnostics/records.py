"""From a finding to a record in the journal, for whoever ran the check; and what it used up.

What a reader would get wrong: a finding's reason may be a device's own sentence or missing; a
record's is always a word (or "" when nothing failed), so that equal faults can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import OF_DEVICE, Item
from devices.checks import Fact, Finding, Outcome
from devices.model import TroubleReason

FAILED = "failed"
"""The reason of a failure for which the device has no word."""

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_NOTHING_USED = frozenset(
    {
        TroubleReason.OFFLINE,
        TroubleReason.BUSY,
        TroubleReason.EMPTY,
        TroubleReason.PAPER_OUT,
        TroubleReason.COVER_OPEN,
    }
)


def record_of(device: str, check: str, finding: Finding, person: str) -> CheckRecord:
    """`person`: who ran it; a technician's number, or the shell's user.

    Facts of one name, such as several readers, become one.
    """
    facts, reason = finding.facts, ""
    if finding.outcome is Outcome.FAILED:
        reason = finding.reason
        if not _WORD.fullmatch(reason):
            facts = (*facts, Fact("error", reason)) if reason else facts
            reason = FAILED
    told: dict[str, str] = {}
    for fact in facts:
        told[fact.name] = f"{told[fact.name]}; {fact.value}" if fact.name in told else fact.value
    return CheckRecord(device, check, finding.outcome.value, reason, tuple(told.items()), person)


def used_up(finding: Finding, devices: Iterable[str]) -> tuple[Item, ...]:
    """One piece of each of these left the machine in a check that consumes on `devices`.

    In doubt it did: a level that is too low is mended by a refill (S47).
    """
    if finding.outcome is Outcome.FAILED and finding.reason in _NOTHING_USED:
        return ()
    return tuple(item for device in devices for item in OF_DEVICE.get(device, ()))
