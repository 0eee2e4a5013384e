"""Splits a scanner's byte stream into codes and decodes them. No I/O.

What a reader would get wrong: a code may have no ending at all; silence ends it (`end`). A code
over the cap, or one that `spoil` touched, is dropped whole, its tail too: half a payment code must
never look like a code.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

CAP_BYTES = 512
_ENDINGS = frozenset(b"\r\n")


@dataclass(slots=True)
class CodeSplitter:
    """Collects bytes until CR, LF or silence. `dropped`: codes too long or spoiled."""

    dropped: int = 0
    _buffer: bytearray = field(default_factory=bytearray)
    _spoiled: bool = False

    def feed(self, data: bytes) -> list[bytes]:
        """Codes that `data` completes."""
        codes: list[bytes] = []
        for byte in data:
            if byte in _ENDINGS:
                codes += self.end()
            elif len(self._buffer) == CAP_BYTES:
                self._spoiled = True
            else:
                self._buffer.append(byte)
        return codes

    def spoil(self) -> None:
        """Something was lost here: what stands before and behind it is no code."""
        self._spoiled = True

    def end(self) -> list[bytes]:
        """Silence: what was collected is a code."""
        code, spoiled = bytes(self._buffer), self._spoiled
        self._buffer.clear()
        self._spoiled = False
        if spoiled:
            self.dropped += 1
            return []
        return [code] if code else []


def text_of(code: bytes) -> str:
    """UTF-8, else GB18030; control characters are taken out. "" when nothing is left."""
    try:
        text = code.decode("utf-8")
    except UnicodeDecodeError:
        text = code.decode("gb18030", errors="replace")
    return "".join(c for c in text if unicodedata.category(c) != "Cc").strip()
