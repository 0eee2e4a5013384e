"""Settings to services, paths to lines, and a link that is lost and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from peer import PtyWire, TcpWire, serial_peer, tcp_peer

import devices.card_dispenser
import devices.id_card
import devices.pos.zvt
import devices.receipt_printer.escpos
import devices.scanner
import devices.smart_card
from core.errors import SettingsError
from core.settings import Setting, Settings, load
from devices.card_dispenser.service import CardDispenser
from devices.errors import TransportError
from devices.id_card.service import IdCardReader
from devices.link import Link
from devices.pos.zvt.service import ZvtPos
from devices.receipt_printer.escpos.service import ReceiptPrinter
from devices.scanner.service import CodeScanner
from devices.smart_card.service import CardSlot
from devices.transport.paths import line_at
from devices.transport.serial_line import SerialLine
from devices.transport.tcp_line import TcpLine

ALL: tuple[Setting, ...] = (
    *devices.id_card.SETTINGS,
    *devices.card_dispenser.SETTINGS,
    *devices.smart_card.SETTINGS,
    *devices.scanner.SETTINGS,
    *devices.pos.zvt.SETTINGS,
    *devices.receipt_printer.escpos.SETTINGS,
)
FILE = """
[id_card]
path = "serial:/dev/ttyUSB0"
[card_dispenser]
path = "serial:/dev/ttyUSB1"
m1_key = "A0A1A2A3A4A5"
[smart_card]
path = "pcsc:Kiosk Card Reader"
[scanner]
path = "serial:/dev/ttyACM0"
[pos]
path = "tcp:127.0.0.1:20007"
[receipt_printer]
path = "tcp:127.0.0.1:9100"
"""


def settings(folder: Path, content: str = FILE) -> Settings:
    file = folder / "settings.toml"
    file.write_text(content, encoding="utf-8")
    return load(file, ALL)


def test_every_device_opens_from_its_settings(tmp_path: Path) -> None:
    given = settings(tmp_path)
    assert isinstance(devices.id_card.open_from(given), IdCardReader)
    assert isinstance(devices.card_dispenser.open_from(given), CardDispenser)
    assert isinstance(devices.smart_card.open_from(given), CardSlot)
    assert isinstance(devices.scanner.open_from(given), CodeScanner)
    assert isinstance(devices.pos.zvt.open_from(given), ZvtPos)
    assert isinstance(devices.receipt_printer.escpos.open_from(given), ReceiptPrinter)


def test_card_key_that_is_no_key_is_a_settings_error(tmp_path: Path) -> None:
    given = settings(tmp_path, FILE.replace("A0A1A2A3A4A5", "A0A1"))
    with pytest.raises(SettingsError, match="12 hexadecimal digits"):
        devices.card_dispenser.open_from(given)


@pytest.mark.parametrize(
    ("path", "kind"), [("serial:/dev/ttyUSB0", SerialLine), ("tcp:[::1]:9100", TcpLine)]
)
def test_path_names_its_line(path: str, kind: type) -> None:
    assert isinstance(line_at(path, 9600), kind)


@pytest.mark.parametrize("path", ["", "serial:", "tcp:9100", "tcp:host:", "pcsc:X", "usb:1"])
def test_path_of_no_line_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        line_at(path, 9600)


def test_line_that_is_not_open_is_a_transport_error() -> None:
    for path in ("serial:/dev/null", "tcp:127.0.0.1:9"):
        line = line_at(path, 9600)
        line.close()
        with pytest.raises(TransportError, match="not open"):
            line.write(b"x")
        with pytest.raises(TransportError, match="not open"):
            line.read(1, 0.0)


def test_serial_port_held_by_another_is_a_transport_error() -> None:
    with serial_peer(lambda wire: None) as path:
        first, second = line_at(path, 9600), line_at(path, 9600)
        first.open()
        with pytest.raises(TransportError):
            second.open()
        first.close()
        second.open()
        second.close()


def test_serial_port_that_is_unplugged_is_a_transport_error_for_every_use() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect("AA")
        wire.hang_up()

    with serial_peer(script) as path:
        line = line_at(path, 9600)
        line.open()
        line.write(b"\xaa")
        for use in (_read_all(line.read), _read_all(line.read), lambda: line.write(b"x")):
            with pytest.raises(TransportError):
                use()
        line.close()


def _read_all(read: Callable[[int, float], bytes]) -> Callable[[], object]:
    return lambda: read(16, time.monotonic() + 5.0)


def test_tcp_connection_that_is_closed_is_a_transport_error() -> None:
    def script(wire: TcpWire) -> None:
        wire.accept()
        wire.send("01 02")
        wire.hang_up()

    with tcp_peer(script) as path:
        line = line_at(path, 9600)
        line.open()
        received = line.read(1, time.monotonic() + 5.0)
        received += line.read(16, time.monotonic() + 5.0)
        assert received == b"\x01\x02"
        with pytest.raises(TransportError, match="closed by the far end"):
            line.read(16, time.monotonic() + 5.0)
        line.close()


class Port:
    """Something to close."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


@pytest.mark.expects_warnings("devices.link")
def test_poll_waits_before_the_next_try_and_a_request_does_not() -> None:
    tries: list[int] = []

    def connect() -> Port:
        tries.append(1)
        raise TransportError("nobody there")

    link = Link("scanner", connect)
    for _ in range(3):
        with pytest.raises(TransportError) as error:
            link.driver()
        link.lost(error.value)
    assert len(tries) == 1
    with pytest.raises(TransportError, match="nobody there"):
        link.driver(hurry=True)
    assert len(tries) == 2


@pytest.mark.expects_warnings("devices.link")
def test_lost_device_is_closed_and_opened_anew() -> None:
    ports = [Port(), Port()]
    waiting = list(ports)
    link = Link("scanner", lambda: waiting.pop(0))
    assert link.driver() is ports[0]
    link.lost(TransportError("unplugged"))
    assert ports[0].closed == 1
    assert link.driver(hurry=True) is ports[1]
    link.close()
    link.close()
    assert ports[1].closed == 1
