"""Virtual page printer behind the system's own print service (protocol page ``cups``).

Talks to our backend program over a Unix socket: takes a job, prints sheet by sheet, and says in
cupsd's own words what it waits for. cupsd sends one job at a time. What the printer says is known
to clients only while a job lasts, as with most real backends.
"""

import asyncio
import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from sandbox.units.cups_daemon import QUEUE_NAME
from sandbox.units.faults import Fault
from sandbox.units.json_files import Json, read_json, write_json
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit

FULL_TRAY = 250
LONGEST_DOCUMENT = 64 << 20
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
TONER = {"full": None, "low": "toner-low-warning", "empty": "toner-empty-error"}
NO_PAPER, JAM, COVER, OFFLINE = (
    "media-empty-error",
    "media-jam-error",
    "cover-open-error",
    "offline-report",
)
WARNINGS = frozenset({"toner-low-warning"})
EVERY_REASON = (NO_PAPER, JAM, COVER, OFFLINE, "toner-low-warning", "toner-empty-error")


@dataclass(slots=True)
class Mechanics:
    """What is physically in the printer; survives a restart."""

    paper: int = FULL_TRAY
    jammed: bool = False
    cover_open: bool = False
    online: bool = True
    toner: str = "full"
    next_sheet: int = 1

    def reasons(self) -> set[str]:
        """Why the printer stands or warns, in cupsd's words."""
        told = {NO_PAPER} if self.paper == 0 else set[str]()
        told |= {JAM} if self.jammed else set()
        told |= {COVER} if self.cover_open else set()
        told |= set() if self.online else {OFFLINE}
        toner = TONER[self.toner]
        return told | ({toner} if toner else set())


@dataclass(frozen=True, slots=True)
class Job:
    """One document as cupsd handed it over; ``document`` is its file."""

    number: int
    title: str
    copies: int
    pages: int
    document: Path


