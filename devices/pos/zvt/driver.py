"""One command at a time on a ZVT connection: command, its ACK, what the POS tells, the end.

What a reader would get wrong: an abort is a request, not an end; the POS may still approve, so the
dialogue goes on until its own 06 0F or 06 1E. A DeviceRefused (84 xx) says the command was not
taken; every other error after the write leaves open what the POS did.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from devices.errors import DeviceError, DeviceRefused, ProtocolError, Timeout
from devices.pos.zvt import frames
from devices.pos.zvt.channel import Channel
from devices.pos.zvt.fields import (
    StatusInformation,
    TerminalState,
    open_hold_receipt,
    status_information,
    terminal_state,
)
from devices.pos.zvt.frames import Apdu
from devices.worker import Owner

MAX_APDUS = 10_000


@dataclass(frozen=True, slots=True)
class ZvtLimits:
    """Timers (docs/protocols/zvt.md). `host_s`: for the POS and its host after the card."""

    ack_s: float = 5.0
    answer_s: float = 15.0
    card_wait_s: float = 90.0
    host_s: float = 60.0
    day_end_s: float = 120.0
    abort_s: float = 15.0
    look_s: float = 0.1
    ask_again_s: float = 1.0
    doubt_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended. `abort_code` None: completed; `information`: the last 04 0F."""

    information: StatusInformation | None
    abort_code: int | None
    data: bytes


class ZvtConnection:
    """Talks over an open channel, which it owns from now on."""

    def __init__(self, channel: Channel, limits: ZvtLimits) -> None:
        self._channel = channel
        self._limits = limits
        self._owner = Owner()

    def close(self) -> None:
        """End the connection."""
        self._channel.close()

    def register(self, password: str, currency: str) -> None:
        """Must come first. DeviceRefused: the POS will not serve us now."""
        ended = self.run(frames.registration(password, currency), self._limits.answer_s)
        if ended.abort_code is not None:
            raise DeviceRefused(f"{ended.abort_code:02X}", "the POS refused the registration")

    def state(self) -> TerminalState:
        """How the POS is."""
        ended = self.run(frames.status_enquiry(), self._limits.answer_s)
        if ended.abort_code is not None:
            raise DeviceRefused(f"{ended.abort_code:02X}", "the POS refused a status enquiry")
        return terminal_state(ended.data)

    def last(self) -> Ended:
        """Repeat receipt: what the POS did last."""
        return self.run(frames.repeat_receipt(), self._limits.answer_s)

    def open_hold(self) -> str | None:
        """Receipt of the newest open hold; None: there is none. DeviceRefused: it will not say."""
        ended = self.run(frames.open_holds(), self._limits.answer_s)
        if ended.abort_code != frames.OPEN_HOLDS:
            raise DeviceRefused(f"{ended.abort_code or 0:02X}", "the POS does not list open holds")
        return open_hold_receipt(ended.data)

    def end_of_day(self, password: str) -> Ended:
        """Close the batch."""
        return self.run(frames.end_of_day(password), self._limits.day_end_s)

    def transact(self, command: Apdu, cancelled: threading.Event | None = None) -> Ended:
        """A command that may wait for a card and for the host."""
        limits = self._limits
        return self.run(command, limits.card_wait_s + limits.host_s, cancelled)

    def run(self, command: Apdu, limit_s: float, cancelled: threading.Event | None = None) -> Ended:
        """Send one command and follow it to its end; `cancelled` sends one abort."""
        self._owner.check()
        self._channel.drop_stale()
        self._channel.send(command)
        self._await_ack()
        deadline = time.monotonic() + limit_s
        information: StatusInformation | None = None
        abort_sent = False
        for _ in range(MAX_APDUS):
            if cancelled is not None and cancelled.is_set() and not abort_sent:
                abort_sent = True
                self._say(frames.ABORT)
                deadline = min(deadline, time.monotonic() + self._limits.abort_s)
            apdu = self._next(deadline, watched=cancelled is not None and not abort_sent)
            if apdu is None or _is_ack(apdu):
                continue
            self._say(frames.ACK)
            match apdu.code:
                case frames.STATUS_INFORMATION:
                    information = status_information(apdu.data)
                case frames.COMPLETION:
                    return Ended(information, None, apdu.data)
                case frames.ABORTED:
                    return Ended(information, _code_of(apdu), apdu.data)
        raise ProtocolError("the POS talks without an end")

    def _say(self, apdu: Apdu) -> None:
        """Within a dialogue. Unheard it changes nothing: the POS's own end is what counts, and a
        DeviceRefused from here would wrongly say that the command was not taken."""
        with suppress(DeviceError):
            self._channel.send(apdu)

    def _next(self, deadline: float, *, watched: bool) -> Apdu | None:
        """The next APDU; None: look at the cancel wish again."""
        now = time.monotonic()
        limit = min(deadline, now + self._limits.look_s) if watched else deadline
        try:
            return self._channel.next(limit)
        except Timeout:
            if time.monotonic() >= deadline:
                raise
            return None

    def _await_ack(self) -> None:
        apdu = self._channel.next(time.monotonic() + self._limits.ack_s)
        if apdu.code >> 8 == frames.NEGATIVE_CLASS:
            raise DeviceRefused(f"{apdu.code & 0xFF:02X}", "the POS did not take the command")
        if apdu.code != frames.ACK.code:
            raise ProtocolError(f"{apdu.code:04X} in place of an acknowledgement")


def _is_ack(apdu: Apdu) -> bool:
    return apdu.code == frames.ACK.code or apdu.code >> 8 == frames.NEGATIVE_CLASS


def _code_of(apdu: Apdu) -> int:
    if not apdu.data:
        raise ProtocolError("an abort without a code")
    return apdu.data[0]
