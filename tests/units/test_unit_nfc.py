"""The virtual tap point against its vectors: messages, tags, blocks, datagrams, chip frames."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.iso_dep import IsoDepCard, IsoDepReader
from sandbox.units.nfc_messages import records_of, uri_message
from sandbox.units.nfc_phone import read_what_is_there
from sandbox.units.nfc_tags import Tag, Type2Tag, Type3Tag, Type4Tag
from sandbox.units.pn532 import crc_a
from sandbox.units.request import ControlError

V = vectors("nfc")
UNIT = "nfc"
URI = "https://ehc.example/v/7Q2K9M"
UID_7, UID_8 = bytes.fromhex("04A1B2C3D4E580"), bytes.fromhex("02FE010203040506")
LIMIT_S = 5.0
LONG = "https://ehc.example/v/" + "0123456789" * 20


def test_message_puts_the_uri_before_the_application() -> None:
    assert uri_message(URI) == V["ndef_uri"].data
    assert uri_message(URI, "com.tencent.mm") == V["ndef_uri_and_app"].data
    told = [record.told() for record in records_of(V["ndef_uri_and_app"].data)]
    assert told == [{"uri": URI}, {"app": "com.tencent.mm"}]


def test_text_record_and_cut_message_are_told() -> None:
    text = bytes.fromhex("D1010654027A68E5B0B1")
    assert [record.told() for record in records_of(text)] == [{"text": "就"}]
    assert records_of(text[:-1]) == []


def test_type_4_application_answers_its_vectors() -> None:
    tag = Type4Tag(UID_7, V["ndef_uri"].data)
    assert tag.answer_apdu(V["t4_read_cc"].data) == bytes.fromhex("6985")
    assert tag.answer_apdu(V["t4_select_cc"].data) == V["t4_not_found"].data
    for question, answer in (
        ("t4_select_app", "t4_ok"),
        ("t4_select_cc", "t4_ok"),
        ("t4_read_cc", "t4_cc_answer"),
        ("t4_select_ndef", "t4_ok"),
        ("t4_read_length", "t4_length_answer"),
        ("t4_read_message", "t4_message_answer"),
    ):
        assert tag.answer_apdu(V[question].data).hex(" ") == V[answer].data.hex(" ")


def test_card_repeats_its_last_block_when_asked_again() -> None:
    tag = Type4Tag(UID_7, V["ndef_uri"].data)
    assert tag.answer(V["iso_dep_rats"].data) == V["iso_dep_ats"].data
    assert tag.answer(V["iso_dep_block_0"].data) == V["iso_dep_answer_0"].data
    assert tag.answer(b"\xb2") == V["iso_dep_answer_0"].data
    assert tag.answer(b"\xb3") == b"\xa3"
    assert tag.answer(V["iso_dep_deselect"].data) == V["iso_dep_deselect"].data


def test_type_2_memory_and_type_3_attributes() -> None:
    memory = Type2Tag(UID_7, V["ndef_uri"].data)
    assert memory.answer(V["t2_read_page_0"].data) == V["t2_header"].data
    assert crc_a(V["t2_read_page_0"].data) == V["crc_a_of_read"].data
    tag = Type3Tag(UID_8, V["ndef_uri"].data)
    read = bytes([16, 6]) + UID_8 + bytes.fromhex("010B00018000")
    answer = tag.answer(read)
    assert answer is not None
    assert answer[:13] == bytes([29, 7]) + UID_8 + bytes.fromhex("000001")
    assert answer[13:] == V["t3_tag_attributes"].data
    for name in ("t3_attributes", "t3_attributes_page"):
        block = V[name].data
        assert sum(block[:14]) == int.from_bytes(block[14:], "big")
    beyond = bytes([16, 6]) + UID_8 + bytes.fromhex("010B00018010")
    assert tag.answer(beyond) == bytes([12, 7]) + UID_8 + bytes.fromhex("FFA2")


class FieldOf:
    """A phone's field with one of our own tags in it; every ``loses``-th answer is lost."""

    def __init__(self, tag: Tag, loses: int = 0) -> None:
        self._tag, self._loses, self._count = tag, loses, 0

    async def find_type_a(self) -> tuple[bytes, int] | None:
        if self._tag.bit_rate != "106A":
            return None
        return self._tag.uid, self._tag.found()[2]

    async def find_type_f(self) -> bytes | None:
        return self._tag.found()

    async def exchange(self, frame: bytes) -> bytes | None:
        self._count += 1
        answer = self._tag.answer(frame)
        return None if self._loses and self._count % self._loses == 0 else answer

    def leave(self) -> None:
        self._tag.field_off()


