"""nfcpy, a foreign hand, on the other side of the virtual tap point: as reader and as tag."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

import ndef
import nfc
import nfc.clf.pn532
import nfc.clf.transport
import nfc.tag
import pytest
from units_bench import Bench, StartBench

pytestmark = pytest.mark.slow

UNIT = "nfc"
URI = "https://ehc.example/v/7Q2K9M"
LIMIT_S = 8.0


@pytest.fixture(autouse=True)
def foreign_log() -> Iterator[None]:
    """nfcpy tells every try that meets nothing as an error."""
    logger = logging.getLogger("nfc")
    before, logger.level = logger.level, logging.CRITICAL
    yield
    logger.level = before


@contextmanager
def front_end(bench: Bench, which: str) -> Iterator[nfc.ContactlessFrontend]:
    """nfcpy on one of the unit's two wires."""
    path = bench.path(UNIT, which)
    clf = nfc.ContactlessFrontend()
    if which == "path":
        assert clf.open(path.removeprefix("nfc:"))
    else:
        line = nfc.clf.transport.TTY(path.removeprefix("nfc:pn532:"))
        clf.device = nfc.clf.pn532.init(line)
    try:
        yield clf
    finally:
        clf.close()


def read_tag(clf: nfc.ContactlessFrontend, bit_rate: str) -> nfc.tag.Tag:
    limit = time.monotonic() + LIMIT_S
    while time.monotonic() < limit:
        target = clf.sense(nfc.clf.RemoteTarget(bit_rate))
        if target is not None:
            return nfc.tag.activate(clf, target)
    raise AssertionError("no tag was found")


@pytest.mark.parametrize(
    ("which", "kind", "bit_rate"),
    [
        ("path", "type2", "106A"),
        ("path", "type3", "212F"),
        ("path", "type4", "106A"),
        ("pn532", "type2", "106A"),
        ("pn532", "type3", "212F"),
        ("pn532", "type4", "106A"),
    ],
)
def test_foreign_reader_reads_the_presented_tag(
    start: StartBench, which: str, kind: str, bit_rate: str
) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "present_tag", uri=URI, app="com.tencent.mm", kind=kind)
    with front_end(bench, which) as clf:
        tag = read_tag(clf, bit_rate)
        assert tag.type == f"Type{kind[-1]}Tag"
        first, second = tag.ndef.records
        assert first.uri == URI
        assert (second.type, second.data) == ("urn:nfc:ext:android.com:pkg", b"com.tencent.mm")
        assert not tag.ndef.is_writeable


class Emulation:
    """A Type 3 tag as nfcpy itself plays it."""

    def __init__(self, message: bytes) -> None:
        head = (
            bytes.fromhex("1003010010") + bytes(4) + b"\x00\x01" + len(message).to_bytes(3, "big")
        )
        self._memory = head + sum(head).to_bytes(2, "big") + message.ljust(256, b"\0")

    def on_startup(self, target: nfc.clf.LocalTarget) -> nfc.clf.LocalTarget:
        target.brty = "212F"
        target.sensf_res = bytearray.fromhex("0102FE010203040506FFFFFFFFFFFFFFFF12FC")
        return target

    def on_connect(self, tag: nfc.tag.TagEmulation) -> bool:
        tag.add_service(0x000B, self._read, lambda *_given: False)
        return True

    def _read(self, number: int, _begin: bool, _end: bool) -> bytes | None:
        return self._memory[number * 16 : number * 16 + 16] or None


def books_after_a_tap(bench: Bench) -> dict[str, object]:
    pause, limit = threading.Event(), time.monotonic() + LIMIT_S
    while not (taps := cast(list[dict[str, object]], bench.control.books(UNIT)["taps"])):
        assert time.monotonic() < limit, "the tap did not end"
        pause.wait(0.02)
    return taps[-1]


def test_phone_reads_the_tag_that_the_foreign_hand_plays(start: StartBench) -> None:
    bench = start(UNIT)
    emulation = Emulation(b"".join(ndef.message_encoder([ndef.UriRecord(URI)])))
    options = {"on-startup": emulation.on_startup, "on-connect": emulation.on_connect}
    with front_end(bench, "path") as clf, playing(lambda: clf.connect(card=options)):
        bench.control.ask(UNIT, "tap")
        tap = books_after_a_tap(bench)
    assert (tap["tag"], tap["uid"], tap["records"]) == ("type3", "02fe010203040506", [{"uri": URI}])


@pytest.mark.parametrize("which", ["path", "pn532"])
def test_phone_reads_a_type_4_tag_that_listens(start: StartBench, which: str) -> None:
    bench = start(UNIT)
    with front_end(bench, which) as clf, playing(lambda: play_type_4(clf)):
        bench.control.ask(UNIT, "tap")
        tap = books_after_a_tap(bench)
    assert (tap["tag"], tap["uid"], tap["records"]) == ("type4", "08112233", [{"uri": URI}])


@contextmanager
def playing(act: Callable[[], object]) -> Iterator[None]:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    yield
    thread.join(LIMIT_S)
    assert not thread.is_alive()


def play_type_4(clf: nfc.ContactlessFrontend) -> None:
    """Listen and answer the reading of one message; ends with the phone's good-bye."""
    target = nfc.clf.LocalTarget(
        "106A",
        sens_res=bytearray.fromhex("0400"),
        sdd_res=bytearray.fromhex("08112233"),
        sel_res=bytearray.fromhex("20"),
    )
    limit, heard = time.monotonic() + LIMIT_S, None
    while heard is None and time.monotonic() < limit:
        heard = clf.listen(target, 0.5)
    assert heard is not None
    frame = heard.tt4_cmd
    if frame[0] == 0xE0:
        frame = clf.exchange(bytearray.fromhex("0578807002"), 1.0)
    message = b"".join(ndef.message_encoder([ndef.UriRecord(URI)]))
    capability = bytes.fromhex("000F20003B00340406E10400FF00FF")
    chosen = b""
    while frame[0] & 0xF7 != 0xC2:
        apdu, answer = bytes(frame[1:]), b""
        if apdu[5:7] in (b"\xe1\x03", b"\xe1\x04") and apdu[1] == 0xA4:
            content = {3: capability, 4: len(message).to_bytes(2, "big") + message}
            chosen = content[apdu[6]]
        elif apdu[1] == 0xB0:
            answer = chosen[apdu[3] : apdu[3] + apdu[4]]
        frame = clf.exchange(frame[:1] + bytearray(answer + b"\x90\x00"), 1.0)
    try:
        clf.exchange(frame, 0.1)
    except nfc.clf.CommunicationError:
        return
