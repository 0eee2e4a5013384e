"""Commands and answers of the GM65 family (docs/protocols/gm65.md). No I/O.

What a reader would get wrong: `length` counts the data alone, in commands and in answers.
"""

from __future__ import annotations

from binascii import crc_hqx

from devices.errors import ProtocolError
from devices.scanner.dialect import Answer, Dialect

_COMMAND = b"\x7e\x00"
_ANSWER = b"\x02\x00"
_HEAD_BYTES = 4
_CRC_BYTES = 2
_UNCHECKED = b"\xab\xcd"
_WRITE = 0x08
_TRIGGER_ADDRESS = 0x0002
_DONE, _WRONG_CRC, _LAST_TYPE = 0x00, 0x01, 0x03


def command(kind: int, address: int, data: bytes) -> bytes:
    """A whole command with its CRC."""
    body = bytes((kind, len(data))) + address.to_bytes(2, "big") + data
    return _COMMAND + body + _crc(body)


def trigger(on: bool) -> bytes:
    """Look for a code, or stop looking."""
    return command(_WRITE, _TRIGGER_ADDRESS, bytes((int(on),)))


def take(buffer: bytearray) -> Answer | None:
    """See `Dialect.take`. ProtocolError: no answer's head, or a wrong CRC."""
    if len(buffer) < _HEAD_BYTES:
        return None
    kind, length = buffer[2], buffer[3]
    if kind > _LAST_TYPE:
        del buffer[: len(_ANSWER)]
        raise ProtocolError(f"an answer of type {kind:02X}")
    end = _HEAD_BYTES + length
    if len(buffer) < end + _CRC_BYTES:
        return None
    body, crc = bytes(buffer[2:end]), bytes(buffer[end : end + _CRC_BYTES])
    del buffer[: end + _CRC_BYTES]
    if crc not in (_crc(body), _UNCHECKED):
        raise ProtocolError("an answer with a wrong CRC")
    return Answer(kind == _DONE, f"{kind:02X}", again=kind == _WRONG_CRC, data=body[2:])


def _crc(body: bytes) -> bytes:
    return crc_hqx(body, 0).to_bytes(_CRC_BYTES, "big")


GM65 = Dialect(_ANSWER, take, trigger, traces=(b"\x00",))
