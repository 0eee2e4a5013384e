"""A network line: a listening port on the loopback with at most one host at a time.

Talks TCP inside the asyncio loop. A new connection replaces the old one, as a device with a single
session does after its host has restarted without saying good-bye.
"""

import asyncio
from collections.abc import Callable
from typing import cast

HOST = "127.0.0.1"


class TcpLine:
    """One listening port. ``receive`` gets bytes, ``on_host`` hears of a new or lost host."""

    def __init__(self, receive: Callable[[bytes], None], on_host: Callable[[], None]) -> None:
        self.path = ""
        self.port = 0
        self._receive = receive
        self._on_host = on_host
        self._server: asyncio.Server | None = None
        self._transport: asyncio.Transport | None = None

    async def open(self, wanted_port: int) -> None:
        """Listen on ``wanted_port`` if it is free (0: none wanted), else on any port."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(lambda: _Session(self), HOST, wanted_port)
        except OSError:
            self._server = await loop.create_server(lambda: _Session(self), HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.path = f"tcp:{HOST}:{self.port}"

    def close(self) -> None:
        """Stop listening and drop the host."""
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Drop the connection at once; the host may connect again."""
        if self._transport is not None:
            self._transport.abort()
            self._transport = None
            self._on_host()

    def send(self, data: bytes) -> bool:
        """Write to the host; False when none is connected."""
        if self._transport is None or self._transport.is_closing():
            return False
        self._transport.write(data)
        return True

    def joined(self, transport: asyncio.Transport) -> None:
        """A host connected; the former one is dropped."""
        self.cut()
        self._transport = transport
        self._on_host()

    def left(self, transport: asyncio.Transport) -> None:
        """A connection ended; only the current one matters."""
        if transport is self._transport:
            self._transport = None
            self._on_host()

    def arrived(self, transport: asyncio.Transport, data: bytes) -> None:
        """Bytes of a connection; those of a replaced one are dropped."""
        if transport is self._transport:
            self._receive(data)


class _Session(asyncio.Protocol):
    def __init__(self, line: TcpLine) -> None:
        self._line = line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._line.joined(self._transport)

    def data_received(self, data: bytes) -> None:
        self._line.arrived(self._transport, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._line.left(self._transport)
