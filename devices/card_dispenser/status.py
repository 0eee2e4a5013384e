"""Raw bytes of the CRT-591 to words, ranked (docs/protocols/crt591.md).

What a reader would get wrong: a jam shows only as the error of a move; the status bytes do not
know it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.ports import CardPath
from devices.errors import ProtocolError
from devices.model import HealthState, TroubleReason

NOT_INITIALISED = "B0"


class ErrorCode(StrEnum):
    """e1 e0 of the manual, all of them."""

    UNDEFINED_COMMAND = "00"
    PARAMETER = "01"
    SEQUENCE = "02"
    NOT_SUPPORTED = "03"
    DATA = "04"
    CONTACT_NOT_RELEASED = "05"
    JAM = "10"
    SENSOR = "12"
    CARD_TOO_LONG = "13"
    CARD_TOO_SHORT = "14"
    CAPTURE_FAILED = "40"
    CONTACT_MAGNET = "41"
    CONTACTS_NOT_REACHED = "43"
    MOVED_BY_HAND = "45"
    COUNTER_OVERFLOW = "50"
    MOTOR = "51"
    CHIP_SHORT_CIRCUIT = "60"
    CHIP_ACTIVATION = "61"
    CHIP_COMMAND = "62"
    CHIP_SILENT = "63"
    CHIP_PROTOCOL = "64"
    CHIP_NOT_ACTIVATED = "65"
    CHIP_UNSUPPORTED = "66"
    CHIP_TRANSMISSION = "67"
    CHIP_TIMEOUT = "68"
    CHIP_ANSWER_TO_RESET = "69"
    STACKER_EMPTY = "A0"
    BIN_FULL = "A1"
    NOT_INITIALISED = "B0"


_REASONS = {
    ErrorCode.JAM: TroubleReason.JAM,
    ErrorCode.CARD_TOO_LONG: TroubleReason.JAM,
    ErrorCode.CARD_TOO_SHORT: TroubleReason.JAM,
    ErrorCode.CAPTURE_FAILED: TroubleReason.JAM,
    ErrorCode.CONTACTS_NOT_REACHED: TroubleReason.JAM,
    ErrorCode.MOTOR: TroubleReason.JAM,
    ErrorCode.MOVED_BY_HAND: TroubleReason.USER_ERROR,
    ErrorCode.COUNTER_OVERFLOW: TroubleReason.BIN_FULL,
    ErrorCode.BIN_FULL: TroubleReason.BIN_FULL,
    ErrorCode.STACKER_EMPTY: TroubleReason.EMPTY,
}


class Position(StrEnum):
    """Where a card is in the transport (`core.ports.CardPath.position`)."""

    NONE = "none"
    GATE = "gate"
    ENCODER = "encoder"


class Stacker(StrEnum):
    """How many blank cards are left (`core.ports.CardPath.stacker`)."""

    EMPTY = "empty"
    LOW = "low"
    ENOUGH = "enough"


_POSITIONS = {0x30: Position.NONE, 0x31: Position.GATE, 0x32: Position.ENCODER}
_STACKERS = {0x30: Stacker.EMPTY, 0x31: Stacker.LOW, 0x32: Stacker.ENOUGH}
_BIN_FULL = {0x30: False, 0x31: True}


@dataclass(frozen=True, slots=True)
class DispenserStatus:
    """st0 st1 st2 in words."""

    position: Position
    stacker: Stacker
    bin_full: bool

    @property
    def path(self) -> CardPath:
        """For the journeys."""
        return CardPath(self.position.value, self.stacker.value, self.bin_full)

    @property
    def health(self) -> HealthState:
        """The worst that is true. A full bin stops issuing as an empty stacker does."""
        if self.stacker is Stacker.EMPTY or self.bin_full:
            return HealthState.OUT
        return HealthState.LOW if self.stacker is Stacker.LOW else HealthState.OK


def status_of(raw: bytes) -> DispenserStatus:
    """Raises ProtocolError for bytes the manual does not know."""
    try:
        return DispenserStatus(_POSITIONS[raw[0]], _STACKERS[raw[1]], _BIN_FULL[raw[2]])
    except (KeyError, IndexError):
        raise ProtocolError(f"status bytes {raw.hex(' ')}") from None


def reason_of_code(code: str) -> TroubleReason:
    """An error code of the unit to a trouble word; one the manual does not know is hardware."""
    try:
        return _REASONS.get(ErrorCode(code), TroubleReason.HARDWARE_ERROR)
    except ValueError:
        return TroubleReason.HARDWARE_ERROR
