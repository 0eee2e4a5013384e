"""All platforms in one process on loopback: start, announce, serve, end.

Talks to the run folder (``platforms.json``, ``state/``). ``platforms.json`` appears when all answer
and is removed at the end, so its presence means that they are there.
"""

import asyncio
import contextlib
import json
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from sandbox.platforms.acquirer.acquirer import Acquirer
from sandbox.platforms.city.city import City
from sandbox.platforms.face import Face
from sandbox.platforms.insurance.insurance import Insurance
from sandbox.platforms.insurer.insurer import Insurer
from sandbox.platforms.invoice.invoice import Invoice
from sandbox.platforms.messages import Messages

# Each platform by its name in platforms.json; its books are in state/<name>.json. The partner is
# the second bank of domain S49.
_PLATFORMS: Mapping[str, Callable[[Path], ASGIApp]] = {
    "acquirer": lambda books: Acquirer(books).app,
    "partner": lambda books: Acquirer(books, name="partner", bank="中信银行").app,
    "insurance": lambda books: Insurance(books).app,
    "city": lambda books: City(books).app,
    "invoice": lambda books: Invoice(books).app,
    "insurer": lambda books: Insurer(books).app,
    "messages": lambda books: Messages(books).app,
    "face": lambda books: Face(books).app,
}
_OPEN_REQUEST_LIMIT_S = 1  # a request that an ordered silence holds open must not hold the end up


@dataclass(frozen=True, slots=True)
class Settings:
    """How the platforms are started; port 0 is any free port, the others always have one."""

    run_dir: Path
    acquirer_port: int = 0
    insurance_port: int = 0


class _Server(uvicorn.Server):
    """One platform's server: it tells when it answers, and leaves signals to the program."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=_OPEN_REQUEST_LIMIT_S,
            )
        )
        self.answering = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self.answering.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """All servers share the process, so none takes its signals."""
        yield


async def serve(settings: Settings, end: asyncio.Event) -> None:
    """Serve all until ``end`` is set; OSError when a port is taken."""
    announcement = settings.run_dir / "platforms.json"
    announcement.unlink(missing_ok=True)
    state = settings.run_dir / "state"
    ports = {"acquirer": settings.acquirer_port, "insurance": settings.insurance_port}
    lines = {name: _listen(ports.get(name, 0)) for name in _PLATFORMS}
    servers = {name: _Server(make(state / f"{name}.json")) for name, make in _PLATFORMS.items()}
    serving = [asyncio.create_task(servers[name].serve([lines[name]])) for name in _PLATFORMS]
    for server in servers.values():
        await server.answering.wait()
    _announce(announcement, {name: _url(line) for name, line in lines.items()})
    await end.wait()
    announcement.unlink(missing_ok=True)
    for server in servers.values():
        server.should_exit = True
    await asyncio.gather(*serving)


def _listen(port: int) -> socket.socket:
    # asyncio turns off the kernel's waiting for fuller packets (40 ms an answer) only where the
    # protocol is named.
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.bind(("127.0.0.1", port))
    return line


def _url(line: socket.socket) -> str:
    return f"http://127.0.0.1:{line.getsockname()[1]}"


def _announce(path: Path, urls: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(urls), "utf-8")
    fresh.replace(path)
