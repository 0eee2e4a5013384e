"""The conversation of a ZVT terminal with one till: one command at a time, every unit acknowledged.

Talks to the till through a wire. A command that was acknowledged goes on when the connection drops:
its result then stands in the books and can only be asked for.
"""

import asyncio
from collections.abc import Callable, Coroutine

from sandbox.units.faults import Fault
from sandbox.units.zvt_frames import ACK, Apdu, ApduReader
from sandbox.units.zvt_lines import ZvtWire

ACK_LIMIT_S = 5.0
ABORT_COMMAND = 0x06B0
POSITIVE_CLASS, NEGATIVE_CLASS = 0x80, 0x84

Begin = Callable[["PosSession", Apdu], Coroutine[None, None, None] | bytes | None]


class PosSession:
    """``begin`` is asked for each command: the work to do, a refusal, or None to stay silent."""

    def __init__(self, begin: Begin, on_abort: Callable[[], None]) -> None:
        self._begin = begin
        self._on_abort = on_abort
        self._reader = ApduReader()
        self._wire: ZvtWire | None = None
        self._work: asyncio.Task[None] | None = None
        self._acknowledged: asyncio.Future[bool] | None = None
        self._last_unit_sent = self._free = False

    def attach(self, wire: ZvtWire) -> None:
        """The wire that brings its bytes to ``on_bytes`` and its tills to ``on_host``."""
        self._wire = wire

    @property
    def wire(self) -> ZvtWire:
        """The wire; there is one once the terminal is made."""
        assert self._wire is not None
        return self._wire

    def stop(self) -> None:
        """Drop the till and end the running command."""
        self.wire.close()
        if self._work is not None:
            self._work.cancel()

    @property
    def busy(self) -> bool:
        """True while a command is carried out, up to the acknowledgement of its last unit."""
        return self._work is not None and not self._work.done() and not self._free

    async def tell(self, unit: bytes, damage: str | None = None) -> bool:
        """Send one unit and wait for its acknowledgement; False when none comes."""
        self._acknowledged = asyncio.get_running_loop().create_future()
        if not self.wire.send(unit, damage):
            return False
        try:
            return await asyncio.wait_for(self._acknowledged, ACK_LIMIT_S)
        except TimeoutError:
            return False

    async def finish(self, fault: Fault | None, units: list[bytes]) -> None:
        """Send the result of a command, or what the fault leaves of it."""
        damage = None
        match fault.kind if fault else None:
            case "answer_lost":
                return
            case "cut_after_execution":
                self.wire.cut()
                return
            case "delay" if fault:
                await asyncio.sleep(fault.seconds)
            case "duplicate":
                units = [units[0], *units]
            case "garble" | "drop_byte" as kind:
                damage = kind
            case _:
                pass
        for index, unit in enumerate(units):
            self._last_unit_sent = index == len(units) - 1
            if not await self.tell(unit, damage if index == 0 else None):
                return

    def on_host(self) -> None:
        """Another till, or none: half a unit and a missing acknowledgement are given up."""
        self._reader.clear()
        self._settle(acknowledged=False)

    def on_bytes(self, data: bytes) -> None:
        """Bytes of units from the wire."""
        for unit in self._reader.feed(data):
            if unit.code >> 8 in (POSITIVE_CLASS, NEGATIVE_CLASS):
                self._settle(acknowledged=unit.code >> 8 == POSITIVE_CLASS)
            else:
                self._on_command(unit)

    def _settle(self, acknowledged: bool) -> None:
        self._free = self._last_unit_sent  # the next command may be in the same packet
        if self._acknowledged is not None and not self._acknowledged.done():
            self._acknowledged.set_result(acknowledged)

    def _on_command(self, unit: Apdu) -> None:
        if unit.code == ABORT_COMMAND:
            self.wire.send(ACK)
            self._on_abort()
            return
        match self._begin(self, unit):
            case None:
                return
            case bytes() as refusal:
                self.wire.send(refusal)
            case work:
                self._last_unit_sent = self._free = False
                self.wire.send(ACK)
                self._work = asyncio.get_running_loop().create_task(work)
