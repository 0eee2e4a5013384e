"""One record: canonical bytes, chain and checksum. Old disks must stay readable."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import JournalError
from core.journal.records import GENESIS, Entry, Stamp, seal, unseal

_STAMP = Stamp("K01", "s1", "2026-01-05T01:30:00+00:00", "boot-1", 7)
_ENTRY = Entry("operation.hold.intend", "op-1", {"patient_id": "P1", "amount_fen": 200_000})
_BODY = (
    '{"boot":"boot-1","format":1,"kind":"operation.hold.intend","mono_ns":7,"op":"op-1",'
    '"payload":{"amount_fen":200000,"patient_id":"P1"},"session":"s1","terminal":"K01",'
    '"wall":"2026-01-05T01:30:00+00:00"}'
)


def test_record_has_exactly_these_bytes() -> None:
    record = seal(1, _ENTRY, _STAMP, GENESIS)
    assert record.body == _BODY
    digest = sha256(b"\x00" * 32 + b"\x00\x00\x00\x00\x00\x00\x00\x01" + _BODY.encode())
    assert record.hash == digest.hexdigest()
    assert record.crc32 == zlib.crc32((_BODY + record.hash).encode())


def test_record_is_read_back_as_it_was_written() -> None:
    record = seal(1, _ENTRY, _STAMP, GENESIS)
    assert unseal(1, record.body, GENESIS, record.hash, record.crc32) == record


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9)),
)
def test_any_facts_survive(kind: str, facts: dict[str, str | int]) -> None:
    clean = {
        _clean(name): _clean(value) if isinstance(value, str) else value
        for name, value in facts.items()
    }
    record = seal(9, Entry(kind, "op", clean), _STAMP, GENESIS)
    assert unseal(9, record.body, GENESIS, record.hash, record.crc32).entry == record.entry


def _clean(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


@given(st.integers(0, len(_BODY.encode()) * 8 - 1))
def test_one_flipped_bit_of_the_body_is_seen(bit: int) -> None:
    record = seal(1, _ENTRY, _STAMP, GENESIS)
    content = bytearray(record.body.encode())
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(JournalError, match="record 1 is damaged"):
        unseal(1, content.decode("latin-1"), GENESIS, record.hash, record.crc32)


def test_record_of_another_place_in_the_chain_is_refused() -> None:
    record = seal(1, _ENTRY, _STAMP, GENESIS)
    with pytest.raises(JournalError, match="record 2 is damaged"):
        unseal(2, record.body, GENESIS, record.hash, record.crc32)
    with pytest.raises(JournalError, match="record 1 is damaged"):
        unseal(1, record.body, record.hash, record.hash, record.crc32)


@pytest.mark.parametrize("change", [{"format": 2}, {"format": "1"}, {"format": None}])
def test_record_of_another_version_is_refused(change: dict[str, object]) -> None:
    fields = {**json.loads(_BODY), **change}
    body = json.dumps({name: value for name, value in fields.items() if value is not None})
    digest = sha256(bytes(32) + (1).to_bytes(8, "big") + body.encode()).hexdigest()
    with pytest.raises(JournalError, match="record 1 was written by another version"):
        unseal(1, body, GENESIS, digest, zlib.crc32((body + digest).encode()))
