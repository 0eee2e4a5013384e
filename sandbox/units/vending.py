"""Virtual booklet vending machine, VMC V3.0 over a pty (protocol page section 10.1).

Talks to the computer as master: it polls, and only in answer to a poll may the computer give a
command. A PackNO that comes again is acknowledged and not executed; what the computer does not
acknowledge within 100 ms is sent again, five times at most.
"""

import asyncio
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from sandbox.units.faults import COMMON_KINDS
from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import Request
from sandbox.units.unit import Unit
from sandbox.units.vending_shelf import Shelf, Spiral, empty_shelf
from sandbox.units.vmc_frames import ACK, POLL, Frame, FrameReader, frame_bytes

POLL_S = 0.2
ANSWER_S = 0.1
REPEATS = 5
INTERVAL_STEP_S, LONGEST_INTERVAL_S = 0.1, 2.0
DISPENSING = 0x01
HINDRANCES = {"motor_stuck": 0x04, "elevator_error": 0x07}
MACHINE_NUMBER = b"0000000001"
NAMES = {
    0x01: "check",
    0x03: "buy",
    0x05: "select",
    0x06: "drive",
    0x12: "set_price",
    0x13: "set_stock",
    0x14: "set_capacity",
    0x15: "set_product",
    0x16: "interval",
    0x31: "synchronise",
    0x42: "ack",
    0x51: "machine_status",
    0x53: "delivery_status",
}
TEXT_BYTES = {
    "check": 2,
    "buy": 2,
    "select": 2,
    "drive": 4,
    "set_price": 6,
    "set_stock": 3,
    "set_capacity": 3,
    "set_product": 4,
    "interval": 1,
}


@dataclass(slots=True)
class Message:
    """Something to tell the computer; ``name`` is what a fault calls it."""

    name: str
    command: int
    text: bytes
    sent: int = 0


