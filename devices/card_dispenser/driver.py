"""One method a command of the CRT-591: command, ACK, execution, answer, ACK.

What a reader would get wrong: a command that turns the motor is sent again only after a NAK. When
its ACK does not come it may have been heard, so that is a Timeout and the caller's "unknown";
commands without a motor are simply sent again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.card_dispenser import commands, frames
from devices.card_dispenser.frames import Command, Control, Negative, Positive
from devices.card_dispenser.status import DispenserStatus, status_of
from devices.errors import DeviceRefused, ProtocolError, Timeout
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

TRIES = 3
MAX_STRAY_ITEMS = 16
NAK = "NAK"


@dataclass(frozen=True, slots=True)
class DispenserLimits:
    """Timers (docs/protocols/crt591.md)."""

    ack_s: float = 0.3
    pause_s: float = 0.1
    answer_s: float = 2.0
    initialise_s: float = 10.0
    move_s: float = 20.0


class Crt591:
    """Talks over an open line, which it owns from now on. Errors: see `devices.errors`."""

    def __init__(
        self, line: Line, limits: DispenserLimits, address: int = 0, *, counts: bool = True
    ) -> None:
        self._line = line
        self._limits = limits
        self._address = address
        self._initialise = commands.INITIALISE_KEEP_COUNTING if counts else commands.INITIALISE_KEEP
        self._items: FrameReader[frames.Item] = FrameReader(line, frames.take)
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def initialise(self) -> None:
        """First command after power-up; clears errors and leaves a card where it is."""
        self._ask(self._initialise, self._limits.initialise_s, motor=True)

    def status(self) -> DispenserStatus:
        """Where a card is, and how full stacker and bin are."""
        answer = self._ask(commands.STATUS, self._limits.answer_s, motor=False)
        return status_of(answer.status)

    def sensors(self) -> str:
        """One character a sensor: 0 free, 1 card."""
        return commands.sensors_of(self._quick(commands.SENSORS))

    def text(self, command: Command) -> str:
        """SERIAL_NUMBER or FIRMWARE; "" when the unit has no such text."""
        try:
            return commands.text_of(self._quick(command))
        except DeviceRefused:
            return ""

    def counter(self) -> int:
        """Cards captured since it was reset."""
        return commands.counter_of(self._quick(commands.READ_COUNTER))

    def set_counter(self, cards: int) -> None:
        """To 0..999."""
        self._quick(commands.set_counter(cards))

    def move(self, command: Command) -> DispenserStatus:
        """DISPENSE_TO_RF, TO_HOLDING or CAPTURE."""
        answer = self._ask(command, self._limits.move_s, motor=True)
        return status_of(answer.status)

    def activate(self) -> str | None:
        """Power the chip at the RF position; its UID in hex, None: not a Mifare card."""
        return commands.uid_of(self._quick(commands.RF_ACTIVATE))

    def mifare(self, command: Command) -> bytes:
        """verify_key, read_block or write_block. DeviceRefused: the card or key said no."""
        data = self._quick(command)
        reply = commands.mifare_reply(data)
        if not reply.done:
            raise DeviceRefused(data[-2:].hex().upper(), "the card answered no")
        return reply.data

    def _quick(self, command: Command) -> bytes:
        """The data of an answer to a command that turns no motor."""
        return self._ask(command, self._limits.answer_s, motor=False).data

    def _ask(self, command: Command, limit_s: float, *, motor: bool) -> Positive:
        self._owner.check()
        for attempt in range(TRIES):
            self._items.drop_stale()
            self._send(command, motor=motor)
            try:
                answer = self._answer(command, time.monotonic() + limit_s)
            except (Timeout, ProtocolError):
                if motor or attempt == TRIES - 1:
                    raise
                time.sleep(self._limits.pause_s)
                continue
            if isinstance(answer, Negative):
                raise DeviceRefused(answer.error, "the dispenser answered no")
            return answer
        raise Timeout("no answer")

    def _send(self, command: Command, *, motor: bool) -> None:
        """Until the unit acknowledged. DeviceRefused(NAK): it never took the command."""
        for _ in range(TRIES):
            self._line.write(frames.encode(command, self._address))
            control = self._control(time.monotonic() + self._limits.ack_s)
            if control is Control.ACK:
                return
            if control is None and motor:
                raise Timeout("no ACK to a motor command")
            time.sleep(self._limits.pause_s)
        if control is Control.NAK:
            raise DeviceRefused(NAK, "the dispenser did not take the command")
        raise Timeout("no ACK")

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

    def _answer(self, command: Command, deadline: float) -> Positive | Negative:
        """The answer to `command`; garbled ones are asked for again with NAK."""
        garbled = 0
        for _ in range(MAX_STRAY_ITEMS):
            try:
                item = self._items.next(deadline)
            except ProtocolError:
                garbled += 1
                if garbled == TRIES:
                    raise
                self._line.write(bytes([Control.NAK.value]))
                continue
            if isinstance(item, Control):
                continue
            self._line.write(bytes([Control.ACK.value]))
            if (item.code, item.parameter) == (command.code, command.parameter):
                return item
        raise ProtocolError("only strange answers")
