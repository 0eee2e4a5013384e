"""The tags we pretend to be: literal bytes, and random bytes of a malicious phone."""

from __future__ import annotations

import pytest
from device_vectors import by_name
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.nfc.message import first_text, offer_message
from devices.nfc.type3 import Type3Tag, attribute_block
from devices.nfc.type4 import LONGEST_PART, MessageFiles, Type4Tag

VECTORS = by_name("nfc")
URI = "https://ehc.example/v/{visit}"
MESSAGE = VECTORS["ndef_uri"].raw
IDM = bytes.fromhex("02FE010203040506")


def vector(name: str) -> bytes:
    return VECTORS[name].raw


def test_message_is_the_vector() -> None:
    assert offer_message(URI, "7Q2K9M", "") == MESSAGE
    assert offer_message(URI, "7Q2K9M", "com.tencent.mm") == vector("ndef_uri_and_app")


def test_visit_cannot_break_out_of_the_address() -> None:
    assert b"a%2Fb%3Fc%26d" in offer_message(URI, "a/b?c&d", "")


def test_message_of_no_known_record_has_no_text() -> None:
    assert first_text([object()]) == ""


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("t4_select_app", "t4_ok"),
        ("t4_select_cc", "t4_ok"),
        ("t4_read_cc", "t4_cc_answer"),
        ("t4_select_ndef", "t4_ok"),
        ("t4_read_length", "t4_length_answer"),
        ("t4_read_message", "t4_message_answer"),
    ],
)
def test_type_4_files_answer_as_the_vectors(command: str, answer: str) -> None:
    files = MessageFiles(MESSAGE)
    order = ("t4_select_app", "t4_select_cc", "t4_read_cc", "t4_select_ndef", "t4_read_length")
    for before in order[: order.index(command)] if command in order else order:
        files.answer(vector(before))
    assert not files.whole_read
    assert files.answer(vector(command)) == vector(answer)
    assert files.whole_read is (command == "t4_read_message")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00 B0 00 00 02", "69 85"),
        ("00 A4 00 0C 02 E1 04", "6A 82"),
        ("00 A4 04 00 07 A0 00 00 03 33 01 01 00", "6A 82"),
        ("00 D6 00 00 01 00", "69 82"),
        ("00 CA 00 00", "6D 00"),
        ("00", "6D 00"),
    ],
)
def test_type_4_refuses_what_it_is_not(command: str, status: str) -> None:
    assert MessageFiles(MESSAGE).answer(bytes.fromhex(command)) == bytes.fromhex(status)


def test_read_beyond_the_end_is_refused() -> None:
    files = MessageFiles(MESSAGE)
    files.answer(vector("t4_select_app"))
    files.answer(vector("t4_select_ndef"))
    assert files.answer(bytes.fromhex("00 B0 00 1B 01")) == bytes.fromhex("6B 00")


def test_blocks_are_the_vectors_and_end_with_the_deselect() -> None:
    tag = Type4Tag(MESSAGE)
    assert tag.answer(vector("iso_dep_rats")) == vector("iso_dep_ats")
    assert tag.answer(vector("iso_dep_block_0")) == vector("iso_dep_answer_0")
    assert not tag.ended
    assert tag.answer(vector("iso_dep_deselect")) == vector("iso_dep_deselect")
    assert tag.ended


def test_lost_answer_is_repeated_and_a_presence_check_acknowledged() -> None:
    tag = Type4Tag(MESSAGE)
    answer = tag.answer(vector("iso_dep_block_0"))
    assert tag.answer(b"\xb2") == answer
    assert tag.answer(b"\xb3") == b"\xa2"


def test_card_number_of_the_reader_is_echoed() -> None:
    block = bytes.fromhex("0A 05 00 A4 04 00 07 D2 76 00 00 85 01 01 00")
    assert Type4Tag(MESSAGE).answer(block) == bytes.fromhex("0A 05 90 00")