@pytest.mark.parametrize("loses", [0, 4])
@pytest.mark.parametrize("uri", [URI, LONG])
def test_phone_reads_type_4_though_answers_get_lost(uri: str, loses: int) -> None:
    tag = Type4Tag(UID_7, uri_message(uri))
    reading = asyncio.run(read_what_is_there(FieldOf(tag, loses)))
    assert reading is not None
    assert (reading.kind, reading.message) == ("type4", uri_message(uri))


def test_phone_reads_type_3() -> None:
    reading = asyncio.run(read_what_is_there(FieldOf(Type3Tag(UID_8, uri_message(LONG)))))
    assert reading is not None
    assert (reading.kind, reading.uid, reading.message) == ("type3", UID_8, uri_message(LONG))


def test_chained_answer_is_put_together() -> None:
    card = IsoDepCard(lambda _apdu: bytes(range(200)))
    assert card.answer(b"\xe0\x20") is not None  # frames of 32 bytes

    async def exchange(frame: bytes) -> bytes | None:
        return card.answer(frame)

    assert asyncio.run(IsoDepReader(exchange).apdu(b"\0" * 5)) == bytes(range(200))


@contextmanager
def reader_socket(bench: Bench) -> Iterator[socket.socket]:
    host, port = bench.path(UNIT).removeprefix("nfc:udp:").split(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as air:
        air.settimeout(0.2)
        air.connect((host, int(port)))
        yield air


def sensed(air: socket.socket, question: str) -> bytes:
    """The answer to a datagram that is repeated for a while, as a reader polls."""
    pause, limit = threading.Event(), time.monotonic() + LIMIT_S
    while time.monotonic() < limit:
        try:
            air.send(V[question].data)
            return air.recv(1024)
        except (TimeoutError, ConnectionRefusedError):
            pause.wait(0.02)
    return b""


def test_presented_tag_answers_in_the_air_until_it_is_removed(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "present_tag", uri=URI)
    with reader_socket(bench) as air:
        assert sensed(air, "udp_sens_req") == V["udp_sens_res"].data
        air.send(V["udp_sensf_req"].data)
        air.send(V["udp_field_off"].data)
        with pytest.raises(TimeoutError):
            air.recv(1024)
        bench.control.ask(UNIT, "remove_tag")
        with pytest.raises((TimeoutError, ConnectionRefusedError)):
            air.send(V["udp_sens_req"].data)
            air.recv(1024)


def test_presented_tag_survives_a_restart_and_a_second_is_refused(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "present_tag", uri=URI, kind="type2", app="com.tencent.mm")
    with pytest.raises(ControlError, match="held to the tap point already"):
        bench.control.ask(UNIT, "present_tag", uri=URI)
    before = (bench.control.state()[UNIT], bench.path(UNIT))
    bench.stop()
    again = start(UNIT)
    assert (again.control.state()[UNIT], again.path(UNIT)) == before
    with pytest.raises(ControlError, match="a type2 tag holds 120 bytes"):
        again.control.ask(UNIT, "remove_tag")
        again.control.ask(UNIT, "present_tag", uri=LONG, kind="type2")


def test_faults_in_the_air_meet_an_exchange_and_not_the_finding(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "present_tag", uri=URI, kind="type2")
    bench.control.ask(UNIT, "fault", kind="garble")
    read = b"106A 3000"
    with reader_socket(bench) as air:
        assert sensed(air, "udp_sens_req") == b"106A 4400"
        air.send(read)
        garbled, good = air.recv(1024), b"106A " + V["t2_header"].data.hex().encode()
        assert (len(garbled), garbled != good) == (len(good), True)
        bench.control.ask(UNIT, "fault", kind="silent")
        air.send(read)
        with pytest.raises(TimeoutError):
            air.recv(1024)
        air.send(read)
        assert air.recv(1024) == good


def test_tap_point_without_power_shows_nothing_and_refuses_a_phone(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "present_tag", uri=URI)
    bench.control.ask(UNIT, "power", on=False)
    with reader_socket(bench) as air, pytest.raises((TimeoutError, ConnectionRefusedError)):
        air.send(V["udp_sens_req"].data)
        air.recv(1024)
    bench.control.ask(UNIT, "remove_tag")
    with pytest.raises(ControlError, match="it has no power"):
        bench.control.ask(UNIT, "tap")
    bench.control.ask(UNIT, "present_tag", uri=URI)
    bench.control.ask(UNIT, "power", on=True)
    with reader_socket(bench) as air:
        assert sensed(air, "udp_sens_req") == V["udp_sens_res"].data


def chip(bench: Bench) -> Wire:
    return Wire("serial:" + bench.path(UNIT, "pn532").removeprefix("nfc:pn532:"))


def ask(wire: Wire, question: str, answer: str) -> None:
    wire.exchange(V[question].data, V["pn532_ack"].data + V[answer].data)


def test_chip_answers_its_vectors(start: StartBench) -> None:
    bench = start(UNIT)
    with chip(bench) as wire:
        wire.write(bytes(10))
        ask(wire, "pn532_firmware", "pn532_firmware_answer")
        ask(wire, "pn532_sam", "pn532_sam_answer")
        ask(wire, "pn532_list_type_a", "pn532_no_card")
        wire.exchange(V["pn532_wrong_sum"].data, V["pn532_error"].data)
        bench.control.ask(UNIT, "present_tag", uri=URI, kind="type2")
        ask(wire, "pn532_list_type_a", "pn532_type_2_card")
        ask(wire, "pn532_baud_921600", "pn532_baud_answer")


def test_chip_left_at_high_speed_is_deaf_until_it_loses_power(start: StartBench) -> None:
    bench = start(UNIT)
    with chip(bench) as wire:
        ask(wire, "pn532_baud_921600", "pn532_baud_answer")
        wire.write(V["pn532_firmware"].data)
        assert wire.quiet()
    bench.control.ask(UNIT, "power", on=False)
    bench.control.ask(UNIT, "power", on=True)
    with chip(bench) as wire:
        ask(wire, "pn532_firmware", "pn532_firmware_answer")


def test_faults_of_the_chip_need_a_name_or_meet_an_exchange(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "fault", kind="drop_byte")
    bench.control.ask(UNIT, "fault", kind="silent", on="chip")
    with chip(bench) as wire:
        wire.exchange(V["pn532_firmware"].data, V["pn532_ack"].data)
        assert wire.quiet()
        ask(wire, "pn532_firmware", "pn532_firmware_answer")
        wire.exchange(bytes.fromhex("0000FF04FCD4423000BA00"), V["pn532_ack"].data)
        assert len(wire.read(9)) == 9
        assert wire.quiet()


def test_phone_that_meets_nothing_is_in_the_books(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "tap", seconds=0)
    messages = bench.watcher()
    state = next(m["state"] for m in messages if m["unit"] == UNIT)
    while state != {"tag": None, "tapping": False, "taps": 1}:
        state = next(m["state"] for m in messages if m["unit"] == UNIT)
    taps = bench.control.books(UNIT)["taps"]
    assert isinstance(taps, list)
    assert (taps[0]["tag"], taps[0]["records"]) == (None, None)
