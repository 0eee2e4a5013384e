"""The contactless reader inside the card dispenser: activation and Mifare commands.

Talks to the chip of the card that lies at the RF position (protocol page 3.4, commands 60 30 and
60 33). Failures of the card are status words inside a good answer; only the missing activation
is an error of the unit.
"""

from sandbox.units.card_path import MoveRefused
from sandbox.units.mifare import BLOCKS_A_SECTOR, MifareChip
from sandbox.units.wallet import BLOCK_BYTES, Wallet

ACTIVATION_FAILED, NOT_ACTIVATED = "61", "65"
DONE, FAILED, BAD_ADDRESS, BAD_LENGTH = (
    bytes.fromhex("9000"),
    bytes.fromhex("6F00"),
    bytes.fromhex("6B00"),
    bytes.fromhex("6700"),
)
KEY_BYTES = 6
LAST_SECTOR = 15


class ContactlessField:
    """The field at the RF position; off after every movement."""

    def __init__(self, wallet: Wallet) -> None:
        self._wallet = wallet
        self._chip: MifareChip | None = None

    def off(self) -> None:
        """Switch the field off: the chip forgets its authentication."""
        self._chip = None

    def activate(self, uid: str | None) -> bytes:
        """Type M, ATQA, UID and SAK of the card with ``uid``; error 61 without a card."""
        self._chip = None
        if uid is None:
            raise MoveRefused(ACTIVATION_FAILED)
        self._chip = MifareChip(self._wallet, uid)
        return (
            b"M" + bytes.fromhex("0004") + bytes([len(self._chip.uid)]) + self._chip.uid + b"\x08"
        )

    def transmit(self, apdu: bytes, wrong_read_back: bool) -> bytes:
        """One Mifare command in APDU style; answer data and status word."""
        if self._chip is None:
            raise MoveRefused(NOT_ACTIVATED)
        if len(apdu) < 4:
            return BAD_LENGTH
        match apdu[1]:
            case 0x20:
                return self._verify(self._chip, apdu)
            case 0xB0:
                return self._read(self._chip, apdu, wrong_read_back)
            case 0xD1:
                return self._write(self._chip, apdu)
            case _:
                return FAILED

    def _verify(self, chip: MifareChip, apdu: bytes) -> bytes:
        key = apdu[5:]
        if len(key) != KEY_BYTES or apdu[4] != KEY_BYTES:
            return BAD_LENGTH
        if apdu[3] > LAST_SECTOR:
            return BAD_ADDRESS
        kind = "A" if apdu[2] == 0 else "B"
        return DONE if chip.authenticate(apdu[3] * BLOCKS_A_SECTOR, kind, key) else FAILED

    def _read(self, chip: MifareChip, apdu: bytes, wrong_read_back: bool) -> bytes:
        if len(apdu) != 5:
            return BAD_LENGTH
        blocks = _blocks(apdu)
        if not blocks:
            return BAD_ADDRESS
        contents = [chip.read(block) for block in blocks]
        data = b"".join(content for content in contents if content is not None)
        if len(data) != BLOCK_BYTES * len(blocks):
            return FAILED
        if wrong_read_back:
            data = bytes([data[0] ^ 0x01]) + data[1:]
        return data + DONE

    def _write(self, chip: MifareChip, apdu: bytes) -> bytes:
        blocks = _blocks(apdu)
        if not blocks:
            return BAD_ADDRESS
        data = apdu[5:]
        if len(data) != BLOCK_BYTES * len(blocks):
            return BAD_LENGTH
        for index, block in enumerate(blocks):
            if not chip.write(block, data[index * BLOCK_BYTES : (index + 1) * BLOCK_BYTES]):
                return FAILED
        return DONE


def _blocks(apdu: bytes) -> range:
    """Absolute numbers of the blocks a command names; empty when outside the sector."""
    sector, first, count = apdu[2], apdu[3], apdu[4] if len(apdu) > 4 else 0
    if sector > LAST_SECTOR or not 1 <= count <= BLOCKS_A_SECTOR - first:
        return range(0)
    start = sector * BLOCKS_A_SECTOR + first
    return range(start, start + count)
