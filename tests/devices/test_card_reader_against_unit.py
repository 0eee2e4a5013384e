"""The motorised reader against the real virtual-units process, over a pseudo-terminal."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import Units

from core.flow import Event
from core.ports import (
    CardConfirmed,
    CardForgotten,
    CardGone,
    CardMissing,
    CardMoved,
    CardSwapped,
    CardUnreadable,
    CardWritten,
    DeviceHealth,
    DeviceTrouble,
    Done,
    HealthCardPresent,
    Unknown,
)
from devices.card_dispenser.service import CardDispenser
from devices.card_reader.driver import ReaderLimits
from devices.card_reader.service import CardReader
from devices.checks import Fact, Finding, Identity, Outcome

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
NUMBER = "20250011"


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "card_dispenser,card_reader")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture
def reader(units: Units) -> Iterator[CardReader]:
    service = CardReader(
        units.path("card_reader"), limits=ReaderLimits(answer_s=0.5, reset_s=1.0, move_s=1.0)
    )
    yield service
    units.control.ask("card_reader", "unjam", remove=True)
    service.capture()
    service.close()


@pytest.fixture(scope="module")
def uid(units: Units) -> str:
    """A written card in the patient's hand."""
    dispenser = CardDispenser(units.path("card_dispenser"))
    units.control.ask("card_dispenser", "load", count=1)
    assert dispenser.to_encoder() == CardMoved()
    assert isinstance(dispenser.write(NUMBER), CardWritten)
    assert dispenser.present() == CardMoved()
    dispenser.close()
    return str(units.control.ask("card_dispenser", "take")["uid"])


def heard(poll: Callable[[], list[Event]], kind: type[Event]) -> Event:
    """The first event of a kind."""
    found: list[Event] = []

    def came() -> bool:
        found.extend(event for event in poll() if isinstance(event, kind))
        return bool(found)

    wait_until(came)
    return found[0]


def inserted(units: Units, reader: CardReader, uid: str) -> Event:
    assert reader.accept_cards(True) == Done()
    units.control.ask("card_reader", "insert", uid=uid)
    return heard(reader.poll, HealthCardPresent)


def taken(units: Units, reader: CardReader) -> None:
    units.control.ask("card_reader", "take")
    heard(reader.poll, CardGone)


def test_card_is_kept_given_back_and_taken(units: Units, reader: CardReader, uid: str) -> None:
    assert inserted(units, reader, uid) == HealthCardPresent(uid, NUMBER)
    assert reader.accept_cards(False) == Done()
    assert reader.poll() == []
    assert reader.give_back() == CardMoved()
    assert reader.poll() == []
    taken(units, reader)


def test_card_that_nobody_takes_goes_to_the_bin(units: Units, uid: str) -> None:
    service = CardReader(units.path("card_reader"), forgotten_s=0.2)
    try:
        assert service.accept_cards(True) == Done()
        units.control.ask("card_reader", "insert", uid=uid)
        wait_until(lambda: HealthCardPresent(uid, NUMBER) in service.poll())
        assert service.confirm(uid) == CardConfirmed()
        assert service.confirm("00000000") == CardSwapped()
        assert service.give_back() == CardMoved()
        wait_until(lambda: CardForgotten() in service.poll())
        assert service.confirm(uid) == CardMissing()
    finally:
        service.close()
        units.control.ask("card_reader", "empty_box")


def test_slot_is_shut_until_it_is_opened(units: Units, reader: CardReader) -> None:
    assert reader.accept_cards(False) == Done()
    assert _front(units) == "shut"
    assert reader.accept_cards(True) == Done()
    assert _front(units) == "switch"


def test_blank_card_is_unreadable(units: Units, reader: CardReader) -> None:
    blank = str(units.control.ask("wallet", "create")["uid"])
    assert reader.accept_cards(True) == Done()
    units.control.ask("card_reader", "insert", uid=blank)
    assert heard(reader.poll, CardUnreadable) == CardUnreadable(blank)
    assert reader.capture() == CardMoved()
    heard(reader.poll, CardGone)


@pytest.mark.parametrize("fault", ["answer_lost", "garble", "cut_after_execution"])
def test_lost_answer_of_giving_back_is_unknown_and_the_card_is_at_the_front(
    units: Units, reader: CardReader, uid: str, fault: str
) -> None:
    inserted(units, reader, uid)
    units.control.ask("card_reader", "fault", kind=fault, on="move")
    assert isinstance(reader.give_back(), Unknown)
    wait_until(lambda: reader.give_back() == CardMoved())
    taken(units, reader)


def test_answer_told_twice_is_taken_once(units: Units, reader: CardReader, uid: str) -> None:
    inserted(units, reader, uid)
    units.control.ask("card_reader", "fault", kind="duplicate", on="move")
    assert reader.give_back() == CardMoved()
    assert reader.poll() == []
    taken(units, reader)


def test_jam_is_trouble_and_told_until_the_card_is_out(
    units: Units, reader: CardReader, uid: str
) -> None:
    inserted(units, reader, uid)
    units.control.ask("card_reader", "jam")
    assert reader.give_back() == DeviceTrouble("card_reader", "jam")
    assert DeviceHealth("card_reader", "jammed") in reader.poll()
    units.control.ask("card_reader", "unjam")
    assert reader.give_back() == CardMoved()
    assert DeviceHealth("card_reader", "ok") in reader.poll()
    taken(units, reader)


def test_power_cut_with_a_card_inside_is_told_again(
    units: Units, reader: CardReader, uid: str
) -> None:
    inserted(units, reader, uid)
    units.control.ask("card_reader", "power", on=False)
    heard(reader.poll, CardGone)
    units.control.ask("card_reader", "power", on=True)
    assert heard(reader.poll, HealthCardPresent) == HealthCardPresent(uid, NUMBER)
    assert reader.give_back() == CardMoved()
    taken(units, reader)
    wait_until(lambda: reader.poll() == [] and _front(units) == "switch")


def _front(units: Units) -> object:
    return units.state("card_reader")["front_entry"]


def test_checks_pass_and_tell_who_it_is(units: Units, reader: CardReader, uid: str) -> None:
    assert reader.identity() == Identity("CRT-310", "CRT 310 V3.0", "20250007")
    checks = {check.name: check for check in reader.checks()}
    assert checks["line"].work().outcome is Outcome.PASSED
    assert checks["sensors"].work().outcome is Outcome.PASSED
    assert checks["light"].work().outcome is Outcome.UNSURE
    found = _with_a_person(units, uid, checks["card_in_and_out"].work)
    assert found.outcome is Outcome.PASSED
    assert Fact("uid", uid) in found.facts


def _with_a_person(units: Units, uid: str, work: Callable[[], Finding]) -> Finding:
    def person() -> None:
        wait_until(lambda: _front(units) == "switch")
        units.control.ask("card_reader", "insert", uid=uid)
        wait_until(lambda: units.state("card_reader")["position"] == "front_held")
        units.control.ask("card_reader", "take")

    thread = threading.Thread(target=person)
    thread.start()
    found = work()
    thread.join()
    return found
