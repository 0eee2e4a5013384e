"""Both platforms in one process on loopback: start, announce, serve, end.

Talks to the run folder (``platforms.json``, ``state/``). ``platforms.json`` appears when both
answer and is removed at the end, so its presence means that they are there.
"""

import asyncio
import contextlib
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from sandbox.platforms.acquirer import Acquirer
from sandbox.platforms.insurance import Insurance

_OPEN_REQUEST_LIMIT_S = 1  # a request that an ordered silence holds open must not hold the end up


@dataclass(frozen=True, slots=True)
class Settings:
    """How the platforms are started; port 0 is any free port."""

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
        """Two servers share the process, so neither takes its signals."""
        yield


async def serve(settings: Settings, end: asyncio.Event) -> None:
    """Serve both until ``end`` is set; OSError when a port is taken."""
    announcement = settings.run_dir / "platforms.json"
    announcement.unlink(missing_ok=True)
    state = settings.run_dir / "state"
    acquirer_line = _listen(settings.acquirer_port)
    insurance_line = _listen(settings.insurance_port)
    acquirer = _Server(Acquirer(state / "acquirer.json").app)
    insurance = _Server(Insurance(state / "insurance.json").app)
    serving = [
        asyncio.create_task(acquirer.serve([acquirer_line])),
        asyncio.create_task(insurance.serve([insurance_line])),
    ]
    await acquirer.answering.wait()
    await insurance.answering.wait()
    _announce(announcement, _url(acquirer_line), _url(insurance_line))
    await end.wait()
    announcement.unlink(missing_ok=True)
    acquirer.should_exit = insurance.should_exit = True
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


def _announce(path: Path, acquirer: str, insurance: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps({"acquirer": acquirer, "insurance": insurance}), "utf-8")
    fresh.replace(path)