class Vending(Unit):
    """Control: ``load(selection, count)``, ``take``, ``jam``, ``unjam``, ``pause(selection, on)``,
    ``door(position, which)``. Faults also meet what the machine says by itself: ``dispensing``,
    ``outcome``, ``slot``, ``selection_status``."""

    name: ClassVar[str] = "vending"
    table: ClassVar[str] = "vending"
    polls: ClassVar[frozenset[str]] = frozenset({"ack", "poll", "dispensing", "slot"})
    own_faults: ClassVar[tuple[str, ...]] = ("jam", *HINDRANCES)

    def __init__(self, run_dir: Path, motion_s: float, poll_s: float = POLL_S) -> None:
        super().__init__(run_dir)
        self._motion_s = motion_s
        self._line = PtyLine(run_dir / "vending.tty", self._on_bytes)
        self._frames = FrameReader()
        before: dict[str, Any] | None = self.load()
        self._shelf = empty_shelf()
        if before is not None:
            spirals = [Spiral(**spiral) for spiral in before.pop("spirals")]
            self._shelf = Shelf(spirals=spirals, **before)
        self._interval_s = poll_s
        self._messages: deque[Message] = deque()
        self._pack = 1
        self._last_heard: int | None = None
        self._poll_open = False

    async def start(self) -> None:
        self._line.open()
        self._poll()

    def stop(self) -> None:
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        shelf = self._shelf
        return {
            "stock": {str(spiral.selection): spiral.stock for spiral in shelf.spirals},
            "paused": [spiral.selection for spiral in shelf.spirals if spiral.paused],
            "tray": list(shelf.tray),
            "jammed": shelf.jammed,
            "door": _position(shelf.door_open),
            "delivery_door": _position(shelf.delivery_door_open),
        }

    def books(self) -> Json:
        return asdict(self._shelf)

    def saved(self) -> Json:
        return asdict(self._shelf)

    def perform(self, request: Request) -> Json:
        result: Json = {}
        match request.text("do"):
            case "load":
                self._tell_slot(
                    self._shelf.load(request.number("selection"), request.number("count"))
                )
            case "take":
                result = {"selections": self._shelf.take()}
            case "jam":
                self._shelf.jammed = True
            case "unjam":
                self._shelf.jammed = False
            case "pause":
                spiral = self._shelf.load(request.number("selection"), 0)
                spiral.paused = request.flag("on", True)
                self._tell_slot(spiral)
            case "door":
                is_open = request.choice("position", ("open", "closed")) == "open"
                if request.choice("which", ("machine", "delivery"), "machine") == "machine":
                    self._shelf.door_open = is_open
                else:
                    self._shelf.delivery_door_open = is_open
            case _:
                raise self.unknown(request)
        self.changed()
        return result

    def _poll(self) -> None:
        """One turn of the master: say what waits, else ask for a command."""
        self.later(self._interval_s, self._poll)
        while self._messages and self._messages[0].sent > REPEATS:
            self._drop_message()
        if not self._messages:
            self._poll_open = True
            self.later(min(ANSWER_S, self._interval_s / 2), self._close_poll)
            self._say("poll", Frame(POLL))
            return
        message = self._messages[0]
        message.sent += 1
        self._say(message.name, Frame(message.command, self._pack, message.text))

    def _close_poll(self) -> None:
        self._poll_open = False

    def _say(self, name: str, frame: Frame) -> None:
        fault = self.faults.take(name, kinds=COMMON_KINDS)
        if not self.stopped_before(fault, self._line):
            self.deliver(fault, self._line, frame_bytes(frame))

    def _tell(self, name: str, command: int, text: bytes) -> None:
        self._messages.append(Message(name, command, text))

    def _drop_message(self) -> None:
        """The message at the head is through, or given up; the next one gets the next number."""
        self._messages.popleft()
        self._pack = self._pack % 255 + 1

    def _on_bytes(self, data: bytes) -> None:
        for frame in self._frames.feed(data, asyncio.get_running_loop().time()):
            if frame.command == ACK:
                self._on_ack()
            elif frame.pack is not None and self._poll_open:
                self._poll_open = False
                self._on_command(frame, frame.pack)

    def _on_ack(self) -> None:
        if self.faults.take("ack", kinds=("silent",)) is not None:
            return
        if self._messages and self._messages[0].sent:
            self._drop_message()

    def _on_command(self, frame: Frame, pack: int) -> None:
        """Execute once, acknowledge as often as it comes."""
        name = NAMES.get(frame.command, "unknown")
        fault = self.faults.take(name, kinds=COMMON_KINDS)
        if self.stopped_before(fault, self._line):
            return
        if pack != self._last_heard:
            self._last_heard = pack
            if len(frame.text) == TEXT_BYTES.get(name, 0):
                self._execute(name, frame.text)
        self.deliver(fault, self._line, frame_bytes(Frame(ACK)))

    def _execute(self, name: str, text: bytes) -> None:
        selection = int.from_bytes(text[-2:], "big")
        match name:
            case "check":
                fit = bytes([self._shelf.fitness(selection)])
                self._tell("selection_status", 0x02, fit + text)
            case "buy":
                self._begin_to_turn(selection, with_sensor=True)
            case "drive":
                self._begin_to_turn(selection, with_sensor=text[0] == 1)
            case "interval":
                asked_s = text[0] * INTERVAL_STEP_S
                self._interval_s = min(max(asked_s, INTERVAL_STEP_S), LONGEST_INTERVAL_S)
            case "synchronise":
                for spiral in self._shelf.spirals:
                    self._tell_slot(spiral)
            case "machine_status":
                door = bytes([self._shelf.door_open])
                nothing_measured = b"\xaa" * 16
                status = bytes(4) + door + bytes(8) + MACHINE_NUMBER + nothing_measured
                self._tell("machine_answer", 0x52, status)
            case "delivery_status":
                self._tell("delivery_answer", 0x54, bytes([2 * self._shelf.delivery_door_open]))
            case _:
                self._set(name, text)

    def _set(self, name: str, text: bytes) -> None:
        spiral = self._shelf.spiral(int.from_bytes(text[:2], "big"))
        value = int.from_bytes(text[2:], "big")
        if spiral is None:
            return
        match name:
            case "set_price":
                spiral.price_fen = value
            case "set_stock":
                spiral.stock = value
            case "set_capacity":
                spiral.capacity = value
            case "set_product":
                spiral.product = value
            case _:
                return
        self.changed()
        self._tell_slot(spiral)

    def _begin_to_turn(self, selection: int, with_sensor: bool) -> None:
        if self._shelf.spiral(selection) is not None:
            self._tell_dispensing(DISPENSING, selection)
        self.later(self._motion_s, self._turn, selection, with_sensor)

    def _turn(self, selection: int, with_sensor: bool) -> None:
        fault = self.faults.take("turn", kinds=self.own_faults)
        if fault is not None and fault.kind in HINDRANCES:
            self._tell_dispensing(HINDRANCES[fault.kind], selection)
            return
        self._shelf.jammed = self._shelf.jammed or fault is not None
        self._tell_dispensing(self._shelf.turn(selection, with_sensor), selection)
        self.changed()

    def _tell_dispensing(self, status: int, selection: int) -> None:
        name = "dispensing" if status == DISPENSING else "outcome"
        self._tell(name, 0x04, bytes([status]) + selection.to_bytes(2, "big"))

    def _tell_slot(self, spiral: Spiral) -> None:
        text = spiral.selection.to_bytes(2, "big") + spiral.price_fen.to_bytes(4, "big")
        text += bytes([spiral.stock, spiral.capacity]) + spiral.product.to_bytes(2, "big")
        self._tell("slot", 0x11, text + bytes([spiral.paused]))


def _position(is_open: bool) -> str:
    return "open" if is_open else "closed"
