"""The commanded scanners against the real virtual-units process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import Units

from core.flow import Event
from core.ports import CodeScanned, DeviceHealth, DeviceTrouble, Done
from devices.checks import Outcome
from devices.scanner.opening import scanner_at
from devices.scanner.service import CodeScanner

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices")]
BOTH = pytest.mark.parametrize("protocol", ["gm65", "newland"])
FIRST, SECOND = "281234567890123456", "134567890123456789"


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "scanner_gm65,scanner_newland")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def unit(units: Units, protocol: str) -> Iterator[str]:
    name = f"scanner_{protocol}"
    yield name
    units.control.ask(name, "hide")


@pytest.fixture
def scanner(units: Units, unit: str, protocol: str) -> Iterator[CodeScanner]:
    opened = scanner_at(units.path(unit), protocol=protocol)
    hear(opened, DeviceHealth("scanner", "ok"))
    yield opened
    opened.close()


def hear(scanner: CodeScanner, last: Event) -> list[Event]:
    """Events up to `last`."""
    told: list[Event] = []

    def came() -> bool:
        told.extend(scanner.poll())
        return last in told

    wait_until(came, 9.0)
    return told


@BOTH
def test_codes_one_after_the_other_are_told(units: Units, unit: str, scanner: CodeScanner) -> None:
    for text in (FIRST, SECOND, "就诊卡 张三"):
        units.control.ask(unit, "show", text=text)
        assert hear(scanner, CodeScanned(text)) == [CodeScanned(text)]


@BOTH
def test_scanner_that_must_not_look_reads_nothing(
    units: Units, unit: str, scanner: CodeScanner
) -> None:
    assert scanner.trigger(False) == Done()
    units.control.ask(unit, "show", text=FIRST)
    assert scanner.poll() == []
    assert units.state(unit)["looking"] is False
    assert scanner.trigger(True) == Done()
    hear(scanner, CodeScanned(FIRST))


@BOTH
def test_code_without_an_ending_is_told(units: Units, unit: str, scanner: CodeScanner) -> None:
    units.control.ask(unit, "show", text=SECOND, ending="none")
    hear(scanner, CodeScanned(SECOND))


@BOTH
def test_checks_pass_and_a_shown_code_is_counted(
    units: Units, unit: str, scanner: CodeScanner
) -> None:
    line, read = scanner.checks()
    assert line.work().outcome is Outcome.PASSED
    units.control.ask(unit, "show", text=FIRST)
    assert read.work().outcome is Outcome.PASSED


@BOTH
def test_scanner_without_power_is_offline_and_comes_back(
    units: Units, unit: str, scanner: CodeScanner
) -> None:
    units.control.ask(unit, "power", on=False)
    hear(scanner, DeviceHealth("scanner", "offline"))
    assert isinstance(scanner.trigger(True), DeviceTrouble)
    units.control.ask(unit, "power", on=True)
    hear(scanner, DeviceHealth("scanner", "ok"))
    units.control.ask(unit, "show", text=SECOND)
    hear(scanner, CodeScanned(SECOND))


@BOTH
@pytest.mark.parametrize("fault", ["answer_lost", "garble", "drop_byte", "duplicate", "silent"])
def test_code_is_told_whatever_happened_to_one_answer(
    units: Units, unit: str, scanner: CodeScanner, fault: str
) -> None:
    units.control.ask(unit, "fault", kind=fault, on="any")
    scanner.trigger(True)
    units.control.ask(unit, "show", text=FIRST)
    told = hear(scanner, CodeScanned(FIRST))
    assert [event for event in told if isinstance(event, CodeScanned)] == [CodeScanned(FIRST)]
