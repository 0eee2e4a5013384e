"""A blank card is written at a window's reader, and nobody's card is written over (S05)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from units_process import SlotChild, Units

from devices.smart_card import frames

NUMBER = "260000000017"
OURS = {"4": b"260000000025".ljust(16, b"\0").hex()}


def test_write_block_is_update_binary_of_sixteen_bytes() -> None:
    assert frames.write_block(4, b"260000000017\0\0\0\0") == bytes.fromhex(
        "FFD6000410 32363030303030303030313700000000"
    )


def test_write_block_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        frames.write_block(4, b"26")


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
    child.stop()


@pytest.mark.slow
def test_s05_blank_card_is_written_read_back_and_told_as_a_health_card(
    units: Units, slot: SlotChild
) -> None:
    assert slot.ask(f"write {NUMBER}") == ["DeviceTrouble", "no_card"]
    uid = str(units.control.ask("wallet", "create")["uid"])
    units.control.ask("card_slot", "insert", uid=uid)
    assert slot.next() == ["CardUnreadable", uid]

    assert slot.ask(f"write {NUMBER}") == ["CardWritten", uid]

    told = slot.next()
    while told[0] == "CardGone":
        told = slot.next()
    assert told == ["HealthCardPresent", uid, NUMBER]
    assert slot.ask("write 260000000033") == ["DeviceTrouble", "card_not_blank"]
    units.control.ask("card_slot", "remove")
    assert slot.next() == ["CardGone"]


@pytest.mark.slow
def test_card_with_another_key_is_refused_before_anything_is_written(
    units: Units, slot: SlotChild
) -> None:
    uid = str(units.control.ask("wallet", "create", kind="bank")["uid"])
    units.control.ask("card_slot", "insert", uid=uid)
    slot.next()

    assert slot.ask(f"write {NUMBER}")[0] == "DeviceTrouble"

    units.control.ask("card_slot", "remove")
    assert slot.next() == ["CardGone"]
