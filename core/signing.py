"""A signature that was drawn on a screen, on its way to the document it stands under.

What a reader would get wrong: no terminal keeps it. The picture goes to the backend in the request
that signs, and is gone here with the journey; the journal gets its digest alone.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass

from core.document import Picture
from core.ink import ink_picture

_WHITE = 0xFF


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG file, black on white, one bit a dot."""

    png: bytes

    def __repr__(self) -> str:
        return "Drawn(…)"

    @property
    def digest(self) -> str:
        """SHA-256 of the file, 64 small hexadecimal digits: what journals and audits tell of it."""
        return hashlib.sha256(self.png).hexdigest()


def drawn(ink: str) -> Drawn:
    """Of a text of `core/ink.py`. Raises ValueError when it is no such text."""
    return Drawn(_png(ink_picture(ink)))


def _png(picture: Picture) -> bytes:
    """Ink is 1 in a picture and 0 in the file; each row begins with "no filter"."""
    rows = (
        picture.bits[at : at + picture.row_bytes]
        for at in range(0, len(picture.bits), picture.row_bytes)
    )
    dots = b"".join(b"\0" + bytes(byte ^ _WHITE for byte in row) for row in rows)
    head = struct.pack(">IIBBBBB", picture.width_dots, picture.height_dots, 1, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(dots, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in parts)


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + _checked(name + content)


def _checked(content: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(content))


@dataclass(frozen=True, slots=True)
class KeptSignature:
    """A signature that the hospital keeps. `kind`: COMMITMENT or SHEET. `png` is empty after its
    years, and `purged_at` says since when."""

    document_id: str
    kind: str
    sha256: str
    png: bytes
    terminal_id: str
    at: str
    purged_at: str

    def __repr__(self) -> str:
        return f"KeptSignature({self.document_id})"

    @property
    def whole(self) -> bool:
        """The picture is the one that was signed."""
        return hashlib.sha256(self.png).hexdigest() == self.sha256
