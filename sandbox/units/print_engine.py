"""The mechanics of the receipt printer: head, roll, cover, cutter, and what still waits to print.

Talks to the paper folder (``NNNN.png`` and ``NNNN.json`` a sheet). When the roll ends in the middle
of a job the printed part comes off as a sheet of its own, marked torn, and the rest waits for a new
roll: a receipt in two pieces, as in life. Every sheet says which earlier one it equals dot by dot,
so that a second copy of a receipt cannot hide.
"""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from sandbox.units.escpos_tokens import Command, LineFeed, Text
from sandbox.units.json_files import Json, read_json, write_json
from sandbox.units.paper import Sheet, Style

Cut = Literal["full", "partial", "torn"]
LINE_DOTS = 30
FULL_ROLL_LINES = 2000
NEAR_END_LINES = 100
LONGEST_QUEUE = 20000
QUESTIONS = frozenset({0x1D72, 0x1D49, 0x1D61})
SIZED, CODE, PROCESS_ID, GRAPHICS = 0x1D28, b"\x6b", b"\x48", b"\x4c"
FULL_CUTS = frozenset({0x00, 0x30, 0x41, 0x61})
GRAPHICS_HEAD = 10
CODE_LEVELS = {0x30: "L", 0x31: "M", 0x32: "Q", 0x33: "H"}


@dataclass(slots=True)
class Hardware:
    """What a hand can change; survives a restart."""

    paper_dots: int = FULL_ROLL_LINES * LINE_DOTS
    cover_open: bool = False
    cutter_jammed: bool = False
    drawer_open: bool = False
    drawer_pulses: int = 0
    drawer_jammed: bool = False
    next_sheet: int = 1

    @property
    def paper_out(self) -> bool:
        return self.paper_dots <= 0

    @property
    def paper_near_end(self) -> bool:
        return self.paper_dots <= NEAR_END_LINES * LINE_DOTS

    @property
    def offline(self) -> bool:
        return self.paper_out or self.cover_open or self.cutter_jammed


@dataclass(frozen=True, slots=True)
class Job:
    """One token in the queue and the port it came from (answers go back there)."""

    token: Text | LineFeed | Command
    port: str


def is_question(command: Command) -> bool:
    """True for a command that is answered when everything before it was printed."""
    process_id = command.code == SIZED and command.data[:1] == PROCESS_ID
    return process_id or command.code in QUESTIONS


