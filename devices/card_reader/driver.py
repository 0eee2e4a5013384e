"""One method a command of the CRT-310: command, ACK, ENQ, execution, answer.

What a reader would get wrong: nothing is executed before ENQ, so a command whose ACK was lost is
simply sent again, a move too (`NotExecuted` when it never comes); after ENQ a move without an
answer may have been made.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.card_reader import commands, frames
from devices.card_reader.frames import Answer, Command, Control, Negative
from devices.card_reader.status import ReaderStatus, status_of
from devices.errors import DeviceRefused, ProtocolError, Timeout
from devices.m1_layout import M1Layout
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

TRIES = 3
MAX_STRAY_ITEMS = 16


class NotExecuted(Timeout):
    """The reader did not acknowledge the command, so ENQ was never sent."""


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """Timers (docs/protocols/crt310.md)."""

    ack_s: float = 0.3
    pause_s: float = 0.1
    answer_s: float = 2.0
    reset_s: float = 10.0
    move_s: float = 20.0


class Crt310:
    """Talks over an open line, which it owns from now on. Errors: see `devices.errors`."""

    def __init__(self, line: Line, limits: ReaderLimits) -> None:
        self._line = line
        self._limits = limits
        self._items: FrameReader[frames.Item] = FrameReader(line, frames.take)
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def reset(self) -> str:
        """Nothing moves; the version."""
        return commands.text_of(self._ask(commands.RESET, self._limits.reset_s, motor=True))

    def serial_number(self) -> str:
        """ "" when the reader has none."""
        try:
            return commands.text_of(self._quick(commands.SERIAL_NUMBER))
        except DeviceRefused:
            return ""

    def status(self) -> ReaderStatus:
        """Where a card is, and which doors are open."""
        return status_of(self._quick(commands.STATUS))

    def sensors(self) -> str:
        """One character a sensor."""
        return commands.sensors_of(self._quick(commands.SENSORS))

    def stop_at_rf(self) -> None:
        """An inserted card goes to the antenna."""
        commands.done(self._quick(commands.STOP_AT_RF))

    def let_in(self, is_open: bool) -> None:
        """Front entry by switch, or shut; rear always shut. What the answer means is disputed."""
        self._quick(commands.ENTRY_BY_SWITCH if is_open else commands.ENTRY_SHUT)

    def move(self, command: Command) -> None:
        """TO_RF, TO_FRONT_HELD or CAPTURE."""
        commands.done(self._ask(command, self._limits.move_s, motor=True))

    def light(self, is_on: bool) -> None:
        """The light around the slot."""
        commands.done(self._quick(commands.LIGHT_ON if is_on else commands.LIGHT_OFF))

    def uid(self) -> str:
        """The number of the chip at the antenna, hex. DeviceRefused: there is none."""
        commands.done(self._quick(commands.M1_SEEK))
        return commands.uid_of(self._quick(commands.M1_NUMBER))

    def number(self, layout: M1Layout) -> str | None:
        """The number in the layout's block, after `uid`; None: that block holds none of ours."""
        key = commands.verify_key_a(layout.sector, layout.key)
        commands.done(self._quick(key), operation_at=1)
        block = self._quick(commands.read_block(layout.sector, layout.block))
        return layout.decode(commands.block_of(block))

    def _quick(self, command: Command) -> bytes:
        return self._ask(command, self._limits.answer_s, motor=False)

    def _ask(self, command: Command, limit_s: float, *, motor: bool) -> bytes:
        """The data of the answer; a command that turns no motor is asked again."""
        self._owner.check()
        tries = 1 if motor else TRIES
        for attempt in range(tries):
            self._items.drop_stale()
            self._send(command)
            self._line.write(bytes([Control.ENQ.value]))
            try:
                answer = self._answer(command, time.monotonic() + limit_s)
            except (Timeout, ProtocolError):
                if attempt == tries - 1:
                    raise
                time.sleep(self._limits.pause_s)
                continue
            if isinstance(answer, Negative):
                raise DeviceRefused(answer.error, "the reader answered no")
            return answer.data
        raise Timeout("no answer")

    def _send(self, command: Command) -> None:
        """Until the reader acknowledged."""
        for attempt in range(TRIES):
            if attempt:
                time.sleep(self._limits.pause_s)
            self._line.write(frames.encode(command))
            if self._control(time.monotonic() + self._limits.ack_s) is Control.ACK:
                return
        raise NotExecuted("no ACK")

    def _control(self, deadline: float) -> Control | None:
        """The next control byte; late answers to earlier commands are passed over."""
        for _ in range(MAX_STRAY_ITEMS):
            try:
                item = self._items.next(deadline)
            except Timeout:
                return None
            except ProtocolError:
                continue
            if isinstance(item, Control):
                return item
        return None

    def _answer(self, command: Command, deadline: float) -> Answer | Negative:
        """The answer to `command`; others are late and passed over."""
        for _ in range(MAX_STRAY_ITEMS):
            match self._items.next(deadline):
                case Negative() as item if item.code == command.code:
                    return item
                case Answer(code=command.code, parameter=command.parameter) as item:
                    return item
        raise ProtocolError("only strange answers")
