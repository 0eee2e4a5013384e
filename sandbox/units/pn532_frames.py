"""PN532 frames on a serial line: preamble, length and its check, data and its check.

Pure. An acknowledge from the host (``None`` among the frames) breaks off what the chip is doing. A
frame with a wrong check is told as ``Broken``, because the chip answers it with an error frame.
"""

from dataclasses import dataclass

START = b"\x00\xff"
ACKNOWLEDGE = bytes.fromhex("0000FF00FF00")
ERROR = bytes.fromhex("0000FF01FF7F8100")
TO_CHIP, TO_HOST = 0xD4, 0xD5
LONGEST_BUFFER = 1024
EXTENDED = b"\xff\xff"


@dataclass(frozen=True, slots=True)
class ChipCommand:
    """One command: its code and arguments."""

    code: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The host breaks off."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A frame with a wrong check or for nobody."""


Frame = ChipCommand | Acknowledge | Broken


def take_frame(buffer: bytes) -> tuple[Frame | None, bytes]:
    """The first whole frame and the bytes behind it; no frame while none is whole."""
    start = buffer.find(START)
    if start < 0:
        return None, buffer[-1:]
    rest = buffer[start + len(START) :]
    if rest[:2] == START:
        return Acknowledge(), rest[2:]
    head = 5 if rest[:2] == EXTENDED else 2
    if len(rest) < head:
        return None, buffer[start:]
    size = int.from_bytes(rest[2:4], "big") if head == 5 else rest[0]
    length_is_right = (sum(rest[2:5]) if head == 5 else sum(rest[:2])) & 0xFF == 0
    if not length_is_right or size > LONGEST_BUFFER:
        return Broken(), rest
    if len(rest) < head + size + 1:
        return None, buffer[start:]
    body, behind = rest[head : head + size], rest[head + size + 1 :]
    if sum(rest[head : head + size + 1]) & 0xFF or body[:1] != bytes([TO_CHIP]) or size < 2:
        return Broken(), behind
    return ChipCommand(body[1], body[2:]), behind


def answer_frame(code: int, data: bytes) -> bytes:
    """The chip's answer to command ``code``."""
    body = bytes([TO_HOST, code + 1]) + data
    if len(body) < 256:
        head = bytes([len(body), -len(body) & 0xFF])
    else:
        size = len(body).to_bytes(2, "big")
        head = EXTENDED + size + bytes([-sum(size) & 0xFF])
    return b"\x00" + START + head + body + bytes([-sum(body) & 0xFF, 0])
