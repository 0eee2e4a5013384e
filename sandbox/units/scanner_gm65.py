"""Virtual scan module of the GM65 family (protocol page section 7): zones, looks, codes.

Talks to the host over a pty. A written zone is forgotten without power unless it was saved. Zone
0000 says when it reads; zone 0002 is no memory but the trigger.
"""

from pathlib import Path
from typing import ClassVar

from sandbox.units.json_files import Json
from sandbox.units.scanner_commanded import CommandedScanner

HEAD, ANSWER_HEAD, UNCHECKED = b"\x7e\x00", b"\x02\x00", b"\xab\xcd"
READ, WRITE, SAVE = 0x07, 0x08, 0x09
NAMES = {READ: "read_zone", WRITE: "write_zone", SAVE: "save"}
DONE, WRONG_CHECK, UNKNOWN = 0x00, 0x01, 0x03
MODE, TRIGGER, BAUD = 0x0000, 0x0002, 0x002A
DELIVERED_ZONES = {MODE: 0xD1, BAUD: 0x39, BAUD + 1: 0x01}
MODE_BITS, BY_COMMAND, CONTINUOUS, INDUCTION = 0x03, 1, 2, 3
FRAME_BYTES = 8  # a frame without its data


class ScannerGm65(CommandedScanner):
    """Reads on command as delivered."""

    name: ClassVar[str] = "scanner_gm65"
    table: ClassVar[str] = "scanner"
    polls: ClassVar[frozenset[str]] = frozenset({"trigger", "unknown", *NAMES.values()})

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        kept = (self.load() or {}).get("zones")
        pairs = kept.items() if isinstance(kept, dict) else ()
        self._kept = DELIVERED_ZONES | {int(zone, 16): int(value) for zone, value in pairs}
        self._zones = dict(self._kept)

    def settings(self) -> Json:
        return {**super().settings(), "protocol": "gm65"}

    def saved(self) -> Json:
        return {**super().saved(), "zones": {f"{z:04X}": v for z, v in self._kept.items()}}

    def reads_unasked(self) -> bool:
        return self._zones[MODE] & MODE_BITS in (CONTINUOUS, INDUCTION)

    def take_command(self, buffer: bytes) -> tuple[bytes, bytes]:
        start = buffer.find(HEAD)
        if start < 0:
            return b"", buffer[-1:] if buffer.endswith(HEAD[:1]) else b""
        size = FRAME_BYTES + buffer[start + 3] if len(buffer) > start + 3 else FRAME_BYTES
        if len(buffer) < start + size:
            return b"", buffer[start:]
        return buffer[start : start + size], buffer[start + size :]

    def command_name(self, command: bytes) -> str:
        if command[2] == WRITE and _zone(command) == TRIGGER:
            return "trigger"
        return NAMES.get(command[2], "unknown")

    def execute(self, command: bytes) -> bytes:
        checked, check = command[2:-2], command[-2:]
        if check not in (UNCHECKED, _crc(checked)):
            return _answer(WRONG_CHECK, b"\0")
        zone, data = _zone(command), command[6:-2]
        match command[2]:
            case 0x07 if data:
                known = (self._zones.get(zone + index, 0) for index in range(data[0]))
                return _answer(DONE, bytes(known))
            case 0x08 if data:
                self._write(zone, data)
            case 0x09:
                self._kept = dict(self._zones)
            case _:
                return _answer(UNKNOWN, b"\0")
        return _answer(DONE, b"\0")

    def _write(self, zone: int, data: bytes) -> None:
        if zone == TRIGGER:
            self.look(on=data[0] & 1 == 1 and self._zones[MODE] & MODE_BITS == BY_COMMAND)
            return
        for index, value in enumerate(data):
            self._zones[zone + index] = value


def _zone(command: bytes) -> int:
    return int.from_bytes(command[4:6], "big")


def _answer(kind: int, data: bytes) -> bytes:
    body = bytes([kind, len(data)]) + data
    return ANSWER_HEAD + body + _crc(body)


def _crc(data: bytes) -> bytes:
    """CRC-16/XMODEM, high byte first."""
    register = 0
    for byte in data:
        register ^= byte << 8
        for _bit in range(8):
            register = (register << 1) ^ (0x1021 if register & 0x8000 else 0)
            register &= 0xFFFF
    return register.to_bytes(2, "big")
