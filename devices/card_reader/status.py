"""Raw bytes of the CRT-310 to words (docs/protocols/crt310.md).

What a reader would get wrong: a card at the front that is held was given back and not yet taken;
one that is not held is in the patient's hand, so the reader is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from devices.errors import ProtocolError
from devices.model import TroubleReason


class Position(StrEnum):
    """S1: where a card is."""

    NONE = "none"
    FRONT_FREE = "front_free"
    FRONT_HELD = "front_held"
    INSIDE = "inside"
    CONTACTS = "contacts"
    REAR_HELD = "rear_held"
    REAR_FREE = "rear_free"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"


_POSITIONS = {
    0x46: Position.TOO_LONG,
    0x47: Position.TOO_SHORT,
    0x48: Position.FRONT_FREE,
    0x49: Position.FRONT_HELD,
    0x4A: Position.INSIDE,
    0x4B: Position.CONTACTS,
    0x4C: Position.REAR_HELD,
    0x4D: Position.REAR_FREE,
    0x4E: Position.NONE,
}
_FRONT_OPEN = {0x49: True, 0x4A: True, 0x4B: True, 0x4E: False}
_REAR_OPEN = {0x4A: True, 0x4E: False}
_REASONS = {
    "N": TroubleReason.JAM,
    "E": TroubleReason.USER_ERROR,
    "W": TroubleReason.USER_ERROR,
    "06": TroubleReason.JAM,
}


@dataclass(frozen=True, slots=True)
class ReaderStatus:
    """S1 S2 S3 in words."""

    position: Position
    front_open: bool
    rear_open: bool

    @property
    def is_inside(self) -> bool:
        """A card that can be read."""
        return self.position in (Position.INSIDE, Position.CONTACTS)

    @property
    def is_abnormal(self) -> bool:
        """Something that is no card of ours, and stuck."""
        return self.position in (Position.TOO_LONG, Position.TOO_SHORT)

    @property
    def is_gone(self) -> bool:
        """No card, or one that the patient or the bin has."""
        return self.position in (
            Position.NONE,
            Position.FRONT_FREE,
            Position.REAR_HELD,
            Position.REAR_FREE,
        )


def status_of(raw: bytes) -> ReaderStatus:
    """Raises ProtocolError for bytes the manual does not know."""
    try:
        return ReaderStatus(_POSITIONS[raw[0]], _FRONT_OPEN[raw[1]], _REAR_OPEN[raw[2]])
    except (KeyError, IndexError):
        raise ProtocolError(f"status bytes {raw.hex(' ')}") from None


def reason_of_code(code: str) -> TroubleReason:
    """The letter P of a move, or the error number of a refusal, to a trouble word."""
    return _REASONS.get(code, TroubleReason.HARDWARE_ERROR)
