"""A read-only NFC Forum Type 4 tag: commands of a phone to answers (docs/protocols/nfc.md).

Two layers: ISO-DEP blocks around APDUs. No I/O. What a reader would get wrong: our block number
turns with each block that is not a repetition, so a lost answer is repeated and not lost.
"""

from __future__ import annotations

NAME = bytes.fromhex("D2760000850101")
ATS = bytes.fromhex("0578807002")
LONGEST_PART = 58
LONGEST_COMMAND = 300
_CAPABILITY, _MESSAGE = 0xE103, 0xE104
_DONE, _NOT_FOUND, _BEYOND = b"\x90\x00", b"\x6a\x82", b"\x6b\x00"
_NOTHING_SELECTED, _READ_ONLY, _UNKNOWN = b"\x69\x85", b"\x69\x82", b"\x6d\x00"
_LENGTH_BYTES = 2
_RATS, _DESELECT, _DESELECT_MASK = 0xE0, 0xC2, 0xF7
_CHAINED, _HAS_CID, _NAK = 0x10, 0x08, 0x10
_I_BLOCK, _R_ACK = 0x02, 0xA2


class MessageFiles:
    """The two files of the tag, and which one the phone has selected."""

    def __init__(self, message: bytes) -> None:
        content = len(message).to_bytes(_LENGTH_BYTES, "big") + message
        size = max(len(content), 0xFF).to_bytes(2, "big")
        capability = bytes.fromhex("000F20003B00340406E104") + size + b"\x00\xff"
        self._files = {_CAPABILITY: capability, _MESSAGE: content}
        self._is_open = False
        self._selected: int | None = None
        self.whole_read = False

    def answer(self, apdu: bytes) -> bytes:
        """Data and status word."""
        if len(apdu) < 4:
            return _UNKNOWN
        match apdu[1], apdu[2]:
            case 0xA4, 0x04:
                return self._open(_body(apdu))
            case 0xA4, 0x00:
                return self._select(_body(apdu))
            case 0xB0, _:
                return self._read(apdu)
            case 0xD6, _:
                return _READ_ONLY
            case _:
                return _UNKNOWN

    def _open(self, name: bytes) -> bytes:
        self._is_open, self._selected = name == NAME, None
        return _DONE if self._is_open else _NOT_FOUND

    def _select(self, body: bytes) -> bytes:
        number = int.from_bytes(body, "big")
        if not self._is_open or number not in self._files:
            return _NOT_FOUND
        self._selected = number
        return _DONE

    def _read(self, apdu: bytes) -> bytes:
        if self._selected is None:
            return _NOTHING_SELECTED
        content = self._files[self._selected]
        offset = int.from_bytes(apdu[2:4], "big")
        if offset >= len(content):
            return _BEYOND
        wanted = (apdu[4] if len(apdu) > 4 else 0) or 256
        part = content[offset : offset + wanted]
        if self._selected == _MESSAGE and offset + len(part) == len(content):
            self.whole_read = self.whole_read or offset + len(part) > _LENGTH_BYTES
        return part + _DONE


class Type4Tag:
    """One activation by one phone."""

    def __init__(self, message: bytes) -> None:
        self._files = MessageFiles(message)
        self._command = b""
        self._rest = b""
        self._number = 1
        self._last = b""
        self.ended = False

    @property
    def whole_read(self) -> bool:
        """The last byte of the message was fetched."""
        return self._files.whole_read

    def answer(self, block: bytes) -> bytes | None:
        """The block to send back; None: say nothing. `ended` after a deselect."""
        if not block:
            return None
        head = block[0]
        if head == _RATS:
            return ATS
        body_at = 2 if head & _HAS_CID else 1
        if head & _DESELECT_MASK == _DESELECT:
            self.ended = True
            return block[:body_at]
        cid = block[1:body_at]
        if head & 0xE2 == _I_BLOCK:
            return self._on_command(head, cid, block[body_at:])
        if head & 0xE6 == _R_ACK:
            return self._on_acknowledge(head, cid)
        return None

    def _on_command(self, head: int, cid: bytes, body: bytes) -> bytes | None:
        if len(self._command) + len(body) > LONGEST_COMMAND:
            return None
        self._number = head & 1
        self._command += body
        if head & _CHAINED:
            return self._send(_R_ACK, cid, b"")
        command, self._command = self._command, b""
        return self._send_part(cid, self._files.answer(command))

    def _on_acknowledge(self, head: int, cid: bytes) -> bytes:
        """An equal number asks for our last block again; the next one, for the next part."""
        if head & 1 == self._number and self._last:
            return self._last
        if head & _NAK:
            return self._send(_R_ACK, cid, b"")
        self._number = head & 1
        return self._send_part(cid, self._rest)

    def _send_part(self, cid: bytes, data: bytes) -> bytes:
        part, self._rest = data[:LONGEST_PART], data[LONGEST_PART:]
        return self._send(_I_BLOCK | (_CHAINED if self._rest else 0), cid, part)

    def _send(self, kind: int, cid: bytes, body: bytes) -> bytes:
        self._last = bytes([kind | self._number | (_HAS_CID if cid else 0)]) + cid + body
        return self._last


def _body(apdu: bytes) -> bytes:
    return apdu[5 : 5 + apdu[4]] if len(apdu) > 4 else b""
