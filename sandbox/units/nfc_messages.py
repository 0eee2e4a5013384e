"""NDEF messages (protocol page section 8): made for our tags, taken apart for the phone's memory.

Talks to nothing. Only short records are made; long ones are read too. Order matters on phones: the
URI record comes before the Android application record.
"""

from dataclasses import dataclass

from sandbox.units.json_files import Json

WELL_KNOWN, EXTERNAL = 1, 4
FIRST, LAST, SHORT, HAS_ID, KIND_BITS = 0x80, 0x40, 0x10, 0x08, 0x07
APPLICATION = b"android.com:pkg"
PREFIXES = ("", "http://www.", "https://www.", "http://", "https://", "tel:", "mailto:")
MOST_RECORDS = 32
UTF_16, LANGUAGE_BITS = 0x80, 0x3F


@dataclass(frozen=True, slots=True)
class NdefRecord:
    """One record: kind of type name, type, content."""

    kind: int
    type: bytes
    content: bytes

    def told(self) -> Json:
        """The record as a person would name it: uri, app, text, or its raw bytes."""
        if self.kind == WELL_KNOWN and self.type == b"U" and self.content:
            prefix = self.content[0]
            start = PREFIXES[prefix] if prefix < len(PREFIXES) else f"prefix {prefix}: "
            return {"uri": start + self.content[1:].decode("utf-8", "replace")}
        if self.kind == WELL_KNOWN and self.type == b"T" and self.content:
            coding = "utf-16" if self.content[0] & UTF_16 else "utf-8"
            text = self.content[1 + (self.content[0] & LANGUAGE_BITS) :]
            return {"text": text.decode(coding, "replace")}
        if self.kind == EXTERNAL and self.type == APPLICATION:
            return {"app": self.content.decode("ascii", "replace")}
        return {"type": self.type.decode("ascii", "replace"), "hex": self.content.hex()}


def uri_message(uri: str, app: str | None = None) -> bytes:
    """A message with a URI record and, when given, the application that should open it."""
    code = max(range(len(PREFIXES)), key=lambda c: len(PREFIXES[c]) * uri.startswith(PREFIXES[c]))
    rest = uri.removeprefix(PREFIXES[code]).encode("utf-8")
    records = [NdefRecord(WELL_KNOWN, b"U", bytes([code]) + rest)]
    if app is not None:
        records.append(NdefRecord(EXTERNAL, APPLICATION, app.encode("ascii")))
    return b"".join(
        _encoded(record, index == 0, index == len(records) - 1)
        for index, record in enumerate(records)
    )


def records_of(message: bytes) -> list[NdefRecord]:
    """The records of a message, as far as they are whole."""
    found: list[NdefRecord] = []
    at = 0
    while at + 3 <= len(message) and len(found) < MOST_RECORDS:
        head, type_size = message[at], message[at + 1]
        wide = 1 if head & SHORT else 4
        size = int.from_bytes(message[at + 2 : at + 2 + wide], "big")
        start = at + 2 + wide
        id_size = 0
        if head & HAS_ID:
            id_size = message[start] if start < len(message) else 0
            start += 1
        content = start + type_size + id_size
        if content + size > len(message):
            break
        kind = message[start : start + type_size]
        found.append(NdefRecord(head & KIND_BITS, kind, message[content : content + size]))
        at = content + size
    return found


def _encoded(record: NdefRecord, is_first: bool, is_last: bool) -> bytes:
    head = record.kind | FIRST * is_first | LAST * is_last
    size, wide = len(record.content), 1 if len(record.content) < 256 else 4
    start = bytes([head | SHORT * (wide == 1), len(record.type)]) + size.to_bytes(wide, "big")
    return start + record.type + record.content
