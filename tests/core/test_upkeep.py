"""What the journal tells about devices, checks, consumables and the cash box (S47)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from core.audit import AuditEvent, audit_entry
from core.journal.operations import entry_of
from core.journal.records import GENESIS, Entry, Record, Stamp, seal
from core.operation import OperationEvent, OperationKind
from core.upkeep.cash_box import NOTE_TAKEN, batches, count_payload, differences
from core.upkeep.checks import CheckRecord, check_records
from core.upkeep.consumables import Item, Tally, levels
from core.upkeep.devices import histories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in China
Told = tuple[AuditEvent | OperationKind, Mapping[str, str | int], int]


def journal(*told: Told) -> list[Record]:
    """Records of events; the number is minutes after noon."""
    return [
        seal(
            number,
            _entry(event, facts),
            Stamp("K01", "", (NOON + timedelta(minutes=minute)).isoformat(), "boot", number),
            GENESIS,
        )
        for number, (event, facts, minute) in enumerate(told, 1)
    ]


def _entry(event: AuditEvent | OperationKind, facts: Mapping[str, str | int]) -> Entry:
    """An audit line, or a phase of an operation."""
    if isinstance(event, OperationKind):
        return entry_of(event, OperationEvent.NOTE, "op", dict(facts))
    return audit_entry(event, facts)


def changed(state: str, minute: int) -> Told:
    return AuditEvent.DEVICE_CHANGED, {"device": "pos", "state": state}, minute


def identified(serial: str, minute: int) -> Told:
    facts = {"device": "pos", "model": "P", "firmware": "1", "serial": serial}
    return AuditEvent.DEVICE_IDENTIFIED, facts, minute


def test_a_device_that_stays_offline_had_one_fault() -> None:
    told = histories(journal(changed("ok", 0), changed("offline", 5), changed("offline", 9)))
    assert told["pos"].faults == 1
    assert (
        told["pos"].since == told["pos"].last_fault_at == (NOON + timedelta(minutes=5)).isoformat()
    )


def test_the_last_fault_is_kept_after_the_device_is_well_again() -> None:
    told = histories(journal(changed("ok", 0), changed("jammed", 5), changed("ok", 9)))["pos"]
    assert (told.state, told.last_fault, told.faults) == ("ok", "jammed", 1)


def test_a_start_of_the_terminal_makes_states_unknown() -> None:
    start: Told = (AuditEvent.TERMINAL_STARTED, {}, 9)
    assert histories(journal(changed("ok", 0), start))["pos"].state == "unknown"


def test_another_serial_number_is_an_alarm_until_a_technician_accepts_it() -> None:
    exchanged = (identified("A1", 0), identified("B2", 1))
    assert histories(journal(*exchanged))["pos"].former_serial == "A1"
    accepted = (AuditEvent.DEVICE_ACCEPTED, {"device": "pos", "serial": "B2"}, 2)
    assert not histories(journal(*exchanged, accepted))["pos"].exchanged


def test_a_device_without_a_serial_number_is_no_alarm() -> None:
    assert not histories(journal(identified("A1", 0), identified("", 1)))["pos"].exchanged


def outcome_of(outcome: str, reason: str, minute: int) -> Told:
    record = CheckRecord("pos", "line", outcome, reason, (("ms", "12"),), "wang")
    return AuditEvent.DEVICE_TESTED, record.payload(), minute


def test_checks_are_told_newest_first_with_the_number_of_similar_faults() -> None:
    told = check_records(
        journal(
            outcome_of("failed", "timeout", 0),
            outcome_of("passed", "", 1),
            outcome_of("failed", "timeout", 2),
        )
    )
    assert [(r.outcome, r.similar) for r in told] == [("failed", 1), ("passed", 0), ("failed", 0)]
    assert told[0].facts == (("ms", "12"),)


def used(pieces: int, minute: int) -> Told:
    return AuditEvent.CONSUMED, {"item": "card", "pieces": pieces}, minute


FILLED: Told = (AuditEvent.REFILLED, {"item": "card", "pieces": 100, "person": "wang"}, 0)


def test_s47_levels_count_down_from_the_last_refill() -> None:
    (card,) = levels(journal(used(7, 0), FILLED, used(10, 1)), [Item.CARD], NOON)
    assert (card.left, card.filled_by) == (90, "wang")


def test_s47_what_was_never_filled_is_unknown_and_not_empty() -> None:
    (card,) = levels(journal(used(7, 0)), [Item.CARD], NOON)
    assert (card.left, card.used_today, card.stops_at) == (None, 7, None)


def test_s47_the_next_stop_follows_todays_rate() -> None:
    now = NOON + timedelta(minutes=60)
    (card,) = levels(journal(FILLED, used(20, 0)), [Item.CARD], now)
    assert card.stops_at == now + timedelta(hours=4)


def test_s47_tally_goes_on_where_it_stood_also_on_the_next_day() -> None:
    tomorrow = 24 * 60
    told = journal(FILLED, used(20, 0), used(5, tomorrow), used(1, tomorrow + 1))
    now = NOON + timedelta(minutes=tomorrow + 30)
    tally = Tally([Item.CARD])
    for record in told:
        tally.add([record])
        tally.levels(now)
    assert tally.head == (4, told[-1].hash)
    assert tally.levels(now) == levels(told, [Item.CARD], now)
    (card,) = tally.levels(now)
    assert (card.left, card.used_today) == (74, 6)


def test_s47_yesterdays_use_predicts_nothing() -> None:
    (card,) = levels(journal(FILLED, used(20, 0)), [Item.CARD], NOON + timedelta(days=1))
    assert (card.left, card.used_today, card.stops_at) == (80, 0, None)


def note(yuan: int, number: int, minute: int) -> Told:
    facts: dict[str, str | int] = {"phase": NOTE_TAKEN, "denomination_fen": yuan * 100}
    return OperationKind.TOP_UP, facts | {"note_number": number}, minute


REMOVED: Told = (AuditEvent.CASH_BOX_REMOVED, {}, 5)


def counted(person: str, counts: dict[int, int]) -> Told:
    return AuditEvent.CASH_BOX_COUNTED, count_payload(1, "S-17", person, counts), 6


def test_a_removed_box_is_a_sealed_batch_and_the_next_note_opens_another() -> None:
    old, new = batches(journal(note(100, 1, 0), note(20, 2, 1), REMOVED, note(50, 1, 7)))
    assert (old.total_fen, new.total_fen) == (12_000, 5_000)
    assert old.sealed_at and not new.sealed_at


def test_a_credit_that_was_only_told_is_no_note_of_the_ledger() -> None:
    told = AuditEvent.NOTE_CREDITED, {"denomination_fen": 10_000, "number": 1}, 0
    (batch,) = batches(journal(told, note(100, 1, 1)))
    assert batch.total_fen == 10_000


@pytest.mark.parametrize(
    ("told", "agreed"),
    [
        ([("li", {10_000: 1})], False),
        ([("li", {10_000: 1}), ("li", {10_000: 1})], False),
        ([("li", {10_000: 1}), ("he", {10_000: 2})], False),
        ([("li", {10_000: 1}), ("he", {10_000: 2}), ("li", {10_000: 2})], True),
        ([("li", {10_000: 1}), ("he", {10_000: 1})], True),
    ],
)
def test_two_people_must_count_the_same(
    told: list[tuple[str, dict[int, int]]], agreed: bool
) -> None:
    counts = [counted(person, count) for person, count in told]
    old = batches(journal(note(100, 1, 0), REMOVED, *counts))[0]
    assert (old.agreed is not None) is agreed


def test_a_missing_note_is_named_with_the_notes_that_it_may_be() -> None:
    batch = batches(journal(note(100, 1, 0), note(100, 2, 1), note(20, 3, 2)))[0]
    (missing,) = differences(batch, {10_000: 1, 2_000: 1})
    assert (missing.denomination_fen, missing.expected, missing.counted) == (10_000, 2, 1)
    assert [found.number for found in missing.notes] == [1, 2]
