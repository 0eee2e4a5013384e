"""Virtual Newland scan engine (protocol page section 7): named commands, echoed in the answer.

Talks to the host over a pty. No check bytes: a command with one flipped letter is simply another
command, mostly one that does not exist.
"""

from typing import ClassVar

from sandbox.units.json_files import Json
from sandbox.units.scanner_commanded import CommandedScanner

HEAD, ANSWER_HEAD, TAIL = b"\x7e\x010000", b"\x02\x010000", b";\x03"
MARKS = b"@#"
DONE, UNKNOWN, OUT_OF_RANGE = b"\x06", b"\x05", b"\x15"
TRIGGER = b"SCNTRG"


class ScannerNewland(CommandedScanner):
    """Knows the trigger; every other command is unknown to it."""

    name: ClassVar[str] = "scanner_newland"
    table: ClassVar[str] = "scanner"
    polls: ClassVar[frozenset[str]] = frozenset({"trigger", "unknown"})

    def settings(self) -> Json:
        return {**super().settings(), "protocol": "newland"}

    def take_command(self, buffer: bytes) -> tuple[bytes, bytes]:
        start = buffer.find(HEAD)
        if start < 0:
            return b"", buffer[-len(HEAD) + 1 :]
        end = buffer.find(TAIL, start)
        if end < 0:
            return b"", buffer[start:]
        return buffer[start + len(HEAD) : end], buffer[end + len(TAIL) :]

    def command_name(self, command: bytes) -> str:
        return "trigger" if command[1:].startswith(TRIGGER) else "unknown"

    def execute(self, command: bytes) -> bytes:
        return ANSWER_HEAD + command + self._outcome(command) + TAIL

    def _outcome(self, command: bytes) -> bytes:
        if command[:1] not in (MARKS[:1], MARKS[1:]) or self.command_name(command) != "trigger":
            return UNKNOWN
        wanted = command[1 + len(TRIGGER) :]
        if wanted not in (b"0", b"1"):
            return OUT_OF_RANGE
        self.look(on=wanted == b"1")
        return DONE
