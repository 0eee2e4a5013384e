"""The SAM_V coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.errors import ProtocolError
from devices.id_card import frames
from devices.id_card.frames import Command
from devices.id_card.text_block import document_of, latest_address_of

REQUESTS = {
    "status": Command.STATUS,
    "sam_id": Command.SAM_ID,
    "read_text_photo_fingerprint": Command.READ_WITH_FINGERPRINT,
    "read_additional_address": Command.READ_LATEST_ADDRESS,
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


def data_of(vector: Vector) -> bytes:
    answer = frames.take(bytearray(vector.raw))
    assert answer is not None
    return answer.data


def day(text: str) -> str:
    return "" if text == "长期" else f"{text[:4]}-{text[4:6]}-{text[6:]}"


@pytest.mark.parametrize("vector", READ_ANSWERS, ids=lambda v: v.name)
def test_read_answer_vector_gives_the_person(vector: Vector) -> None:
    with_fingerprint = "fingerprint_bytes" in vector.fields
    blocks = frames.card_blocks(data_of(vector), with_fingerprint=with_fingerprint)
    document = document_of(blocks.text)
    assert len(blocks.photo) == 1024
    assert document.layout == vector.fields.get("kind", "citizen")
    assert document.name == (vector.text("name") or vector.text("english_name"))
    assert document.english_name == vector.text("english_name")
    assert document.nationality == vector.text("nationality")
    assert document.pass_number == vector.text("pass_number")
    assert document.address == vector.text("address")
    assert document.id_number == vector.text("id_number")
    assert document.issuer == vector.text("issuer")
    assert document.birth_date == day(vector.text("birth"))
    assert document.sex == {"1": "M", "2": "F"}[vector.text("sex")]
    assert document.ethnic == {"01": "汉", "05": "维吾尔", "": ""}[vector.text("ethnic")]
    assert document.valid_to == day(vector.text("valid_to"))


def test_sam_id_is_printed_with_dots_and_dashes() -> None:
    vector = by_name("sam_v")["sam_id_answer"]
    assert frames.sam_id(data_of(vector)) == vector.text("printed")


def test_latest_address_is_read() -> None:
    vector = by_name("sam_v")["additional_address_answer"]
    assert latest_address_of(data_of(vector)) == vector.text("address")


@pytest.mark.parametrize("cut", [1, 2, 512])
def test_fingerprint_shorter_than_it_says_is_a_protocol_error(cut: int) -> None:
    data = data_of(by_name("sam_v")["read_fingerprint_answer_512"])
    with pytest.raises(ProtocolError, match="lengths"):
        frames.card_blocks(data[:-cut], with_fingerprint=True)


def test_english_name_goes_on_after_a_space_at_the_break() -> None:
    block = bytearray(frames.card_blocks(data_of(by_name("sam_v")["read_foreigner_answer"])).text)
    block[52:122] = "ALEXANDRA CONSTANTINA MARGUERITE DE".encode("utf-16-le")
    block[220:242] = " LA FUENTE ".encode("utf-16-le")
    assert document_of(bytes(block)).english_name == (
        "ALEXANDRA CONSTANTINA MARGUERITE DE LA FUENTE"
    )


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
