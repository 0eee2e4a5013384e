"""Answers the VMC, which is master: one frame of it at a time, within its 100 ms.

What a reader would get wrong: the first order on a fresh line must be one that may get lost,
because a PackNO that the VMC heard last, in a run before, counts as a repeat. So each line begins
with SYNCHRONISE, which also makes the VMC tell its selections.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.errors import ProtocolError
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.vending import frames
from devices.vending.desk import Desk, Order
from devices.vending.frames import Control, Frame, Message
from devices.vending.status import Code
from devices.worker import Owner

MOST_TRIES = 5
HIGHEST_PACK = 255


@dataclass(frozen=True, slots=True)
class VendingLimits:
    """Timers (docs/protocols/vmc.md)."""

    poll_s: float = 2.0
    ask_s: float = 4.0
    word_s: float = 60.0
    slots_s: float = 1.0
    machine_s: float = 5.0


class Vmc:
    """Talks over an open line, which it and the pump thread own from now on."""

    def __init__(self, line: Line, limits: VendingLimits) -> None:
        self._line = line
        self._limits = limits
        self._frames: FrameReader[Frame] = FrameReader(line, frames.take)
        self._owner = Owner()
        self._pack = 0
        self._sent: Order | None = None

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def serve(self, desk: Desk) -> None:
        """Answer one frame of the VMC. Timeout: it does not poll any more."""
        self._owner.check()
        try:
            frame = self._frames.next(time.monotonic() + self._limits.poll_s)
        except ProtocolError:
            return
        match frame:
            case Control.POLL:
                self._answer_poll(desk)
            case Control.ACK:
                desk.acknowledged()
            case Message():
                self._write(Control.ACK)
                desk.tell(frame)

    def _answer_poll(self, desk: Desk) -> None:
        order = Order(Code.SYNCHRONISE) if self._sent is None else desk.due(MOST_TRIES)
        if order is None:
            self._write(Control.ACK)
            return
        if order is not self._sent:
            self._sent = order
            self._pack = self._pack % HIGHEST_PACK + 1
        self._write(Message(order.command, self._pack, order.text))

    def _write(self, frame: Frame) -> None:
        self._line.write(frames.encode(frame))
