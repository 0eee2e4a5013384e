"""The camera service against the virtual camera of the real units process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import Units

from core.flow import Event
from core.ports import CodeScanned, DeviceHealth
from devices.camera.service import Camera
from devices.checks import Outcome

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
ONLINE, OFFLINE = DeviceHealth("camera", "ok"), DeviceHealth("camera", "offline")
LIMIT_S = 15.0


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "camera")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def camera(units: Units) -> Iterator[Camera]:
    opened = Camera(units.path("camera"))
    see(opened, ONLINE)
    yield opened
    opened.close()
    units.control.ask("camera", "hide")


def see(camera: Camera, last: Event) -> list[Event]:
    """Events up to `last`."""
    told: list[Event] = []

    def came() -> bool:
        told.extend(camera.poll())
        return last in told

    wait_until(came, LIMIT_S)
    return told


@pytest.mark.parametrize("symbology", ["QR", "Code128"])
def test_code_on_a_phone_is_told(units: Units, camera: Camera, symbology: str) -> None:
    text = "134567890123456789" if symbology == "QR" else "281234567890123456"
    units.control.ask("camera", "show", text=text, symbology=symbology)
    assert see(camera, CodeScanned(text)) == [CodeScanned(text)]


def test_unplugged_camera_is_offline_and_comes_back(units: Units, camera: Camera) -> None:
    units.control.ask("camera", "unplug")
    see(camera, OFFLINE)
    units.control.ask("camera", "plug")
    see(camera, ONLINE)


@pytest.mark.parametrize("fault", ["freeze", "stall"])
def test_frozen_or_stalled_camera_is_offline_and_comes_back(
    units: Units, camera: Camera, fault: str
) -> None:
    units.control.ask("camera", fault, on=True)
    see(camera, OFFLINE)
    units.control.ask("camera", fault, on=False)
    see(camera, ONLINE)


def test_checks_pass(camera: Camera) -> None:
    found = {check.name: check.work() for check in camera.checks() if not check.hand}
    assert found["line"].outcome is Outcome.PASSED
    assert found["frame_rate"].outcome is Outcome.PASSED
    assert found["line"].facts[0].value == "1280x720"
