"""Virtual banknote acceptor with CCNET over a pty (protocol page section 4B).

Talks to the host, which polls and must acknowledge every data answer. What happened once (stacked,
returned, rejected) is told again and again until the host's ACK has come: a lost ACK is therefore
no second note.
"""

import asyncio
from pathlib import Path
from typing import ClassVar

from sandbox.units.cash_unit import CashUnit
from sandbox.units.ccnet_frames import Command, FrameReader, Spoilt, frame_bytes
from sandbox.units.json_files import Json
from sandbox.units.note_path import DENOMINATIONS_FEN, Happening, Reason, Verdict

ACK, NAK, ILLEGAL = b"\x00", b"\xff", b"\x30"
FIRST_TYPE, TABLE_LENGTH = 2, 24
PART, ASSET = b"SM-CN2007", bytes(range(1, 8))
COUNTRY = b"CHN"
POLL = 0x33
STACKED_STATE = 0x81
NAMES = {
    0x00: "ack",
    0x30: "reset",
    0x31: "status",
    0x32: "security",
    0x33: "poll",
    0x34: "enable",
    0x35: "accept",
    0x36: "return",
    0x37: "identification",
    0x38: "hold",
    0x41: "bill_table",
    0xFF: "nak",
}
DATA_BYTES = {"security": 3, "enable": 6}
POWER_UP = {"none": b"\x10", "front": b"\x11", "box": b"\x12"}
INITIALISE, IDLING, DISABLED, HOLDING = b"\x13", b"\x14", b"\x19", b"\x1a"
MOVING = {"entering": b"\x15", "stacking": b"\x17", "safe": b"\x17", "returning": b"\x18"}
FULL, BOX_OUT, JAMMED_WITHIN, JAMMED_BEYOND, CHEATED = b"\x41", b"\x42", b"\x43", b"\x44", b"\x45"
REJECTED = {Reason.NOT_RECOGNISED: b"\x1c\x65", Reason.INHIBITED: b"\x1c\x68"}


