"""The ID card reader against the virtual one: every layout, over the cable and the network."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import first_told
from units_process import Units

from core.ports import DeviceHealth, IdCardGone, IdCardPresent
from devices.checks import Identity, Outcome
from devices.id_card.driver import SamLimits
from devices.id_card.service import IdCardOptions, IdCardReader

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
LIMITS = SamLimits(answer_s=0.5, read_s=0.8)
PEOPLE = {
    "citizen": ("张三", "11010519491231002X"),
    "permit": ("陈大文", "810000199002030013"),
    "foreigner_old": ("张玛丽", "CAN110185060701"),
    "foreigner": ("史密斯", "911124198001020010"),
}
NEW_ADDRESS = "上海市徐汇区枫林路180号"


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "id_reader")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture(params=["path", "tcp"])
def reader(units: Units, request: pytest.FixtureRequest) -> Iterator[IdCardReader]:
    service = IdCardReader(
        units.path("id_reader", request.param),
        options=IdCardOptions(gone_after_ms=200, latest_address=True),
        limits=LIMITS,
    )
    assert service.poll() == [DeviceHealth("id_card", "ok")]
    yield service
    units.control.ask("id_reader", "remove")
    service.close()


def place(units: Units, kind: str) -> None:
    name, number = PEOPLE[kind]
    units.control.ask(
        "id_reader",
        "place",
        kind=kind,
        name=name,
        id_number=number,
        additional_address=NEW_ADDRESS,
    )


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_layout_is_read_and_latched(units: Units, reader: IdCardReader, kind: str) -> None:
    place(units, kind)
    told = first_told(reader.poll)
    assert isinstance(told[0], IdCardPresent)
    document = told[0].document
    assert (document.name, document.id_number) == PEOPLE[kind]
    assert document.layout == kind
    assert (document.address == NEW_ADDRESS) is (kind == "citizen")
    assert len(document.photo) == 1024
    assert first_told(reader.poll) == [IdCardGone()]


def test_serial_number_and_checks(units: Units, reader: IdCardReader) -> None:
    identity = reader.identity()
    assert isinstance(identity, Identity)
    assert identity.serial.count("-") == 3
    place(units, "foreigner")
    assert [check.work().outcome for check in reader.checks()] == [Outcome.PASSED] * 3


@pytest.mark.parametrize("fault", ["garble", "drop_byte", "duplicate"])
def test_spoilt_answer_is_asked_for_again(units: Units, reader: IdCardReader, fault: str) -> None:
    units.control.ask("id_reader", "fault", kind=fault, on="read", count=1)
    place(units, "citizen")
    assert isinstance(first_told(reader.poll)[0], IdCardPresent)


def test_reader_that_lost_its_power_is_offline_and_comes_back(
    units: Units, reader: IdCardReader
) -> None:
    units.control.ask("id_reader", "power", on=False)
    assert first_told(reader.poll) == [DeviceHealth("id_card", "offline")]
    units.control.ask("id_reader", "power", on=True)
    assert first_told(reader.poll) == [DeviceHealth("id_card", "ok")]
