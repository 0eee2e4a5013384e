"""Random bytes into every parser: frames, None or a DeviceError, never anything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.card_dispenser import commands, status
from devices.card_dispenser import frames as crt591
from devices.errors import DeviceError, ProtocolError
from devices.id_card import frames as sam_v
from devices.id_card.text_block import document_of
from devices.pos.zvt import fields
from devices.pos.zvt import frames as zvt
from devices.scanner.line.frames import CAP_BYTES, CodeSplitter, text_of
from devices.smart_card import frames as m1

MAX_FRAMES = 2000
PREFIXES = [b"", b"\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00", b"\xf2\x00\x00\x05\x4e", b"\x04\x0f\x81"]
NOISE = st.builds(lambda head, tail: head + tail, st.sampled_from(PREFIXES), st.binary())
TAKES: list[Callable[[bytearray], object]] = [sam_v.take, crt591.take, zvt.take]
DECODERS: list[Callable[[bytes], object]] = [
    fields.status_information,
    fields.terminal_state,
    commands.uid_of,
    commands.mifare_reply,
    status.status_of,
    sam_v.text_block,
    document_of,
    m1.good,
]


@pytest.mark.parametrize("take", TAKES, ids=lambda t: t.__module__)
@given(noise=NOISE)
@settings(max_examples=200, deadline=None)
def test_noise_gives_frames_or_protocol_errors_and_comes_to_an_end(
    take: Callable[[bytearray], object], noise: bytes
) -> None:
    buffer = bytearray(noise)
    for _ in range(MAX_FRAMES):
        before = len(buffer)
        try:
            if take(buffer) is None:
                break
        except ProtocolError:
            assert len(buffer) < before
    else:
        pytest.fail("no end")


@pytest.mark.parametrize("decode", DECODERS, ids=lambda d: f"{d.__module__}.{d.__name__}")
@given(data=st.one_of(st.binary(), st.binary(min_size=256, max_size=256)))
@settings(max_examples=200, deadline=None)
def test_noise_inside_a_frame_is_a_device_error_at_worst(
    decode: Callable[[bytes], object], data: bytes
) -> None:
    try:
        decode(data)
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
