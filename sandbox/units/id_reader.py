"""Virtual resident identity card reader, SAM_V over a pty and over TCP (protocol page section 1).

Talks to the host by frames and to a person by ``place`` and ``remove``. The latch a reader would
forget: after a good read, find answers 80 until the card has left the field.
"""

from pathlib import Path
from typing import ClassVar

from sandbox.units.faults import Fault
from sandbox.units.id_layouts import IdentityCard
from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import Request
from sandbox.units.sam_frames import BadRequest, SamRequest, SamRequestReader, sam_answer
from sandbox.units.tcp_line import TcpLine
from sandbox.units.unit import Line, Unit

OK, FOUND = 0x90, 0x9F
COMMAND_ERROR, READ_FAILED, FIND_FAILED, SELECT_FAILED, NO_CONTENT = 0x21, 0x41, 0x80, 0x81, 0x91
PHOTO = bytes(range(256)) * 4  # opaque: nothing open decodes the real codec
FINGERPRINT_BYTE = b"\xf1"
SAM_ID = (
    (5).to_bytes(2, "little")
    + (1).to_bytes(2, "little")
    + (20160101).to_bytes(4, "little")
    + (12345678).to_bytes(4, "little")
    + (987654321).to_bytes(4, "little")
)
COMMANDS = {
    (0x10, 0xFF): "reset",
    (0x11, 0xFF): "status",
    (0x12, 0xFF): "sam_id",
    (0x20, 0x01): "find",
    (0x20, 0x02): "select",
    (0x30, 0x01): "read",
    (0x30, 0x10): "read_with_fingerprint",
    (0x30, 0x03): "read_additional_address",
}


class IdReader(Unit):
    """Control: ``place(kind, name, id_number, ...)`` lays a card down, ``remove`` takes it.

    Kinds: citizen, permit, foreigner_old, foreigner; ``fingerprint_bytes`` 0, 512 or 1024.
    """

    name: ClassVar[str] = "id_reader"
    table: ClassVar[str] = "id_card"
    polls: ClassVar[frozenset[str]] = frozenset({"find", "status"})

    def __init__(self, run_dir: Path, read_s: float) -> None:
        super().__init__(run_dir)
        self._read_s = read_s
        cable_requests, network_requests = SamRequestReader(), SamRequestReader()
        self._cable = PtyLine(
            run_dir / "id_reader.tty",
            lambda data: self._on_bytes(self._cable, cable_requests, data),
        )
        self._network = TcpLine(
            lambda data: self._on_bytes(self._network, network_requests, data),
            lambda: None,
        )
        before = self.load() or {}
        placed = before.get("person")
        self._card = IdentityCard.from_json(placed) if isinstance(placed, dict) else None
        self._port = int(str(before.get("port", 0)))
        self._latched = before.get("latched") is True
        self._found = self._selected = False

    async def start(self) -> None:
        self._cable.open()
        await self._network.open(self._port)
        self._port = self._network.port

    def stop(self) -> None:
        self._cable.close()
        self._network.close()

    def paths(self) -> Json:
        return {"path": self._cable.path, "tcp": self._network.path}

    def state(self) -> Json:
        return {"person": self._card.to_json() if self._card else None, "latched": self._latched}

    def saved(self) -> Json:
        return {**self.state(), "port": self._port}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "place":
                self._lay(IdentityCard.from_request(request))
            case "remove":
                self._lay(None)
            case _:
                raise self.unknown(request)
        return {}

    def _lay(self, card: IdentityCard | None) -> None:
        self._card = card
        self._latched = self._found = self._selected = False
        self.changed()

    def _on_bytes(self, line: Line, requests: SamRequestReader, data: bytes) -> None:
        for request in requests.feed(data):
            match request:
                case BadRequest(status):
                    line.send(sam_answer(status))
                case SamRequest(command, parameter):
                    self._on_command(line, COMMANDS.get((command, parameter), "unknown"))

    def _on_command(self, line: Line, command: str) -> None:
        fault = self.faults.take(command)
        if self.stopped_before(fault, line):
            return
        duration_s = self._read_s if command in ("read", "read_with_fingerprint") else 0.0
        self.later(duration_s, self._carry_out, line, command, fault)

    def _carry_out(self, line: Line, command: str, fault: Fault | None) -> None:
        self.deliver(fault, line, self._execute(command))

    def _execute(self, command: str) -> bytes:
        match command:
            case "reset":
                self._found = self._selected = False
                return sam_answer(OK)
            case "status":
                return sam_answer(OK)
            case "sam_id":
                return sam_answer(OK, SAM_ID)
            case "find":
                return self._find()
            case "select":
                return self._select()
            case "read":
                return self._read(with_fingerprint=False)
            case "read_with_fingerprint":
                return self._read(with_fingerprint=True)
            case "read_additional_address":
                return self._read_additional_address()
            case _:
                return sam_answer(COMMAND_ERROR)

    def _find(self) -> bytes:
        self._selected = False
        self._found = self._card is not None and not self._latched
        return sam_answer(FOUND, bytes(4)) if self._found else sam_answer(FIND_FAILED)

    def _select(self) -> bytes:
        self._selected = self._found
        return sam_answer(OK, bytes(8)) if self._selected else sam_answer(SELECT_FAILED)

    def _read(self, *, with_fingerprint: bool) -> bytes:
        if self._card is None or not self._selected:
            return sam_answer(READ_FAILED)
        self._latched = True
        self._found = False
        self.changed()
        parts = [self._card.text_block(), PHOTO]
        if with_fingerprint:
            parts.append(FINGERPRINT_BYTE * self._card.fingerprint_bytes)
        lengths = b"".join(len(part).to_bytes(2, "big") for part in parts)
        return sam_answer(OK, lengths + b"".join(parts))

    def _read_additional_address(self) -> bytes:
        if self._card is None or not self._selected:
            return sam_answer(READ_FAILED)
        if not self._card.additional_address:
            return sam_answer(NO_CONTENT)
        return sam_answer(OK, self._card.additional_block())
