"""The control channel: a Unix socket with one JSON object a line, for a person's hand.

Talks to the workbench, the player and tests on one side and to the units on the other. The server
lives in the units' loop; ``ControlClient`` is plain blocking code for everybody else. A watching
connection only receives: first every unit as it is, then each unit as it changes.
"""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

from sandbox.units.json_files import Json
from sandbox.units.request import ControlError, Request

LONGEST_SOCKET_PATH = 107
LONGEST_LINE_BYTES = 1 << 20


class Controlled(Protocol):
    """What can be reached by name over the control channel."""

    def control(self, request: Request) -> Json: ...

    def shown(self) -> Json: ...


Switch = Callable[[str, bool], Awaitable[None]]


class ControlServer:
    """Serves ``units`` on ``path``; ``switch`` gives or takes the power of one of them."""

    def __init__(self, path: Path, units: Mapping[str, Controlled], switch: Switch) -> None:
        self._path = path
        self._units = units
        self._switch = switch
        self._server: asyncio.Server | None = None
        self._watchers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Listen; raises ControlError when the path is too long for a Unix socket."""
        if len(str(self._path).encode()) > LONGEST_SOCKET_PATH:
            raise ControlError(f"the run folder is too deep for a Unix socket: {self._path}")
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(
            self._serve, str(self._path), limit=LONGEST_LINE_BYTES
        )

    def stop(self) -> None:
        """Stop listening and end every watching connection."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._watchers):
            writer.close()
        self._path.unlink(missing_ok=True)

    def push(self, name: str) -> None:
        """Tell every watcher the state of one unit."""
        for writer in self._watchers:
            _write(writer, {"unit": name, "state": self._units[name].shown()})

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                _write(writer, await self._answer(line, writer))
                await writer.drain()
        except (ConnectionError, ValueError):
            pass
        finally:
            self._watchers.discard(writer)
            writer.close()

    async def _answer(self, line: bytes, writer: asyncio.StreamWriter) -> Json:
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict):
                raise ControlError("a request is a JSON object")
            return {"ok": True, **await self._perform(Request(asked), writer)}
        except ControlError as error:
            return {"ok": False, "error": str(error)}
        except json.JSONDecodeError as error:
            return {"ok": False, "error": f"not JSON: {error}"}

    async def _perform(self, request: Request, writer: asyncio.StreamWriter) -> Json:
        if request.has("unit"):
            name = request.text("unit")
            if name not in self._units:
                raise ControlError(f"no unit {name!r}; there are {', '.join(self._units)}")
            if request.text("do") == "power":
                await self._switch(name, request.flag("on", True))
                return {}
            return self._units[name].control(request)
        match request.text("do"):
            case "state":
                return {"units": {name: unit.shown() for name, unit in self._units.items()}}
            case "watch":
                asyncio.get_running_loop().call_soon(self._start_watching, writer)
                return {}
            case other:
                raise ControlError(f"{other!r} needs a unit")

    def _start_watching(self, writer: asyncio.StreamWriter) -> None:
        self._watchers.add(writer)
        for name, unit in self._units.items():
            _write(writer, {"unit": name, "state": unit.shown()})


def _write(writer: asyncio.StreamWriter, message: Json) -> None:
    if not writer.is_closing():
        writer.write(json.dumps(message, ensure_ascii=False).encode("utf-8") + b"\n")


class ControlClient:
    """A blocking connection to a running set of units; one thread at a time."""

    def __init__(self, path: Path, timeout_s: float = 10.0) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("rb")

    def ask(self, unit: str, do: str, **fields: object) -> Json:
        """Send one request to a unit; raises ControlError with the unit's reason."""
        return self._exchange({**fields, "unit": unit, "do": do})

    def state(self) -> Json:
        """The state of every unit by name."""
        return cast(Json, self._exchange({"do": "state"})["units"])

    def books(self, unit: str) -> Json:
        """What one unit recorded."""
        return cast(Json, self.ask(unit, "books")["books"])

    def watch(self) -> Iterator[Json]:
        """Messages ``{"unit", "state"}``; uses up this connection, TimeoutError when quiet."""
        self._exchange({"do": "watch"})
        while line := self._lines.readline():
            yield cast(Json, json.loads(line))

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _exchange(self, request: Json) -> Json:
        self._socket.sendall(json.dumps(request, ensure_ascii=False).encode("utf-8") + b"\n")
        line = self._lines.readline()
        if not line:
            raise ControlError("the units have ended")
        answer = cast(Json, json.loads(line))
        if answer.get("ok") is not True:
            raise ControlError(str(answer.get("error")))
        return answer
