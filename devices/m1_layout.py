"""Where a hospital keeps its card number on a Mifare Classic card, and how.

The layout is configuration (protocols: PC/SC Mifare page); dispenser and card slot share it. What
a reader would get wrong: nothing but the number is on the card, and it is checked with the
backend; a trailer block (3 of each sector) is never addressed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import SettingsError
from core.settings import Kind, Setting, Settings

BLOCK_BYTES = 16
_NUMBER = re.compile(r"[0-9]{1,16}", re.ASCII)
_KEY = re.compile(r"[0-9A-Fa-f]{12}")


@dataclass(frozen=True, slots=True)
class M1Layout:
    """`block` counts within its `sector` (0-2); `key` is key A, 6 bytes."""

    sector: int = 1
    block: int = 0
    key: bytes = b"\xff" * 6

    @property
    def absolute_block(self) -> int:
        """Block number counted from the start of the card."""
        return self.sector * 4 + self.block

    def encode(self, number: str) -> bytes:
        """ASCII digits, padded with 00 to 16 bytes. ValueError: not 1 to 16 digits."""
        if not _NUMBER.fullmatch(number):
            raise ValueError("a card number is 1 to 16 digits")
        return number.encode("ascii").ljust(BLOCK_BYTES, b"\0")

    def decode(self, block: bytes) -> str | None:
        """The number, or None when the block holds none of ours."""
        text = block.rstrip(b"\0").decode("latin-1")
        return text if len(block) == BLOCK_BYTES and _NUMBER.fullmatch(text) else None


def layout_settings(table: str) -> tuple[Setting, ...]:
    """The layout's settings inside a device's table; both devices must be told the same."""
    return (
        Setting(
            f"{table}.m1_sector",
            Kind.INTEGER,
            "Sector of the card number on a Mifare Classic card.",
            default=1,
            low=1,
            high=15,
        ),
        Setting(
            f"{table}.m1_block",
            Kind.INTEGER,
            "Block within that sector; block 3 holds the keys and is never used.",
            default=0,
            low=0,
            high=2,
        ),
        Setting(
            f"{table}.m1_key",
            Kind.SECRET,
            "Key A of that sector, 12 hexadecimal digits.",
            default="FFFFFFFFFFFF",
        ),
    )


def layout_from(settings: Settings, table: str) -> M1Layout:
    """Raises SettingsError for a key that is not 12 hexadecimal digits."""
    key = settings.text(f"{table}.m1_key")
    if not _KEY.fullmatch(key):
        raise SettingsError(f"{table}.m1_key: must be 12 hexadecimal digits")
    return M1Layout(
        sector=settings.integer(f"{table}.m1_sector"),
        block=settings.integer(f"{table}.m1_block"),
        key=bytes.fromhex(key),
    )
