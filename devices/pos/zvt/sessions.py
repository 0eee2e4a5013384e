"""One connection for each operation: open, register, act, close; errors become words here.

A fresh connection each time means that a command is never written into a connection that died
unseen. What a reader would get wrong: once a command was written, no answer is Unknown; only a
command that the POS itself did not take is Refused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.ports import NoSuchTransaction, NotSent, Refused, Unknown
from devices.errors import DeviceError, DeviceRefused, Timeout
from devices.link import Link
from devices.pos.service import DEVICE
from devices.pos.zvt import frames
from devices.pos.zvt.channel import open_channel
from devices.pos.zvt.driver import Ended, ZvtConnection, ZvtLimits
from devices.pos.zvt.fields import StatusInformation
from devices.pos.zvt.frames import Apdu
from devices.pos.zvt.status import not_taken

ASK_LAST_TRIES = 5


class ZvtSessions:
    """Makes connections to one POS."""

    def __init__(
        self, path: str, baud: int, password: str, currency: str, limits: ZvtLimits
    ) -> None:
        self._path = path
        self._baud = baud
        self._password = password
        self._currency = currency
        self._limits = limits
        self._link = Link(DEVICE, self._connect)

    @contextmanager
    def opened(self) -> Iterator[ZvtConnection]:
        """One connection, registered, closed afterwards. Raises DeviceError."""
        pos = self._link.driver(hurry=True)
        try:
            yield pos
        finally:
            self._link.close()

    def transact(
        self, command: Apdu, cancelled: threading.Event | None = None
    ) -> Ended | Refused | NotSent | Unknown:
        """A command that may wait for a card and for the host."""
        return self.act(lambda pos: pos.transact(command, cancelled), cancelled)

    def act(
        self, work: Callable[[ZvtConnection], Ended], cancelled: threading.Event | None = None
    ) -> Ended | Refused | NotSent | Unknown:
        """Carry `work` out on a fresh connection; nothing when it was cancelled before."""
        try:
            pos = self._link.driver(hurry=True)
        except DeviceRefused as error:
            return not_taken(error.code, frames.BUSY)
        except DeviceError as error:
            return NotSent("timeout" if isinstance(error, Timeout) else "offline")
        if cancelled is not None and cancelled.is_set():
            self._link.close()
            return Refused("pos_timeout_or_cancelled")
        try:
            return work(pos)
        except DeviceRefused as error:
            return not_taken(error.code, frames.BUSY)
        except DeviceError as error:
            return Unknown(str(error))
        finally:
            self._link.close()

    def ask_last(self) -> StatusInformation | NoSuchTransaction | NotSent | Unknown:
        """Status, then repeat receipt; asked again some times while the POS is busy or away."""
        deadline = time.monotonic() + self._limits.doubt_s
        for attempt in range(ASK_LAST_TRIES):
            if attempt:
                time.sleep(self._limits.ask_again_s)
            if time.monotonic() > deadline:
                break
            try:
                with self.opened() as pos:
                    pos.state()
                    ended = pos.last()
            except DeviceError:
                continue
            if ended.information is not None:
                return ended.information
            if ended.abort_code is not None:
                return NoSuchTransaction()
            return Unknown("the POS repeated nothing")
        return NotSent("offline")

    def close(self) -> None:
        """Nothing stays open between operations; a broken one ends here."""
        self._link.close()

    def _connect(self) -> ZvtConnection:
        pos = ZvtConnection(open_channel(self._path, self._baud), self._limits)
        try:
            pos.register(self._password, self._currency)
        except DeviceError:
            pos.close()
            raise
        return pos
