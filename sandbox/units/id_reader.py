"""Virtual resident identity card reader, SAM_V over a pty (protocol page section 1).

Talks to the host by frames and to a person by ``place`` and ``remove``. The latch a reader would
forget: after a good read, find answers 80 until the card has left the field.
"""

import asyncio
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from sandbox.units.faults import Fault
from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.sam_frames import BadRequest, SamRequest, SamRequestReader, sam_answer
from sandbox.units.unit import Unit

OK, FOUND = 0x90, 0x9F
COMMAND_ERROR, READ_FAILED, FIND_FAILED, SELECT_FAILED, NO_CONTENT = 0x21, 0x41, 0x80, 0x81, 0x91
PHOTO = bytes(range(256)) * 4  # opaque: nothing open decodes the real codec
TEXT_FIELDS = (
    ("name", 15),
    ("sex", 1),
    ("ethnic", 2),
    ("birth", 8),
    ("address", 35),
    ("id_number", 18),
    ("issuer", 15),
    ("valid_from", 8),
    ("valid_to", 8),
)
RESERVED_CHARACTERS = 18
ADDRESS_CHARACTERS = 35
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
    (0x30, 0x03): "read_additional_address",
}


@dataclass(frozen=True, slots=True)
class Person:
    """What is printed on an identity card; ``additional_address`` is empty on most."""

    name: str
    sex: str
    ethnic: str
    birth: str
    address: str
    id_number: str
    issuer: str
    valid_from: str
    valid_to: str
    additional_address: str

    @classmethod
    def from_request(cls, request: Request) -> "Person":
        """Only name and number are needed; sex and birth are read from the number."""
        number = request.text("id_number")
        if len(number) != dict(TEXT_FIELDS)["id_number"]:
            raise ControlError("an identity number has 18 characters")
        person = cls(
            name=request.text("name"),
            sex=request.text("sex", "1" if number[16] in "13579" else "2"),
            ethnic=request.text("ethnic", "01"),
            birth=request.text("birth", number[6:14]),
            address=request.text("address", "北京市朝阳区建国路100号"),
            id_number=number,
            issuer=request.text("issuer", "北京市公安局朝阳分局"),
            valid_from=request.text("valid_from", "20150101"),
            valid_to=request.text("valid_to", "20350101"),
            additional_address=request.text("additional_address", ""),
        )
        person.text_block()
        return person

    def text_block(self) -> bytes:
        """256 bytes UTF-16LE (protocol page 1.6); ControlError when a field is too long."""
        fields: Json = asdict(self)
        block = b"".join(_padded(str(fields[name]), size, name) for name, size in TEXT_FIELDS)
        return block + _padded("", RESERVED_CHARACTERS, "reserved")

    def additional_block(self) -> bytes:
        """70 bytes of the additional address."""
        return _padded(self.additional_address, ADDRESS_CHARACTERS, "additional_address")


def _padded(text: str, characters: int, name: str) -> bytes:
    encoded = text.encode("utf-16-le")
    if len(encoded) > 2 * characters:
        raise ControlError(f"field {name!r} holds {characters} characters")
    return encoded + b" \0" * (characters - len(encoded) // 2)


class IdReader(Unit):
    """Control: ``place(name, id_number, ...)`` lays a card on the reader, ``remove`` takes it."""

    name: ClassVar[str] = "id_reader"
    polls: ClassVar[frozenset[str]] = frozenset({"find", "status"})

    def __init__(self, run_dir: Path, read_s: float) -> None:
        super().__init__(run_dir)
        self._read_s = read_s
        self._line = PtyLine(run_dir / "id_reader.tty", self._on_bytes)
        self._requests = SamRequestReader()
        before = self.load() or {}
        placed = before.get("person")
        self._person = Person(**placed) if isinstance(placed, dict) else None
        self._latched = before.get("latched") is True
        self._found = self._selected = False

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        person = asdict(self._person) if self._person else None
        return {"person": person, "latched": self._latched}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "place":
                self._lay(Person.from_request(request))
            case "remove":
                self._lay(None)
            case _:
                raise self.unknown(request)
        return {}

    def _lay(self, person: Person | None) -> None:
        self._person = person
        self._latched = self._found = self._selected = False
        self.changed()

    def _on_bytes(self, data: bytes) -> None:
        for request in self._requests.feed(data):
            match request:
                case BadRequest(status):
                    self._line.send(sam_answer(status))
                case SamRequest(command, parameter):
                    self._on_command(COMMANDS.get((command, parameter), "unknown"))

    def _on_command(self, command: str) -> None:
        fault = self.faults.take(command)
        if self.stopped_before(fault, self._line):
            return
        duration_s = self._read_s if command == "read" else 0.0
        asyncio.get_running_loop().call_later(duration_s, self._carry_out, command, fault)

    def _carry_out(self, command: str, fault: Fault | None) -> None:
        self.deliver(fault, self._line, self._execute(command))

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
                return self._read()
            case "read_additional_address":
                return self._read_additional_address()
            case _:
                return sam_answer(COMMAND_ERROR)

    def _find(self) -> bytes:
        self._selected = False
        self._found = self._person is not None and not self._latched
        return sam_answer(FOUND, bytes(4)) if self._found else sam_answer(FIND_FAILED)

    def _select(self) -> bytes:
        self._selected = self._found
        return sam_answer(OK, bytes(8)) if self._selected else sam_answer(SELECT_FAILED)

    def _read(self) -> bytes:
        if self._person is None or not self._selected:
            return sam_answer(READ_FAILED)
        self._latched = True
        self._found = False
        self.changed()
        text = self._person.text_block()
        lengths = len(text).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
        return sam_answer(OK, lengths + text + PHOTO)

    def _read_additional_address(self) -> bytes:
        if self._person is None or not self._selected:
            return sam_answer(READ_FAILED)
        if not self._person.additional_address:
            return sam_answer(NO_CONTENT)
        return sam_answer(OK, self._person.additional_block())
