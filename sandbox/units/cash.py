"""Virtual banknote acceptor with ITL SSP in plain mode over a pty (protocol page section 4A).

Talks to the host by packets with a sequence flag: the same flag again means "repeat your answer",
never "do it again". A poll while a note reported in escrow still lies there accepts the note.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from sandbox.units.cash_unit import CashUnit
from sandbox.units.json_files import Json
from sandbox.units.note_path import DENOMINATIONS_FEN, Happening, Reason, Verdict
from sandbox.units.request import Request
from sandbox.units.ssp_frames import Packet, PacketReader, packet_bytes

ADDRESS = 0x00
OK, UNKNOWN, WRONG_COUNT, CANNOT, FAIL, NO_KEY = (
    bytes([code]) for code in (0xF0, 0xF2, 0xF3, 0xF5, 0xF8, 0xFA)
)
FIRMWARE, FIRMWARE_LONG, DATASET = b"0418", b"NV02004181498000", b"CNY01610"
CURRENCY, REAL_MULTIPLIER = b"CNY", 100
PROTOCOLS, FIRST_PROTOCOL = (6, 7), 6
SYNC, POLL = 0x11, 0x07
NAMES = {
    0x01: ("reset", 0),
    0x02: ("inhibits", 2),
    0x03: ("display", 0),
    0x04: ("display", 0),
    0x05: ("setup", 0),
    0x06: ("host_protocol", 1),
    0x07: ("poll", 0),
    0x08: ("reject", 0),
    0x09: ("disable", 0),
    0x0A: ("enable", 0),
    0x0C: ("serial_number", 0),
    0x0D: ("unit_data", 0),
    0x0E: ("channel_values", 0),
    0x0F: ("channel_security", 0),
    0x11: ("sync", 0),
    0x17: ("reject_code", 0),
    0x18: ("hold", 0),
    0x20: ("firmware", 0),
    0x21: ("dataset", 0),
    0x54: ("bezel", 4),
    0x56: ("poll_with_ack", 0),
    0x57: ("event_ack", 0),
    0x58: ("counters", 0),
}
REJECT_CODES = {
    Reason.ACCEPTED: 0x00,
    Reason.NOT_RECOGNISED: 0x02,
    Reason.INHIBITED: 0x06,
    Reason.HOST: 0x08,
    Reason.ESCROW_TIME_OUT: 0x13,
}
ONCE = {
    Happening.STACKED: 0xEB,
    Happening.RETURNED: 0xEC,
    Happening.BOX_REPLACED: 0xE4,
}
WITH_CHANNEL = {
    Happening.SAFE: 0xEE,
    Happening.CLEARED_TO_FRONT: 0xE1,
    Happening.CLEARED_INTO_BOX: 0xE2,
    Happening.FRAUD: 0xE6,
}
MOVING = {"entering": b"\xef\x00", "stacking": b"\xcc", "safe": b"\xcc", "returning": b"\xed"}


class Cash(CashUnit):
    """Six channels: 1, 5, 10, 20, 50, 100 yuan. Control besides the common ones:
    ``hold_failure(code)`` F5, or F8 as some units say when there is nothing to hold."""

    name: ClassVar[str] = "cash"
    table: ClassVar[str] = "cash"
    polls: ClassVar[frozenset[str]] = frozenset({"poll", "hold"})

    def __init__(self, run_dir: Path, motion_s: float) -> None:
        super().__init__(run_dir, motion_s)
        self._hold_failure = CANNOT
        self._packets = PacketReader()
        self._last: tuple[int, bytes] | None = None
        self._silence: asyncio.TimerHandle | None = None
        self._forget()

    def _forget(self) -> None:
        """Volatile state as after power-up."""
        self._enabled = False
        self._inhibits = 0
        self._protocol = FIRST_PROTOCOL
        self._offered = False
        self._reset_told = False
        self._bezel = b"\x00\x00\x00\x00"
        self._happened: list[bytes] = []

    @property
    def enabled(self) -> bool:
        return self._enabled

    async def start(self) -> None:
        await super().start()
        self._path.clear()

    def settings(self) -> Json:
        return {"path": self._line.path, "protocol": "ssp"}

    def state(self) -> Json:
        return {**super().state(), "bezel": self._bezel[:3].hex()}

    def perform(self, request: Request) -> Json:
        if request.text("do") == "hold_failure":
            self._hold_failure = bytes.fromhex(request.choice("code", ("F5", "F8")))
            return {}
        return super().perform(request)

    def judge(self, denomination_fen: int) -> Verdict:
        channel = DENOMINATIONS_FEN.index(denomination_fen)
        allowed = self._enabled and self._inhibits >> channel & 1
        return Verdict.ESCROW if allowed else Verdict.REFUSE

    def report(self, happening: Happening) -> None:
        if happening is Happening.ESCROW:
            self._offered = False
        elif happening is Happening.BOX_REMOVED:
            self._enabled = False
        elif happening in ONCE:
            self._happened.append(bytes([ONCE[happening]]))
        elif happening in WITH_CHANNEL:
            self._happened.append(bytes([WITH_CHANNEL[happening], self._channel()]))

    def _channel(self) -> int:
        """The channel of the note in the path, 0 when it was not read."""
        now = self._path.now
        return DENOMINATIONS_FEN.index(now.note_fen) + 1 if now.recognised and now.note_fen else 0

    def _on_bytes(self, data: bytes) -> None:
        for packet in self._packets.feed(data):
            if packet.address == ADDRESS and packet.data:
                self._on_packet(packet)

    def _on_packet(self, packet: Packet) -> None:
        self._restart_silence()
        is_sync = packet.data[0] == SYNC
        fault = self.fault_of(self._name_of(packet))
        if self.stopped_before(fault, self._line):
            return
        if is_sync or self._last is None or self._last[0] != packet.flag:
            answer = Packet(packet.flag, ADDRESS, self._execute(packet.data))
            # After a sync the next packet has flag 0, whatever flag the sync itself came with.
            self._last = (1 if is_sync else packet.flag, packet_bytes(answer))
        self.deliver(fault, self._line, self._last[1])

    def _name_of(self, packet: Packet) -> str:
        """The command's name for faults; the polls that move money have names of their own."""
        if packet.data[0] == POLL:
            if any(event[0] == WITH_CHANNEL[Happening.SAFE] for event in self._happened):
                return "credit"
            if self._path.now.place == "escrow" and self._offered:
                return "accept"
        return NAMES.get(packet.data[0], ("unknown", 0))[0]

    def _restart_silence(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._silence = self.later(self._path.now.silence_s, self._disable)

    def _execute(self, data: bytes) -> bytes:
        code, given = data[0], data[1:]
        if code not in NAMES:
            return UNKNOWN
        if len(given) != NAMES[code][1]:
            return WRONG_COUNT
        if (answer := self._facts(code)) is not None:
            return OK + answer
        match NAMES[code][0]:
            case "inhibits":
                self._inhibits = int.from_bytes(given, "little")
            case "host_protocol":
                if given[0] not in PROTOCOLS:
                    return FAIL
                self._protocol = given[0]
            case "poll_with_ack" | "event_ack":
                return NO_KEY
            case "bezel":
                self._bezel = given
                self.changed()
            case command:
                return self._act(command)
        return OK

    def _act(self, command: str) -> bytes:
        """Commands that move a note or decide whether one may move."""
        in_escrow = self._path.now.place == "escrow"
        match command:
            case "poll":
                return OK + self._poll()
            case "enable":
                if self._path.now.jammed or not self._path.now.box_inserted:
                    return CANNOT
                self._enabled = True
                self.changed()
            case "disable":
                self._disable()
            case "hold":
                if not in_escrow:
                    return self._hold_failure
                self._path.hold()
            case "reject":
                if not in_escrow:
                    return CANNOT
                self._path.give_back(Reason.HOST)
            case "reset":
                self._path.halt()
                self._forget()
                self._path.clear()
                self.changed()
        return OK

    def _disable(self) -> None:
        self._enabled = False
        if self._path.now.place == "escrow":
            self._path.give_back(Reason.HOST)
        self.changed()

    def _poll(self) -> bytes:
        now = self._path.now
        if now.place == "escrow" and self._offered:
            self._path.stack()
        told = b"" if self._reset_told else b"\xf1"
        self._reset_told = True
        told += b"".join(self._happened)
        self._happened.clear()
        if now.place == "escrow":
            self._offered = True
            told += bytes([0xEF, self._channel()])
        told += MOVING.get(now.place, b"")
        if now.jammed:
            told += b"\xea" if now.stuck_beyond_reach else b"\xe9"
        if self._path.is_full:
            told += b"\xe7"
        if not now.box_inserted:
            told += b"\xe3"
        if not self._enabled:
            return told + b"\xe8"
        return told + (b"\xb5" if self._protocol >= 7 and not self._inhibits else b"")

    def _facts(self, code: int) -> bytes | None:
        """The answer to a question about the unit, None when the command is no question."""
        facts: dict[int, Callable[[], bytes]] = {
            0x05: self._setup,
            0x0C: lambda: int(self._path.now.serial).to_bytes(4, "big"),
            0x0D: lambda: b"\x00" + FIRMWARE + CURRENCY + bytes(3) + bytes([self._protocol]),
            0x0E: lambda: bytes([len(DENOMINATIONS_FEN)]) + bytes(6) + _values(),
            0x0F: lambda: bytes([len(DENOMINATIONS_FEN)]) + bytes(6),
            0x17: lambda: bytes([REJECT_CODES[self._path.reason]]),
            0x20: lambda: FIRMWARE_LONG,
            0x21: lambda: DATASET,
            0x58: self._counters,
        }
        return facts[code]() if code in facts else None

    def _setup(self) -> bytes:
        count = len(DENOMINATIONS_FEN)
        head = b"\x00" + FIRMWARE + CURRENCY + bytes(3) + bytes([count]) + bytes(2 * count)
        return head + REAL_MULTIPLIER.to_bytes(3, "big") + bytes([self._protocol]) + _values()

    def _counters(self) -> bytes:
        """Stacked, stored, dispensed, transferred, rejected."""
        now = self._path.now
        counts = (now.stacked, 0, 0, 0, now.rejected)
        return bytes([len(counts)]) + b"".join(count.to_bytes(4, "little") for count in counts)


def _values() -> bytes:
    """Currency of each channel, then its value in yuan."""
    values = b"".join((fen // 100).to_bytes(4, "little") for fen in DENOMINATIONS_FEN)
    return CURRENCY * len(DENOMINATIONS_FEN) + values
