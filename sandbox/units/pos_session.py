"""The connection of the card terminal to its till: one command at a time, every unit acknowledged.

Talks to the till through a TCP line. A command that was acknowledged goes on when the connection
drops: its result then stands in the books and can only be asked for.
"""

import asyncio
from collections.abc import Callable, Coroutine

from sandbox.units.faults import Fault, spoil
from sandbox.units.tcp_line import TcpLine
from sandbox.units.zvt_frames import ACK, BUSY, Apdu, ApduReader

ACK_LIMIT_S = 5.0
ABORT_COMMAND = 0x06B0
POSITIVE_CLASS, NEGATIVE_CLASS = 0x80, 0x84


class PosSession:
    """``begin`` is asked for each command: the work to do, or None to leave it unanswered."""

    def __init__(
        self,
        begin: Callable[[Apdu], Coroutine[None, None, None] | bytes | None],
        on_abort: Callable[[], None],
    ) -> None:
        self.line = TcpLine(self._on_bytes, self._on_host)
        self._begin = begin
        self._on_abort = on_abort
        self._reader = ApduReader()
        self._work: asyncio.Task[None] | None = None
        self._acknowledged: asyncio.Future[bool] | None = None
        self._last_unit_sent = self._free = False

    def stop(self) -> None:
        """Drop the till and end the running command."""
        self.line.close()
        if self._work is not None:
            self._work.cancel()

    @property
    def busy(self) -> bool:
        """True while a command is carried out, up to the acknowledgement of its last unit."""
        return self._work is not None and not self._work.done() and not self._free

    async def tell(self, unit: bytes) -> bool:
        """Send one unit and wait for its acknowledgement; False when none comes."""
        self._acknowledged = asyncio.get_running_loop().create_future()
        if not self.line.send(unit):
            return False
        try:
            return await asyncio.wait_for(self._acknowledged, ACK_LIMIT_S)
        except TimeoutError:
            return False

    async def finish(self, fault: Fault | None, units: list[bytes]) -> None:
        """Send the result of a command, or what the fault leaves of it."""
        match fault.kind if fault else None:
            case "answer_lost":
                return
            case "cut_after_execution":
                self.line.cut()
                return
            case "delay" if fault:
                await asyncio.sleep(fault.seconds)
            case "garble" | "drop_byte" as kind:
                units = [spoil(kind, units[0]), *units[1:]]
            case _:
                pass
        for index, unit in enumerate(units):
            self._last_unit_sent = index == len(units) - 1
            if not await self.tell(unit):
                return

    def _on_host(self) -> None:
        self._reader.clear()
        self._settle(acknowledged=False)

    def _on_bytes(self, data: bytes) -> None:
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
            self.line.send(ACK)
            self._on_abort()
            return
        if self.busy:
            self.line.send(BUSY)
            return
        match self._begin(unit):
            case None:
                return
            case bytes() as refusal:
                self.line.send(refusal)
            case work:
                self._last_unit_sent = self._free = False
                self.line.send(ACK)
                self._work = asyncio.get_running_loop().create_task(work)
