"""The SAM_V coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.id_card import frames
from devices.id_card.frames import Command
from devices.id_card.text_block import document_of

REQUESTS = {
    "status": Command.STATUS,
    "find": Command.FIND,
    "select": Command.SELECT,
    "read_text_photo": Command.READ_TEXT_AND_PHOTO,
}
ANSWERS = [v for v in vectors("sam_v") if not v.to_device]
READ_ANSWERS = [v for v in ANSWERS if "id_number" in v.fields]


@pytest.mark.parametrize("name", REQUESTS)
def test_request_is_the_vector(name: str) -> None:
    assert frames.encode(REQUESTS[name]) == by_name("sam_v")[name].raw


@pytest.mark.parametrize("vector", ANSWERS, ids=lambda v: v.name)
def test_answer_vector_gives_its_status(vector: Vector) -> None:
    buffer = bytearray(vector.raw)
    answer = frames.take(buffer)
    assert answer is not None
    assert answer.status == vector.number("status")
    assert not buffer


@pytest.mark.parametrize("vector", READ_ANSWERS, ids=lambda v: v.name)
def test_read_answer_vector_gives_the_person(vector: Vector) -> None:
    answer = frames.take(bytearray(vector.raw))
    assert answer is not None
    document = document_of(frames.text_block(answer.data))
    birth = vector.text("birth")
    assert document.name == vector.text("name")
    assert document.address == vector.text("address")
    assert document.id_number == vector.text("id_number")
    assert document.issuer == vector.text("issuer")
    assert document.birth_date == f"{birth[:4]}-{birth[4:6]}-{birth[6:]}"
    assert document.sex == {"1": "M", "2": "F"}[vector.text("sex")]
    assert document.ethnic == {"01": "汉", "05": "维吾尔"}[vector.text("ethnic")]
    forever = vector.text("valid_to") == "长期"
    assert (document.valid_to == "") is forever


def test_answer_split_anywhere_is_the_same_answer() -> None:
    raw = by_name("sam_v")["noise_then_find_found"].raw
    buffer = bytearray()
    found = []
    for byte in raw:
        buffer.append(byte)
        answer = frames.take(buffer)
        if answer is not None:
            found.append(answer.status)
    assert found == [0x9F]
