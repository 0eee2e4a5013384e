"""Cuts the byte stream of an ESC/POS host into print tokens and real-time requests.

Pure (protocol page section 6). Lengths come first: a status request hidden in picture data is
picture data. Text is GB18030 while two-byte mode is on, which China models are from the start.
"""

from dataclasses import dataclass

ARGUMENTS = {
    0x1B: {0x40: 0, 0x32: 0}
    | dict.fromkeys((0x61, 0x45, 0x33, 0x64, 0x4A, 0x74, 0x4D, 0x21, 0x2D, 0x47, 0x52), 1)
    | {0x70: 3},
    0x1C: {0x26: 0, 0x2E: 0, 0x21: 1, 0x57: 1, 0x2D: 1, 0x53: 2},
    0x1D: dict.fromkeys((0x21, 0x61, 0x72, 0x49, 0x42), 1) | {0x4C: 2, 0x57: 2},
}
CUT, CUTS_WITH_FEED = 0x56, (0x41, 0x42, 0x61, 0x62, 0x67, 0x68)
RASTER, SIZED = 0x76, 0x28
RASTER_HEADER, SIZED_HEADER = 8, 5
LINE_FEED, FIRST_PRINTABLE, FIRST_LEAD_BYTE, LAST_LEAD_BYTE = 0x0A, 0x20, 0x81, 0xFE


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one kind of bytes."""

    text: str


@dataclass(frozen=True, slots=True)
class LineFeed:
    """End of a line."""


@dataclass(frozen=True, slots=True)
class Command:
    """A printer command: its two bytes as a number, e.g. 0x1B61, and its arguments."""

    code: int
    data: bytes


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """DLE EOT n: answered at once, even while the printer stands."""

    which: int


@dataclass(frozen=True, slots=True)
class RecoverRequest:
    """DLE ENQ n: 1 go on, 2 drop what waits."""

    how: int


Token = Text | LineFeed | Command | StatusRequest | RecoverRequest


class Tokenizer:
    """One host's stream; a command may come in any number of pieces."""

    def __init__(self) -> None:
        self._buffer = b""
        self._chinese = True

    def clear(self) -> None:
        """Forget an unfinished command, as after a lost connection."""
        self._buffer = b""

    def feed(self, data: bytes) -> list[Token]:
        """Every token completed by ``data``; neighbouring characters come as one text."""
        self._buffer += data
        found: list[Token] = []
        position = 0
        while position < len(self._buffer):
            used, token = self._token(position)
            if not used:
                break
            position += used
            if isinstance(token, Text) and found and isinstance(found[-1], Text):
                found[-1] = Text(found[-1].text + token.text)
            elif token is not None:
                found.append(token)
        self._buffer = self._buffer[position:]
        return found

    def _token(self, at: int) -> tuple[int, Token | None]:
        first = self._buffer[at]
        if first == 0x10:
            return self._real_time(at)
        if first in ARGUMENTS:
            return self._command(at)
        if first == LINE_FEED:
            return 1, LineFeed()
        if first < FIRST_PRINTABLE:
            return 1, None
        return self._character(at)

    def _real_time(self, at: int) -> tuple[int, Token | None]:
        if len(self._buffer) < at + 3:
            return 0, None
        kind, argument = self._buffer[at + 1], self._buffer[at + 2]
        match kind:
            case 0x04:
                return 3, StatusRequest(argument)
            case 0x05:
                return 3, RecoverRequest(argument)
            case 0x14:
                return (5, None) if len(self._buffer) >= at + 5 else (0, None)
            case _:
                return 1, None

    def _command(self, at: int) -> tuple[int, Token | None]:
        size = self._command_size(at)
        if size is None or len(self._buffer) < at + size:
            return 0, None
        code = int.from_bytes(self._buffer[at : at + 2], "big")
        if code in (0x1C26, 0x1C2E):
            self._chinese = code == 0x1C26
        elif code == 0x1B40:
            self._chinese = True
        return size, Command(code, self._buffer[at + 2 : at + size])

    def _command_size(self, at: int) -> int | None:
        """Bytes of the command at ``at``, None while that cannot be known yet."""
        have = len(self._buffer) - at
        if have < 2:
            return None
        first, second = self._buffer[at], self._buffer[at + 1]
        if first == 0x1D and second == CUT:
            return None if have < 3 else 3 + (self._buffer[at + 2] in CUTS_WITH_FEED)
        if first == 0x1D and second == RASTER:
            if have < RASTER_HEADER:
                return None
            width = int.from_bytes(self._buffer[at + 4 : at + 6], "little")
            height = int.from_bytes(self._buffer[at + 6 : at + 8], "little")
            return RASTER_HEADER + width * height
        if first == 0x1D and second == SIZED:
            if have < SIZED_HEADER:
                return None
            return SIZED_HEADER + int.from_bytes(self._buffer[at + 3 : at + 5], "little")
        return 2 + ARGUMENTS[first].get(second, 0)

    def _character(self, at: int) -> tuple[int, Token | None]:
        first = self._buffer[at]
        if first < 0x80:
            return 1, Text(chr(first)) if first != 0x7F else None
        if not self._chinese:
            return 1, Text(bytes([first]).decode("cp437"))
        if not FIRST_LEAD_BYTE <= first <= LAST_LEAD_BYTE:
            return 1, Text("?")
        if len(self._buffer) < at + 2:
            return 0, None
        size = 4 if 0x30 <= self._buffer[at + 1] <= 0x39 else 2
        if len(self._buffer) < at + size:
            return 0, None
        character = self._buffer[at : at + size].decode("gb18030", "replace")
        return size, Text(character[:1] or "?")
