"""Blocks of ZVT on a serial line (protocol page 5.1): 10 02 | unit, 10 doubled | 10 03 | CRC.

Pure. The CRC (KERMIT, low byte first) runs over the unit before doubling and the byte 03, and its
own bytes are not doubled. A new 10 02 inside a block means that the till began again.
"""

from dataclasses import dataclass
from enum import Enum

DLE, STX, ETX = 0x10, 0x02, 0x03
POLYNOMIAL = 0x8408
LONGEST_BLOCK = 8192
PATIENCE_S = 1.0


class BlockSign(Enum):
    """The single bytes between blocks, and a block that arrived damaged."""

    ACK = 0x06
    NAK = 0x15
    DAMAGED = -1


@dataclass(frozen=True, slots=True)
class Block:
    """One whole unit."""

    unit: bytes


def block(unit: bytes) -> bytes:
    """The bytes of a unit on the line."""
    doubled = unit.replace(bytes([DLE]), bytes([DLE, DLE]))
    return bytes([DLE, STX]) + doubled + bytes([DLE, ETX]) + _check(unit)


def _check(unit: bytes) -> bytes:
    rest = 0
    for byte in unit + bytes([ETX]):
        rest ^= byte
        for _bit in range(8):
            rest = (rest >> 1) ^ POLYNOMIAL if rest & 1 else rest >> 1
    return rest.to_bytes(2, "little")


Received = Block | BlockSign


def first_block(buffer: bytes) -> tuple[Received | None, int]:
    """What stands first, for a ByteCollector; noise between blocks is passed over."""
    first = buffer[0]
    if first in (BlockSign.ACK.value, BlockSign.NAK.value):
        return BlockSign(first), 1
    if first != DLE:
        return None, 1
    if len(buffer) == 1:
        return None, 0
    return _block(buffer) if buffer[1] == STX else (None, 1)


def _block(buffer: bytes) -> tuple[Received | None, int]:
    unit, at = bytearray(), 2
    while at + 1 < len(buffer) and at < LONGEST_BLOCK:
        byte, after = buffer[at], buffer[at + 1]
        if byte != DLE:
            unit.append(byte)
            at += 1
        elif after == DLE:
            unit.append(DLE)
            at += 2
        elif after == STX:
            return None, at
        elif after == ETX:
            return _checked(bytes(unit), buffer, at + 2)
        else:
            return BlockSign.DAMAGED, at + 2
    return (BlockSign.DAMAGED, at) if at >= LONGEST_BLOCK else (None, 0)


def _checked(unit: bytes, buffer: bytes, at: int) -> tuple[Received | None, int]:
    check = buffer[at : at + 2]
    if len(check) < 2:
        return None, 0
    return (Block(unit) if check == _check(unit) else BlockSign.DAMAGED), at + 2
