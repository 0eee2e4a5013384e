"""The only place where an amount is made: unit price times quantity, rounded once (domain.md B.8).

Pure. Prices come with up to six decimals of a yuan and quantities with up to four (B.1.2, 2204);
both are whole numbers here, of micro-yuan and of ten-thousandths. What a reader would get wrong:
half a fen is rounded up, never to even, and sums are made of rounded lines only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MICRO_PER_FEN = 10_000
E4 = 10_000
_WHOLE_FEN = MICRO_PER_FEN * E4
_PRICE = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,6}))?")
_QUANTITY = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Price:
    """A unit price as it is stored: whole fen, and what is left of a fen in micro-yuan."""

    whole_fen: int
    rest_micro: int

    @property
    def micro(self) -> int:
        """All of it."""
        return self.whole_fen * MICRO_PER_FEN + self.rest_micro

    @property
    def fen(self) -> int:
        """For display, half a fen up."""
        return amount_fen(self.micro, E4)

    @property
    def text(self) -> str:
        """Yuan with two to six decimals."""
        return decimal_text(self.micro, 6, least=2)


def price_micro(text: str) -> int:
    """ "1.5" yuan -> 1,500,000. Raises ValueError on signs or more than six decimals."""
    return _scaled(_PRICE, text, 6)


def quantity_e4(text: str) -> int:
    """ "0.25" -> 2,500. Raises ValueError on signs or more than four decimals."""
    return _scaled(_QUANTITY, text, 4)


def _scaled(form: re.Pattern[str], text: str, places: int) -> int:
    match = form.fullmatch(text)
    if match is None:
        raise ValueError(f"not a number with at most {places} decimals: {text!r}")
    return int(match[1] + (match[2] or "").ljust(places, "0"))


def amount_fen(unit_price_micro: int, times_e4: int) -> int:
    """The line's amount, half a fen up."""
    return (unit_price_micro * times_e4 + _WHOLE_FEN // 2) // _WHOLE_FEN


def decimal_text(value: int, places: int, least: int = 0) -> str:
    """15000 with four places -> "1.5"; at least so many decimals are shown."""
    digits = str(value).rjust(places + 1, "0")
    whole, part = digits[:-places], digits[-places:].rstrip("0").ljust(least, "0")
    return f"{whole}.{part}" if part else whole