class PagePrinter(Unit):
    """Control: ``paper(left)``, ``offline``, ``online``, ``toner(level)``, ``jam``, ``unjam``,
    ``cover(position)``, ``take(id)`` takes a sheet, or all, out of the output tray."""

    name: ClassVar[str] = "page_printer"
    table: ClassVar[str] = "page_printer"

    def __init__(self, run_dir: Path, wire: Path, page_s: float) -> None:
        super().__init__(run_dir)
        before: dict[str, Any] = self.load() or {}
        self._mechanics = Mechanics(**before)
        self._wire, self._page_s = wire, page_s
        self._folder = run_dir / "pages"
        self._hand = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._jobs: set[asyncio.Task[None]] = set()
        self._printing: str | None = None

    async def start(self) -> None:
        self._wire.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._on_backend, str(self._wire))

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._wire.unlink(missing_ok=True)
        for job in self._jobs:
            job.cancel()
        self._printing = None

    def paths(self) -> Json:
        return {"path": f"cups:{QUEUE_NAME}"}

    def state(self) -> Json:
        waiting = [sheet["id"] for sheet in self._sheets() if not sheet["taken"]]
        return {**asdict(self._mechanics), "printing": self._printing, "in_tray": waiting}

    def books(self) -> Json:
        return {"sheets": self._sheets()}

    def saved(self) -> Json:
        return asdict(self._mechanics)

    def perform(self, request: Request) -> Json:
        mechanics = self._mechanics
        result: Json = {}
        match request.text("do"):
            case "paper":
                left = {"out": 0, "full": FULL_TRAY}.get(str(request.fields.get("left")))
                mechanics.paper = request.number("left") if left is None else left
            case "offline" | "online" as word:
                mechanics.online = word == "online"
            case "toner":
                mechanics.toner = request.choice("level", tuple(TONER), "low")
            case "jam" | "unjam" as word:
                mechanics.jammed = word == "jam"
            case "cover":
                mechanics.cover_open = request.choice("position", ("open", "closed")) == "open"
            case "take" | "tear":
                result = {"ids": self._take(request.text("id") if request.has("id") else None)}
            case _:
                raise self.unknown(request)
        self._hand.set()
        self.changed()
        return result

    def _on_backend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._on_job(reader, writer))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def _on_job(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            job = await self._take_over(reader)
            self._printing = job.title
            await self._work(job, reader, writer)
        self._printing = None
        writer.close()
        if self.is_on:
            self.changed()

    async def _take_over(self, reader: asyncio.StreamReader) -> Job:
        header = json.loads(await reader.readline())
        if not 0 <= header["bytes"] <= LONGEST_DOCUMENT:
            raise ConnectionError
        document = await reader.readexactly(header["bytes"])
        self._folder.mkdir(exist_ok=True)
        file = self._folder / f"document-{self._mechanics.next_sheet:04d}.pdf"
        file.write_bytes(document)
        pages = max(1, len(PAGE.findall(document)))
        return Job(header["job"], header["title"], header["copies"], pages, file)

    async def _work(
        self, job: Job, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Print every sheet, unless the backend goes away (cancelled) or a fault says otherwise."""
        fault = self.faults.take("job")
        kind = fault.kind if fault else None
        gone = asyncio.create_task(reader.read(1))
        try:
            if kind == "silent":
                await gone
            if kind in ("silent", "cut"):
                return
            for copy in range(job.copies):
                for page in range(job.pages):
                    if not await self._ready(writer, gone):
                        return
                    self._file_sheet(job, copy + 1, page + 1)
                    if kind == "power_off":
                        self.switch_off()
                        return
            await self._finish(fault, gone, writer)
        finally:
            gone.cancel()

    async def _finish(
        self, fault: Fault | None, gone: asyncio.Task[bytes], writer: asyncio.StreamWriter
    ) -> None:
        match fault.kind if fault else None:
            case "answer_lost":
                await gone
            case "cut_after_execution":
                return
            case "delay" if fault:
                await asyncio.wait([gone], timeout=fault.seconds)
            case _:
                pass
        writer.write(b"EXIT 0\n")
        await writer.drain()

    async def _ready(self, writer: asyncio.StreamWriter, gone: asyncio.Task[bytes]) -> bool:
        """Wait for whatever keeps the next sheet from coming, and tell it; False when cancelled."""
        while True:
            self._hand.clear()
            reasons = self._mechanics.reasons()
            for reason in EVERY_REASON:
                sign = "+" if reason in reasons else "-"
                writer.write(f"STATE: {sign}{reason}\n".encode("ascii"))
            await writer.drain()
            if reasons <= WARNINGS:
                await asyncio.wait([gone], timeout=self._page_s)
                return not gone.done()
            hand = asyncio.create_task(self._hand.wait())
            await asyncio.wait([hand, gone], return_when=asyncio.FIRST_COMPLETED)
            hand.cancel()
            if gone.done():
                return False

    def _file_sheet(self, job: Job, copy: int, page: int) -> None:
        number = f"{self._mechanics.next_sheet:04d}"
        self._mechanics.next_sheet += 1
        self._mechanics.paper -= 1
        sheet = {
            "id": number,
            "time": datetime.now().isoformat(timespec="seconds"),
            "job": job.number,
            "title": job.title,
            "copy": copy,
            "page": page,
            "pages": job.pages,
            "document": str(job.document),
            "taken": False,
        }
        write_json(self._folder / f"{number}.json", sheet)
        self.changed()

    def _sheets(self) -> list[Json]:
        found = [read_json(path) for path in sorted(self._folder.glob("*.json"))]
        return [sheet for sheet in found if sheet is not None]

    def _take(self, number: str | None) -> list[object]:
        """Mark one sheet, or all in the tray, as taken."""
        taken = []
        for sheet in self._sheets():
            if not sheet["taken"] and number in (None, sheet["id"]):
                write_json(self._folder / f"{sheet['id']}.json", {**sheet, "taken": True})
                taken.append(sheet["id"])
        if not taken:
            raise ControlError("there is no such sheet in the tray")
        return taken
