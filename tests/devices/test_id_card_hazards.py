"""The ID card reader's hazards: latch, three tries, garbled and lost answers, unplugging."""

from __future__ import annotations

import logging
import threading

import pytest
from device_vectors import by_name
from peer import PtyWire, first_told, serial_peer

from core.flow import Event
from core.ports import DeviceHealth, IdCardGone, IdCardPresent, IdCardUnreadable
from devices.id_card.driver import SamLimits
from devices.id_card.service import IdCardOptions, IdCardReader

pytestmark = pytest.mark.expects_warnings("devices.link")
STATUS, FIND, SELECT, READ = (
    "AAAAAA9669 0003 11FF ED",
    "AAAAAA9669 0003 2001 22",
    "AAAAAA9669 0003 2002 21",
    "AAAAAA9669 0003 3001 32",
)
OK = "AAAAAA9669 0004 000090 94"
FOUND = "AAAAAA9669 0008 00009F 00000000 97"
NOT_FOUND = "AAAAAA9669 0004 000080 84"
SELECTED = "AAAAAA9669 000C 000090 0000000000000000 9C"
SELECT_FAILED = "AAAAAA9669 0004 000081 85"
READ_FAILED = "AAAAAA9669 0004 000041 45"
FRAME_REFUSED = "AAAAAA9669 0004 000010 14"
PERSON = by_name("sam_v")["read_text_photo_answer"].raw.hex()
ONLINE = DeviceHealth("id_card", "ok")
OFFLINE = DeviceHealth("id_card", "offline")


def reader(path: str, gone_after_ms: int = 3000) -> IdCardReader:
    limits = SamLimits(answer_s=0.3, read_s=0.3)
    return IdCardReader(path, options=IdCardOptions(gone_after_ms=gone_after_ms), limits=limits)


def dialogue(wire: PtyWire, *pairs: tuple[str, str]) -> None:
    for request, answer in pairs:
        wire.expect(request)
        wire.send(answer)


def names(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_card_is_told_once_while_it_lies_there() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON))
        dialogue(wire, (FIND, NOT_FOUND), (FIND, NOT_FOUND))

    with serial_peer(script) as path:
        service = reader(path)
        first = service.poll()
        assert names(first) == ["DeviceHealth", "IdCardPresent"]
        assert isinstance(first[1], IdCardPresent)
        assert first[1].document.id_number == "11010519491231002X"
        assert service.poll() == []
        assert service.poll() == []
        service.close()


def test_read_card_counts_as_gone_after_the_configured_time() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON))
        for _ in range(2000):
            wire.expect(FIND)
            wire.send(NOT_FOUND)
            if told.is_set():
                return

    told = threading.Event()
    with serial_peer(script) as path:
        service = reader(path, gone_after_ms=100)
        assert names(service.poll()) == ["DeviceHealth", "IdCardPresent"]
        assert first_told(service.poll) == [IdCardGone()]
        told.set()
        service.poll()
        service.close()


def test_card_found_again_is_gone_and_present() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON))
        dialogue(wire, (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON))

    with serial_peer(script) as path:
        service = reader(path)
        service.poll()
        assert names(service.poll()) == ["IdCardGone", "IdCardPresent"]
        service.close()


def test_three_failed_tries_are_unreadable_once() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FOUND), (SELECT, SELECT_FAILED))
        dialogue(wire, (FIND, FOUND), (SELECT, SELECTED), (READ, READ_FAILED))
        dialogue(wire, (FIND, FOUND), (SELECT, SELECTED), (READ, READ_FAILED))
        dialogue(wire, (FIND, FOUND), (FIND, NOT_FOUND), (FIND, NOT_FOUND))

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [ONLINE, IdCardUnreadable()]
        assert service.poll() == []
        assert service.poll() == [IdCardGone()]
        assert service.poll() == []
        service.close()


def test_failed_first_try_then_good_read_is_present() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FOUND), (SELECT, SELECT_FAILED))
        dialogue(wire, (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON))

    with serial_peer(script) as path:
        service = reader(path)
        assert names(service.poll()) == ["DeviceHealth", "IdCardPresent"]
        service.close()


def test_garbled_answer_is_asked_for_again() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, "AAAAAA9669 0004 000080 85"), (FIND, NOT_FOUND))

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [ONLINE]
        service.close()


def test_reader_that_got_a_garbled_request_is_asked_again() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FRAME_REFUSED), (FIND, NOT_FOUND))

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [ONLINE]
        service.close()


def test_frame_cut_in_the_middle_twice_is_offline() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, "AAAAAA9669 0004 00"), (FIND, "AAAAAA9669 00"))

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [OFFLINE]
        service.close()


def test_silent_reader_is_offline_logged_once_and_back_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(STATUS)
        dialogue(wire, (STATUS, OK), (FIND, NOT_FOUND))

    with caplog.at_level(logging.WARNING), serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [OFFLINE]
        assert service.poll() == []
        assert first_told(service.poll) == [ONLINE]
        service.close()
    assert [r.getMessage() for r in caplog.records] == [
        "id_card: lost: no answer",
        "id_card: back",
    ]


def test_unplugged_with_a_card_is_gone_and_offline() -> None:
    def script(wire: PtyWire) -> None:
        dialogue(wire, (STATUS, OK), (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON))
        wire.expect(FIND)
        wire.hang_up()

    with serial_peer(script) as path:
        service = reader(path)
        service.poll()
        assert service.poll() == [IdCardGone(), OFFLINE]
        assert service.poll() == []
        service.close()


def test_missing_port_is_offline() -> None:
    service = reader("serial:/dev/no-such-port")
    assert service.poll() == [OFFLINE]
    service.close()
