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
JAM_CODES = frozenset({"10", "13", "14", "43", "51"})
_REASONS = {
    "45": TroubleReason.USER_ERROR,
    "50": TroubleReason.BIN_FULL,
    "A0": TroubleReason.EMPTY,
    "A1": TroubleReason.BIN_FULL,
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
    """An error code of the unit to a trouble word."""
    if code in JAM_CODES:
        return TroubleReason.JAM
    return _REASONS.get(code, TroubleReason.HARDWARE_ERROR)
