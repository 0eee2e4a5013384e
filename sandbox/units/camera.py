"""Virtual camera: an endless MJPEG over HTTP on the loopback, 15 frames a second.

Talks HTTP to any number of hosts. Frozen means that the same bytes come again and again, stalled
that the connection stands and nothing comes; both look like an open camera to most programs.
Unplugged, it hangs up on everybody who calls.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from sandbox.units.camera_picture import QR, SYMBOLOGIES, Scene
from sandbox.units.faults import spoil
from sandbox.units.json_files import Json
from sandbox.units.request import Request
from sandbox.units.tcp_line import HOST
from sandbox.units.unit import Unit

FRAME_S = 1 / 15
HEAD = (
    b"HTTP/1.0 200 OK\r\nCache-Control: no-store\r\n"
    b"Content-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"
)
REQUEST_END = b"\r\n\r\n"
REQUEST_LIMIT_S = 5.0
MOST_WAITING_BYTES = 1 << 20  # a host that does not read misses frames, as with a real camera


class Camera(Unit):
    """Control: ``show(text, symbology)``, ``hide``, ``freeze(on)``, ``stall(on)``, ``unplug``,
    ``plug``."""

    name: ClassVar[str] = "camera"
    table: ClassVar[str] = "camera"

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        before = self.load() or {}
        text = before.get("text")
        self._text = text if isinstance(text, str) else None
        self._symbology = str(before.get("symbology", QR))
        self._port = int(str(before.get("port", 0)))
        self._plugged = before.get("plugged") is not False
        self._frozen = self._stalled = False
        self._scene = Scene(self._text, self._symbology)
        self._number, self._sent = 0, 0
        self._hosts: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._sensor: asyncio.Task[None] | None = None

    async def start(self) -> None:
        try:
            self._server = await asyncio.start_server(self._on_host, HOST, self._port)
        except OSError:
            self._server = await asyncio.start_server(self._on_host, HOST, 0)
        self._port = self._server.sockets[0].getsockname()[1]
        self._sensor = asyncio.get_running_loop().create_task(self._watch())

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        if self._sensor is not None:
            self._sensor.cancel()
        self._hang_up()

    def paths(self) -> Json:
        return {"path": f"stream:http://{HOST}:{self._port}/camera.mjpg"}

    def state(self) -> Json:
        return {
            "text": self._text,
            "symbology": self._symbology,
            "plugged": self._plugged,
            "frozen": self._frozen,
            "stalled": self._stalled,
        }

    def books(self) -> Json:
        return {**self.state(), "hosts": len(self._hosts), "frames_sent": self._sent}

    def saved(self) -> Json:
        kept = ("text", "symbology", "plugged")
        return {**{name: self.state()[name] for name in kept}, "port": self._port}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "show":
                symbology = request.choice("symbology", SYMBOLOGIES, QR)
                self._look_at(request.text("text"), symbology)
            case "hide":
                self._look_at(None, self._symbology)
            case "freeze":
                self._frozen = request.flag("on", True)
            case "stall":
                self._stalled = request.flag("on", True)
            case "plug" | "unplug" as word:
                self._plugged = word == "plug"
                if not self._plugged:
                    self._hang_up()
            case _:
                raise self.unknown(request)
        self.changed()
        return {}

    def _look_at(self, text: str | None, symbology: str) -> None:
        self._scene = Scene(text, symbology)
        self._text, self._symbology = text, symbology

    async def _on_host(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request, whatever it asks for, and let the frames follow."""
        with suppress(
            ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            await asyncio.wait_for(reader.readuntil(REQUEST_END), REQUEST_LIMIT_S)
            if self._plugged and self.is_on:
                writer.write(HEAD)
                self._hosts.add(writer)
                return
        writer.close()

    async def _watch(self) -> None:
        """The sensor: a frame a tick to whoever is there."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due = max(due + FRAME_S, loop.time())
            await asyncio.sleep(due - loop.time())
            self._hosts = {host for host in self._hosts if not host.is_closing()}
            if self._hosts and not self._stalled:
                if not self._frozen:
                    self._number += 1
                self._on_frame(self._scene.frame(self._number))

    def _on_frame(self, frame: bytes) -> None:
        fault = self.faults.take("frame")
        match fault.kind if fault else None:
            case "silent" | "answer_lost":
                return
            case "cut" | "cut_after_execution":
                self._hang_up()
            case "power_off":
                self.switch_off()
            case "duplicate":
                self._send(frame)
                self._send(frame)
            case "garble" | "drop_byte" as kind:
                self._send(spoil(kind, frame))
            case "delay" if fault:
                self.later(fault.seconds, self._send, frame)
            case _:
                self._send(frame)

    def _send(self, frame: bytes) -> None:
        part = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(frame)
        for host in self._hosts:
            if host.transport.get_write_buffer_size() < MOST_WAITING_BYTES:
                host.write(part + frame + b"\r\n")
                self._sent += 1

    def _hang_up(self) -> None:
        for host in self._hosts:
            host.transport.abort()
        self._hosts.clear()
