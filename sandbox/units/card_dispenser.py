"""Virtual card dispenser CRT-591-M001 over a pty (protocol page section 3).

Talks to the host by frames with ACK, NAK and EOT. INITIALIZE must come first after every start
(error B0 before), and the answer is repeated when the host says NAK to it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from sandbox.units.byte_collector import ByteCollector
from sandbox.units.card_path import MOVED_BY_HAND, SEQUENCE, CardPath, Mechanics, MoveRefused
from sandbox.units.contactless import ContactlessField
from sandbox.units.crt591_frames import (
    PATIENCE_S,
    Command,
    Sign,
    Spoilt,
    done,
    first_command,
    refused,
)
from sandbox.units.faults import Fault
from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit
from sandbox.units.wallet import Wallet

VERSION, FIRMWARE, CONFIGURATION = b"CRT-591-M001", b"CRT-591-M001 V1.10", b"RF M1 S50"
SERIAL = "20250007"
UNKNOWN_COMMAND, BAD_DATA, NOT_INITIALISED = "00", "04", "B0"
RF_S50 = b"10"
ERROR_MARKS = {"4E": 0x4E, "45": 0x45}  # the manual prints both
COUNTING_VARIANTS = (0x3034, 0x3035, 0x3037)
NAMES = {
    **dict.fromkeys((0x3030, 0x3031, 0x3033, *COUNTING_VARIANTS), "initialise"),
    0x3130: "status",
    0x3131: "status",
    0x3230: "hold",
    0x3231: "dispense",
    0x3232: "dispense",
    0x3233: "capture",
    0x3239: "eject",
    0x3330: "entry_on",
    0x3331: "entry_off",
    0x5031: "rf_type",
    0x6030: "activate",
    0x6031: "field_off",
    0x6033: "mifare",
    0xA230: "serial",
    0xA330: "configuration",
    0xA430: "firmware",
    0xA530: "read_counter",
    0xA531: "set_counter",
}
MOTIONS = frozenset({"initialise", "hold", "dispense", "capture", "eject"})


class CardDispenser(Unit):
    """Control: ``take``, ``pull``, ``insert(uid)``, ``load(count)``, ``empty_stacker``,
    ``few_cards(count)``, ``jam``, ``unjam(remove)``, ``empty_bin``, ``bin_capacity(count)``,
    ``serial(text)``, ``error_mark("4E" or "45")``. Fault ``error``: the next motion fails with
    ``code`` and moves nothing."""

    name: ClassVar[str] = "card_dispenser"
    table: ClassVar[str] = "card_dispenser"
    polls: ClassVar[frozenset[str]] = frozenset({"status"})
    own_faults: ClassVar[tuple[str, ...]] = ("jam", "wrong_read_back", "error")

    def __init__(self, run_dir: Path, wallet: Wallet, motion_s: float) -> None:
        super().__init__(run_dir)
        self._motion_s = motion_s
        self._error_mark = ERROR_MARKS["4E"]
        self._line = PtyLine(run_dir / "card_dispenser.tty", self._on_bytes)
        self._commands = ByteCollector(first_command, PATIENCE_S)
        before: dict[str, Any] = self.load() or {}
        self._serial = str(before.pop("serial", SERIAL))
        self._path = CardPath(Mechanics(**before), wallet)
        self._field = ContactlessField(wallet)
        self._initialised = self._counting = self._entry_open = False
        self._pulled = False
        self._executing: tuple[Command, asyncio.TimerHandle] | None = None
        self._unconfirmed: bytes | None = None

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        shown: Json = asdict(self._path.now)
        del shown["movements"]
        return {**shown, "entry_open": self._entry_open, "serial": self._serial}

    def books(self) -> Json:
        return asdict(self._path.now)

    def saved(self) -> Json:
        return {**asdict(self._path.now), "serial": self._serial}

    def perform(self, request: Request) -> Json:
        result: Json = {}
        match request.text("do"):
            case "take":
                result = {"uid": self._path.take()}
            case "pull":
                result = {"uid": self._pull()}
            case "insert":
                self._insert(request.text("uid").upper())
            case "load":
                result = {"uids": self._path.load(request.number("count"))}
            case "empty_stacker":
                result = {"uids": self._path.empty_stacker()}
            case "few_cards":
                self._path.now.few_cards = request.number("count")
            case "error_mark":
                self._error_mark = ERROR_MARKS[request.choice("text", tuple(ERROR_MARKS))]
            case "serial":
                self._serial = request.text("text")
            case "jam":
                self._path.jam()
            case "unjam":
                self._path.unjam(request.flag("remove", False))
            case "empty_bin":
                result = {"uids": self._path.empty_bin()}
            case "bin_capacity":
                self._path.now.bin_capacity = request.number("count")
            case _:
                raise self.unknown(request)
        self.changed()
        return result

    def _pull(self) -> str:
        """Out of the gate, or out of a running motion, which then fails with error 45."""
        moving = self._executing is not None and NAMES.get(self._executing[0].code) in MOTIONS
        if not moving:
            return self._path.take()
        self._pulled = True
        return self._path.pull()

    def _insert(self, uid: str) -> None:
        if not self._entry_open or not self.is_on:
            raise ControlError("the gate is shut for cards from outside")
        self._path.enter(uid)

    def _on_bytes(self, data: bytes) -> None:
        for received in self._commands.feed(data, asyncio.get_running_loop().time()):
            match received:
                case Command():
                    self._on_command(received)
                case Spoilt():
                    self._line.send(bytes([Sign.NAK.value]))
                case Sign.ACK:
                    self._unconfirmed = None
                case Sign.NAK:
                    if self._unconfirmed is not None:
                        self._line.send(self._unconfirmed)
                case Sign.EOT:
                    self._on_cancel()

    def _on_cancel(self) -> None:
        """EOT stops what has not begun; too late, the normal answer is repeated."""
        if self._executing is not None:
            self._executing[1].cancel()
            self._executing = None
        elif self._unconfirmed is not None:
            self._line.send(self._unconfirmed)
            return
        self._line.send(bytes([Sign.EOT.value]))

    def _on_command(self, command: Command) -> None:
        if self._executing is not None:
            if self._executing[0] == command:  # our ACK was lost and the host asks again
                self._line.send(bytes([Sign.ACK.value]))
            return
        name = NAMES.get(command.code, "unknown")
        fault = self.faults.take(name)
        if self.stopped_before(fault, self._line):
            return
        self._line.send(bytes([Sign.ACK.value]))
        self._unconfirmed = None
        delay_s = self._motion_s if name in MOTIONS else 0.0
        timer = self.later(delay_s, self._carry_out, command, name, fault)
        self._executing = (command, timer)

    def _carry_out(self, command: Command, name: str, fault: Fault | None) -> None:
        self._executing = None
        before = asdict(self._path.now)
        try:
            data = self._execute(command, name, fault)
            answer = done(command.code, self._path.status(), data)
        except MoveRefused as refusal:
            answer = refused(command.code, refusal.error, self._error_mark)
        if asdict(self._path.now) != before:
            self.changed()
        self._unconfirmed = answer
        self.deliver(fault, self._line, answer)

    def _execute(self, command: Command, name: str, fault: Fault | None) -> bytes:
        if name == "unknown":
            raise MoveRefused(UNKNOWN_COMMAND)
        if name == "initialise":
            return self._initialise(command.code)
        if not self._initialised:
            raise MoveRefused(NOT_INITIALISED)
        if name in MOTIONS:
            return self._motion(command.code, fault)
        if command.code == 0x3131:
            return self._path.sensors()
        if name == "mifare":
            wrong = fault is not None and fault.kind == "wrong_read_back"
            return self._field.transmit(command.data, wrong_read_back=wrong)
        return self._small_command(name, command.data)

    def _motion(self, code: int, fault: Fault | None) -> bytes:
        self._field.off()
        pulled, self._pulled = self._pulled, False
        if fault is not None and fault.kind == "error":
            raise MoveRefused(fault.code)
        if pulled:
            raise MoveRefused(MOVED_BY_HAND)
        if fault is not None and fault.kind == "jam":
            self._path.jam()
        self._move(code)
        return b""

    def _small_command(self, name: str, data: bytes) -> bytes:
        mechanics = self._path.now
        match name:
            case "activate":
                return self._field.activate(mechanics.card if mechanics.position == "rf" else None)
            case "field_off":
                self._field.off()
            case "entry_on" | "entry_off":
                self._entry_open = name == "entry_on"
                self.changed()
            case "rf_type":
                if mechanics.position != "rf":
                    raise MoveRefused(SEQUENCE)
                return RF_S50
            case "serial":
                return bytes([len(self._serial)]) + self._serial.encode("ascii", "replace")
            case "configuration":
                return CONFIGURATION
            case "firmware":
                return FIRMWARE
            case "read_counter":
                return f"{mechanics.bin_counter:03d}".encode("ascii")
            case "set_counter":
                if len(data) != 3 or not data.isdigit():
                    raise MoveRefused(BAD_DATA)
                mechanics.bin_counter = int(data)
            case _:
                pass
        return b""

    def _initialise(self, code: int) -> bytes:
        self._counting = code in COUNTING_VARIANTS
        self._entry_open = self._pulled = False
        self._field.off()
        if self._path.now.card is not None and self._path.now.position != "ejected":
            if code in (0x3030, 0x3034):
                self._path.bring("gate")
            elif code in (0x3031, 0x3035):
                self._path.capture(self._counting)
        self._initialised = True
        return VERSION

    def _move(self, code: int) -> None:
        moves: dict[int, Callable[[], None]] = {
            0x3230: lambda: self._path.bring("gate"),
            0x3231: lambda: self._path.bring("ic"),
            0x3232: lambda: self._path.bring("rf"),
            0x3233: lambda: self._path.capture(self._counting),
            0x3239: self._path.eject,
        }
        moves[code]()
