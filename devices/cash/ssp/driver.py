"""One method a command of SSP: a frame, its answer, and the same frame again when none comes.

What a reader would get wrong: a poll takes a note that is held in escrow, so `start` rejects one
before it polls, and `look` raises while a note is held. A repeated frame keeps its sequence flag:
the acceptor then repeats its answer, and an event is not lost with it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.cash.notes import AtRest, Begun, Condition, Ejected, Held, Restarted, Signal
from devices.cash.ssp import frames
from devices.cash.ssp.frames import Packet
from devices.cash.ssp.status import OK, Setup, events_of, inhibits, setup_of, stacked_count
from devices.checks import Identity
from devices.errors import DeviceRefused, ProtocolError, Timeout
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

ADDRESS = 0
TRIES = 3
MAX_STRAY_FRAMES = 8
MAX_START_LOOKS = 40
CALM_LOOKS = 2
PROTOCOLS = (7, 6)
_SYNC, _PROTOCOL, _SETUP, _SERIAL, _FIRMWARE, _DATASET = 0x11, 0x06, 0x05, 0x0C, 0x20, 0x21
_INHIBITS, _ENABLE, _DISABLE, _REJECT, _HOLD = 0x02, 0x0A, 0x09, 0x08, 0x18
_POLL, _POLL_WITH_ACK, _EVENT_ACK, _REJECT_CODE, _COUNTERS = 0x07, 0x56, 0x57, 0x17, 0x58


@dataclass(frozen=True, slots=True)
class SspLimits:
    """Timers (docs/protocols/ssp.md)."""

    answer_s: float = 1.0
    start_look_s: float = 0.2


class SspAcceptor:
    """Talks over an open line, which it owns from now on. A `devices.cash.notes.NoteDriver`."""

    def __init__(self, line: Line, limits: SspLimits, *, poll_with_ack: bool = False) -> None:
        self._line = line
        self._limits = limits
        self._poll_with_ack = poll_with_ack
        self._frames: FrameReader[Packet] = FrameReader(line, frames.take)
        self._owner = Owner()
        self._flag = True
        self._is_held = False
        self._is_decided = False
        self._must_acknowledge = False
        self._at_start: list[Signal] = []
        self._setup = Setup("", 0, ())

    @property
    def denominations_fen(self) -> tuple[int, ...]:
        """What its channels know, smallest first."""
        return tuple(sorted({fen for fen in self._setup.channels_fen if fen}))

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def start(self) -> None:
        """From any state to disabled and at rest; what it told meanwhile is the first look."""
        self._flag = True
        self._ask(_SYNC)
        self._flag = False
        self._try(_REJECT)
        self._try(_DISABLE)
        for number in PROTOCOLS:
            if self._try(_PROTOCOL, bytes([number])):
                break
        else:
            raise ProtocolError("it speaks neither protocol 7 nor 6")
        self._setup = setup_of(self._ask(_SETUP))
        self._settle()

    def identity(self) -> Identity:
        """Firmware with dataset; the serial number is four bytes."""
        serial = int.from_bytes(self._ask(_SERIAL)[:4], "big")
        firmware = self._ask(_FIRMWARE).decode("latin-1").strip()
        dataset = self._ask(_DATASET).decode("latin-1").strip()
        return Identity("SSP", f"{firmware} {dataset}", str(serial))

    def box_count(self) -> int | None:
        """Notes ever stacked; None: this acceptor does not count them."""
        try:
            return stacked_count(self._ask(_COUNTERS))
        except DeviceRefused:
            return None

    def allow(self, denominations_fen: tuple[int, ...]) -> None:
        """Only these channels, then enabled. DeviceRefused: jammed, or cannot now."""
        self._ask(_INHIBITS, inhibits(self._setup.channels_fen, denominations_fen))
        self._ask(_ENABLE)

    def forbid(self) -> None:
        """DeviceRefused: jammed."""
        self._ask(_DISABLE)

    def look(self) -> list[Signal]:
        """One poll; never while a note is held (RuntimeError: that would take it)."""
        if self._is_held:
            raise RuntimeError("a poll would take the held note")
        if self._at_start:
            told, self._at_start = self._at_start, []
            return told
        told = self._poll()
        still_held = any(isinstance(signal, Held) for signal in told)
        self._is_held = still_held and not self._is_decided
        self._is_decided = still_held and self._is_decided
        return told

    def keep(self) -> None:
        """Renews the escrow time-out. DeviceRefused: no note is held."""
        self._ask(_HOLD)

    def accept(self) -> list[Signal]:
        """The poll that takes the held note."""
        self._is_held, self._is_decided = False, True
        return self.look()

    def give_back(self) -> None:
        """Reject; an acceptor without a note says no, and that is well."""
        self._try(_REJECT)
        self._is_held, self._is_decided = False, True

    def _settle(self) -> None:
        """Polls until two answers in a row tell of no movement; a note that comes in goes back."""
        calm = 0
        for _ in range(MAX_START_LOOKS):
            told = self._poll()
            self._at_start += [one for one in told if not isinstance(one, Held | Restarted)]
            if any(isinstance(signal, Held) for signal in told):
                self._try(_REJECT)
            calm = calm + 1 if AtRest() in told or Begun(Condition.JAMMED) in told else 0
            if calm == CALM_LOOKS:
                return
            time.sleep(self._limits.start_look_s)
        raise Timeout("the acceptor does not come to rest")

    def _poll(self) -> list[Signal]:
        if self._must_acknowledge:
            self._ask(_EVENT_ACK)
            self._must_acknowledge = False
        answer = self._ask(_POLL_WITH_ACK if self._poll_with_ack else _POLL)
        events = events_of(answer, self._setup.channels_fen)
        self._must_acknowledge = self._poll_with_ack and events.must_acknowledge
        return [self._explained(signal) for signal in events.signals]

    def _explained(self, signal: Signal) -> Signal:
        """A rejection with its reason."""
        if signal != Ejected():
            return signal
        try:
            return Ejected(self._ask(_REJECT_CODE)[:1].hex().upper())
        except DeviceRefused:
            return signal

    def _try(self, code: int, parameters: bytes = b"") -> bool:
        try:
            self._ask(code, parameters)
        except DeviceRefused:
            return False
        return True

    def _ask(self, code: int, parameters: bytes = b"") -> bytes:
        """The answer's data after F0. DeviceRefused: any other first byte."""
        self._owner.check()
        packet = Packet(self._flag, ADDRESS, bytes([code]) + parameters)
        answer = self._exchange(packet)
        self._flag = not self._flag
        if answer[0] != OK:
            raise DeviceRefused(f"{answer[0]:02X}", f"the acceptor answered no to {code:02X}")
        return answer[1:]

    def _exchange(self, packet: Packet) -> bytes:
        raw = frames.encode(packet)
        for attempt in range(TRIES):
            self._frames.drop_stale()
            self._line.write(raw)
            try:
                return self._answer_to(packet, time.monotonic() + self._limits.answer_s)
            except (Timeout, ProtocolError):
                if attempt == TRIES - 1:
                    raise
        raise Timeout("no answer")

    def _answer_to(self, packet: Packet, deadline: float) -> bytes:
        """Frames of another flag or address are late answers and passed over."""
        for _ in range(MAX_STRAY_FRAMES):
            answer = self._frames.next(deadline)
            if (answer.flag, answer.address) == (packet.flag, packet.address):
                return answer.data
        raise ProtocolError("only strange answers")
