"""CCNET states to words (docs/protocols/ccnet.md).

What a reader would get wrong: a state is told again at each poll until it changes, so what happens
once (credit, return, rejection, fraud) is told when its state appears; what is true (a box that is
out, a jam) at each look.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.cash.notes import (
    AtRest,
    Begun,
    Condition,
    Credited,
    Ejected,
    Ended,
    Fraud,
    Held,
    Moving,
    Restarted,
    Signal,
)
from devices.checks import Identity
from devices.errors import ProtocolError

POWER_UP, BILL_IN_VALIDATOR, BILL_IN_STACKER = 0x10, 0x11, 0x12
STARTING, IDLING, ACCEPTING, STACKING, RETURNING, DISABLED = 0x13, 0x14, 0x15, 0x17, 0x18, 0x19
HOLDING, BUSY, REJECTING, PAUSE = 0x1A, 0x1B, 0x1C, 0x46
BOX_FULL, BOX_OUT, VALIDATOR_JAM, BOX_JAM, CHEATED, FAILURE = 0x41, 0x42, 0x43, 0x44, 0x45, 0x47
ESCROW, STACKED, RETURNED = 0x80, 0x81, 0x82
POWERED_UP = frozenset({POWER_UP, BILL_IN_VALIDATOR, BILL_IN_STACKER})
AT_WORK = frozenset({STARTING, ACCEPTING, STACKING, RETURNING, BUSY, PAUSE})
AT_REST = frozenset({IDLING, DISABLED, BOX_FULL, BOX_OUT, STACKED, RETURNED, REJECTING})
ENABLED = frozenset({IDLING, ACCEPTING})
FAULTS = frozenset({BOX_FULL, BOX_OUT, VALIDATOR_JAM, BOX_JAM, FAILURE})
_WITH_TYPE = frozenset({ESCROW, STACKED, RETURNED})
_CONDITIONS = {
    BOX_FULL: Condition.BOX_FULL,
    BOX_OUT: Condition.BOX_OUT,
    VALIDATOR_JAM: Condition.JAMMED,
    BOX_JAM: Condition.JAMMED,
    FAILURE: Condition.BROKEN,
}
_TABLE_ROWS, _ROW_BYTES = 24, 5
_OURS = (b"CHN", b"CNY")
_FEN_PER_YUAN = 100
_POWERS = (1, 10, 100, 1000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class State:
    """One answer to a poll. `detail`: bill type, reason or code; 0 where there is none."""

    code: int
    detail: int = 0


def state_of(content: bytes) -> State:
    """Raises ProtocolError: a state whose bill type is missing."""
    if content[0] in _WITH_TYPE and len(content) < 2:
        raise ProtocolError(f"state {content[0]:02X} without a bill type")
    return State(content[0], content[1] if len(content) > 1 else 0)


def bills_fen(table: bytes) -> tuple[int, ...]:
    """Fen of bill type 0, 1, …; 0: not ours. Raises ProtocolError: not a bill table."""
    if len(table) != _TABLE_ROWS * _ROW_BYTES:
        raise ProtocolError(f"a bill table of {len(table)} bytes")
    return tuple(_fen(table[at : at + _ROW_BYTES]) for at in range(0, len(table), _ROW_BYTES))


def identity_of(answer: bytes) -> Identity:
    """15 part number, 12 serial number, 7 asset. Raises ProtocolError: shorter."""
    if len(answer) < 27:
        raise ProtocolError("an identification that is too short")
    part, serial = answer[:15].decode("latin-1"), answer[15:27].decode("latin-1")
    return Identity("CCNET", part.strip(), serial.strip())


def bill_bits(bills: tuple[int, ...], allowed_fen: tuple[int, ...]) -> bytes:
    """Three bytes of 34, bill 23 first."""
    bits = sum(1 << n for n, fen in enumerate(bills) if fen and fen in allowed_fen)
    return bits.to_bytes(3, "big")


def signals_of(state: State, before: State | None, bills: tuple[int, ...]) -> list[Signal]:
    """What this look tells, given the state of the look before."""
    told: list[Signal] = []
    condition = _CONDITIONS.get(state.code)
    if condition is not None:
        told.append(Begun(condition))
    elif state.code not in POWERED_UP:
        told += [Ended(one) for one in _CONDITIONS.values()]
    if before is None or state != before:
        told += _happened(state, bills)
    if state.code in AT_WORK:
        told.append(Moving())
    elif state.code in AT_REST:
        told.append(AtRest())
    return told


def _happened(state: State, bills: tuple[int, ...]) -> list[Signal]:
    fen = bills[state.detail] if state.detail < len(bills) else 0
    match state.code:
        case 0x80:
            return [Held(fen)]
        case 0x81:
            return [Credited(fen)]
        case 0x82:
            return [Ejected()]
        case 0x1C:
            return [Ejected(f"{state.detail:02X}")]
        case 0x45:
            return [Fraud()]
        case 0x10 | 0x11 | 0x12:
            return [Restarted()]
        case _:
            return []


def _fen(row: bytes) -> int:
    """mantissa, country 3, exponent; bit 7 of the exponent divides."""
    exponent = row[4] & 0x7F
    if row[1:4] not in _OURS or exponent >= len(_POWERS):
        return 0
    if row[4] & 0x80:
        return row[0] * _FEN_PER_YUAN // _POWERS[exponent]
    return row[0] * _POWERS[exponent] * _FEN_PER_YUAN
