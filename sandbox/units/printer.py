"""Virtual ESC/POS receipt printer on three wires at once (protocol page section 6).

Talks to hosts by a serial line, a TCP port and a device file as of a USB printer; all feed one
print engine, and an answer goes back by the wire the question came from. Real-time status is
answered even while the printer stands; the in-order questions (GS r, GS ( H) only when everything
before them was printed, which is the proof of printing.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from sandbox.units.escpos_tokens import (
    Command,
    LineFeed,
    RecoverRequest,
    StatusRequest,
    Text,
    Tokenizer,
)
from sandbox.units.json_files import Json
from sandbox.units.print_engine import (
    FULL_ROLL_LINES,
    LINE_DOTS,
    NEAR_END_LINES,
    Hardware,
    Job,
    PrintEngine,
    is_question,
)
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.tcp_line import TcpLine
from sandbox.units.unit import Line, Unit

STATUS_BASE, ASB_BASE = 0x12, 0x10
PROCESS_ID_HEAD = b"\x37\x22"
IDENTITY = {
    0x01: b"\x20",
    0x02: b"\x02",
    0x03: b"\x01",
    0x41: b"_1.00\0",
    0x42: b"_ZF\0",
    0x43: b"_ZF-80\0",
    0x44: b"_ZF0000001\0",
}


@dataclass(slots=True)
class Port:
    """One wire with its own unfinished command and its own automatic status switch."""

    line: Line
    tokens: Tokenizer
    automatic_status: int = 0


class Printer(Unit):
    """Control: ``tear(id)``, ``paper(left)``, ``cover(open)``, ``cutter_jam(on)``,
    ``drawer(position)``, ``drawer_jam(on)``; a pulse opens the drawer unless it is jammed, and its
    switch sets the bit while it is open."""

    name: ClassVar[str] = "printer"
    table: ClassVar[str] = "receipt_printer"
    polls: ClassVar[frozenset[str]] = frozenset({"status", "print"})

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        before: dict[str, Any] = self.load() or {"hardware": {}, "tcp_port": 0}
        self._engine = PrintEngine(Hardware(**before["hardware"]), run_dir / "paper")
        self._tcp_port = int(before["tcp_port"])
        self._pty = PtyLine(run_dir / "printer.tty", self._receiver("pty"))
        self._file = PtyLine(run_dir / "printer.lp", self._receiver("file"))
        self._tcp = TcpLine(self._receiver("tcp"), self._on_host)
        self._ports = {
            "pty": Port(self._pty, Tokenizer()),
            "tcp": Port(self._tcp, Tokenizer()),
            "file": Port(self._file, Tokenizer()),
        }

    async def start(self) -> None:
        self._pty.open()
        self._file.open()
        await self._tcp.open(self._tcp_port)
        self._tcp_port = self._tcp.port

    def stop(self) -> None:
        self._engine.finish_sheet("torn")
        self.changed()
        self._pty.close()
        self._file.close()
        self._tcp.close()

    def paths(self) -> Json:
        file = self._file.path.removeprefix("serial:")
        return {"path": self._pty.path, "tcp": self._tcp.path, "file": f"file:{file}"}

    def settings(self) -> Json:
        return {"path": self._pty.path, "drawer": "pin_2", "drawer_switch": "open_is_1"}

    def state(self) -> Json:
        hardware = self._engine.hardware
        paper = "out" if hardware.paper_out else "near_end" if hardware.paper_near_end else "full"
        return {
            "paper": paper,
            "paper_lines": hardware.paper_dots // LINE_DOTS,
            "cover": "open" if hardware.cover_open else "closed",
            "cutter_jammed": hardware.cutter_jammed,
            "drawer": "open" if hardware.drawer_open else "closed",
            "drawer_pulses": hardware.drawer_pulses,
            "drawer_jammed": hardware.drawer_jammed,
            "online": not hardware.offline,
            "waiting_to_print": len(self._engine.queue),
            "sheets": self._engine.sheets(),
        }

    def books(self) -> Json:
        return {"papers": self._engine.sheets()}

    def saved(self) -> Json:
        return {"hardware": asdict(self._engine.hardware), "tcp_port": self._tcp_port}

    def perform(self, request: Request) -> Json:
        result: Json = {}
        match request.text("do"):
            case "tear":
                torn = self._engine.tear(request.text("id") if request.has("id") else None)
                if torn is None:
                    raise ControlError("there is no such paper")
                result = {"id": torn}
            case "paper":
                self._by_hand(lambda hardware: self._load_paper(hardware, request))
            case "cover":
                is_open = request.choice("position", ("open", "closed")) == "open"
                self._by_hand(lambda hardware: setattr(hardware, "cover_open", is_open))
            case "drawer":
                drawn = request.choice("position", ("open", "closed")) == "open"
                self._by_hand(lambda hardware: setattr(hardware, "drawer_open", drawn))
            case "drawer_jam":
                self._engine.hardware.drawer_jammed = request.flag("on", True)
            case "cutter_jam":
                jammed = request.flag("on", True)
                self._by_hand(lambda hardware: setattr(hardware, "cutter_jammed", jammed))
            case _:
                raise self.unknown(request)
        self.changed()
        return result

    def _by_hand(self, change: Callable[[Hardware], None]) -> None:
        """Change the hardware, tell it to whoever listens, and print on if that is possible."""
        before = self._automatic_status()
        change(self._engine.hardware)
        self._print_on(before)

    def _load_paper(self, hardware: Hardware, request: Request) -> None:
        left = request.fields.get("left")
        words = {"full": FULL_ROLL_LINES, "near_end": NEAR_END_LINES, "out": 0}
        lines = words[left] if isinstance(left, str) and left in words else None
        dots = LINE_DOTS * (request.number("left") if lines is None else lines)
        if dots == 0 and not hardware.paper_out:
            self._engine.finish_sheet("torn")
        hardware.paper_dots = dots

    def _receiver(self, port: str) -> Callable[[bytes], None]:
        return lambda data: self._on_bytes(port, data)

    def _on_host(self) -> None:
        self._ports["tcp"].tokens.clear()
        self._ports["tcp"].automatic_status = 0

    def _on_bytes(self, name: str, data: bytes) -> None:
        before = self._automatic_status()
        for token in self._ports[name].tokens.feed(data):
            match token:
                case StatusRequest(which):
                    self._print_on(before)  # printing takes no time here: first things first
                    before = self._automatic_status()
                    self._answer(name, "status", bytes([self._status(which)]))
                case RecoverRequest(how):
                    if how == 2:
                        self._engine.queue.clear()
                case Text() | LineFeed() | Command():
                    self._accept(name, token)
        self._print_on(before)

    def _accept(self, name: str, token: Text | LineFeed | Command) -> None:
        """Queue a token, unless a fault of the kind that stops commands swallows it."""
        command = _command_name(token)
        if command in ("print", "cut"):
            fault = self.faults.take(command, kinds=("silent", "cut"))
            if self.stopped_before(fault, self._ports[name].line):
                return
        self._engine.accept(Job(token, name))

    def _print_on(self, before: bytes) -> None:
        if not self.is_on:
            return
        sheet, paper = self._engine.hardware.next_sheet, self._engine.hardware.paper_dots
        for job in self._engine.run():
            if isinstance(job.token, Command):
                self._on_question(job.port, job.token)
        after = self._automatic_status()
        if after != before:
            for port in self._ports.values():
                if port.automatic_status:
                    port.line.send(after)
        hardware = self._engine.hardware
        if (sheet, paper) != (hardware.next_sheet, hardware.paper_dots):
            self.changed()

    def _on_question(self, name: str, command: Command) -> None:
        match command.code:
            case 0x1D72:
                self._answer(name, "in_order", bytes([self._in_order_paper()]))
            case 0x1D28:
                if len(command.data) == 3 + 6 and command.data[3:5] == b"00":
                    echo = PROCESS_ID_HEAD + command.data[5:] + b"\0"
                    self._answer(name, "process_id", echo)
            case 0x1D49:
                self._answer(name, "identify", IDENTITY.get(command.data[0], b"\0"))
            case _:
                port = self._ports[name]
                port.automatic_status = command.data[0]
                if port.automatic_status:
                    port.line.send(self._automatic_status())

    def _answer(self, name: str, command: str, answer: bytes) -> None:
        line = self._ports[name].line
        fault = self.faults.take(command)
        if not self.stopped_before(fault, line):
            self.deliver(fault, line, answer)

    def _status(self, which: int) -> int:
        """The answer to DLE EOT n (protocol page 6.3)."""
        hardware = self._engine.hardware
        bits = {
            1: 0x04 * hardware.drawer_open | 0x08 * hardware.offline,
            2: 0x04 * hardware.cover_open
            | 0x20 * hardware.paper_out
            | 0x40 * hardware.cutter_jammed,
            3: 0x08 * hardware.cutter_jammed,
            4: 0x0C * hardware.paper_near_end | 0x60 * hardware.paper_out,
        }
        return STATUS_BASE | bits.get(which, 0)

    def _automatic_status(self) -> bytes:
        hardware = self._engine.hardware
        first = (
            ASB_BASE
            | 0x04 * hardware.drawer_open
            | 0x08 * hardware.offline
            | 0x20 * hardware.cover_open
        )
        return bytes([first, 0x08 * hardware.cutter_jammed, self._in_order_paper(), 0])

    def _in_order_paper(self) -> int:
        hardware = self._engine.hardware
        return 0x03 * hardware.paper_near_end | 0x0C * hardware.paper_out


def _command_name(token: Text | LineFeed | Command) -> str:
    if not isinstance(token, Command):
        return "print"
    if token.code == 0x1D28 and is_question(token):
        return "process_id"
    return {0x1D56: "cut", 0x1D72: "in_order", 0x1D49: "identify"}.get(token.code, "print")