def test_long_answer_is_chained_and_joined_again() -> None:
    message = bytes(range(200))
    tag = Type4Tag(message)
    tag.answer(b"\x02" + vector("t4_select_app"))
    tag.answer(b"\x03" + vector("t4_select_ndef"))
    answer = tag.answer(bytes.fromhex("02 00 B0 00 02 C8"))
    assert answer is not None
    joined, number = b"", 0
    while answer[0] & 0x10:
        assert len(answer) == 1 + LONGEST_PART
        joined += answer[1:]
        number ^= 1
        answer = tag.answer(bytes([0xA2 | number]))
        assert answer is not None
    assert joined + answer[1:] == message + b"\x90\x00"
    assert tag.whole_read


def test_chained_command_is_acknowledged_and_joined() -> None:
    tag = Type4Tag(MESSAGE)
    whole = vector("t4_select_app")
    assert tag.answer(b"\x12" + whole[:4]) == b"\xa2"
    assert tag.answer(b"\x03" + whole[4:]) == b"\x03\x90\x00"


def test_attribute_block_says_read_only_and_sums_up() -> None:
    block = attribute_block(25)
    assert block == bytes.fromhex("10 03 01 00 02 00 00 00 00 00 00 00 00 19 00 2F")


def frame(text: str) -> bytes:
    body = bytes.fromhex(text)
    return bytes([len(body) + 1]) + body


def test_type_3_gives_attributes_then_the_message() -> None:
    tag = Type3Tag(MESSAGE, IDM)
    first = tag.answer(frame(f"06 {IDM.hex()} 01 0B 00 01 80 00"))
    assert first == frame(f"07 {IDM.hex()} 00 00 01 {attribute_block(25).hex()}")
    assert not tag.whole_read
    rest = tag.answer(frame(f"06 {IDM.hex()} 01 0B 00 02 80 01 00 02 00"))
    assert rest == frame(f"07 {IDM.hex()} 00 00 02 {MESSAGE.hex()} 00000000000000")
    assert tag.whole_read


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (f"06 {IDM.hex()} 01 09 00 01 80 00", f"07 {IDM.hex()} FF A1"),
        (f"06 {IDM.hex()} 01 0B 00 01 80 09", f"07 {IDM.hex()} FF A2"),
        (f"06 {IDM.hex()} 01 0B 00 04 80 00 80 01 80 02 80 00", f"07 {IDM.hex()} FF A2"),
        (f"08 {IDM.hex()} 01 09 00 01 80 00 {'00' * 16}", f"09 {IDM.hex()} FF A2"),
        (f"04 {IDM.hex()}", f"05 {IDM.hex()} 00"),
        (f"0C {IDM.hex()}", f"0D {IDM.hex()} 01 12 FC"),
        ("00 12 FC 01 00", f"01 {IDM.hex()} {'FF' * 8} 12 FC"),
        ("00 FF FF 00 00", f"01 {IDM.hex()} {'FF' * 8}"),
    ],
)
def test_type_3_answers_the_rest_of_its_commands(command: str, answer: str) -> None:
    assert Type3Tag(MESSAGE, IDM).answer(frame(command)) == frame(answer)


@pytest.mark.parametrize("text", ["", "02", "05 06", "0A 06 0102030405060708", "06 00 88 88 00 00"])
def test_type_3_is_silent_when_not_meant(text: str) -> None:
    assert Type3Tag(MESSAGE, IDM).answer(bytes.fromhex(text)) is None


FRAMES = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.builds(lambda rest: b"\x02\x00" + rest, st.binary(max_size=20)),
        st.builds(lambda c, rest: frame((c + IDM + rest).hex()), st.binary(min_size=1, max_size=1),
                  st.binary(max_size=20)),
    ),
    max_size=12,
)  # fmt: skip


@given(frames=FRAMES)
@settings(max_examples=300)
def test_phone_that_says_anything_gets_short_frames_or_silence(frames: list[bytes]) -> None:
    for tag in (Type3Tag(MESSAGE, IDM), Type4Tag(MESSAGE)):
        for sent in frames:
            answer = tag.answer(sent)
            assert answer is None or 0 < len(answer) <= 64
