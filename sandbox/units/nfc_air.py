"""Simulated air: datagrams ``<bit rate> <hex>`` and ``RFOFF`` on a port of the loopback.

Talks UDP. Whoever is a card listens on the port, whoever reads sends to it from a port of his own;
so our tag and a terminal that emulates one cannot both be there, and the later one waits.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from operator import xor
from typing import cast

from sandbox.units.nfc_tags import CASCADE, Tag
from sandbox.units.tcp_line import HOST

FIELD_OFF = b"RFOFF"
TYPE_A, TYPE_F = "106A", "212F"
SENSE_A, SENSE_F = b"\x26", bytes.fromhex("0600FFFF0100")
CASCADES = (b"\x93", b"\x95", b"\x97")
MORE_UID_BIT = 0x04
SENSE_LIMIT_S, ANSWER_LIMIT_S, RETRY_S = 0.1, 1.0, 0.02


def free_port() -> int:
    """A UDP port nobody uses now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        tried.bind((HOST, 0))
        port: int = tried.getsockname()[1]
        return port


def datagram(bit_rate: str, frame: bytes) -> bytes:
    """A frame on the air."""
    return f"{bit_rate} {frame.hex()}".encode("ascii")


def taken_apart(data: bytes) -> tuple[str, bytes] | None:
    """Bit rate and frame, or None for anything else."""
    words = data.split()
    try:
        return (words[0].decode("ascii"), bytes.fromhex(words[1].decode("ascii")))
    except (IndexError, ValueError):
        return None


class TagInTheAir(asyncio.DatagramProtocol):
    """A tag held to a reader; ``spoil`` may change or swallow an answer."""

    def __init__(self, tag: Tag, spoil: Callable[[bytes], bytes | None]) -> None:
        self._tag = tag
        self._spoil = spoil
        self._air: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._air = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if data.startswith(FIELD_OFF):
            self._tag.field_off()
            return
        told = taken_apart(data)
        if told is None or told[0] != self._tag.bit_rate or self._air is None:
            return
        answer = self._answer(told[1])
        if answer is not None:
            self._air.sendto(datagram(told[0], answer), addr)

    def _answer(self, frame: bytes) -> bytes | None:
        if self._tag.bit_rate == TYPE_A:
            found = self._selected(frame)
            if found is not None:
                return found
        elif frame[1:2] == b"\x00":
            return self._tag.answer(frame)
        answer = self._tag.answer(frame)
        return None if answer is None else self._spoil(answer)

    def _selected(self, frame: bytes) -> bytes | None:
        """The answer of the finding and selecting of a type A card; None for other frames."""
        if frame == SENSE_A:
            self._tag.field_off()
            return self._tag.found()[:2]
        parts = _uid_parts(self._tag.uid)
        for level, part in zip(CASCADES, parts, strict=False):
            if frame == level + b"\x20":
                return part
            if frame == level + b"\x70" + part:
                more = MORE_UID_BIT * (part is not parts[-1])
                return bytes([self._tag.found()[2] | more])
        return None


class PhoneInTheAir(asyncio.DatagramProtocol):
    """A phone's field towards the terminal that listens on ``port``."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._bit_rate = TYPE_A
        self._heard: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self._air: asyncio.DatagramTransport | None = None

    async def open(self) -> None:
        """Switch the field on."""
        loop = asyncio.get_running_loop()
        self._air, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, 0))

    def close(self) -> None:
        if self._air is not None:
            self._air.close()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        told = taken_apart(data)
        if told is not None and addr[1] == self._port:
            self._heard.put_nowait(told)

    async def find_type_a(self) -> tuple[bytes, int] | None:
        """Sense, then read out and select the UID level by level."""
        self._bit_rate = TYPE_A
        if await self._ask(SENSE_A, SENSE_LIMIT_S) is None:
            return None
        uid = b""
        for level in CASCADES:
            part = await self._ask(level + b"\x20", ANSWER_LIMIT_S)
            if part is None or len(part) != 5:
                return None
            selected = await self._ask(level + b"\x70" + part, ANSWER_LIMIT_S)
            if not selected:
                return None
            if not selected[0] & MORE_UID_BIT:
                return uid + part[:4], selected[0]
            uid += part[1:4]
        return None

    async def find_type_f(self) -> bytes | None:
        self._bit_rate = TYPE_F
        answer = await self._ask(SENSE_F, SENSE_LIMIT_S)
        return answer[1:] if answer and len(answer) >= 18 else None

    async def exchange(self, frame: bytes) -> bytes | None:
        return await self._ask(frame, ANSWER_LIMIT_S)

    def leave(self) -> None:
        if self._air is not None:
            self._air.sendto(FIELD_OFF, (HOST, self._port))

    async def _ask(self, frame: bytes, limit_s: float) -> bytes | None:
        while not self._heard.empty():
            self._heard.get_nowait()
        if self._air is None:
            return None
        self._air.sendto(datagram(self._bit_rate, frame), (HOST, self._port))
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                while True:
                    bit_rate, answer = await self._heard.get()
                    if bit_rate == self._bit_rate:
                        return answer
        return None


async def hold_in_the_air(port: int, tag: TagInTheAir) -> None:
    """Keep a tag on the port until cancelled, as soon as no terminal listens there."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            air, _ = await loop.create_datagram_endpoint(lambda: tag, local_addr=(HOST, port))
        except OSError:
            await asyncio.sleep(RETRY_S)
            continue
        try:
            await loop.create_future()
        finally:
            air.close()


def _uid_parts(uid: bytes) -> list[bytes]:
    """The UID by cascade level, each with its check byte."""
    parts = [uid] if len(uid) == 4 else [bytes([CASCADE]) + uid[:3], uid[3:]]
    return [part + bytes([reduce(xor, part)]) for part in parts]
