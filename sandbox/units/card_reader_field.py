"""The contactless part of the motorised card reader: M1 commands 35 xx (protocol page 2.5).

Talks to the chip of the card at the RF position. Each answer carries its own result byte, whose
place differs from command to command; the card number comes with or without one [?].
"""

from sandbox.units.card_reader_path import ReaderMechanics
from sandbox.units.mifare import BLOCKS_A_SECTOR, MifareChip
from sandbox.units.wallet import BLOCK_BYTES, M1, Wallet

DONE, FAILED, NO_CARD, WRONG_PLACE = b"Y", b"N", b"E", b"W"
NO_RF_CARD, OTHER_SECTOR, WRONG_KEY, DATA_ERROR = b"0", b"1", b"3", b"4"
KEY_BYTES, SECTORS = 6, 16
SEEK, NUMBER, VERIFY_A, READ, WRITE, VERIFY_B = 0x30, 0x31, 0x32, 0x33, 0x34, 0x39


class BadData(Exception):
    """The data of a command have the wrong length (error 04)."""


class ReaderField:
    """The field at the RF position; off after every movement."""

    def __init__(self, wallet: Wallet) -> None:
        self.number_with_result = True
        self._wallet = wallet
        self._chip: MifareChip | None = None

    def off(self) -> None:
        """The chip forgets its authentication."""
        self._chip = None

    def card_type(self, mechanics: ReaderMechanics) -> bytes:
        """Answer to 31 31: N0 none, N2 not at the RF position, 00 RF card, N1 unknown."""
        if mechanics.card is None:
            return b"N0"
        if mechanics.position != "rf":
            return b"N2"
        return b"00" if self._wallet.card(mechanics.card).kind == M1 else b"N1"

    def execute(self, what: int, data: bytes, mechanics: ReaderMechanics) -> bytes:
        """The data of the answer to 35 ``what``; BadData for a wrong length."""
        match what:
            case _ if what == SEEK:
                return self._seek(mechanics)
            case _ if what == NUMBER:
                number = FAILED if self._chip is None else self._chip.uid
                lead = DONE if self._chip is not None and self.number_with_result else b""
                return lead + number
            case _ if what in (VERIFY_A, VERIFY_B):
                return self._verify("A" if what == VERIFY_A else "B", data)
            case _ if what == READ:
                return self._read(data)
            case _:
                return self._write(data)

    def _seek(self, mechanics: ReaderMechanics) -> bytes:
        self._chip = None
        if mechanics.card is None:
            return NO_CARD
        if mechanics.position != "rf":
            return WRONG_PLACE
        if self._wallet.card(mechanics.card).kind != M1:
            return FAILED
        self._chip = MifareChip(self._wallet, mechanics.card)
        return DONE

    def _verify(self, kind: str, data: bytes) -> bytes:
        if len(data) != 1 + KEY_BYTES or data[0] >= SECTORS:
            raise BadData
        if self._chip is None:
            return data[:1] + NO_RF_CARD
        right = self._chip.authenticate(data[0] * BLOCKS_A_SECTOR, kind, data[1:])
        return data[:1] + (DONE if right else WRONG_KEY)

    def _read(self, data: bytes) -> bytes:
        block = _block(data, 2)
        if self._chip is None:
            return data + NO_RF_CARD
        content = self._chip.read(block)
        return data + (OTHER_SECTOR if content is None else DONE + content)

    def _write(self, data: bytes) -> bytes:
        block, place, content = _block(data, 2 + BLOCK_BYTES), data[:2], data[2:]
        if self._chip is None:
            return place + NO_RF_CARD
        if self._chip.read(block) is None:
            return place + OTHER_SECTOR
        written = self._chip.write(block, content)
        return place + (DONE + content if written else DATA_ERROR)


def _block(data: bytes, size: int) -> int:
    """The absolute number of the block a command names."""
    if len(data) != size or data[0] >= SECTORS or data[1] >= BLOCKS_A_SECTOR:
        raise BadData
    return data[0] * BLOCKS_A_SECTOR + data[1]
