"""One method a command of the relay board: a request, its answer, three tries.

What a reader would get wrong: every request sets or reads a state, so each may be sent again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.errors import DeviceRefused, ProtocolError, Timeout
from devices.relay import frames
from devices.relay.frames import Answer, Bits, Exceptional, Switched
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

TRIES = 3


@dataclass(frozen=True, slots=True)
class RelayLimits:
    """Timers (docs/protocols/modbus_relay.md)."""

    answer_s: float = 0.2
    silence_s: float = 0.004
    light_s: float = 2.0


class RelayBoard:
    """Talks over an open line, which it owns from now on. Numbers count from 1."""

    def __init__(self, line: Line, limits: RelayLimits, address: int, channels: int) -> None:
        self._line = line
        self._limits = limits
        self._address = address
        self._channels = channels
        self._answers: FrameReader[Answer] = FrameReader(line, frames.take)
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def inputs(self) -> tuple[bool, ...]:
        """All inputs, number 1 first."""
        request = frames.read_inputs(self._address, self._channels)
        return self._bits(request, frames.READ_INPUTS)

    def relays(self) -> tuple[bool, ...]:
        """All relays as the board has them, number 1 first."""
        request = frames.read_relays(self._address, self._channels)
        return self._bits(request, frames.READ_RELAYS)

    def switch(self, number: int, is_on: bool) -> None:
        """One relay. DeviceRefused: the board has no such relay."""
        request = frames.switch(self._address, number - 1, is_on)
        answer = self._ask(request, frames.SWITCH)
        if answer != Switched(self._address, number - 1, is_on):
            raise ProtocolError("another relay answered")

    def _bits(self, request: bytes, function: int) -> tuple[bool, ...]:
        answer = self._ask(request, function)
        if not isinstance(answer, Bits) or len(answer.bits) < self._channels:
            raise ProtocolError("fewer bits than asked for")
        return answer.bits[: self._channels]

    def _ask(self, request: bytes, function: int) -> Answer:
        self._owner.check()
        for attempt in range(TRIES):
            self._answers.drop_stale()
            time.sleep(self._limits.silence_s)
            self._line.write(request)
            try:
                answer = self._answers.next(time.monotonic() + self._limits.answer_s)
                return self._fitting(answer, function)
            except (Timeout, ProtocolError):
                if attempt == TRIES - 1:
                    raise
        raise Timeout("no answer")

    def _fitting(self, answer: Answer, function: int) -> Answer:
        if answer.address != self._address:
            raise ProtocolError(f"address {answer.address} answered")
        if isinstance(answer, Exceptional):
            raise DeviceRefused(f"{answer.code:02X}", "the relay board answered no")
        if function != (frames.SWITCH if isinstance(answer, Switched) else answer.function):
            raise ProtocolError("an answer to another question")
        return answer
