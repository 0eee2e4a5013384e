"""Status words, and APDUs for a Mifare Classic card behind PC/SC (docs/protocols/pcsc_m1.md).

No I/O. What a reader would get wrong: 90 00 alone is success; 63 00 means "failed or not
authenticated".
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.errors import DeviceRefused, ProtocolError

GET_UID = bytes.fromhex("FFCA000000")
MORE = 0x61
OTHER_LENGTH = 0x6C
NOT_SUPPORTED = frozenset({"6A81", "6D00"})
WRONG_PARAMETER = frozenset({"6A86", "6B00"})
NEEDS_AUTHENTICATION = "6982"
_OK = "9000"
_KEY_SLOT = 0
_KEY_A = 0x60
_BLOCK_BYTES = 16


def load_key(key: bytes) -> bytes:
    """Key into the reader's volatile slot 0."""
    return bytes([0xFF, 0x82, 0x00, _KEY_SLOT, len(key)]) + key


def authenticate(block: int) -> bytes:
    """The sector of `block` (counted from the start of the card) with key A."""
    return bytes([0xFF, 0x86, 0x00, 0x00, 0x05, 0x01, 0x00, block, _KEY_A, _KEY_SLOT])


def authenticate_old(block: int) -> bytes:
    """The same for older readers."""
    return bytes([0xFF, 0x88, 0x00, block, _KEY_A, _KEY_SLOT])


def read_block(block: int) -> bytes:
    """16 bytes."""
    return bytes([0xFF, 0xB0, 0x00, block, _BLOCK_BYTES])


def write_block(block: int, data: bytes) -> bytes:
    """16 bytes in place of what is there. ValueError: not 16 bytes."""
    if len(data) != _BLOCK_BYTES:
        raise ValueError("a block has 16 bytes")
    return bytes([0xFF, 0xD6, 0x00, block, _BLOCK_BYTES]) + data


@dataclass(frozen=True, slots=True)
class Answer:
    """`status_word`: four hexadecimal digits."""

    data: bytes
    status_word: str


def answer_of(raw: bytes) -> Answer:
    """Raises ProtocolError for less than a status word."""
    if len(raw) < 2:
        raise ProtocolError("an answer without a status word")
    return Answer(raw[:-2], raw[-2:].hex().upper())


def good(raw: bytes) -> bytes:
    """The data of a successful answer. DeviceRefused: any other status word."""
    return good_data(answer_of(raw))


def good_data(answer: Answer) -> bytes:
    """The same of an answer that was taken apart."""
    if answer.status_word != _OK:
        raise DeviceRefused(answer.status_word, "the card answered no")
    return answer.data
