"""Commands and answers of Newland engines (docs/protocols/newland.md). No I/O.

What a reader would get wrong: an answer has no length and no check byte; it ends at `3B 03`, and a
bound keeps a lost ending from swallowing what follows.
"""

from __future__ import annotations

from devices.errors import ProtocolError
from devices.scanner.dialect import Answer, Dialect

_COMMAND = b"\x7e\x010000"
_ANSWER = b"\x02\x010000"
_MARKER_BYTES = 2
_END = b";\x03"
_FOR_NOW = b"#"
_DONE = 0x06
LONGEST_ANSWER = 64


def command(words: bytes) -> bytes:
    """A whole command that holds until the next start."""
    return _COMMAND + _FOR_NOW + words + _END


def trigger(on: bool) -> bytes:
    """Look for a code, or stop looking."""
    return command(b"SCNTRG1" if on else b"SCNTRG0")


def take(buffer: bytearray) -> Answer | None:
    """See `Dialect.take`. ProtocolError: another beginning, or no ending within the bound."""
    if not _ANSWER.startswith(bytes(buffer[: len(_ANSWER)])):
        del buffer[:_MARKER_BYTES]
        raise ProtocolError("an answer with another beginning")
    end = buffer.find(_END, len(_ANSWER), LONGEST_ANSWER)
    if end < 0:
        if len(buffer) < LONGEST_ANSWER:
            return None
        del buffer[:LONGEST_ANSWER]
        raise ProtocolError("an answer without an ending")
    body = bytes(buffer[len(_ANSWER) : end])
    del buffer[: end + len(_END)]
    if not body:
        raise ProtocolError("an empty answer")
    return Answer(body[-1] == _DONE, f"{body[-1]:02X}", data=body[:-1])


NEWLAND = Dialect(_ANSWER[:_MARKER_BYTES], take, trigger, traces=(b"SCNTRG", _END))
