"""The tap point judged by nfcpy's own reader and tags, over its datagrams."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import nfc
import nfc.tag
import pytest
from nfc.clf import LocalTarget, RemoteTarget
from peer import LIMIT_S, wait_until

import devices.nfc
from core.flow import Event
from core.ports import DeviceHealth, DeviceTrouble, Done, TagRead, TapRead
from core.settings import load
from devices.checks import Fact, Identity, Outcome
from devices.nfc.message import offer_message
from devices.nfc.service import TapPoint
from devices.nfc.type3 import MANUFACTURER, SYSTEM, Type3Tag

URI = "https://ehc.example/v/{visit}"
ONLINE = DeviceHealth("nfc", "ok")
IDM = bytes.fromhex("02FE010203040506")


@pytest.fixture
def port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Running:
    """A tap point polled in its own thread, as its worker would."""

    def __init__(self, port: int, tag_type: str = "auto") -> None:
        self.events: list[Event] = []
        self._port = port
        self._tag_type = tag_type
        self._stopping = threading.Event()
        self._offered = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Running:
        self._thread.start()
        assert self._offered.wait(LIMIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(LIMIT_S)

    def _work(self) -> None:
        point = tap_point(self._port, self._tag_type)
        assert point.offer("7Q2K9M") == Done()
        self._offered.set()
        while not self._stopping.is_set():
            self.events += point.poll()
        point.withdraw()
        point.close()


def tap_point(port: int, tag_type: str = "auto") -> TapPoint:
    path = f"nfc:udp:127.0.0.1:{port}"
    return TapPoint(path, URI, android_package="com.tencent.mm", tag_type=tag_type)


@pytest.fixture
def phone(port: int) -> Iterator[nfc.ContactlessFrontend]:
    reader = nfc.ContactlessFrontend(f"udp:127.0.0.1:{port}")
    yield reader
    reader.close()


def read(phone: nfc.ContactlessFrontend, technology: str) -> list[tuple[str, bytes]]:
    """Records by type, as a phone that tries for a while."""
    found: list[RemoteTarget] = []

    def sensed() -> bool:
        found[:] = [phone.sense(RemoteTarget(technology))]
        return found[0] is not None

    wait_until(sensed)
    tag = nfc.tag.activate(phone, found[0])
    return [(str(record.type), bytes(record.data)) for record in tag.ndef.records]


@pytest.mark.parametrize(
    ("tag_type", "technology"), [("auto", "106A"), ("type4", "106A"), ("type3", "212F")]
)
def test_phone_reads_the_page_of_this_visit_and_it_is_told_once(
    port: int, phone: nfc.ContactlessFrontend, tag_type: str, technology: str
) -> None:
    with Running(port, tag_type) as running:
        for _ in range(2):
            assert read(phone, technology) == [
                ("urn:nfc:wkt:U", b"\x04ehc.example/v/7Q2K9M"),
                ("urn:nfc:ext:android.com:pkg", b"com.tencent.mm"),
            ]
            phone.device.mute()
        wait_until(lambda: len(running.events) == 2)
    assert running.events == [ONLINE, TapRead()]


def test_phone_that_leaves_in_the_middle_has_not_read(
    port: int, phone: nfc.ContactlessFrontend
) -> None:
    with Running(port) as running:
        wait_until(lambda: phone.sense(RemoteTarget("106A")) is not None)
        phone.exchange(bytearray.fromhex("E080"), 1.0)
        phone.exchange(bytearray.fromhex("0200A4040007D276000085010100"), 1.0)
        phone.device.mute()
        wait_until(lambda: phone.sense(RemoteTarget("106A")) is not None)
    assert running.events == [ONLINE]


@pytest.mark.expects_warnings("devices.link")
def test_noise_in_the_air_is_survived(port: int, phone: nfc.ContactlessFrontend) -> None:
    with Running(port) as running, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noise:
        for data in (b"", b"106A", b"106A zz", b"\xff\xfe 00", b"106A 02", b"a b c"):
            noise.sendto(data, ("127.0.0.1", port))
        assert len(read(phone, "106A")) == 2
        wait_until(lambda: TapRead() in running.events)


class TagInTheAir:
    """nfcpy's emulation with our files: a Type 3 tag on the table for as long as it is held."""

    def __init__(self, port: int, message: bytes) -> None:
        self._frontend = nfc.ContactlessFrontend(f"udp:127.0.0.1:{port}")
        self._message = message
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._hold, daemon=True)
        self._thread.start()

    def take_away(self) -> None:
        self._gone.set()
        self._thread.join(LIMIT_S)
        self._frontend.close()

    def _hold(self) -> None:
        while not self._gone.is_set():
            target = LocalTarget("212F")
            target.sensf_res = bytearray(b"\x01" + IDM + MANUFACTURER + SYSTEM)
            activated = self._frontend.listen(target, 0.5)
            if activated is not None:
                self._answer(Type3Tag(self._message, IDM), activated)

    def _answer(self, tag: Type3Tag, activated: LocalTarget) -> None:
        frame = bytes([len(activated.tt3_cmd) + 1]) + bytes(activated.tt3_cmd)
        try:
            while not self._gone.is_set():
                answer = tag.answer(frame)
                frame = bytes(self._frontend.exchange(bytearray(answer or b""), 0.5))
        except nfc.clf.CommunicationError:
            return


