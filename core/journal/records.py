"""One journal record: canonical bytes, hash chain, checksum (reliability.md 5.1).

What a reader would get wrong: the hash covers the *text* of the body as written, so a record is
verified without re-encoding it; and the format must not change, because old disks are read by new
programs.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import JournalError

GENESIS = "0" * 64
FORMAT = 1
Head = tuple[int, str]
"""A record's sequence number and hash."""
EMPTY: Head = (0, GENESIS)
"""Where an empty journal stands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a writer wants recorded. `payload`: facts, money as int fen, nothing personal."""

    kind: str
    operation_id: str
    payload: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where and when: terminal, patient session, wall time (ISO, UTC), boot and monotonic ns."""

    terminal_id: str
    session_id: str
    wall_time: str
    boot_id: str
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as it stands on disk."""

    seq: int
    entry: Entry
    stamp: Stamp
    body: str
    previous_hash: str
    hash: str
    crc32: int


def seal(seq: int, entry: Entry, stamp: Stamp, previous_hash: str) -> Record:
    """Make record `seq` that follows the record whose hash is `previous_hash`."""
    body = json.dumps(
        {
            "format": FORMAT,
            "kind": entry.kind,
            "op": entry.operation_id,
            "payload": dict(entry.payload),
            "terminal": stamp.terminal_id,
            "session": stamp.session_id,
            "wall": stamp.wall_time,
            "boot": stamp.boot_id,
            "mono_ns": stamp.monotonic_ns,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    digest = _hash(previous_hash, seq, body)
    return Record(seq, entry, stamp, body, previous_hash, digest, _crc(body, digest))


def unseal(seq: int, body: str, previous_hash: str, digest: str, crc32: int) -> Record:
    """Check and decode a stored record. Raises JournalError when a bit of it is wrong."""
    if _crc(body, digest) != crc32 or _hash(previous_hash, seq, body) != digest:
        raise JournalError(f"journal record {seq} is damaged")
    fields = json.loads(body)
    if fields.get("format") != FORMAT:
        raise JournalError(f"journal record {seq} was written by another version")
    entry = Entry(fields["kind"], fields["op"], fields["payload"])
    stamp = Stamp(
        fields["terminal"], fields["session"], fields["wall"], fields["boot"], fields["mono_ns"]
    )
    return Record(seq, entry, stamp, body, previous_hash, digest, crc32)


def _hash(previous_hash: str, seq: int, body: str) -> str:
    text = bytes.fromhex(previous_hash) + seq.to_bytes(8, "big") + body.encode()
    return hashlib.sha256(text).hexdigest()


def _crc(body: str, digest: str) -> int:
    return zlib.crc32(digest.encode(), zlib.crc32(body.encode()))
