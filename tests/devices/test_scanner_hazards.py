"""The scanner's hazards: no ending, overlong codes, repeats, two codes at once, unplugging."""

from __future__ import annotations

import logging
import threading

import pytest
from peer import PtyWire, first_told, serial_peer, wait_until

from core.ports import CodeScanned, DeviceHealth
from devices.scanner.opening import scanner_at
from devices.scanner.service import CodeScanner

ONLINE = DeviceHealth("scanner", "ok")


def scanned(wire: PtyWire, service: CodeScanner, data: bytes, last: str) -> list[str]:
    """What is told of `data`, up to the text `last`."""
    texts: list[str] = []
    wire.write(data)

    def last_came() -> bool:
        texts.extend(e.text for e in service.poll() if isinstance(e, CodeScanned))
        return texts[-1:] == [last]

    wait_until(last_came)
    return texts


@pytest.fixture
def wire() -> PtyWire:
    return PtyWire()


@pytest.fixture
def service(wire: PtyWire) -> CodeScanner:
    opened = scanner_at(wire.path)
    assert opened.poll() == [ONLINE]
    return opened


def test_code_without_an_ending_ends_by_silence(wire: PtyWire, service: CodeScanner) -> None:
    assert scanned(wire, service, b"134567890123456789", "134567890123456789")


@pytest.mark.expects_warnings("devices.scanner")
def test_overlong_code_is_dropped_whole_and_logged_without_content(
    wire: PtyWire, service: CodeScanner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        texts = scanned(wire, service, b"7" * 513 + b"\r\n" + b"8" * 512 + b"\r\n", "8" * 512)
    assert texts == ["8" * 512]
    assert [r.getMessage() for r in caplog.records] == [
        "scanner: a code that was too long or broken was dropped"
    ]


def test_same_text_again_is_told_once(wire: PtyWire, service: CodeScanner) -> None:
    assert scanned(wire, service, b"AAA\r\n", "AAA") == ["AAA"]
    assert scanned(wire, service, b"AAA\r\nBBB\r\n", "BBB") == ["BBB"]
    assert scanned(wire, service, b"AAA\r\n", "AAA") == ["AAA"]


def test_only_control_characters_are_no_code(wire: PtyWire, service: CodeScanner) -> None:
    assert scanned(wire, service, b"\x02\x03\x07\r\n\r\nAAA\r\n", "AAA") == ["AAA"]


@pytest.mark.expects_warnings("devices.link")
def test_unplugged_scanner_is_offline_once() -> None:
    plugged = threading.Event()

    def script(wire: PtyWire) -> None:
        assert plugged.wait(5.0)
        wire.hang_up()

    with serial_peer(script) as path:
        gone = scanner_at(path)
        assert gone.poll() == [ONLINE]
        plugged.set()
        assert first_told(gone.poll) == [DeviceHealth("scanner", "offline")]
    assert gone.poll() == []


def test_code_is_not_in_the_events_repr() -> None:
    assert "134567890123456789" not in repr(CodeScanned("134567890123456789"))
