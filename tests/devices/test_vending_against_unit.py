"""The vending service against the real virtual-units process, over a pseudo-terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import Units

from core.ports import (
    DeviceHealth,
    DeviceTrouble,
    Unknown,
    Vended,
    VendingDoorChanged,
    VendingSlot,
)
from devices.checks import Outcome
from devices.vending.driver import VendingLimits
from devices.vending.service import VendingMachine

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
QUICK = VendingLimits(poll_s=0.8, ask_s=3.0, word_s=1.5, slots_s=0.5, machine_s=0.3)


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "vending")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def machine(units: Units) -> Iterator[VendingMachine]:
    units.control.ask("vending", "load", selection=1, count=10 - stock(units))
    service = VendingMachine(units.path("vending"), limits=QUICK)
    yield service
    service.close()


def stock(units: Units, selection: int = 1) -> int:
    found = units.state("vending")["stock"]
    assert isinstance(found, dict)
    return int(found[str(selection)])


def test_booklets_are_vended_one_by_one(units: Units, machine: VendingMachine) -> None:
    before = stock(units)
    assert machine.vend(1) == Vended(1)
    assert machine.vend(1) == Vended(1)
    assert stock(units) == before - 2


def test_slots_tell_the_stock(units: Units, machine: VendingMachine) -> None:
    slots = machine.slots()
    assert isinstance(slots, tuple)
    assert VendingSlot(1, stock(units), slots[0].capacity, False) in slots


def test_missing_selection_is_not_bought(machine: VendingMachine) -> None:
    assert machine.vend(99) == DeviceTrouble("vending", "user_error")


def test_jam_is_trouble_and_nothing_is_gone(units: Units, machine: VendingMachine) -> None:
    before = stock(units)
    units.control.ask("vending", "fault", kind="jam", on="turn")
    assert machine.vend(1) == DeviceTrouble("vending", "jam")
    units.control.ask("vending", "unjam")
    assert stock(units) == before


@pytest.mark.parametrize("fault", ["answer_lost", "garble", "duplicate"])
def test_faults_around_the_buy_vend_exactly_one(
    units: Units, machine: VendingMachine, fault: str
) -> None:
    before = stock(units)
    units.control.ask("vending", "fault", kind=fault, on="buy")
    assert machine.vend(1) == Vended(1)
    assert stock(units) == before - 1


def test_power_cut_after_the_buy_is_unknown(units: Units, machine: VendingMachine) -> None:
    units.control.ask("vending", "fault", kind="silent", on="outcome", count=6)
    units.control.ask("vending", "fault", kind="cut_after_execution", on="buy")
    assert isinstance(machine.vend(1), Unknown)


def test_door_and_power_are_told(units: Units, machine: VendingMachine) -> None:
    wait_until(lambda: DeviceHealth("vending", "ok") in machine.poll())
    units.control.ask("vending", "door", position="open")
    wait_until(lambda: VendingDoorChanged(True) in machine.poll())
    units.control.ask("vending", "door", position="closed")
    wait_until(lambda: VendingDoorChanged(False) in machine.poll())
    units.control.ask("vending", "power", on=False)
    wait_until(lambda: DeviceHealth("vending", "offline") in machine.poll())
    units.control.ask("vending", "power", on=True)
    wait_until(lambda: DeviceHealth("vending", "ok") in machine.poll())


def test_checks_pass(machine: VendingMachine) -> None:
    assert {check.work().outcome for check in machine.checks()} == {Outcome.PASSED}
