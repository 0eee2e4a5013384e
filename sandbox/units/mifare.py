"""The chip of a Mifare Classic 1K: what a reader may do with a card that lies in its field.

Talks to the card's file through the wallet. The access bits are taken as delivered: either key of
a sector opens its four blocks, the keys read as zeros, block 0 is fixed. A failed authentication
closes the sector that was open, which is what a reader with a wrong key notices later.
"""

from sandbox.units.wallet import BLOCK_BYTES, CardFile, Wallet

BLOCKS_A_SECTOR = 4
KEY_HEX_DIGITS = 12


class MifareChip:
    """One powered card; ``forget`` is the loss of the field."""

    def __init__(self, wallet: Wallet, uid: str) -> None:
        self.uid = bytes.fromhex(uid)
        self._wallet = wallet
        self._open_sector: int | None = None

    def forget(self) -> None:
        """Power lost: no sector is authenticated any more."""
        self._open_sector = None

    def authenticate(self, block: int, key_kind: str, key: bytes) -> bool:
        """Open the sector of ``block`` with key ``A`` or ``B``; False when the key is wrong."""
        self._open_sector = None
        blocks = self._card().blocks
        if block >= len(blocks):
            return False
        sector = block // BLOCKS_A_SECTOR
        trailer = blocks[sector * BLOCKS_A_SECTOR + BLOCKS_A_SECTOR - 1]
        real = trailer[:KEY_HEX_DIGITS] if key_kind == "A" else trailer[-KEY_HEX_DIGITS:]
        if real != key.hex().upper():
            return False
        self._open_sector = sector
        return True

    def read(self, block: int) -> bytes | None:
        """16 bytes, or None when the block's sector is not open."""
        if not self._is_open(block):
            return None
        content = self._card().blocks[block]
        if block % BLOCKS_A_SECTOR == BLOCKS_A_SECTOR - 1:
            content = "0" * KEY_HEX_DIGITS + content[KEY_HEX_DIGITS:-KEY_HEX_DIGITS]
            content = content.ljust(2 * BLOCK_BYTES, "0")
        return bytes.fromhex(content)

    def write(self, block: int, data: bytes) -> bool:
        """Write 16 bytes; False when the sector is not open or the block is the fixed one."""
        if not self._is_open(block) or block == 0:
            return False
        card = self._card()
        card.blocks[block] = data.hex().upper()
        self._wallet.save(card)
        return True

    def _is_open(self, block: int) -> bool:
        return self._open_sector is not None and block // BLOCKS_A_SECTOR == self._open_sector

    def _card(self) -> CardFile:
        return self._wallet.card(self.uid.hex().upper())