class PrintEngine:
    """Prints tokens in order for as long as the hardware lets it."""

    def __init__(self, hardware: Hardware, folder: Path) -> None:
        self.hardware = hardware
        self.queue: deque[Job] = deque()
        self._folder = folder
        self._sheet = Sheet()
        self._reset()

    def accept(self, job: Job) -> None:
        """Queue a token; beyond the buffer it is lost, as without a handshake line."""
        if len(self.queue) < LONGEST_QUEUE:
            self.queue.append(job)

    def run(self) -> list[Job]:
        """Print what can be printed; returns the questions reached in order, to be answered."""
        questions: list[Job] = []
        while self.queue and not self.hardware.offline:
            job = self.queue.popleft()
            before = self._sheet.height_dots
            if isinstance(job.token, Command) and is_question(job.token):
                questions.append(job)
            else:
                self._print(job.token)
            self._use_paper(self._sheet.height_dots - before)
        return questions

    def finish_sheet(self, cut: Cut) -> None:
        """The sheet comes off and is filed; blank paper is not. ``torn`` is the end of the roll."""
        if self._sheet.line_waits:
            self._end_line()
        if self._sheet.has_ink or any(self._sheet.lines):
            self._file(cut)
        self._sheet = Sheet()

    def sheets(self) -> list[Json]:
        """Every sheet, oldest first, as filed."""
        found = [read_json(path) for path in sorted(self._folder.glob("*.json"))]
        return [sheet for sheet in found if sheet is not None]

    def tear(self, number: str | None) -> str | None:
        """Mark a sheet (the newest when None) as taken; None when there is no such sheet."""
        for sheet in reversed(self.sheets()):
            if number is None or sheet["id"] == number:
                write_json(self._folder / f"{sheet['id']}.json", {**sheet, "taken": True})
                return str(sheet["id"])
        return None

    def _use_paper(self, dots: int) -> None:
        self.hardware.paper_dots = max(0, self.hardware.paper_dots - max(0, dots))
        if self.hardware.paper_out:
            self.finish_sheet("torn")

    def _file(self, cut: Cut) -> None:
        number = f"{self.hardware.next_sheet:04d}"
        self.hardware.next_sheet += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        picture = self._sheet.picture()
        picture.save(self._folder / f"{number}.png")
        digest = sha256(picture.tobytes()).hexdigest()
        earlier = (sheet["id"] for sheet in self.sheets() if sheet.get("digest") == digest)
        write_json(
            self._folder / f"{number}.json",
            {
                "id": number,
                "time": datetime.now().isoformat(timespec="seconds"),
                "lines": self._sheet.lines,
                "qr": self._sheet.codes,
                "pictures": self._sheet.pictures,
                "taken": False,
                "complete": cut != "torn",
                "cut": cut,
                "digest": digest,
                "same_as": next(earlier, None),
            },
        )

    def _reset(self) -> None:
        self._style = Style()
        self._align = 0
        self._spacing_dots = LINE_DOTS
        self._module_dots = 3
        self._code_level = "L"
        self._code = b""
        self._stored = b""

    def _print(self, token: Text | LineFeed | Command) -> None:
        match token:
            case Text(text):
                self._sheet.add_text(text, self._style, self._align, self._spacing_dots)
            case LineFeed():
                self._end_line()
            case Command(code, data):
                self._command(code, data)

    def _end_line(self) -> None:
        self._sheet.end_line(self._align, self._spacing_dots)

    def _command(self, code: int, data: bytes) -> None:
        match code:
            case 0x1B40:
                self._reset()
            case 0x1B61:
                self._align = data[0] % 0x30 % 3
            case 0x1B45:
                self._style = replace(self._style, bold=bool(data[0] & 1))
            case 0x1B33:
                self._spacing_dots = data[0]
            case 0x1B32:
                self._spacing_dots = LINE_DOTS
            case 0x1B64:
                self._feed(data[0] * self._spacing_dots)
            case 0x1B4A:
                self._feed(data[0])
            case 0x1D21:
                self._scale((data[0] >> 4 & 7) + 1, (data[0] & 7) + 1)
            case 0x1C21:
                self._scale(1 + (data[0] >> 2 & 1), 1 + (data[0] >> 3 & 1))
            case 0x1B70:
                self.hardware.drawer_open |= not self.hardware.drawer_jammed
                self.hardware.drawer_pulses += 1
            case 0x1D56:
                self._cut(data)
            case 0x1D76:
                self._raster(data)
            case 0x1D28 if data[:1] == CODE:
                self._code_command(data[3:])
            case 0x1D28 if data[:1] == GRAPHICS:
                self._graphics_command(data[3:])
            case _:
                pass  # code pages and modes that leave no ink

    def _scale(self, width: int, height: int) -> None:
        self._style = replace(self._style, width_scale=width, height_scale=height)

    def _feed(self, dots: int) -> None:
        if self._sheet.line_waits:
            self._end_line()
        self._sheet.feed(dots)

    def _cut(self, data: bytes) -> None:
        self._feed(data[1] if len(data) > 1 else 0)
        self.finish_sheet("full" if data[0] in FULL_CUTS else "partial")

    def _raster(self, data: bytes) -> None:
        width = int.from_bytes(data[2:4], "little")
        height = int.from_bytes(data[4:6], "little")
        if width and height:
            self._sheet.add_raster(width, height, data[6:], data[1], self._align)

    def _graphics_command(self, data: bytes) -> None:
        """Functions 112 (store: tone, scale across, scale down, colour, size, dots) and 50."""
        if len(data) > GRAPHICS_HEAD and data[1] == 0x70:
            self._stored = data
        elif len(data) >= 2 and data[1] in (0x02, 0x32) and self._stored:
            across, down = self._stored[3] - 1 & 1, self._stored[4] - 1 & 1
            width = (int.from_bytes(self._stored[6:8], "little") + 7) // 8
            height = int.from_bytes(self._stored[8:10], "little")
            dots = self._stored[GRAPHICS_HEAD:].ljust(width * height, b"\0")
            if width and height:
                self._sheet.add_raster(width, height, dots, across | down << 1, self._align)

    def _code_command(self, data: bytes) -> None:
        """QR functions: cn 31, then 43 module size, 45 level, 50 store, 51 print."""
        if len(data) < 3 or data[0] != 0x31:
            return
        match data[1]:
            case 0x43:
                self._module_dots = max(1, data[2])
            case 0x45:
                self._code_level = CODE_LEVELS.get(data[2], "L")
            case 0x50:
                self._code = data[3:]
            case 0x51 if self._code:
                self._sheet.add_code(self._code, self._module_dots, self._code_level, self._align)
            case _:
                pass
