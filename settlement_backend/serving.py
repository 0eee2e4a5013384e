"""How the backend answers: one process, or several that share a listening socket.

Talks to uvicorn and the system. What a reader would get wrong: workers are whole programs that
inherit the parent's socket; the parent itself answers nothing and only starts anew what died. With
TLS a client without a certificate of `client_ca` is refused in the handshake, before any request.
"""

from __future__ import annotations

import json
import logging
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

_STOP_LIMIT_S = 5.0
_LOOK_S = 0.2


@dataclass(frozen=True, slots=True)
class Tls:
    """PEM files. `strangers`: let machines without a certificate in too, to be enrolled."""

    certificate: Path
    key: Path
    client_ca: Path
    strangers: bool = False

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 only. Raises OSError for files that are no such files."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_3
        made.load_cert_chain(self.certificate, self.key)
        made.load_verify_locations(self.client_ca)
        made.verify_mode = ssl.CERT_OPTIONAL if self.strangers else ssl.CERT_REQUIRED
        return made


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen. `descriptor`: an inherited socket instead, when not negative."""

    host: str
    port: int
    descriptor: int = -1
    tls: Tls | None = None

    def url(self, listener: socket.socket) -> str:
        """What clients call."""
        scheme = "https" if self.tls is not None else "http"
        return f"{scheme}://{self.host}:{listener.getsockname()[1]}"

    def listener(self) -> socket.socket:
        """The listening socket. Raises OSError when the port is taken."""
        if self.descriptor >= 0:
            return socket.socket(fileno=self.descriptor)
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.host, self.port))
        return listener


class _Protocol(H11Protocol):
    """Tells the application whose certificate the connection has: `scope["state"]`."""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  asyncio's own type
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        peer = tls.getpeercert(binary_form=True) if tls is not None else None
        self.app_state = {**self.app_state, "peer_certificate": peer}


class _Server(uvicorn.Server):
    """Writes the ready file once it really answers."""

    def __init__(self, config: uvicorn.Config, url: str, ready: Path | None) -> None:
        super().__init__(config)
        self._url, self._ready = url, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        log.info("listening on %s", self._url)
        announce(self._ready, self._url)


def serve(app: ASGIApp, address: Address, ready: Path | None) -> None:
    """Answer until SIGTERM."""
    listener = address.listener()
    tls = address.tls
    config = uvicorn.Config(
        app,
        http=_Protocol,
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        ssl_context_factory=None if tls is None else lambda _config, _default: tls.context(),
    )
    _Server(config, address.url(listener), ready).run([listener])


def announce(ready: Path | None, url: str) -> None:
    """Say where we listen, in one step."""
    if ready is not None:
        waiting = ready.with_suffix(".new")
        waiting.write_text(json.dumps({"url": url}), "utf-8")
        waiting.replace(ready)


class Workers:
    """`count` programs with the same arguments on one socket, started anew when they die."""

    def __init__(self, count: int, arguments: Sequence[str], address: Address) -> None:
        self._listener = address.listener()
        self._listener.listen()
        self.url = address.url(self._listener)
        self._arguments = (*arguments, "--listen-fd", str(self._listener.fileno()))
        self._end = threading.Event()
        self._running: list[subprocess.Popen[bytes]] = [self._start() for _ in range(count)]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "settlement_backend", *self._arguments],
            pass_fds=[self._listener.fileno()],
        )

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then all of them end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._end.set())
        while not self._end.wait(_LOOK_S):
            for place, worker in enumerate(self._running):
                if worker.poll() is not None:
                    log.warning("a worker died with %d and is started anew", worker.returncode)
                    self._running[place] = self._start()
        for worker in self._running:
            worker.terminate()
        for worker in self._running:
            try:
                worker.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
