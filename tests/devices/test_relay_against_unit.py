"""The cabinet against the real virtual-units process, over a pseudo-terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import Units

from core.flow import Event
from core.ports import CabinetChanged, DeviceHealth, Done, PersonLeft
from devices.checks import Outcome
from devices.relay.driver import RelayLimits
from devices.relay.service import Cabinet
from devices.relay.status import Contacts

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "relay")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def cabinet(units: Units) -> Iterator[Cabinet]:
    contacts = Contacts({"cabinet_door": 1, "presence": 4})
    lights = {"card_slot_light": 1, "alarm_light": 8}
    service = Cabinet(
        units.path("relay"), contacts=contacts, lights=lights, limits=RelayLimits(light_s=0.05)
    )
    yield service
    service.close()


def until(service: Cabinet, event: Event) -> None:
    wait_until(lambda: event in service.poll())


def coils(units: Units) -> object:
    return units.state("relay")["coils"]


def test_doors_and_presence_are_told(units: Units, cabinet: Cabinet) -> None:
    units.control.ask("relay", "input", number=0, on=True)
    units.control.ask("relay", "input", number=3, on=True)
    until(cabinet, CabinetChanged("cabinet_door", True))
    units.control.ask("relay", "input", number=0, on=False)
    until(cabinet, CabinetChanged("cabinet_door", False))
    units.control.ask("relay", "input", number=3, on=False)
    until(cabinet, PersonLeft())


def test_lights_are_switched(units: Units, cabinet: Cabinet) -> None:
    assert cabinet.light("alarm_light", True) == Done()
    assert coils(units) == [False] * 7 + [True]
    assert cabinet.light("alarm_light", False) == Done()
    assert coils(units) == [False] * 8


@pytest.mark.parametrize("fault", ["answer_lost", "garble", "drop_byte", "silent", "duplicate"])
def test_faults_of_one_answer_cost_nothing(units: Units, cabinet: Cabinet, fault: str) -> None:
    units.control.ask("relay", "fault", kind=fault, on="write_relay")
    assert cabinet.light("card_slot_light", True) == Done()
    assert cabinet.light("card_slot_light", False) == Done()
    assert coils(units) == [False] * 8


def test_power_cut_is_offline_and_back(units: Units, cabinet: Cabinet) -> None:
    until(cabinet, DeviceHealth("relay", "ok"))
    units.control.ask("relay", "power", on=False)
    until(cabinet, DeviceHealth("relay", "offline"))
    units.control.ask("relay", "power", on=True)
    until(cabinet, DeviceHealth("relay", "ok"))


def test_checks_tell_what_can_be_known(cabinet: Cabinet) -> None:
    outcomes = [check.work().outcome for check in cabinet.checks()]
    assert outcomes == [Outcome.PASSED, Outcome.PASSED, Outcome.UNSURE, Outcome.UNSURE]
