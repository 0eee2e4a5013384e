"""A Mifare Classic card as a PC/SC reader shows it: storage-card APDUs (protocol page 2.3).

Talks to the chip. The loaded keys belong to the reader: volatile ones are gone when the power goes.
"""

from sandbox.units.mifare import MifareChip
from sandbox.units.wallet import BLOCK_BYTES, BLOCK_COUNT

ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
DONE, FAILED, NOT_SUPPORTED, WRONG_LENGTH = (
    bytes.fromhex("9000"),
    bytes.fromhex("6300"),
    bytes.fromhex("6A81"),
    bytes.fromhex("6700"),
)
KEY_KINDS = {0x60: "A", 0x61: "B"}
KEY_BYTES = 6
NON_VOLATILE = 0x20
COMMANDS = {
    0xFFCA: "get_uid",
    0xFF82: "load_key",
    0xFF86: "authenticate",
    0xFF88: "authenticate",
    0xFFB0: "read",
    0xFFD6: "write",
    0x00A4: "select",
    0x00B2: "read_record",
    0x00C0: "get_response",
    0x0084: "get_challenge",
    0x0082: "external_authenticate",
}


def command_name(apdu: bytes) -> str:
    """The name faults know a command by."""
    return COMMANDS.get(int.from_bytes(apdu[:2], "big"), "unknown")


class PcscCard:
    """One inserted card with the key memory of its reader."""

    atr = ATR

    def __init__(self, chip: MifareChip) -> None:
        self._chip = chip
        self._keys: dict[int, bytes] = {}
        self._lasting: dict[int, bytes] = {}

    def power_off(self) -> None:
        """Field lost: authentication and volatile keys are gone."""
        self._chip.forget()
        self._keys.clear()

    def answer(self, apdu: bytes) -> bytes:
        """Answer data and status word of one command."""
        if len(apdu) < 4:
            return WRONG_LENGTH
        match command_name(apdu):
            case "get_uid":
                return self._get_uid(apdu)
            case "load_key":
                return self._load_key(apdu)
            case "authenticate":
                return self._authenticate(apdu)
            case "read":
                return self._read(apdu)
            case "write":
                return self._write(apdu)
            case _:
                return NOT_SUPPORTED

    def _get_uid(self, apdu: bytes) -> bytes:
        if apdu[2:4] != b"\0\0":
            return NOT_SUPPORTED
        wanted = apdu[4] if len(apdu) > 4 else 0
        if wanted not in (0, len(self._chip.uid)):
            return bytes([0x6C, len(self._chip.uid)])
        return self._chip.uid + DONE

    def _load_key(self, apdu: bytes) -> bytes:
        if len(apdu) != 5 + KEY_BYTES or apdu[4] != KEY_BYTES:
            return WRONG_LENGTH
        memory = self._lasting if apdu[2] & NON_VOLATILE else self._keys
        memory[apdu[3]] = apdu[5:]
        return DONE

    def _authenticate(self, apdu: bytes) -> bytes:
        """New form FF 86 00 00 05 01 00 block kind slot, old form FF 88 00 block kind slot."""
        if apdu[1] == 0x86:
            if len(apdu) != 10 or apdu[4:6] != b"\x05\x01":
                return WRONG_LENGTH
            block, kind, slot = apdu[7], apdu[8], apdu[9]
        else:
            if len(apdu) != 6:
                return WRONG_LENGTH
            block, kind, slot = apdu[3], apdu[4], apdu[5]
        key = self._keys.get(slot) or self._lasting.get(slot)
        if kind not in KEY_KINDS or key is None:
            return FAILED
        return DONE if self._chip.authenticate(block, KEY_KINDS[kind], key) else FAILED

    def _read(self, apdu: bytes) -> bytes:
        block = apdu[3]
        if len(apdu) != 5 or apdu[4] not in (0, BLOCK_BYTES):
            return bytes([0x6C, BLOCK_BYTES])
        content = self._chip.read(block) if block < BLOCK_COUNT else None
        return FAILED if content is None else content + DONE

    def _write(self, apdu: bytes) -> bytes:
        if len(apdu) != 5 + BLOCK_BYTES or apdu[4] != BLOCK_BYTES:
            return WRONG_LENGTH
        return DONE if apdu[3] < BLOCK_COUNT and self._chip.write(apdu[3], apdu[5:]) else FAILED
