"""The dispenser's words for technicians against the real virtual-units process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from units_process import Units

from core.ports import CaptureCount, CardPath, DeviceTrouble, Done, Unknown
from devices.card_dispenser.driver import DispenserLimits
from devices.card_dispenser.service import CardDispenser
from devices.checks import Identity, Outcome

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "card_dispenser")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def dispenser(units: Units) -> Iterator[CardDispenser]:
    limits = DispenserLimits(answer_s=0.6, initialise_s=1.0, move_s=1.0)
    service = CardDispenser(units.path("card_dispenser"), limits=limits)
    service.capture()
    units.control.ask("card_dispenser", "load", count=20)
    yield service
    service.close()


def loop(dispenser: CardDispenser) -> Outcome:
    return dispenser.checks()[-1].work().outcome


def test_loop_passes_and_the_capture_counter_follows(dispenser: CardDispenser) -> None:
    assert dispenser.reset_captured() == Done()
    assert loop(dispenser) is Outcome.PASSED
    assert loop(dispenser) is Outcome.PASSED
    assert dispenser.captured() == CaptureCount(2)
    assert dispenser.where() == CardPath("none", "enough", False)


@pytest.mark.parametrize("fault", ["answer_lost", "garble", "drop_byte", "duplicate"])
def test_loop_with_a_spoilt_answer_leaves_no_card_in_the_path(
    units: Units, dispenser: CardDispenser, fault: str
) -> None:
    units.control.ask("card_dispenser", "fault", kind=fault, on="dispense")
    loop(dispenser)
    found = dispenser.where()
    assert isinstance(found, CardPath)
    assert found.position == "none"


def test_loop_with_a_wrong_read_back_fails(units: Units, dispenser: CardDispenser) -> None:
    units.control.ask("card_dispenser", "fault", kind="wrong_read_back", on="mifare", count=6)
    assert loop(dispenser) is Outcome.FAILED
    assert dispenser.capture() == DeviceTrouble("card_dispenser", "user_error")


def test_who_it_is_and_what_its_sensors_say(dispenser: CardDispenser) -> None:
    who = dispenser.identity()
    assert isinstance(who, Identity)
    assert who.firmware.startswith("CRT-591-M001")
    assert who.serial
    line, sensors, _ = dispenser.checks()
    assert line.work().outcome is Outcome.PASSED
    assert sensors.work().outcome is Outcome.PASSED


def test_power_cut_while_dispensing_is_unknown_and_the_card_is_found(
    units: Units, dispenser: CardDispenser
) -> None:
    units.control.ask("card_dispenser", "fault", kind="power_off", on="dispense")
    assert isinstance(dispenser.to_encoder(), Unknown)
    assert isinstance(dispenser.where(), DeviceTrouble)
    units.control.ask("card_dispenser", "power", on=True)
    found = dispenser.where()
    assert isinstance(found, CardPath)
    assert found.position == "encoder"
