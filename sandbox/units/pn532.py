"""Virtual PN532 on a pty: reads the tag in its field, or plays a card for the phone in its field.

Talks to the host over a pty and to tag and phone by calls. After a crash of the host a real chip
keeps the speed it was told, and so does this one: at another speed it hears nothing until it loses
power.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from sandbox.units.nfc_tags import Tag
from sandbox.units.pn532_frames import (
    ACKNOWLEDGE,
    ERROR,
    Acknowledge,
    Broken,
    ChipCommand,
    answer_frame,
    take_frame,
)
from sandbox.units.pty_line import PtyLine

FIRMWARE = bytes.fromhex("32010607")
DELIVERED_BAUD = 115200
BAUDS = (9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 1288000)
FAST = frozenset(BAUDS[5:])
CIU_FIFO_DATA, SENS_REQ = b"\x63\x39", 0x26
NO_ANSWER, RELEASED = b"\x01", b"\x29"
TYPE_A, TYPE_F_212 = 0x00, 0x01
PHONE_LIMIT_S = 1.0
NAMES = {0x4A: "find_tag", 0x42: "exchange", 0x8C: "listen", 0x88: "phone", 0x90: "answer_phone"}


class Pn532:
    """One chip; ``answer_through`` sends an answer and lets faults have their way with it."""

    def __init__(self, line: PtyLine, answer_through: Callable[[str, bytes], None]) -> None:
        self._line = line
        self._answer_through = answer_through
        self._buffer = b""
        self._baud = DELIVERED_BAUD
        self._registers: dict[bytes, int] = {}
        self._card_words = b""  # SENS_RES, three bytes of UID, SEL_RES while it plays a card
        self._waiting: asyncio.Task[None] | None = None
        self._from_phone: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._to_phone: asyncio.Queue[bytes] = asyncio.Queue()
        self.tag: Tag | None = None

    def off(self) -> None:
        """Break off whatever waits, as when the power goes."""
        self._break_off()

    def on_bytes(self, data: bytes) -> None:
        """Bytes of the host."""
        speed = self._line.baud()
        if speed != self._baud and (speed in FAST or self._baud in FAST):
            return
        self._buffer += data
        while True:
            frame, self._buffer = take_frame(self._buffer)
            match frame:
                case None:
                    return
                case Acknowledge():
                    self._break_off()
                case Broken():
                    self._line.send(ERROR)
                case ChipCommand():
                    self._break_off()
                    self._line.send(ACKNOWLEDGE)
                    self._execute(frame)

    def _break_off(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
            self._card_words = b""

    def _execute(self, command: ChipCommand) -> None:
        match command.code:
            case 0x8C:
                self._card_words = command.data[1:7]
                self._drop_waiting_frames()
                self._wait_for_phone(command.code)
            case 0x88 | 0x86:
                self._wait_for_phone(command.code)
            case 0x90 | 0x8E:
                self._to_phone.put_nowait(command.data)
                self._answer(command.code, b"\0")
            case _:
                answer = self._at_once(command)
                if answer is None:
                    self._line.send(ERROR)
                else:
                    self._answer(command.code, answer)

    def _at_once(self, command: ChipCommand) -> bytes | None:
        """The answer of a command that needs no phone; None for an unknown one."""
        data = command.data
        match command.code:
            case 0x00:
                return data if data[:1] == b"\0" else b"\0"
            case 0x02:
                return FIRMWARE
            case 0x04:
                return bytes(5)
            case 0x06:
                return self._read_registers(data)
            case 0x08:
                for at in range(0, len(data) - 2, 3):
                    self._registers[data[at : at + 2]] = data[at + 2]
                return b""
            case 0x10 if data and data[0] < len(BAUDS):
                asyncio.get_running_loop().call_soon(self._set_baud, BAUDS[data[0]])
                return b""
            case 0x12 | 0x14 | 0x32:
                return b""
            case 0x16 | 0x44 | 0x52:
                return b"\0"
            case 0x4A:
                return self._find_tag(data)
            case 0x40 | 0x42:
                return self._exchange(data[1:] if command.code == 0x40 else data)
            case 0x8A:
                return b"\x01\x00"
            case _:
                return None

    def _set_baud(self, baud: int) -> None:
        self._baud = baud

    def _read_registers(self, data: bytes) -> bytes:
        numbers = [data[at : at + 2] for at in range(0, len(data) - 1, 2)]
        return bytes(
            SENS_REQ if number == CIU_FIFO_DATA else self._registers.get(number, 0)
            for number in numbers
        )

    def _find_tag(self, data: bytes) -> bytes:
        """One target: number, what it said, and how it is called; none is a single zero."""
        tag, wanted = self.tag, data[1] if len(data) > 1 else TYPE_A
        if tag is None or (tag.bit_rate == "106A") != (wanted == TYPE_A):
            return b"\0"
        if wanted not in (TYPE_A, TYPE_F_212):
            return b"\0"
        tag.field_off()
        found = tag.found()
        if wanted == TYPE_F_212:
            return b"\x01\x01" + bytes([1 + len(found)]) + found
        name = bytes([len(tag.uid)]) + tag.uid
        return b"\x01\x01" + found[1::-1] + found[2:] + name

    def _exchange(self, frame: bytes) -> bytes:
        answer = self.tag.answer(frame) if self.tag else None
        if answer is None:
            return NO_ANSWER
        if self.tag is not None and self.tag.kind == "type2" and len(answer) > 1:
            answer += crc_a(answer)  # the host switched the chip's own check off
        return b"\0" + answer

    def _wait_for_phone(self, code: int) -> None:
        self._waiting = asyncio.get_running_loop().create_task(self._hand_over(code))

    async def _hand_over(self, code: int) -> None:
        frame = await self._from_phone.get()
        self._waiting = None
        if frame is None:
            self._card_words = b""
        self._answer(code, RELEASED if frame is None else b"\0" + frame)

    def _answer(self, code: int, data: bytes) -> None:
        self._answer_through(NAMES.get(code, "chip"), answer_frame(code, data))

    def _drop_waiting_frames(self) -> None:
        for queue in (self._from_phone, self._to_phone):
            while not queue.empty():
                queue.get_nowait()

    @property
    def plays_card(self) -> bool:
        """True while the host has the chip listen for a phone."""
        return len(self._card_words) == 6

    async def find_type_a(self) -> tuple[bytes, int] | None:
        """The card the chip plays: its UID begins with 08, as the chip wants it."""
        if not self.plays_card:
            return None
        return b"\x08" + self._card_words[2:5], self._card_words[5]

    async def find_type_f(self) -> bytes | None:
        """Type F cards are played by the chip's registers, which this one does not have."""
        return None

    async def exchange(self, frame: bytes) -> bytes | None:
        self._drop_waiting_frames()
        self._from_phone.put_nowait(frame)
        with suppress(TimeoutError):
            async with asyncio.timeout(PHONE_LIMIT_S):
                return await self._to_phone.get()
        return None

    def leave(self) -> None:
        self._from_phone.put_nowait(None)


def crc_a(data: bytes) -> bytes:
    """CRC-A (ISO/IEC 14443-3), low byte first."""
    register = 0x6363
    for byte in data:
        mixed = byte ^ register & 0xFF
        mixed ^= mixed << 4 & 0xFF
        register = register >> 8 ^ mixed << 8 ^ mixed << 3 ^ mixed >> 4
    return register.to_bytes(2, "little")
