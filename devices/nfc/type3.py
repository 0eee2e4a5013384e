"""A read-only NFC Forum Type 3 tag: commands of a phone to answers (docs/protocols/nfc.md).

No I/O. What a reader would get wrong: a frame's first byte counts itself; and at most 3 blocks fit
into one answer, because the chips send frames of 64 bytes.
"""

from __future__ import annotations

MANUFACTURER = b"\xff" * 8
SYSTEM = bytes.fromhex("12FC")
MOST_BLOCKS = 3
_BLOCK_BYTES = 16
_READ_SERVICE = bytes.fromhex("0B00")
_IDM_BYTES = 8
_NO_SERVICE, _NO_BLOCK = 0xA1, 0xA2
_TWO_BYTE_ELEMENT = 0x80


def attribute_block(message_bytes: int) -> bytes:
    """Block 0: version 1.0, read only, and how long the message is."""
    blocks = -(-message_bytes // _BLOCK_BYTES)
    head = bytes([0x10, MOST_BLOCKS, 1]) + blocks.to_bytes(2, "big") + bytes(4) + bytes([0, 0])
    head += message_bytes.to_bytes(3, "big")
    return head + sum(head).to_bytes(2, "big")


class Type3Tag:
    """One activation by one phone. `idm`: the 8 bytes we are known by."""

    def __init__(self, message: bytes, idm: bytes) -> None:
        padded = message + bytes(-len(message) % _BLOCK_BYTES)
        self._content = attribute_block(len(message)) + padded
        self._idm = idm
        self.ended = False
        self.whole_read = False

    def answer(self, frame: bytes) -> bytes | None:
        """The frame to send back; None: not for us."""
        if len(frame) < 2 or frame[0] != len(frame):
            return None
        code, body = frame[1], frame[2:]
        if code == 0x00 and len(body) == 4 and body[:2] in (b"\xff\xff", SYSTEM):
            return _frame(0x01, self._idm + MANUFACTURER + (SYSTEM if body[2] == 1 else b""))
        if body[:_IDM_BYTES] != self._idm:
            return None
        match code:
            case 0x04:
                return _frame(0x05, self._idm + b"\x00")
            case 0x06:
                return _frame(0x07, self._idm + self._read(body[_IDM_BYTES:]))
            case 0x08:
                return _frame(0x09, self._idm + _status(_NO_BLOCK))
            case 0x0C:
                return _frame(0x0D, self._idm + b"\x01" + SYSTEM)
            case _:
                return None

    def _read(self, body: bytes) -> bytes:
        if len(body) < 4 or body[0] != 1 or body[1:3] != _READ_SERVICE:
            return _status(_NO_SERVICE)
        numbers = _block_numbers(body[3], body[4:])
        last = len(self._content) // _BLOCK_BYTES - 1
        if not numbers or len(numbers) > MOST_BLOCKS or max(numbers) > last:
            return _status(_NO_BLOCK)
        self.whole_read = self.whole_read or (last > 0 and last in numbers)
        data = b"".join(self._content[n * _BLOCK_BYTES : (n + 1) * _BLOCK_BYTES] for n in numbers)
        return bytes([0, 0, len(numbers)]) + data


def _block_numbers(count: int, elements: bytes) -> list[int]:
    """Two- and three-byte elements; [] when they do not fit the count."""
    numbers: list[int] = []
    while elements and len(numbers) < count:
        size = 2 if elements[0] & _TWO_BYTE_ELEMENT else 3
        if len(elements) < size:
            return []
        numbers.append(int.from_bytes(elements[1:size], "little"))
        elements = elements[size:]
    return numbers if len(numbers) == count and not elements else []


def _status(reason: int) -> bytes:
    return bytes([0xFF, reason])


def _frame(code: int, body: bytes) -> bytes:
    return bytes([len(body) + 2, code]) + body
