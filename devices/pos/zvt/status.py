"""ZVT codes to the words of `core.ports` (docs/protocols/zvt.md).

What a reader would get wrong: an answer code of the bank is two decimal digits sent as a binary
number (51 travels as 33), while the POS's own codes are quoted in hexadecimal.
"""

from __future__ import annotations

from core.ports import Refused
from devices.model import HealthState

APPROVED = 0x00
ALREADY_REVERSED = 0xB4
_READY = frozenset({0x00, 0xDC})
_STATES = {
    0x00: "ready",
    0x51: "initialisation needed",
    0x62: "clock",
    0x9C: "busy",
    0xB1: "journal full",
    0xB2: "journal full",
    0xC2: "diagnosis needed",
    0xCC: "printer",
    0xDC: "card inserted",
    0xE4: "activation needed",
    0xF0: "reconciliation needed",
}
_LAST_BANK_CODE = 99
_CARD_CODES = frozenset({0x64, 0x71, 0x72, 0x78, 0x7A})
_HOST_SILENT = frozenset({0x7D, 0xA1, 0xA3})
_TIMEOUT_OR_CANCELLED = 0x6C


def refusal_of(code: int) -> Refused:
    """The POS's or the bank's no. Codes: refusal.<reason> in the message catalogue."""
    if code <= _LAST_BANK_CODE:
        return Refused("card_declined", f"{code:02d}")
    if code in _CARD_CODES:
        return Refused("card_declined", f"{code:02X}")
    if code == _TIMEOUT_OR_CANCELLED:
        return Refused("pos_timeout_or_cancelled", f"{code:02X}")
    if code in _HOST_SILENT:
        return Refused("pos_host_silent", f"{code:02X}")
    return Refused("pos_not_ready", f"{code:02X}")


def not_taken(code: str, busy_code: str) -> Refused:
    """A command the POS did not take (84 xx)."""
    return Refused("pos_busy" if code == busy_code else "pos_not_ready", code)


def health_of(code: int) -> HealthState:
    """Terminal status byte; a POS that must first be serviced cannot be used."""
    return HealthState.OK if code in _READY else HealthState.OFFLINE


def state_word(code: int) -> str:
    """The terminal status byte in words, for technicians."""
    return _STATES.get(code, "not known")
