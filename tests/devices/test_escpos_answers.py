"""One stream of a printer's answers, cut apart whatever comes between."""

from __future__ import annotations

import pytest

from devices.errors import ProtocolError
from devices.receipt_printer.escpos.answers import (
    Answer,
    Automatic,
    Echo,
    InOrder,
    RealTime,
    Told,
    take,
)


def all_of(text: str) -> list[Answer | None]:
    buffer = bytearray.fromhex(text)
    found: list[Answer | None] = []
    while buffer:
        answer = take(buffer)
        if answer is None:
            break
        found.append(answer)
    return found


def test_every_kind_in_one_stream_is_told_apart() -> None:
    assert all_of("11 12 38 00 00 00 13 37 22 30 30 30 37 00 03 5F 5A 46 2D 38 30 00 7E") == [
        RealTime(0x12),
        Automatic(0x38, 0, 0),
        Echo(b"0007"),
        InOrder(0x03),
        Told("ZF-80"),
        RealTime(0x7E),
    ]


def test_flow_control_inside_an_automatic_status_is_passed_over() -> None:
    assert all_of("18 13 00 11 0F 00") == [Automatic(0x18, 0x00, 0x0F)]


@pytest.mark.parametrize("text", ["", "18", "18 00 0F", "37", "37 22 30 30", "5F 5A"])
def test_answer_that_is_not_whole_stays_in_the_buffer(text: str) -> None:
    buffer = bytearray.fromhex(text)
    assert take(buffer) is None
    assert buffer == bytearray.fromhex(text)


@pytest.mark.parametrize(
    "text", ["FF", "18 00 12 12", "37 00", "37 22 30 30 30 37 01", "5F" + "41" * 80]
)
def test_noise_is_a_protocol_error_and_takes_one_byte(text: str) -> None:
    buffer = bytearray.fromhex(text)
    with pytest.raises(ProtocolError):
        take(buffer)
    assert buffer == bytearray.fromhex(text)[1:]


def test_broken_automatic_status_does_not_swallow_the_answer_after_it() -> None:
    buffer = bytearray.fromhex("18 00 12")
    with pytest.raises(ProtocolError):
        take(buffer)
    assert [take(buffer), take(buffer)] == [InOrder(0x00), RealTime(0x12)]


def test_told_text_has_no_control_characters() -> None:
    assert all_of("5F 5A 1B 46 20 00") == [Told("ZF")]
