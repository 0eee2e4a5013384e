"""SSP answers and events to words (docs/protocols/ssp.md).

What a reader would get wrong: several events stand in one answer without separators, so the
length of each must be known; one that is not known ends the reading of that answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devices.cash.notes import (
    AtRest,
    Begun,
    Condition,
    Credited,
    Ejected,
    Ended,
    Fate,
    FoundAtStart,
    Fraud,
    Held,
    Moving,
    Restarted,
    Signal,
)
from devices.errors import ProtocolError

OK = 0xF0
CURRENCY = b"CNY"
_RESET, _READ, _CREDIT, _REJECTING, _REJECTED = 0xF1, 0xEF, 0xEE, 0xED, 0xEC
_STACKED, _SAFE_JAM, _UNSAFE_JAM, _DISABLED, _FULL = 0xEB, 0xEA, 0xE9, 0xE8, 0xE7
_FRAUD, _BARCODE, _BOX_IN, _BOX_OUT, _TO_BOX, _TO_FRONT = 0xE6, 0xE5, 0xE4, 0xE3, 0xE2, 0xE1
_PATH_OPEN, _BARCODE_ACK, _STACKING, _INHIBITED, _STARTING = 0xE0, 0xD1, 0xCC, 0xB5, 0xB6
_WITH_CHANNEL = frozenset({_READ, _CREDIT, _FRAUD, _TO_BOX, _TO_FRONT})
_KEPT_UNTIL_ACKNOWLEDGED = frozenset({_CREDIT, _FRAUD, _TO_BOX, _TO_FRONT})
_NOTHING = frozenset({_STACKED, _DISABLED, _INHIBITED, _BARCODE, _BARCODE_ACK})
_PLAIN: dict[int, Signal] = {
    _RESET: Restarted(),
    _REJECTING: Moving(),
    _REJECTED: Ejected(),
    _STACKING: Moving(),
    _STARTING: Moving(),
    _SAFE_JAM: Begun(Condition.JAMMED),
    _UNSAFE_JAM: Begun(Condition.JAMMED),
    _FULL: Begun(Condition.BOX_FULL),
    _BOX_OUT: Begun(Condition.BOX_OUT),
    _BOX_IN: Ended(Condition.BOX_OUT),
    _PATH_OPEN: Begun(Condition.PATH_OPEN),
}
_NOT_AT_REST = frozenset({_READ, _REJECTING, _STACKING, _STARTING, _SAFE_JAM, _UNSAFE_JAM})
_SETUP_FIXED_BYTES = 12


@dataclass(frozen=True, slots=True)
class Setup:
    """What the acceptor can take: fen of channel 1, 2, …; 0: not ours."""

    firmware: str
    protocol: int
    channels_fen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """One answer to a poll. `must_acknowledge`: it repeats until 57 (poll with ack only)."""

    signals: tuple[Signal, ...]
    must_acknowledge: bool


def setup_of(data: bytes) -> Setup:
    """The answer to 05, without its F0, from protocol 6 on. Raises ProtocolError."""
    count = data[11] if len(data) >= _SETUP_FIXED_BYTES else 0
    at = _SETUP_FIXED_BYTES + 2 * count
    if not count or len(data) < at + 4 + 7 * count:
        raise ProtocolError("a setup answer of a wrong length")
    multiplier = int.from_bytes(data[at : at + 3], "big")
    currencies = data[at + 4 : at + 4 + 3 * count]
    values = data[at + 4 + 3 * count :]
    return Setup(
        firmware=data[1:5].decode("latin-1"),
        protocol=data[at + 3],
        channels_fen=tuple(
            int.from_bytes(values[4 * n : 4 * n + 4], "little") * multiplier
            if currencies[3 * n : 3 * n + 3] == CURRENCY
            else 0
            for n in range(count)
        ),
    )


def events_of(data: bytes, channels_fen: tuple[int, ...]) -> Events:
    """The answer to a poll, without its F0."""
    codes: set[int] = set()
    signals: list[Signal] = []
    for code, channel in _events(data):
        codes.add(code)
        signals += _signals(code, _fen(channel, channels_fen))
    if not codes & _NOT_AT_REST:
        signals += [AtRest(), Ended(Condition.JAMMED)]
    if _PATH_OPEN not in codes:
        signals.append(Ended(Condition.PATH_OPEN))
    return Events(tuple(signals), bool(codes & _KEPT_UNTIL_ACKNOWLEDGED))


def stacked_count(data: bytes) -> int:
    """The answer to 58, without its F0. Raises ProtocolError."""
    if len(data) < 5:
        raise ProtocolError("a counter answer that is too short")
    return int.from_bytes(data[1:5], "little")


def inhibits(channels_fen: tuple[int, ...], allowed_fen: tuple[int, ...]) -> bytes:
    """The two bytes of 02: a set bit lets that channel in."""
    bits = sum(1 << n for n, fen in enumerate(channels_fen[:16]) if fen and fen in allowed_fen)
    return bits.to_bytes(2, "little")


def _events(data: bytes) -> Iterator[tuple[int, int]]:
    """Code and channel (0 where there is none) of each."""
    position = 0
    while position < len(data):
        code = data[position]
        position += 1
        if code not in _WITH_CHANNEL:
            yield code, 0
            if code not in _PLAIN and code not in _NOTHING:
                return
        elif position == len(data):
            raise ProtocolError(f"event {code:02X} without its channel")
        else:
            yield code, data[position]
            position += 1


def _signals(code: int, fen: int | None) -> list[Signal]:
    match code, fen:
        case (0xEF, None):
            return [Moving()]
        case (0xEF, int(held)):
            return [Held(held)]
        case (0xEE, _):
            return [Credited(fen or 0)]
        case (0xE6, _):
            return [Fraud()]
        case (0xE1, _):
            return [FoundAtStart(fen or None, Fate.RETURNED)]
        case (0xE2, _):
            return [FoundAtStart(fen or None, Fate.STACKED)]
        case _:
            return [_PLAIN[code]] if code in _PLAIN else []


def _fen(channel: int, channels_fen: tuple[int, ...]) -> int | None:
    """None: channel 0. 0: a channel that is not ours."""
    if not channel:
        return None
    return channels_fen[channel - 1] if channel <= len(channels_fen) else 0
