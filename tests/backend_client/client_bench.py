"""What a test of the client needs: a scripted backend, a wire or a client to it, a still clock."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime

from scripted_backend import ScriptedBackend, Turn

from backend_client.client import BackendClient
from backend_client.wire import Wire

TOKEN = "terminal-token"
MARK = (17, "ab12")


class StillClock:
    """Says what the test set."""

    now = datetime(2026, 3, 5, 1, 2, 3, tzinfo=UTC)

    def wall(self) -> datetime:
        """As set."""
        return self.now

    def monotonic_ns(self) -> int:
        """As set, in nanoseconds."""
        return int(self.now.timestamp()) * 1_000_000_000

    def boot_id(self) -> str:
        """One boot."""
        return "boot"


class Bench:
    """Starts scripted backends; wires are closed before the backend they talk to."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.clock = StillClock()

    def backend(
        self,
        *connections: Sequence[Turn],
        tls: ssl.SSLContext | None = None,
        greets: Turn | None = None,
    ) -> ScriptedBackend:
        """One that takes a list of turns for each connection, or greets the first one."""
        scripts = [list(turns) for turns in connections] or [[]]
        scripted = ScriptedBackend(scripts, tls, greets)
        return self._stack.enter_context(scripted)

    def wire(
        self, url: str, *, connect_s: float = 2.0, read_s: float = 5.0, ca_file: str = ""
    ) -> Wire:
        """A wire with the bench's token."""
        wire = Wire(url, TOKEN, connect_s=connect_s, read_s=read_s, ca_file=ca_file)
        return self._stack.enter_context(closing(wire))

    def client(self, url: str) -> BackendClient:
        """A client with the bench's token, mark and clock."""
        return BackendClient(self.wire(url), lambda: MARK, self.clock)