class CashCcnet(CashUnit):
    """Bill types 2 to 7: 1, 5, 10, 20, 50, 100 yuan. A fault ``silent`` on ``cleared`` keeps the
    event of a note that was cleared after power-up to itself, as some acceptors do."""

    name: ClassVar[str] = "cash_ccnet"
    table: ClassVar[str] = "cash"
    polls: ClassVar[frozenset[str]] = frozenset({"poll", "hold", "ack"})

    def __init__(self, run_dir: Path, motion_s: float) -> None:
        super().__init__(run_dir, motion_s)
        self._frames = FrameReader()
        self._powered_up = False  # no reset came yet
        self._ready = False
        self._initialise_told = False
        self._bills = self._escrow_bills = 0
        self._security = bytes(3)
        self._held = False
        self._happened: list[bytes] = []
        self._unconfirmed: bytes | None = None

    @property
    def enabled(self) -> bool:
        return self._ready and self._bills != 0

    def settings(self) -> Json:
        return {"path": self._line.path, "protocol": "ccnet"}

    def judge(self, denomination_fen: int) -> Verdict:
        bit = 1 << _bill_type(denomination_fen)
        if not self.enabled or not self._bills & bit:
            return Verdict.REFUSE
        return Verdict.ESCROW if self._escrow_bills & bit else Verdict.STACK

    def report(self, happening: Happening) -> None:
        bill = bytes([_bill_type(self._path.now.note_fen)])
        match happening:
            case Happening.ESCROW:
                self._held = False
            case Happening.STACKED:
                self._happened.append(bytes([STACKED_STATE]) + bill)
            case Happening.RETURNED:
                self._happened.append(REJECTED.get(self._path.reason, b"\x82" + bill))
            case Happening.CLEARED_TO_FRONT:
                read = self._path.now.recognised
                self._report_cleared(b"\x82" + bill if read else REJECTED[Reason.NOT_RECOGNISED])
            case Happening.CLEARED_INTO_BOX:
                self._report_cleared(bytes([STACKED_STATE]) + bill)
            case Happening.FRAUD:
                self._happened.append(CHEATED)
            case Happening.BOX_REPLACED:
                self._initialise()
            case _:
                pass

    def _report_cleared(self, told: bytes) -> None:
        if self.faults.take("cleared", kinds=("silent",)) is None:
            self._happened.append(told)

    def _on_bytes(self, data: bytes) -> None:
        for received in self._frames.feed(data, asyncio.get_running_loop().time()):
            match received:
                case Command():
                    self._on_command(received)
                case Spoilt():
                    self._line.send(frame_bytes(NAK))

    def _on_command(self, command: Command) -> None:
        name = self._name_of(command)
        fault = self.fault_of(name)
        if self.stopped_before(fault, self._line):
            return
        if name == "ack":
            self._on_ack()
            return
        if name == "nak":
            answer = self._unconfirmed
        else:
            answer = self._unconfirmed = self._execute(name, command.data)
        if answer is not None:
            self.deliver(fault, self._line, frame_bytes(answer))

    def _name_of(self, command: Command) -> str:
        """The command's name for faults; the poll that tells of money has a name of its own."""
        if command.code == POLL and self._happened and self._happened[0][0] == STACKED_STATE:
            return "credit"
        return NAMES.get(command.code, "unknown")

    def _on_ack(self) -> None:
        if self._happened and self._unconfirmed == self._happened[0]:
            self._happened.pop(0)
        self._unconfirmed = None

    def _execute(self, name: str, data: bytes) -> bytes:
        if len(data) != DATA_BYTES.get(name, 0):
            return ILLEGAL
        match name:
            case "poll" | "credit":
                return self._state_bytes()
            case "reset":
                self._path.halt()
                self._happened.clear()
                self._path.clear()
                self._initialise()
            case "status":
                return self._bills.to_bytes(3, "big") + self._security
            case "identification":
                serial = self._path.now.serial.rjust(12, "0").encode("ascii")
                return PART.ljust(15) + serial + ASSET
            case "bill_table":
                return _bill_table()
            case _:
                return self._act(name, data)
        return ACK

    def _act(self, name: str, data: bytes) -> bytes:
        """Commands that are only possible when the unit is ready."""
        if not self._ready:
            return ILLEGAL
        match name:
            case "security":
                self._security = data
            case "enable":
                self._bills = int.from_bytes(data[:3], "big")
                self._escrow_bills = int.from_bytes(data[3:], "big")
                self.changed()
            case "accept" | "return" | "hold" if self._path.now.place == "escrow":
                self._decide(name)
            case _:
                return ILLEGAL
        return ACK

    def _decide(self, name: str) -> None:
        match name:
            case "accept":
                self._path.stack()
            case "return":
                self._path.give_back(Reason.HOST)
            case _:
                self._held = True
                self._path.hold()

    def _initialise(self) -> None:
        """Motors run once; bills are disabled until the host says otherwise."""
        self._powered_up = True
        self._ready = self._initialise_told = False
        self._bills = self._escrow_bills = 0
        self.later(self.motion_s, self._become_ready)
        self.changed()

    def _become_ready(self) -> None:
        self._ready = True

    def _state_bytes(self) -> bytes:
        now = self._path.now
        if not self._powered_up:
            return POWER_UP[self._path.stranded]
        if not self._ready or not self._initialise_told:
            self._initialise_told = True
            return INITIALISE
        if self._happened:
            return self._happened[0]
        if not now.box_inserted:
            return BOX_OUT
        if now.jammed:
            return JAMMED_BEYOND if now.stuck_beyond_reach else JAMMED_WITHIN
        if now.place == "escrow":
            return HOLDING if self._held else bytes([0x80, _bill_type(now.note_fen)])
        if now.place in MOVING:
            return MOVING[now.place]
        if self._path.is_full:
            return FULL
        return IDLING if self._bills else DISABLED


def _bill_type(denomination_fen: int) -> int:
    """Number of a denomination in the bill table, 0 for no note."""
    if denomination_fen not in DENOMINATIONS_FEN:
        return 0
    return DENOMINATIONS_FEN.index(denomination_fen) + FIRST_TYPE


def _bill_table() -> bytes:
    """24 entries of mantissa, country and exponent, in yuan."""
    table = bytes(5 * FIRST_TYPE)
    for fen in DENOMINATIONS_FEN:
        yuan, exponent = fen // 100, 0
        while yuan % 10 == 0:
            yuan, exponent = yuan // 10, exponent + 1
        table += bytes([yuan]) + COUNTRY + bytes([exponent])
    return table.ljust(5 * TABLE_LENGTH, b"\0")
