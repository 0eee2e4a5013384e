"""The tap point against the virtual phone, tag and PN532."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import cast

import pytest
from peer import wait_until
from units_process import Units

from core.flow import Event
from core.ports import DeviceHealth, Done, TagRead, TapRead
from devices.checks import Identity, Outcome
from devices.nfc.service import TapPoint

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
LIMIT_S = 12.0
URI = "https://ehc.example/v/{visit}"


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "nfc")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture(params=["path", "pn532"])
def point(units: Units, request: pytest.FixtureRequest) -> Iterator[TapPoint]:
    service = TapPoint(units.path("nfc", request.param), URI, android_package="com.tencent.mm")
    assert service.offer("open") == Done()
    service.withdraw()
    yield service
    if units.state("nfc")["tag"] is not None:
        units.control.ask("nfc", "remove_tag")
    service.close()


def until(point: TapPoint, wanted: type[Event]) -> list[Event]:
    """Everything told up to the first event of a type."""
    told: list[Event] = []

    def came() -> bool:
        told.extend(point.poll())
        return any(isinstance(event, wanted) for event in told)

    wait_until(came, LIMIT_S)
    return told


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def taps(units: Units) -> list[dict[str, object]]:
    return cast(list[dict[str, object]], units.control.books("nfc")["taps"])


def test_phone_opens_the_page_of_this_visit(units: Units, point: TapPoint) -> None:
    before = len(taps(units))
    assert point.offer("7Q2K9M") == Done()
    units.control.ask("nfc", "tap", kind="phone")
    assert isinstance(until(point, TapRead)[-1], TapRead)
    wait_until(lambda: len(taps(units)) > before, LIMIT_S)
    assert taps(units)[-1]["records"] == [
        {"uri": "https://ehc.example/v/7Q2K9M"},
        {"app": "com.tencent.mm"},
    ]


@pytest.mark.parametrize("kind", ["type2", "type3", "type4"])
def test_tag_is_read(units: Units, point: TapPoint, kind: str) -> None:
    units.control.ask("nfc", "present_tag", kind=kind, uri="https://sticker.example/W17")
    told = until(point, TagRead)[-1]
    assert isinstance(told, TagRead)
    assert told.text == "https://sticker.example/W17"
    outcomes = {check.name: check.work().outcome for check in point.checks()}
    assert outcomes == {"line": Outcome.PASSED, "tap_built_in_tag": Outcome.PASSED}


def test_chip_says_who_it_is(units: Units) -> None:
    service = TapPoint(units.path("nfc", "pn532"), URI)
    assert service.identity() == Identity(model="PN532", firmware="1.6")
    service.close()


def test_unplugged_chip_is_offline_then_back_and_leaks_no_port(units: Units) -> None:
    service = TapPoint(units.path("nfc", "pn532"), URI)
    assert until(service, DeviceHealth) == [DeviceHealth("nfc", "ok")]
    before = open_files()
    for _ in range(3):
        units.control.ask("nfc", "power", on=False)
        assert until(service, DeviceHealth) == [DeviceHealth("nfc", "offline")]
        units.control.ask("nfc", "power", on=True)
        assert until(service, DeviceHealth) == [DeviceHealth("nfc", "ok")]
    assert open_files() <= before
    service.close()
