"""One request at a time on a MIS-TLV line: frame, its ACK, packets to carry, the result.

What a reader would get wrong: EOT is a wish, not an end; and every error after the write, but
three NAKs, leaves open what the POS did. A request that got neither ACK nor NAK is not repeated.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from devices.errors import (
    DeviceError,
    DeviceRefused,
    ProtocolError,
    Timeout,
    TransportError,
)
from devices.pos.mis_tlv import frames, requests
from devices.pos.mis_tlv.bank_host import BankHost
from devices.pos.mis_tlv.frames import Confirmed, Control, Packet, Tlv
from devices.pos.mis_tlv.requests import Request
from devices.pos.mis_tlv.status import GOES_ON, Result, result_of
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

log = logging.getLogger(__name__)

TRIES = 3
MAX_ITEMS = 1000
NAK = "NAK"
_RESULT, _FORWARD = b"\x02", b"\x01"
_UNASKED = 0xDF89


@dataclass(frozen=True, slots=True)
class MisLimits:
    """Timers (docs/protocols/mis_tlv.md). `longest_s`: however often the POS says 06."""

    ack_s: float = 3.0
    answer_s: float = 15.0
    card_wait_s: float = 90.0
    host_s: float = 60.0
    day_end_s: float = 120.0
    abort_s: float = 15.0
    longest_s: float = 600.0
    look_s: float = 0.1
    ask_again_s: float = 1.0
    doubt_s: float = 30.0


def random_digits() -> str:
    """Four digits by chance (DF04)."""
    return f"{secrets.randbelow(10_000):04d}"


@dataclass(frozen=True, slots=True)
class MisOptions:
    """`reference_tag`: where the POS repeats our reference, None: nowhere."""

    reference_tag: int | None = None
    acknowledges: bool = False
    bank_host: BankHost | None = None
    random: Callable[[], str] = random_digits


class MisConnection:
    """Talks over an open line, which it owns from now on."""

    def __init__(self, line: Line, limits: MisLimits, options: MisOptions) -> None:
        self._line = line
        self._limits = limits
        self._options = options
        self._items: FrameReader[frames.Item] = FrameReader(line, frames.take)
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def run(
        self,
        request: Request,
        code: str,
        limit_s: float,
        cancelled: threading.Event | None = None,
    ) -> Result | Confirmed:
        """Send one request under its type code and follow it to its end."""
        self._owner.check()
        self._items.drop_stale()
        random = self._options.random()
        head = requests.header(random, code)
        self._send(frames.encode((*head, *request.tlvs)))
        return self._follow(head[1], limit_s, cancelled)

    def _send(self, frame: bytes) -> None:
        for _ in range(TRIES):
            self._line.write(frame)
            if self._control(time.monotonic() + self._limits.ack_s) is Control.ACK:
                return
        raise DeviceRefused(NAK, "the POS did not take the request")

    def _control(self, deadline: float) -> Control:
        """ACK or NAK; other items before it are late and passed over."""
        for _ in range(MAX_ITEMS):
            try:
                item = self._items.next(deadline)
            except ProtocolError:
                continue
            if item is Control.ACK or item is Control.NAK:
                return item
        raise Timeout("no ACK")

    def _follow(
        self, random: Tlv, limit_s: float, cancelled: threading.Event | None
    ) -> Result | Confirmed:
        last_moment = time.monotonic() + self._limits.longest_s
        deadline = time.monotonic() + limit_s
        damaged = 0
        abort_sent = False
        for _ in range(MAX_ITEMS):
            if cancelled is not None and cancelled.is_set() and not abort_sent:
                abort_sent = True
                self._answer(Control.EOT)
                deadline = min(deadline, time.monotonic() + self._limits.abort_s)
            try:
                item = self._next(deadline, watched=cancelled is not None and not abort_sent)
            except ProtocolError:
                damaged += 1
                if damaged == TRIES:
                    raise
                self._answer(Control.NAK)
                continue
            if item is Control.ACK and not abort_sent:
                deadline = min(time.monotonic() + limit_s, last_moment)
            elif isinstance(item, Confirmed):
                return item
            elif isinstance(item, Packet):
                result = self._packet(item, random)
                if result is not None:
                    return result
        raise ProtocolError("the POS talks without an end")

    def _next(self, deadline: float, *, watched: bool) -> frames.Item | None:
        """The next item; None: look at the cancel wish again."""
        now = time.monotonic()
        limit = min(deadline, now + self._limits.look_s) if watched else deadline
        try:
            return self._items.next(limit)
        except Timeout:
            if time.monotonic() >= deadline:
                raise
            return None

    def _packet(self, packet: Packet, random: Tlv) -> Result | None:
        """The result of our request, or None: carried to the bank, not ours, or not the end."""
        if self._options.acknowledges:
            with suppress(TransportError):  # what was heard counts all the same
                self._answer(Control.ACK)
        kind = packet.value(requests.CLASS)
        if kind == _FORWARD:
            self._carry(packet)
            return None
        is_ours = packet.value(requests.RANDOM) == random.value
        if kind != _RESULT or not (is_ours or packet.value(_UNASKED) is not None):
            return None
        result = result_of(packet, self._options.reference_tag)
        return None if result.code in GOES_ON else result

    def _carry(self, packet: Packet) -> None:
        """To the bank and back. Without an answer the POS ends by itself."""
        content = packet.value(requests.PACKET)
        if content is None or self._options.bank_host is None:
            log.warning("pos: a packet for the bank was not carried")
            return
        try:
            answer = self._options.bank_host.exchange(content)
        except DeviceError as error:
            log.warning("pos: the bank's front end: %s", error)
            return
        self._line.write(frames.encode(requests.forwarded(self._options.random(), answer)))

    def _answer(self, control: Control) -> None:
        self._line.write(bytes([control.value]))
