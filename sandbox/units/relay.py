"""Virtual relay board: 8 relays for lights, 8 inputs from doors and sensors, Modbus RTU over a pty.

Talks to the host as slave 1 (protocol page section 10.2). Relays fall off without power; inputs
are what doors and people do, so they survive a restart.
"""

import asyncio
from pathlib import Path
from typing import ClassVar

from sandbox.units.json_files import Json
from sandbox.units.modbus_frames import RequestReader, frame_bytes
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit

ADDRESS, BROADCAST = 1, 0
WIDTH = 8
READ_RELAYS, READ_INPUTS, WRITE_RELAY, WRITE_RELAYS = 0x01, 0x02, 0x05, 0x0F
NAMES = {
    READ_RELAYS: "read_relays",
    READ_INPUTS: "read_inputs",
    WRITE_RELAY: "write_relay",
    WRITE_RELAYS: "write_relays",
}
ON, OFF = b"\xff\x00", b"\x00\x00"
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3


class _Refused(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Relay(Unit):
    """Control: ``input(number, on)`` closes or opens the contact of one input, 0 to 7."""

    name: ClassVar[str] = "relay"
    table: ClassVar[str] = "relay"
    polls: ClassVar[frozenset[str]] = frozenset({"read_inputs", "read_relays"})

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        self._line = PtyLine(run_dir / "relay.tty", self._on_bytes)
        self._requests = RequestReader()
        before = self.load() or {}
        inputs = before.get("inputs", [False] * WIDTH)
        assert isinstance(inputs, list)
        self._inputs = [bool(on) for on in inputs]
        self._relays = [False] * WIDTH

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self._line.close()

    def switch_off(self) -> None:
        self._relays = [False] * WIDTH
        super().switch_off()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def settings(self) -> Json:
        """Inputs and relays as they are wired here, counted from 1."""
        inputs = ("cabinet_door", "cash_door", "tamper", "presence")
        lights = ("card_slot_light", "printer_light", "cash_light", "alarm_light")
        wired = {name: number for names in (inputs, lights) for number, name in enumerate(names, 1)}
        return {"path": self._line.path, **wired}

    def state(self) -> Json:
        return {"coils": list(self._relays), "inputs": list(self._inputs)}

    def saved(self) -> Json:
        return {"inputs": list(self._inputs)}

    def perform(self, request: Request) -> Json:
        if request.text("do") != "input":
            raise self.unknown(request)
        number = request.number("number")
        if number >= WIDTH:
            raise ControlError(f"field 'number' must be 0 to {WIDTH - 1}")
        self._inputs[number] = request.flag("on", True)
        self.changed()
        return {}

    def _on_bytes(self, data: bytes) -> None:
        for request in self._requests.feed(data, asyncio.get_running_loop().time()):
            if request[0] in (ADDRESS, BROADCAST):
                self._on_request(request)

    def _on_request(self, request: bytes) -> None:
        function = request[1]
        fault = self.faults.take(NAMES.get(function, "unknown"))
        if self.stopped_before(fault, self._line):
            return
        before = list(self._relays)
        try:
            answer = bytes([ADDRESS, function]) + self._execute(function, request[2:])
        except _Refused as refusal:
            answer = bytes([ADDRESS, function | 0x80, refusal.code])
        if self._relays != before:
            self.changed()
        if request[0] != BROADCAST:
            self.deliver(fault, self._line, frame_bytes(answer))

    def _execute(self, function: int, data: bytes) -> bytes:
        if function not in NAMES:
            raise _Refused(ILLEGAL_FUNCTION)
        first, count = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
        if function == READ_RELAYS:
            return _packed(self._relays, first, count)
        if function == READ_INPUTS:
            return _packed(self._inputs, first, count)
        if function == WRITE_RELAY:
            if data[2:4] not in (ON, OFF):
                raise _Refused(ILLEGAL_VALUE)
            _check(first, 1)
            self._relays[first] = data[2:4] == ON
            return data[:4]
        _check(first, count)
        if data[4] != 1:  # eight relays fit into one byte
            raise _Refused(ILLEGAL_VALUE)
        for offset in range(count):
            self._relays[first + offset] = bool(data[5] >> offset & 1)
        return data[:4]


def _check(first: int, count: int) -> None:
    if count == 0:
        raise _Refused(ILLEGAL_VALUE)
    if first + count > WIDTH:
        raise _Refused(ILLEGAL_ADDRESS)


def _packed(states: list[bool], first: int, count: int) -> bytes:
    """Byte count and bits, the first state in the lowest bit."""
    _check(first, count)
    bits = sum(on << offset for offset, on in enumerate(states[first : first + count]))
    return bytes([1, bits])
