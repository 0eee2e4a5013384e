"""PC/SC and line scanner coders against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.errors import DeviceRefused
from devices.m1_layout import M1Layout
from devices.scanner.text import CodeSplitter, text_of
from devices.smart_card import frames as m1

CARD_COMMANDS: dict[str, bytes] = {
    "get_uid": m1.GET_UID,
    "load_key": m1.load_key(b"\xff" * 6),
    "authenticate_block_4_key_a": m1.authenticate(4),
    "authenticate_old_block_4_key_a": m1.authenticate_old(4),
    "read_block_4": m1.read_block(4),
}


@pytest.mark.parametrize("name", CARD_COMMANDS)
def test_card_command_is_the_vector(name: str) -> None:
    assert by_name("pcsc_m1")[name].raw == CARD_COMMANDS[name]


@pytest.mark.parametrize("vector", list(vectors("line_scanner")), ids=lambda v: v.name)
def test_scanned_vector_gives_its_texts(vector: Vector) -> None:
    splitter = CodeSplitter()
    codes = splitter.feed(vector.raw) + splitter.end()
    wanted = vector.fields.get("texts", [vector.text("text")])
    assert [text_of(code) for code in codes] == wanted


def test_card_answer_vectors_are_data_or_a_refusal() -> None:
    found = by_name("pcsc_m1")
    assert m1.good(found["uid_answer"].raw).hex().upper() == "1A2B3C4D"
    assert m1.good(found["ok"].raw) == b""
    for name, code in (("failed", "6300"), ("wrong_length_16", "6C10"), ("not_supported", "6A81")):
        with pytest.raises(DeviceRefused) as refused:
            m1.good(found[name].raw)
        assert refused.value.code == code


@pytest.mark.parametrize("number", ["1", "0000123456", "1234567890123456"])
def test_layout_gives_back_the_number(number: str) -> None:
    layout = M1Layout()
    assert layout.decode(layout.encode(number)) == number


@pytest.mark.parametrize("block", [b"\0" * 16, b"\xff" * 16, b"12\x0034" + b"\0" * 11, b"12"])
def test_block_that_is_not_ours_has_no_number(block: bytes) -> None:
    assert M1Layout().decode(block) is None
