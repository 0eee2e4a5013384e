"""One opening of the line for each MIS-TLV operation: open, sign in if need be, act, close.

Errors become words here. What a reader would get wrong: the POS may want a new sign-in at any
time (a new day, a lost key); the request it said so to was not done, and the next one signs in.
"""

from __future__ import annotations

import threading
import time

from core.ports import NotSent, Refused, Unknown
from devices.errors import DeviceError, DeviceRefused, Timeout
from devices.link import Link
from devices.pos.mis_tlv import requests
from devices.pos.mis_tlv.driver import MisConnection, MisLimits, MisOptions
from devices.pos.mis_tlv.frames import Confirmed, Tlv
from devices.pos.mis_tlv.requests import Request, Till
from devices.pos.mis_tlv.status import Result, refusal_of
from devices.pos.mis_tlv.types import Function, TypeCodes
from devices.pos.service import DEVICE, NOT_OFFERED
from devices.transport.paths import open_line

ASK_LAST_TRIES = 5

Settled = Result | Refused | NotSent | Unknown


class MisSessions:
    """Opens the line to one POS."""

    def __init__(
        self,
        path: str,
        baud: int,
        types: TypeCodes,
        till: Till,
        options: MisOptions,
        limits: MisLimits,
    ) -> None:
        self._path = path
        self._baud = baud
        self._types = types
        self._till = till
        self._options = options
        self._limits = limits
        self._signed_in = Function.SIGN_IN not in types
        self._link = Link(DEVICE, self._connect)

    def with_reference(self, request: Request, reference: str) -> Request:
        """With our reference in the tag that the POS repeats, if it has one."""
        tag = self._options.reference_tag
        if tag is None:
            return request
        own = Tlv(tag, reference.encode("ascii"))
        return Request(request.function, (*request.tlvs, own))

    def run(
        self, request: Request, limit_s: float, cancelled: threading.Event | None = None
    ) -> Settled:
        """Sign in if need be, then one request that may move money."""
        code = self._types.get(request.function)
        if code is None:
            return NotSent(NOT_OFFERED)
        try:
            pos = self._link.driver(hurry=True)
            refused = self._sign_in(pos)
        except DeviceError as error:
            self._link.close()
            return NotSent("timeout" if isinstance(error, Timeout) else "offline")
        if refused is None and cancelled is not None and cancelled.is_set():
            refused = Refused("pos_timeout_or_cancelled")
        if refused is not None:
            self._link.close()
            return refused
        try:
            return self._ended(pos.run(request, code, limit_s, cancelled))
        except DeviceRefused as error:
            return Refused("pos_not_ready", error.code)
        except DeviceError as error:
            return Unknown(str(error))
        finally:
            self._link.close()

    def status(self) -> Result:
        """How the POS is. Raises DeviceError."""
        code = self._types[Function.STATUS]
        pos = self._link.driver(hurry=True)
        try:
            ended = pos.run(requests.status(self._till), code, self._limits.answer_s)
        finally:
            self._link.close()
        if isinstance(ended, Confirmed):
            raise Timeout("a confirmation in place of a status")
        self._note(ended)
        return ended

    def ask_last(self) -> Result | NotSent | Unknown:
        """The last receipt once more; asked again some times while the POS is away."""
        deadline = time.monotonic() + self._limits.doubt_s
        for attempt in range(ASK_LAST_TRIES):
            if attempt:
                time.sleep(self._limits.ask_again_s)
            if time.monotonic() > deadline:
                break
            answer = self.run(requests.reprint(requests.LAST_RECEIPT), self._limits.answer_s)
            if isinstance(answer, Result):
                return answer
            if answer == NotSent(NOT_OFFERED):
                return NotSent(NOT_OFFERED)
        return NotSent("offline")

    def close(self) -> None:
        """A broken one ends here."""
        self._link.close()

    def _sign_in(self, pos: MisConnection) -> Refused | None:
        """None: signed in. Raises DeviceError; nothing was asked of the POS but this."""
        if self._signed_in:
            return None
        code = self._types[Function.SIGN_IN]
        ended = pos.run(requests.sign_in(self._till), code, self._limits.answer_s)
        if isinstance(ended, Confirmed):
            return None
        self._signed_in = ended.is_approved
        return None if ended.is_approved else refusal_of(ended.code)

    def _ended(self, ended: Result | Confirmed) -> Result | Unknown:
        if isinstance(ended, Confirmed):
            return Unknown(f"the POS confirmed receipt {ended.receipt}, its result was lost")
        self._note(ended)
        return ended

    def _note(self, result: Result) -> None:
        if result.wants_sign_in and Function.SIGN_IN in self._types:
            self._signed_in = False

    def _connect(self) -> MisConnection:
        return MisConnection(open_line(self._path, self._baud), self._limits, self._options)
