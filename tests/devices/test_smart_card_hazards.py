"""The card slot's hazards: swapped within one look, gone while it is read, foreign cards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from units_process import SlotChild, Units

from devices.smart_card.service import CardSlot
from devices.smart_card.status import Change, change_between
from devices.transport.pcsc import ReaderState

OURS = {"4": b"20250008".ljust(16, b"\0").hex()}
OTHER = {"4": b"20250009".ljust(16, b"\0").hex()}


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "card_slot")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def slot(units: Units) -> Iterator[SlotChild]:
    child = SlotChild(units)
    assert child.next() == ["DeviceHealth", "ok"]
    yield child
    if units.state("card_slot")["card"] is not None:
        units.control.ask("card_slot", "remove")
        assert child.next() == ["CardGone"]
    child.stop()


def card(units: Units, blocks: dict[str, str]) -> str:
    """A card in the patient's hand; its UID."""
    return str(units.control.ask("wallet", "create", blocks=blocks)["uid"])


def swap(units: Units, uid: str) -> None:
    """Faster than the reader is looked at."""
    units.control.ask("card_slot", "remove")
    units.control.ask("card_slot", "insert", uid=uid)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (ReaderState(False, 0), ReaderState(False, 0), Change.NONE),
        (ReaderState(False, 0), ReaderState(True, 1), Change.INSERTED),
        (ReaderState(True, 1), ReaderState(True, 1), Change.NONE),
        (ReaderState(True, 1), ReaderState(True, 3), Change.SWAPPED),
        (ReaderState(True, 1), ReaderState(False, 2), Change.REMOVED),
    ],
)
def test_two_looks_tell_what_happened(
    before: ReaderState, now: ReaderState, change: Change
) -> None:
    assert change_between(before, now) is change


def test_path_that_names_no_reader_is_refused() -> None:
    with pytest.raises(ValueError, match="not pcsc:READER"):
        CardSlot("serial:/dev/ttyUSB0")


@pytest.mark.slow
def test_swapped_card_is_gone_then_the_new_one(units: Units, slot: SlotChild) -> None:
    first, second = card(units, OURS), card(units, OTHER)
    units.control.ask("card_slot", "insert", uid=first)
    assert slot.next() == ["HealthCardPresent", first, "20250008"]
    swap(units, second)
    assert slot.next() == ["CardGone"]
    assert slot.next() == ["HealthCardPresent", second, "20250009"]


@pytest.mark.slow
def test_card_swapped_while_it_is_read_is_never_told(units: Units, slot: SlotChild) -> None:
    first, second = card(units, OURS), card(units, OTHER)
    units.control.ask("card_slot", "fault", kind="delay", seconds=1.0, on="read")
    units.control.ask("card_slot", "insert", uid=first)
    swap(units, second)
    assert slot.next() == ["HealthCardPresent", second, "20250009"]
    assert slot.is_quiet()


@pytest.mark.slow
def test_card_that_fell_out_while_it_was_read_is_read_again(units: Units, slot: SlotChild) -> None:
    uid = card(units, OURS)
    units.control.ask("card_slot", "fault", kind="cut", on="read", count=1)
    units.control.ask("card_slot", "insert", uid=uid)
    told = slot.next()
    while told == ["CardGone"]:
        told = slot.next()
    assert told == ["HealthCardPresent", uid, "20250008"]


@pytest.mark.slow
def test_foreign_card_is_unreadable(units: Units, slot: SlotChild) -> None:
    uid = card(units, {"4": "FF" * 16})
    units.control.ask("card_slot", "insert", uid=uid)
    assert slot.next() == ["CardUnreadable", uid]
    units.control.ask("card_slot", "remove")
    assert slot.next() == ["CardGone"]
