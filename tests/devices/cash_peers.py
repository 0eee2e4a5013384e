"""Far ends of both banknote protocols, one command and its answer a line of the script.

Frames are made here from literal data, by arithmetic of their own; `test_vectors_ssp.py` and
`test_vectors_ccnet.py` hold the drivers' coders to whole literal frames. What a reader would get
wrong: a number after `poll` in a script is only how often; every command must come exactly so.
"""

from __future__ import annotations

from peer import PtyWire, bytes_of

OK = "F0"
AT_REST = "F0"
SETUP = (
    "F0 00 30 34 31 38 43 4E 59 00 00 00 06 00 00 00 00 00 00 00 00 00 00 00 00 00 00 64 07"
    + " 43 4E 59" * 6
    + " 01 00 00 00 05 00 00 00 0A 00 00 00 14 00 00 00 32 00 00 00 64 00 00 00"
)
POLL, HOLD, REJECT, WHY, COUNTERS = "07", "18", "08", "17", "58"
ENABLE, DISABLE = "0A", "09"
COUNTED_2 = "F0 05 02 00 00 00" + " 00" * 16
COUNTED_3 = "F0 05 03 00 00 00" + " 00" * 16
CCNET_TABLE = (
    " 00" * 10
    + " 01 43 48 4E 00 05 43 48 4E 00 01 43 48 4E 01 02 43 48 4E 01 05 43 48 4E 01 01 43 48 4E 02"
    + " 00" * 80
)


def _division(data: bytes, polynomial: int) -> int:
    """CRC-16 as a division of bits, start FFFF."""
    bits = int.from_bytes(data, "big") << 16
    bits ^= 0xFFFF << (8 * len(data))
    for place in range(8 * len(data) - 1, -1, -1):
        if bits >> (place + 16) & 1:
            bits ^= (0x10000 | polynomial) << place
    return bits & 0xFFFF


def ssp_frame(flag: int, data: str) -> bytes:
    """A whole stuffed frame for address 0."""
    content = bytes_of(data)
    body = bytes([flag, len(content)]) + content
    body += _division(body, 0x8005).to_bytes(2, "little")
    return b"\x7f" + body.replace(b"\x7f", b"\x7f\x7f")


def ccnet_frame(data: str) -> bytes:
    """A whole frame."""
    body = bytes([0x02, 0x03, len(bytes_of(data)) + 5]) + bytes_of(data)
    check = 0
    for bit in (byte >> n & 1 for byte in body for n in range(8)):
        check = check >> 1 ^ (0x8408 if (check ^ bit) & 1 else 0)
    return body + check.to_bytes(2, "little")


class SspPeer:
    """Plays the acceptor; counts the sequence flag as the real one would."""

    def __init__(self, wire: PtyWire) -> None:
        self.wire = wire
        self.flag = 0x80

    def hear(self, command: str) -> None:
        """This command comes, with the flag that is due."""
        wanted = ssp_frame(self.flag, command)
        got = self.wire.read_exactly(len(wanted))
        assert got == wanted, f"expected {wanted.hex(' ')}, got {got.hex(' ')}"

    def answer(self, data: str) -> None:
        """Answer it; the next command has the other flag."""
        self.wire.write(ssp_frame(self.flag, data))
        self.flag ^= 0x80

    def ask(self, *pairs: tuple[str, str]) -> None:
        """Commands with their answers, in this order."""
        for command, answer in pairs:
            self.hear(command)
            self.answer(answer)

    def start(self, *polls: str, rests: int = 2) -> None:
        """The start of the driver; `polls` are the answers before the last ones at rest."""
        self.flag = 0x80
        self.ask(("11", OK), (REJECT, "F5"), (DISABLE, OK), ("06 07", OK), ("05", SETUP))
        self.ask(*((POLL, poll) for poll in (*polls, *[AT_REST] * rests)))

    def enable(self, low: str = "3F") -> None:
        """Channels, then enable."""
        self.ask((f"02 {low} 00", OK), (ENABLE, OK))

    def offer(self, channel: str = "03", counted: str = COUNTED_2) -> None:
        """A note is read and stands in escrow."""
        self.ask((POLL, f"F0 EF {channel}"), (HOLD, OK), (COUNTERS, counted))

    def disable(self) -> None:
        """Disabled, and twice at rest."""
        self.ask((DISABLE, OK), (POLL, "F0 E8"), (POLL, AT_REST))


class CcnetPeer:
    """Plays the validator."""

    def __init__(self, wire: PtyWire) -> None:
        self.wire = wire

    def hear(self, command: str) -> None:
        """This command comes."""
        wanted = ccnet_frame(command)
        got = self.wire.read_exactly(len(wanted))
        assert got == wanted, f"expected {wanted.hex(' ')}, got {got.hex(' ')}"

    def done(self, command: str, answer: str = "00") -> None:
        """A command that is answered by ACK (or NAK, 30)."""
        self.hear(command)
        self.wire.write(ccnet_frame(answer))

    def data(self, command: str, answer: str) -> None:
        """A command that is answered by data, which the host acknowledges."""
        self.done(command, answer)
        self.hear("00")

    def states(self, *states: str) -> None:
        """Polls and what is told."""
        for state in states:
            self.data("33", state)

    def start(self) -> None:
        """A validator that is disabled already."""
        self.states("19")
        self.data("41", CCNET_TABLE)
