"""A TCP connection as a byte line (POS, network printer, serial server).

What a reader would get wrong: the first write after the other side closed succeeds; only an
answer proves that bytes arrived.
"""

from __future__ import annotations

import socket
import time

from devices.errors import TransportError

CONNECT_LIMIT_S = 3.0
WRITE_LIMIT_S = 5.0
_SHORTEST_S = 0.001


class TcpLine:
    """A client connection."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Raises TransportError: refused, unreachable, or silent for CONNECT_LIMIT_S."""
        try:
            opened = socket.create_connection(self._address, CONNECT_LIMIT_S)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise TransportError(f"{self._name}: {error}") from None
        self._socket = opened

    def close(self) -> None:
        """End the connection."""
        opened, self._socket = self._socket, None
        if opened is not None:
            opened.close()

    def write(self, data: bytes) -> None:
        """Raises TransportError when the connection is gone or stuck for WRITE_LIMIT_S."""
        opened = self._opened()
        try:
            opened.settimeout(WRITE_LIMIT_S)
            opened.sendall(data)
        except OSError as error:
            raise TransportError(f"{self._name}: {error}") from None

    def read(self, size: int, deadline: float) -> bytes:
        """See `Line.read`; the far end's orderly close is a broken line."""
        opened = self._opened()
        try:
            opened.settimeout(max(deadline - time.monotonic(), _SHORTEST_S))
            data = opened.recv(size)
        except TimeoutError:
            return b""
        except OSError as error:
            raise TransportError(f"{self._name}: {error}") from None
        if not data:
            raise TransportError(f"{self._name}: closed by the far end")
        return data

    @property
    def _name(self) -> str:
        return f"{self._address[0]}:{self._address[1]}"

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise TransportError(f"{self._name}: not open")
        return self._socket
