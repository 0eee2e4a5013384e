"""Virtual motorised card reader CRT-310 V3 over a pty (protocol page section 2.5).

Talks to the host by frames that are executed only after its ENQ, and to a person by ``insert``,
``take`` and ``pull``. After power-on the front is open by switch and the rear is open; the card
inside, the box and a jam survive without power, entry modes and light do not.
"""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar, cast

from sandbox.units.byte_collector import ByteCollector
from sandbox.units.card_reader_board import NAMES, RESETS_THAT_MOVE, SERIAL, ReaderBoard
from sandbox.units.card_reader_field import ReaderField
from sandbox.units.card_reader_path import SIZES, ReaderMechanics, ReaderPath, Size
from sandbox.units.crt310_frames import PATIENCE_S, ReaderCommand, ReaderSign, Spoilt, first_command
from sandbox.units.faults import Fault
from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit
from sandbox.units.wallet import Wallet


class CardReader(Unit):
    """Control: ``insert(uid, size)``, ``take``, ``pull``, ``jam``, ``unjam(remove)``,
    ``empty_box``, ``serial(text)``, ``number_with_result(on)`` (the manual says both)."""

    name: ClassVar[str] = "card_reader"
    table: ClassVar[str] = "card_reader"
    polls: ClassVar[frozenset[str]] = frozenset({"status"})
    own_faults: ClassVar[tuple[str, ...]] = ("jam", "supply_voltage", "backup_power", "move_failed")

    def __init__(self, run_dir: Path, wallet: Wallet, motion_s: float) -> None:
        super().__init__(run_dir)
        self._motion_s = motion_s
        self._line = PtyLine(run_dir / "card_reader.tty", self._on_bytes)
        self._commands = ByteCollector(first_command, PATIENCE_S)
        before: dict[str, Any] = self.load() or {}
        serial = str(before.pop("serial", SERIAL))
        self._path = ReaderPath(ReaderMechanics(**before), wallet)
        self._field = ReaderField(wallet)
        self._board = ReaderBoard(self._path, self._field, serial)
        self._asked: tuple[ReaderCommand, Fault | None] | None = None
        self._executing: asyncio.TimerHandle | None = None
        self._drawing_in = False

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        shown = asdict(self._path.now)
        del shown["movements"]
        volatile = {
            "front_entry": self._path.front_mode,
            "shutter_open": self._path.shutter_open,
            "light": self._board.light,
            "serial": self._board.serial,
        }
        return {**shown, **volatile}

    def books(self) -> Json:
        return asdict(self._path.now)

    def saved(self) -> Json:
        return {**asdict(self._path.now), "serial": self._board.serial}

    def perform(self, request: Request) -> Json:
        result: Json = {}
        match request.text("do"):
            case "insert":
                self._insert(request)
            case "take":
                result = {"uid": self._path.take(moving=False)}
            case "pull":
                moving = self._executing is not None or self._drawing_in
                result = {"uid": self._path.take(moving)}
            case "jam":
                self._path.jam()
            case "unjam":
                self._path.unjam(request.flag("remove", False))
            case "empty_box":
                result = {"uids": self._path.empty_box()}
            case "number_with_result":
                self._field.number_with_result = request.flag("on", True)
            case "serial":
                self._board.serial = request.text("text")
            case _:
                raise self.unknown(request)
        self._field.off()
        self.changed()
        return result

    def _insert(self, request: Request) -> None:
        if not self.is_on:
            raise ControlError("the shutter stays shut (no power)")
        size = request.choice("size", SIZES, "normal")
        self._path.insert(request.text("uid").upper(), cast(Size, size))
        self._drawing_in = True
        self.later(self._motion_s, self._on_drawn_in)

    def _on_drawn_in(self) -> None:
        self._drawing_in = False
        self._path.draw_in()
        self.changed()

    def _on_bytes(self, data: bytes) -> None:
        for received in self._commands.feed(data, asyncio.get_running_loop().time()):
            match received:
                case ReaderCommand():
                    self._on_command(received)
                case Spoilt():
                    self._line.send(bytes([ReaderSign.NAK.value]))
                case ReaderSign.ENQ:
                    self._on_enquiry()
                case ReaderSign.EOT:
                    self._on_cancel()
                case _:
                    pass

    def _on_command(self, command: ReaderCommand) -> None:
        if self._executing is not None:
            return  # at work: not even acknowledged
        fault = self.faults.take(NAMES.get(command.code >> 8, "unknown"))
        if self.stopped_before(fault, self._line):
            return
        self._asked = (command, fault)
        self._line.send(bytes([ReaderSign.ACK.value]))

    def _on_enquiry(self) -> None:
        if self._asked is None:
            return
        command, fault = self._asked
        self._asked = None
        moves = NAMES.get(command.code >> 8) == "move" or command.code in RESETS_THAT_MOVE
        self._executing = self.later(
            self._motion_s if moves else 0.0, self._carry_out, command, fault
        )

    def _on_cancel(self) -> None:
        """EOT stops what has not moved yet; a running movement comes to its end unanswered."""
        self._asked = None
        if self._executing is not None:
            self._executing.cancel()
            self._executing = None
        self._line.send(bytes([ReaderSign.EOT.value]))

    def _carry_out(self, command: ReaderCommand, fault: Fault | None) -> None:
        self._executing = None
        frame = self._board.answer(command, fault.kind if fault else None)
        if NAMES.get(command.code >> 8) != "status":
            self.changed()
        self.deliver(fault, self._line, frame)
