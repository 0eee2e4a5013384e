"""One method a command of CCNET: a frame, its answer, and our ACK when the answer carries data.

What a reader would get wrong: stacking and returning are asked for once; whether it happened is
told by the states that follow, so a lost answer is not an error here.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

from devices.cash.ccnet import frames, status
from devices.cash.ccnet.status import State, bill_bits, bills_fen, identity_of, signals_of, state_of
from devices.cash.notes import Credited, Ejected, Fate, FoundAtStart, Held, Restarted, Signal
from devices.checks import Identity
from devices.errors import DeviceRefused, ProtocolError, Timeout
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

TRIES = 3
NO_BILLS = b"\0\0\0"
_RESET, _POLL, _ENABLE, _STACK, _RETURN = b"\x30", b"\x33", b"\x34", b"\x35", b"\x36"
_IDENTIFICATION, _HOLD, _BILL_TABLE = b"\x37", b"\x38", b"\x41"


@dataclass(frozen=True, slots=True)
class CcnetLimits:
    """Timers (docs/protocols/ccnet.md)."""

    answer_s: float = 0.5
    start_s: float = 20.0
    start_look_s: float = 0.2


class CcnetAcceptor:
    """Talks over an open line, which it owns from now on. A `devices.cash.notes.NoteDriver`."""

    def __init__(self, line: Line, limits: CcnetLimits) -> None:
        self._line = line
        self._limits = limits
        self._frames: FrameReader[bytes] = FrameReader(line, frames.take)
        self._owner = Owner()
        self._bills: tuple[int, ...] = ()
        self._before: State | None = None
        self._at_start: list[Signal] = []

    @property
    def denominations_fen(self) -> tuple[int, ...]:
        """What its bill table knows, smallest first."""
        return tuple(sorted({fen for fen in self._bills if fen}))

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def start(self) -> None:
        """From any state to disabled and at rest; what it told meanwhile is the first look."""
        states = self._settle()
        self._bills = bills_fen(self._ask_data(_BILL_TABLE))
        self._at_start = _told_at_start(states, self._bills)
        self._before = states[-1]

    def identity(self) -> Identity:
        """Part number and serial number."""
        return identity_of(self._ask_data(_IDENTIFICATION))

    def box_count(self) -> int | None:
        """CCNET has no counter of stacked bills."""
        return None

    def allow(self, denominations_fen: tuple[int, ...]) -> None:
        """Exactly these, all of them to escrow. DeviceRefused: cannot now."""
        bits = bill_bits(self._bills, denominations_fen)
        self._ask_done(_ENABLE + bits + bits, TRIES)

    def forbid(self) -> None:
        """No bill at all."""
        self._ask_done(_ENABLE + NO_BILLS + NO_BILLS, TRIES)

    def look(self) -> list[Signal]:
        """One poll."""
        if self._at_start:
            told, self._at_start = self._at_start, []
            return told
        state = self._state()
        told = signals_of(state, self._before, self._bills)
        self._before = state
        return told

    def keep(self) -> None:
        """Renews the escrow time-out. DeviceRefused: no bill is held."""
        self._ask_done(_HOLD, TRIES)

    def accept(self) -> list[Signal]:
        """STACK, once. DeviceRefused: no bill is held."""
        with suppress(Timeout, ProtocolError):
            self._ask_done(_STACK, 1)
        return []

    def give_back(self) -> None:
        """RETURN, once; a validator without a bill says no, and that is well."""
        with suppress(Timeout, ProtocolError, DeviceRefused):
            self._ask_done(_RETURN, 1)

    def _settle(self) -> list[State]:
        """Every state on the way to rest, the last one told twice only once."""
        states: list[State] = []
        deadline = time.monotonic() + self._limits.start_s
        while time.monotonic() < deadline:
            state = self._state()
            if not states or state != states[-1]:
                states.append(state)
                self._calm(state)
            if state.code == status.DISABLED or state.code in status.FAULTS:
                return states
            time.sleep(self._limits.start_look_s)
        raise Timeout("the validator does not come to rest")

    def _calm(self, state: State) -> None:
        if state.code in status.POWERED_UP:
            self._ask_done(_RESET, TRIES)
        elif state.code in (status.ESCROW, status.HOLDING):
            self.give_back()
        elif state.code in status.ENABLED:
            self.forbid()

    def _state(self) -> State:
        return state_of(self._ask_data(_POLL))

    def _ask_done(self, command: bytes, tries: int) -> None:
        """A command that is answered by ACK. DeviceRefused: NAK to the last, or 30."""
        answer = self._exchange(command, tries)
        for _ in range(tries - 1):
            if answer != frames.NAK:
                break
            answer = self._exchange(command, tries)
        if answer != frames.ACK:
            code = answer[:1].hex().upper()
            raise DeviceRefused(code, f"the validator answered no to {command[:1].hex()}")

    def _ask_data(self, command: bytes) -> bytes:
        """A command that is answered by data, which is acknowledged."""
        answer = self._exchange(command, TRIES, is_data=True)
        if answer in (frames.NAK, frames.ACK, frames.IMPOSSIBLE):
            raise ProtocolError(f"no data, but {answer.hex()}")
        self._line.write(frames.encode(frames.ACK))
        return answer

    def _exchange(self, command: bytes, tries: int, *, is_data: bool = False) -> bytes:
        """A damaged data answer is asked for again by NAK, a missing one by the command."""
        self._owner.check()
        self._frames.drop_stale()
        raw = frames.encode(command)
        for attempt in range(tries):
            self._line.write(raw)
            try:
                return self._frames.next(time.monotonic() + self._limits.answer_s)
            except ProtocolError:
                if attempt == tries - 1:
                    raise
                raw = frames.encode(frames.NAK if is_data else command)
            except Timeout:
                if attempt == tries - 1:
                    raise
                raw = frames.encode(command)
        raise Timeout("no answer")


def _told_at_start(states: list[State], bills: tuple[int, ...]) -> list[Signal]:
    """What the start met, and once how a bill that was inside at power-up ended."""
    codes = [state.code for state in states]
    found: FoundAtStart | None = None
    if status.BILL_IN_STACKER in codes:
        found = FoundAtStart(None, Fate.STACKED)
    elif status.BILL_IN_VALIDATOR in codes:
        found = FoundAtStart(None, Fate.RETURNED)
    told: list[Signal] = []
    for before, state in zip([None, *states], states, strict=False):
        for signal in signals_of(state, before, bills):
            match signal:
                case Restarted() | Held():
                    continue
                case Credited(denomination_fen=fen) if found is not None:
                    found = FoundAtStart(fen or None, Fate.STACKED)
                case Ejected() if found is not None and found.fate is Fate.RETURNED:
                    found = FoundAtStart(_returned_fen(state, bills), Fate.RETURNED)
                case _:
                    told.append(signal)
    return [found, *told] if found else told


def _returned_fen(state: State, bills: tuple[int, ...]) -> int | None:
    if state.code != status.RETURNED or state.detail >= len(bills):
        return None
    return bills[state.detail] or None
