"""The SSP coder and its words against the hand-written vectors."""

from __future__ import annotations

import pytest
from cash_peers import ssp_frame
from device_vectors import Vector, by_name, vectors

from devices.cash.notes import (
    AtRest,
    Begun,
    Condition,
    Credited,
    Ejected,
    Fate,
    FoundAtStart,
    Held,
    Moving,
    Restarted,
    Signal,
)
from devices.cash.ssp import frames
from devices.cash.ssp.frames import Packet
from devices.cash.ssp.status import events_of, inhibits, setup_of, stacked_count
from devices.errors import ProtocolError

CUT = "cut_then_poll"
ALL = [v for v in vectors("ssp") if v.text("data") and "bad" not in v.name and v.name != CUT]
CHANNELS = (100, 500, 1000, 2000, 5000, 10000)
EVENTS: dict[str, Signal] = {
    "escrow_channel_3": Held(1000),
    "credit_channel_3_stacking": Credited(1000),
    "rejected": Ejected(),
    "front_channel_3": FoundAtStart(1000, Fate.RETURNED),
    "cashbox_channel_3": FoundAtStart(1000, Fate.STACKED),
    "reset_and_disabled": Restarted(),
    "reading": Moving(),
    "stacking": Moving(),
    "rejecting": Moving(),
    "stacked": AtRest(),
    "disabled": AtRest(),
}


@pytest.mark.parametrize("vector", ALL, ids=lambda v: v.name)
def test_frame_and_packet_are_the_vector(vector: Vector) -> None:
    packet = Packet(bool(vector.raw[1] & 0x80), vector.raw[1] & 0x7F, vector.data("data"))
    assert frames.encode(packet) == vector.raw
    buffer = bytearray(vector.raw)
    assert frames.take(buffer) == packet
    assert not buffer


@pytest.mark.parametrize("vector", ALL, ids=lambda v: v.name)
def test_script_frames_are_the_vector(vector: Vector) -> None:
    assert ssp_frame(vector.raw[1] & 0x80, vector.text("data")) == vector.raw


@pytest.mark.parametrize("name", [v.name for v in ALL if v.name.startswith("setup_p")])
def test_setup_vector_gives_firmware_protocol_and_channels(name: str) -> None:
    vector = by_name("ssp")[name]
    setup = setup_of(vector.data("data")[1:])
    assert (setup.firmware, setup.protocol) == (vector.text("firmware"), vector.number("protocol"))
    assert list(setup.channels_fen) == vector.fields["channels_fen"]


@pytest.mark.parametrize("name", EVENTS)
def test_event_vector_gives_its_signal(name: str) -> None:
    data = by_name("ssp")[name].data("data")
    assert EVENTS[name] in events_of(data[1:], CHANNELS).signals


def test_counter_vector_gives_the_stacked_notes() -> None:
    assert stacked_count(by_name("ssp")["counters"].data("data")[1:]) == 2


def test_inhibits_let_in_what_may_be_taken() -> None:
    assert inhibits(CHANNELS, (100, 500, 1000)) == bytes.fromhex("07 00")
    assert inhibits(CHANNELS, ()) == bytes.fromhex("00 00")


def test_wrong_check_sum_is_a_protocol_error_and_the_next_frame_is_read() -> None:
    buffer = bytearray.fromhex("7F 80 01 F0 23 81 7F 00 01 F0 20 0A")
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert frames.take(buffer) == Packet(False, 0, b"\xf0")


def test_frame_cut_short_by_the_next_is_an_error_and_the_next_is_read() -> None:
    buffer = bytearray(by_name("ssp")[CUT].raw)
    with pytest.raises(ProtocolError):
        frames.take(buffer)
    assert frames.take(buffer) == Packet(True, 0, b"\x07")


def test_several_events_in_one_answer_are_all_told() -> None:
    signals = events_of(bytes.fromhex("E3 E7 EE 01 E0"), CHANNELS).signals
    assert [s for s in signals if not isinstance(s, AtRest)][:4] == [
        Begun(Condition.BOX_OUT),
        Begun(Condition.BOX_FULL),
        Credited(100),
        Begun(Condition.PATH_OPEN),
    ]


def test_event_without_its_channel_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError):
        events_of(bytes.fromhex("EE"), CHANNELS)


def test_channel_of_another_currency_is_not_ours() -> None:
    answer = bytes.fromhex(
        "00 30 34 31 38 43 4E 59 00 00 00 02 00 00 00 00 00 00 64 07"
        " 55 53 44 43 4E 59 05 00 00 00 0A 00 00 00"
    )
    assert setup_of(answer).channels_fen == (0, 1000)
