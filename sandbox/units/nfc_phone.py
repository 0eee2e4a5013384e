"""A phone held to the tap point: finds our emulated tag and reads its NDEF message.

Talks over a field (``Field``): simulated air or the antenna of the virtual chip. It reads as phones
do: Type 4 or Type 3, attribute or capability data first, then the message, then good-bye.
"""

from dataclasses import dataclass
from typing import Protocol

from sandbox.units.iso_dep import IsoDepReader

SELECT_APPLICATION = bytes.fromhex("00A4040007D276000085010100")
SELECT_CAPABILITIES = bytes.fromhex("00A4000C02E103")
READ_CAPABILITIES = bytes.fromhex("00B000000F")
DONE = b"\x90\x00"
ANSWER_LIMIT, MOST_MESSAGE_BYTES = 59, 4096
BLOCKS_A_READ, BLOCK_BYTES = 3, 16
ISO_DEP_BIT = 0x20


class Field(Protocol):
    """The air between the phone and whatever we are."""

    async def find_type_a(self) -> tuple[bytes, int] | None:
        """UID and SEL_RES of a card, or None."""

    async def find_type_f(self) -> bytes | None:
        """The polling answer of a FeliCa card without its length, or None."""

    async def exchange(self, frame: bytes) -> bytes | None:
        """The answer to one frame, or None when none came."""

    def leave(self) -> None:
        """Take the phone away."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the phone read; ``message`` is None when it broke off."""

    kind: str
    uid: bytes
    message: bytes | None


async def read_what_is_there(field: Field) -> Reading | None:
    """One look in each technology; None when nothing answered."""
    card = await field.find_type_a()
    if card is not None:
        uid, select_answer = card
        message = await _read_type_4(field) if select_answer & ISO_DEP_BIT else None
        return Reading("type4" if select_answer & ISO_DEP_BIT else "type2", uid, message)
    found = await field.find_type_f()
    if found is None:
        return None
    return Reading("type3", found[1:9], await _read_type_3(field, found[1:9]))


async def _read_type_4(field: Field) -> bytes | None:
    card = IsoDepReader(field.exchange)
    if not await card.activate():
        return None
    for command in (SELECT_APPLICATION, SELECT_CAPABILITIES):
        if await card.apdu(command) != DONE:
            return None
    capabilities = await card.apdu(READ_CAPABILITIES)
    if capabilities is None or len(capabilities) != 15 + len(DONE):
        return None
    if await card.apdu(SELECT_CAPABILITIES[:5] + capabilities[9:11]) != DONE:
        return None
    size = await card.apdu(bytes.fromhex("00B0000002"))
    if size is None or len(size) != 2 + len(DONE):
        return None
    limit = min(int.from_bytes(capabilities[3:5], "big"), ANSWER_LIMIT)
    message = await _read_binary(card, int.from_bytes(size[:2], "big"), limit)
    await card.deselect()
    return message


async def _read_binary(card: IsoDepReader, size: int, limit: int) -> bytes | None:
    message = b""
    while len(message) < min(size, MOST_MESSAGE_BYTES):
        count = min(limit, size - len(message))
        start = (2 + len(message)).to_bytes(2, "big")
        part = await card.apdu(b"\x00\xb0" + start + bytes([count]))
        if part is None or part[-2:] != DONE or len(part) == len(DONE):
            return None
        message += part[:-2]
    return message[:size]


async def _read_type_3(field: Field, uid: bytes) -> bytes | None:
    attributes = await _read_blocks(field, uid, 0, 1)
    if attributes is None or int.from_bytes(attributes[14:], "big") != sum(attributes[:14]):
        return None
    size = int.from_bytes(attributes[11:14], "big")
    step = max(1, min(BLOCKS_A_READ, attributes[1]))
    message = b""
    while len(message) < min(size, MOST_MESSAGE_BYTES):
        first = 1 + len(message) // BLOCK_BYTES
        left = -(-(size - len(message)) // BLOCK_BYTES)
        part = await _read_blocks(field, uid, first, min(step, left))
        if part is None:
            return None
        message += part
    return message[:size]


async def _read_blocks(field: Field, uid: bytes, first: int, count: int) -> bytes | None:
    blocks = b"".join(bytes([0x80, number]) for number in range(first, first + count))
    body = b"\x06" + uid + b"\x01\x0b\x00" + bytes([count]) + blocks
    answer = await field.exchange(bytes([1 + len(body)]) + body)
    if answer is None or answer[1:2] != b"\x07" or answer[10:12] != b"\0\0":
        return None
    content = answer[13:]
    return content if len(content) == count * BLOCK_BYTES else None
