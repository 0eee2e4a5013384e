"""A PN532 on a serial port: its wake-up byte for byte, and ports that go away."""

from __future__ import annotations

from pathlib import Path

import pytest
from device_vectors import by_name
from peer import PtyWire, serial_peer

from core.ports import DeviceHealth
from devices.nfc.service import TapPoint

pytestmark = pytest.mark.expects_warnings("devices.link")
VECTORS = by_name("nfc")
AWAKE = "00" * 10
ACK = "0000FF00FF00"
ASK_FIRMWARE = VECTORS["pn532_firmware"].raw.hex()
FIRMWARE = VECTORS["pn532_firmware_answer"].raw.hex()
NORMAL = VECTORS["pn532_sam"].raw.hex()
NORMAL_SET = VECTORS["pn532_sam_answer"].raw.hex()
BAUD_115200 = "0000FF03FDD410041800"
BAUD_SET = VECTORS["pn532_baud_answer"].raw.hex()
LINE_TEST = "0000FFFFFF0109F6D400"
OFFLINE = [DeviceHealth("nfc", "offline")]


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def tap_point(path: str) -> TapPoint:
    return TapPoint(path.replace("serial:", "nfc:pn532:"), "https://x/{visit}")


def test_chip_left_at_another_speed_is_brought_back() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(AWAKE + ACK + AWAKE + ASK_FIRMWARE)
        wire.expect(AWAKE + ACK + AWAKE + ASK_FIRMWARE)
        wire.send(ACK + FIRMWARE)
        wire.expect(BAUD_115200)
        wire.send(ACK + BAUD_SET)
        wire.expect(ACK)
        wire.expect(AWAKE + NORMAL)
        wire.send(ACK + NORMAL_SET)
        wire.expect(LINE_TEST)
        wire.hang_up()

    with serial_peer(script) as path:
        point = tap_point(path)
        assert point.poll() == OFFLINE
        point.close()


def test_chip_that_answers_at_once_keeps_its_speed() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(AWAKE + ACK + AWAKE + ASK_FIRMWARE)
        wire.send(ACK + FIRMWARE)
        wire.expect(AWAKE + NORMAL)
        wire.send(ACK + NORMAL_SET)
        wire.expect(LINE_TEST)
        wire.hang_up()

    with serial_peer(script) as path:
        assert tap_point(path).poll() == OFFLINE


@pytest.mark.parametrize("answer", ["", "00", "0000FF", "0000FF01FF7F8100", "DEADBEEF" + ACK])
def test_port_with_something_else_is_offline_and_given_back(answer: str) -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(4):
            wire.expect(AWAKE + ACK + AWAKE + ASK_FIRMWARE)
            wire.send(answer)

    before = open_files()
    with serial_peer(script) as path:
        point = tap_point(path)
        assert point.poll() == OFFLINE
        assert point.poll() == []
        point.close()
    assert open_files() <= before
