"""A chip with files as a PC/SC reader shows it (protocol page 2.1, 2.2): select, read, status.

Talks to nothing; kinds of cards fill it with environments and records. T=0 habits are kept: an
answer to a select waits for GET RESPONSE (61 xx), a wrong length is told (6C xx). The terminal
module is invented: its answer is the challenge XOR ``DEMO_MODULE_KEY``; real keys are not public.
"""

import secrets
from dataclasses import dataclass

DONE, FAILED, WRONG_LENGTH = b"\x90\x00", b"\x63\x00", b"\x67\x00"
NOT_FOUND, NO_RECORD, BAD_PARAMETERS = b"\x6a\x82", b"\x6a\x83", b"\x6a\x86"
LOCKED, NOT_ALLOWED, NO_COMMAND = b"\x69\x82", b"\x69\x85", b"\x6d\x00"
NO_FILE_SELECTED, NOT_SUPPORTED = b"\x69\x86", b"\x6a\x81"
DEMO_MODULE_KEY = b"ZHENFU01"
CHALLENGE_BYTES, LONGEST_ANSWER = 8, 255
BY_TAG, BY_NUMBER, ALL_FROM = 0, 4, 5


@dataclass(frozen=True, slots=True)
class Record:
    """Tag, length and value are what a read answers."""

    tag: int
    value: bytes

    @property
    def data(self) -> bytes:
        return bytes([self.tag, len(self.value)]) + self.value


@dataclass(frozen=True, slots=True)
class RecordFile:
    """An elementary file; a locked one opens for an authenticated terminal only."""

    records: tuple[Record, ...]
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """A directory found by ``names`` (an application name or a two-byte file number)."""

    names: tuple[bytes, ...]
    control_information: bytes
    files: dict[int, RecordFile]
    tags_find_records: bool


class FileCard:
    """One powered card; ``fetched_reads`` makes reads answer 61 xx instead of data."""

    def __init__(
        self, atr: bytes, environments: tuple[Environment, ...], fetched_reads: bool = False
    ) -> None:
        self.atr = atr
        self._environments = environments
        self._fetched_reads = fetched_reads
        self.power_off()

    def power_off(self) -> None:
        """Power lost: nothing is selected, nobody is authenticated."""
        self._here: Environment | None = None
        self._file: RecordFile | None = None
        self._waiting = b""
        self._challenge = b""
        self._authenticated = False

    def answer(self, apdu: bytes) -> bytes:
        """Answer data and status word of one command."""
        if len(apdu) < 4:
            return WRONG_LENGTH
        if apdu[0] != 0:
            return NOT_SUPPORTED
        waiting, self._waiting = self._waiting, b""
        match apdu[1]:
            case 0xA4:
                return self._select(apdu)
            case 0xB2:
                return self._read(apdu)
            case 0xC0:
                return self._fetch(waiting, apdu)
            case 0x84:
                self._challenge = secrets.token_bytes(CHALLENGE_BYTES)
                return self._challenge + DONE
            case 0x82:
                return self._authenticate(apdu)
            case _:
                return NO_COMMAND

    def _select(self, apdu: bytes) -> bytes:
        if len(apdu) < 5 or len(apdu) < 5 + apdu[4]:
            return WRONG_LENGTH
        name = apdu[5 : 5 + apdu[4]]
        for environment in self._environments:
            if name in environment.names:
                self._here, self._file = environment, None
                return self._later(environment.control_information)
        if apdu[2] == 0x04 or self._here is None or len(name) != 2:
            return NOT_FOUND
        return self._open(int.from_bytes(name, "big"))

    def _open(self, number: int) -> bytes:
        found = self._here.files.get(number) if self._here else None
        if found is None:
            return NOT_FOUND
        self._file = found
        return DONE

    def _read(self, apdu: bytes) -> bytes:
        """P1 tag or number, P2 short file number * 8 + way of looking."""
        short, way = apdu[3] >> 3, apdu[3] & 7
        if short and self._open(0xEF00 | short) != DONE:
            return NOT_FOUND
        if self._file is None or self._here is None:
            return NO_FILE_SELECTED
        if self._file.locked and not self._authenticated:
            return LOCKED
        if way not in (BY_TAG, BY_NUMBER, ALL_FROM):
            return BAD_PARAMETERS
        data = _records(self._file.records, apdu[2], way, self._here.tags_find_records)
        if not data:
            return NO_RECORD
        if self._fetched_reads or len(apdu) == 4:
            return self._later(data)
        return data + DONE if apdu[4] == len(data) else bytes([0x6C, len(data)])

    def _later(self, data: bytes) -> bytes:
        self._waiting = data
        return bytes([0x61, len(data)]) if data else DONE

    @staticmethod
    def _fetch(waiting: bytes, apdu: bytes) -> bytes:
        if not waiting:
            return NOT_ALLOWED
        wanted = apdu[4] if len(apdu) > 4 else 0
        return waiting + DONE if wanted in (0, len(waiting)) else bytes([0x6C, len(waiting)])

    def _authenticate(self, apdu: bytes) -> bytes:
        """EXTERNAL AUTHENTICATE: the challenge as the terminal's module enciphered it."""
        challenge, self._challenge = self._challenge, b""
        if not challenge:
            return NOT_ALLOWED
        if len(apdu) != 5 + 16:
            return WRONG_LENGTH
        right = bytes(a ^ b for a, b in zip(challenge, DEMO_MODULE_KEY, strict=True))
        self._authenticated = apdu[5:13] == right
        return DONE if self._authenticated else FAILED


def _records(records: tuple[Record, ...], wanted: int, way: int, by_tag: bool) -> bytes:
    """One record by tag or by place in the file, or all from a place on; empty when none."""
    if way == ALL_FROM:
        whole = b""
        for record in records[max(wanted, 1) - 1 :]:
            if len(whole) + len(record.data) > LONGEST_ANSWER:
                break
            whole += record.data
        return whole
    if by_tag and way == BY_TAG:
        return next((record.data for record in records if record.tag == wanted), b"")
    return records[wanted - 1].data if 1 <= wanted <= len(records) else b""