def test_tag_is_told_once_until_it_leaves(port: int) -> None:
    message = offer_message("https://sticker.example/{visit}", "W17", "")
    point = tap_point(port)
    tag = TagInTheAir(port, message)
    seen: list[Event] = []

    def told() -> bool:
        seen.extend(point.poll())
        return any(isinstance(event, TagRead) for event in seen)

    wait_until(told, 9.0)
    assert seen == [ONLINE, TagRead(IDM.hex().upper(), "https://sticker.example/W17")]
    assert "sticker" not in repr(seen)
    assert point.poll() == []
    check = next(check for check in point.checks() if check.name == "tap_built_in_tag")
    finding = check.work()
    assert finding.outcome is Outcome.PASSED
    assert finding.facts[:2] == (
        Fact("uid", IDM.hex().upper()),
        Fact("uri", "https://sticker.example/W17"),
    )
    tag.take_away()
    point.close()


def test_identity_and_line_of_the_simulated_chip(port: int) -> None:
    point = tap_point(port)
    assert point.identity() == Identity(model="UDP")
    line = point.checks()[0]
    assert line.name == "line"
    assert line.work().facts == (Fact("chip", "UDP"),)
    point.close()


@pytest.mark.expects_warnings("devices.link")
def test_missing_chip_is_offline_and_offers_nothing() -> None:
    point = TapPoint("nfc:pn532:/dev/no-such-port", URI)
    assert point.poll() == [DeviceHealth("nfc", "offline")]
    assert isinstance(point.offer("1"), DeviceTrouble)
    assert isinstance(point.identity(), DeviceTrouble)
    assert [check.work().outcome for check in point.checks()] == [Outcome.FAILED] * 2
    point.close()


@pytest.mark.parametrize("path", ["nfc:", "nfc:pn532", "nfc:tty:USB0:arygon", "udp:x:1", "nfc:com"])
def test_path_of_no_chip_is_a_settings_fault(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a path"):
        TapPoint(path, URI)


def test_settings_that_cannot_be_are_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '[nfc]\npath = "nfc:com3"\nuri_template = "https://x"\nandroid_package = "中"\n'
    )
    faults = devices.nfc.contradictions(load(file, devices.nfc.SETTINGS))
    assert [fault.split(" ")[0].rstrip(":") for fault in faults] == [
        "nfc.path",
        "nfc.uri_template",
        "nfc.android_package",
    ]


def test_settings_open_the_tap_point(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[nfc]\npath = "nfc:udp:127.0.0.1:1"\nuri_template = "https://x/{visit}"\n')
    given = load(file, devices.nfc.SETTINGS)
    assert devices.nfc.contradictions(given) == []
    point = devices.nfc.open_from(given)
    point.close()
