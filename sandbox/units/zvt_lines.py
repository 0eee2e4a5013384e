"""The two wires of a ZVT terminal: units as they are over TCP, in blocks over a serial line.

Talks to a TCP or pty line below and hands units up (protocol page 5.1). A serial block is sent
again when the till answers 15 or nothing; three times in all, then everything waiting is dropped.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sandbox.units.byte_collector import ByteCollector
from sandbox.units.faults import spoil
from sandbox.units.pty_line import PtyLine
from sandbox.units.tcp_line import TcpLine
from sandbox.units.zvt_blocks import PATIENCE_S, Block, BlockSign, block, first_block

BLOCK_ACK_S = 1.0
BLOCK_TRIES = 3


class ZvtWire(Protocol):
    """A wire for whole units; ``damage`` (garble, drop_byte) spoils the unit on its way."""

    @property
    def path(self) -> str: ...

    def send(self, unit: bytes, damage: str | None = None) -> bool: ...

    def cut(self) -> None: ...

    def close(self) -> None: ...


class ZvtTcp:
    """Units over TCP. ``on_host`` hears of a new or lost till."""

    def __init__(self, receive: Callable[[bytes], None], on_host: Callable[[], None]) -> None:
        self._line = TcpLine(receive, on_host)

    async def open(self, wanted_port: int) -> None:
        """Listen on ``wanted_port`` if it is free."""
        await self._line.open(wanted_port)

    @property
    def path(self) -> str:
        """As the settings spell it."""
        return self._line.path

    @property
    def port(self) -> int:
        """The port that was free."""
        return self._line.port

    def send(self, unit: bytes, damage: str | None = None) -> bool:
        """False when no till is connected."""
        return self._line.send(unit if damage is None else spoil(damage, unit))

    def cut(self) -> None:
        """Drop the connection."""
        self._line.cut()

    def close(self) -> None:
        """Stop listening."""
        self._line.close()


@dataclass(slots=True)
class _Outgoing:
    first: bytes
    whole: bytes
    tries: int = 0


class ZvtSerial:
    """Units in blocks over a pty, one block at a time."""

    def __init__(self, link: Path, receive: Callable[[bytes], None]) -> None:
        self._line = PtyLine(link, self._on_bytes)
        self._receive = receive
        self._reader = ByteCollector(first_block, PATIENCE_S)
        self._waiting: deque[_Outgoing] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Make the pty."""
        self._line.open()

    @property
    def path(self) -> str:
        """As the settings spell it."""
        return self._line.path

    def send(self, unit: bytes, damage: str | None = None) -> bool:
        """Queue a unit; a damaged block is repeated whole when the till says 15."""
        whole = block(unit)
        first = whole if damage is None else spoil(damage, whole)
        self._waiting.append(_Outgoing(first, whole))
        return len(self._waiting) > 1 or self._transmit()

    def cut(self) -> None:
        """Unplug and plug in again; what was on its way is lost."""
        self._forget()
        self._line.cut()

    def close(self) -> None:
        """Unplug."""
        self._forget()
        self._line.close()

    def _forget(self) -> None:
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _transmit(self) -> bool:
        if self._timer is not None:
            self._timer.cancel()
        if not self._waiting:
            return True
        unit = self._waiting[0]
        if unit.tries == BLOCK_TRIES or not self._line.send(
            unit.whole if unit.tries else unit.first
        ):
            self._forget()
            return False
        unit.tries += 1
        self._timer = asyncio.get_running_loop().call_later(BLOCK_ACK_S, self._transmit)
        return True

    def _on_bytes(self, data: bytes) -> None:
        for found in self._reader.feed(data, asyncio.get_running_loop().time()):
            match found:
                case Block(unit):
                    self._line.send(bytes([BlockSign.ACK.value]))
                    self._receive(unit)
                case BlockSign.DAMAGED:
                    self._line.send(bytes([BlockSign.NAK.value]))
                case BlockSign.ACK if self._waiting:
                    self._waiting.popleft()
                    self._transmit()
                case BlockSign.NAK if self._waiting:
                    self._transmit()
                case _:
                    pass
