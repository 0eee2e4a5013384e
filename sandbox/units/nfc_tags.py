"""Tags that can be held to the tap point: Type 2, Type 3 and Type 4 with one NDEF message.

Talks to nothing: a tag answers frames without their check bytes. All are read only, as a sticker on
a wall should be.
"""

from functools import reduce
from operator import xor
from typing import Protocol

from sandbox.units.iso_dep import IsoDepCard

DONE, NOT_FOUND, NOTHING_SELECTED = b"\x90\x00", b"\x6a\x82", b"\x69\x85"
BEYOND_END, READ_ONLY, NO_COMMAND = b"\x6b\x00", b"\x69\x82", b"\x6d\x00"
NDEF_APPLICATION = bytes.fromhex("D2760000850101")
CAPABILITY_FILE, MESSAGE_FILE = 0xE103, 0xE104
FILE_BYTES, MOST_MESSAGE_BYTES = 255, 240
BLOCK_BYTES, PAGE_BYTES, PAGES_A_READ = 16, 4, 4
CASCADE = 0x88


class Tag(Protocol):
    """What a reader meets: how it is found, and what it answers."""

    kind: str
    bit_rate: str
    uid: bytes

    def found(self) -> bytes: ...

    def answer(self, frame: bytes) -> bytes | None: ...

    def field_off(self) -> None: ...


class Type2Tag:
    """An NTAG-like memory; ``found`` is SENS_RES and SEL_RES."""

    kind, bit_rate = "type2", "106A"

    def __init__(self, uid: bytes, message: bytes) -> None:
        self.uid = uid
        first = uid[:3] + bytes([CASCADE ^ reduce(xor, uid[:3])])
        second = uid[3:] + bytes([reduce(xor, uid[3:])])
        head = first + second + bytes.fromhex("480000") + bytes.fromhex("E110120F")
        data = b"\x03" + bytes([len(message)]) + message + b"\xfe"
        self._memory = (head + data).ljust(16 + 0x12 * 8, b"\0")

    def found(self) -> bytes:
        return bytes.fromhex("440000")

    def answer(self, frame: bytes) -> bytes | None:
        if len(frame) == 2 and frame[0] == 0x30:
            start = frame[1] * PAGE_BYTES
            if start >= len(self._memory):
                return b"\x00"
            return (self._memory * 2)[start : start + PAGE_BYTES * PAGES_A_READ]
        return b"\x00" if frame and frame[0] == 0xA2 else None

    def field_off(self) -> None:
        """Nothing to forget."""


class Type4Tag:
    """The NDEF application behind ISO-DEP."""

    kind, bit_rate = "type4", "106A"

    def __init__(self, uid: bytes, message: bytes) -> None:
        self.uid = uid
        capability = bytes.fromhex("000F20003B00340406E104") + FILE_BYTES.to_bytes(2, "big")
        self._files = {
            CAPABILITY_FILE: capability + b"\x00\xff",
            MESSAGE_FILE: (len(message).to_bytes(2, "big") + message).ljust(FILE_BYTES, b"\0"),
        }
        self._blocks = IsoDepCard(self.answer_apdu)
        self.field_off()

    def found(self) -> bytes:
        return bytes.fromhex("040020")

    def answer(self, frame: bytes) -> bytes | None:
        return self._blocks.answer(frame)

    def field_off(self) -> None:
        self._blocks.reset()
        self._in_application = False
        self._file: bytes | None = None

    def answer_apdu(self, apdu: bytes) -> bytes:
        """Answer data and status word of one command."""
        if len(apdu) < 5:
            return NO_COMMAND
        match apdu[1]:
            case 0xA4:
                return self._select(apdu[2], apdu[5 : 5 + apdu[4]])
            case 0xB0 if self._file is None:
                return NOTHING_SELECTED
            case 0xB0:
                start = int.from_bytes(apdu[2:4], "big")
                part = (self._file or b"")[start : start + (apdu[4] or 256)]
                return part + DONE if part else BEYOND_END
            case 0xD6:
                return READ_ONLY
            case _:
                return NO_COMMAND

    def _select(self, way: int, name: bytes) -> bytes:
        if way == 0x04:
            self._in_application, self._file = name == NDEF_APPLICATION, None
            return DONE if self._in_application else NOT_FOUND
        found = self._files.get(int.from_bytes(name, "big")) if self._in_application else None
        if found is None:
            return NOT_FOUND
        self._file = found
        return DONE


class Type3Tag:
    """A FeliCa tag; frames begin with their length, ``found`` is the polling answer's content."""

    kind, bit_rate = "type3", "212F"
    system = bytes.fromhex("12FC")

    def __init__(self, uid: bytes, message: bytes) -> None:
        self.uid = uid
        head = bytes.fromhex("10040100") + b"\x0f" + bytes(4) + b"\x00\x00"
        head += len(message).to_bytes(3, "big")
        attributes = head + sum(head).to_bytes(2, "big")
        self._memory = attributes + message.ljust(BLOCK_BYTES * 15, b"\0")

    def found(self) -> bytes:
        return b"\x01" + self.uid + bytes([0xFF] * 8) + self.system

    def answer(self, frame: bytes) -> bytes | None:
        if len(frame) < 6 or frame[0] != len(frame):
            return None
        if frame[1] == 0x00 and frame[2:4] in (self.system, b"\xff\xff"):
            found = self.found() if frame[4] == 1 else self.found()[:-2]
            return bytes([1 + len(found)]) + found
        if frame[2:10] != self.uid:
            return None
        body = self._read(frame[10:]) if frame[1] == 0x06 else b"\xff\xa2"
        body = bytes([frame[1] + 1]) + self.uid + body
        return bytes([1 + len(body)]) + body

    def field_off(self) -> None:
        """Nothing to forget."""

    def _read(self, request: bytes) -> bytes:
        """Services, then block numbers of two or three bytes; status, count, blocks."""
        if len(request) < 4 or request[0] != 1:
            return b"\xff\xa1"
        count, at, blocks = request[3], 4, b""
        for _block in range(count):
            wide = 2 if request[at] & 0x80 else 3
            number = int.from_bytes(request[at + 1 : at + wide], "little")
            at += wide
            content = self._memory[number * BLOCK_BYTES : (number + 1) * BLOCK_BYTES]
            if len(content) != BLOCK_BYTES or at > len(request):
                return b"\xff\xa2"
            blocks += content
        return b"\x00\x00" + bytes([count]) + blocks
