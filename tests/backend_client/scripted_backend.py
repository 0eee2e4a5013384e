"""A raw socket on loopback that answers what a test wrote, byte for byte.

It is not an HTTP server: half bodies, silence, resets and garbage are its purpose. Each accepted
connection takes the next list of turns; each turn hears one request, sends its bytes, then does
what `then` says.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType

LIMIT_S = 10.0
_DRIP_S = 0.02


class Then(Enum):
    """After the bytes of a turn."""

    KEEP = "keep the connection for the next turn"
    CLOSE = "close"
    RESET = "close with RST"
    HOLD = "say nothing until the other side closes"
    DRIP = "one blank at a time until the other side closes"


@dataclass(frozen=True, slots=True)
class Turn:
    """One request heard and what follows. `below_tls`: written past the encryption."""

    sends: bytes = b""
    then: Then = Then.KEEP
    below_tls: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it arrived. Header names in lower case."""

    line: str
    headers: dict[str, str]
    body: bytes


def answer(status: int, body: bytes, *headers: str) -> bytes:
    """A whole HTTP/1.1 answer; other headers as given."""
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class ScriptedBackend:
    """Serves while in its `with` block. `heard` and `connections` tell what came.

    `greets`: what each connection gets for its first bytes, whatever they are.
    """

    scripts: list[list[Turn]]
    tls: ssl.SSLContext | None = None
    greets: Turn | None = None
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> ScriptedBackend:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive(), "the client never closed its connection"

    @property
    def url(self) -> str:
        """Where it listens."""
        scheme = "http" if self.tls is None else "https"
        return f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        for turns in self.scripts:
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            self.connections += 1
            connection.settimeout(LIMIT_S)
            with connection:
                if self.greets is None:
                    self._talk(connection, turns)
                else:
                    _receive(connection)
                    _do(connection, self.greets)

    def _talk(self, plain: socket.socket, turns: list[Turn]) -> None:
        try:
            connection = self.tls.wrap_socket(plain, server_side=True) if self.tls else plain
        except OSError:
            return
        with connection:
            for turn in turns:
                request = _hear(connection)
                if request is None:
                    return
                self.heard.append(request)
                _do(connection, turn)
                if turn.then is not Then.KEEP:
                    return
            _wait_for_close(connection)


def _hear(connection: socket.socket) -> Heard | None:
    raw = b""
    while b"\r\n\r\n" not in raw:
        piece = _receive(connection)
        if not piece:
            return None
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    line, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (row.partition(": ") for row in rest)}
    while len(body) < int(headers.get("content-length", "0")):
        body += _receive(connection)
    return Heard(line, headers, body)


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:
        return b""


def _do(connection: socket.socket, turn: Turn) -> None:
    try:
        if turn.below_tls:
            with socket.socket(fileno=os.dup(connection.fileno())) as below:
                below.sendall(turn.sends)
        else:
            connection.sendall(turn.sends)
        _end(connection, turn.then)
    except OSError:
        return


def _end(connection: socket.socket, then: Then) -> None:
    match then:
        case Then.KEEP | Then.CLOSE:
            return
        case Then.RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        case Then.HOLD:
            _wait_for_close(connection)
        case Then.DRIP:
            while not select.select([connection], [], [], _DRIP_S)[0]:
                connection.sendall(b" ")


def _wait_for_close(connection: socket.socket) -> None:
    while _receive(connection):
        pass
