"""Random bytes into every parser: frames, None or a DeviceError, never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.pos.zvt import fields
from devices.pos.zvt import frames as zvt
from devices.scanner.text import CAP_BYTES, CodeSplitter, text_of
from tests.helpers.parsers import DECODERS, TAKES, until_empty

PREFIXES = [
    b"",
    b"\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00",
    b"\xf2\x00\x00\x05\x4e",
    b"\x04\x0f\x81",
    b"\x02\x00\x05\x31\x30",
    b"\x10\x02\x06\x0f",
    b"ACKACK",
    b"\x7f\x80\x05\xf0",
    b"\x02\x03\x07\x80",
    b"\xfa\xfb\x04\x04\x01",
    b"\x01\x02\x03",
]
NOISE = st.builds(lambda head, tail: head + tail, st.sampled_from(PREFIXES), st.binary())


@pytest.mark.parametrize("name", TAKES)
@given(noise=NOISE)
@settings(max_examples=200, deadline=None)
def test_noise_gives_frames_or_protocol_errors_and_comes_to_an_end(name: str, noise: bytes) -> None:
    until_empty(TAKES[name])(noise)


@pytest.mark.parametrize("name", DECODERS)
@given(data=st.one_of(st.binary(), st.binary(min_size=256, max_size=256)))
@settings(max_examples=200, deadline=None)
def test_noise_inside_a_frame_is_a_device_error_at_worst(name: str, data: bytes) -> None:
    try:
        DECODERS[name](data)
    except DeviceError:
        return


@given(chunks=st.lists(st.binary(max_size=700), max_size=8))
@settings(max_examples=100, deadline=None)
def test_scanner_noise_gives_clean_texts(chunks: list[bytes]) -> None:
    splitter = CodeSplitter()
    codes = [code for chunk in chunks for code in splitter.feed(chunk)] + splitter.end()
    for code in codes:
        assert 0 < len(code) <= CAP_BYTES
        assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in text_of(code))


@given(
    amount_fen=st.integers(min_value=1, max_value=10**12 - 1),
    reference=st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789-", min_size=1, max_size=200),
)
@settings(max_examples=100, deadline=None)
def test_reservation_of_any_size_is_one_apdu_with_our_reference(
    amount_fen: int, reference: str
) -> None:
    command = zvt.reservation(amount_fen, "0156", reference)
    assert zvt.take(bytearray(zvt.encode(command))) == command
    kept = fields.status_information(command.data)
    assert (kept.amount_fen, kept.reference) == (amount_fen, reference)
