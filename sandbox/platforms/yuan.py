"""Numbers of the insurance wire, texts with decimals, from and to integers.

Talks to nothing. What a reader would get wrong: the wire's numbers are texts, and a number or a
decimal too many is an error of the sender, not something to round.
"""

import re
from typing import Annotated

from pydantic import BeforeValidator

_NUMBER = re.compile(r"(\d{1,10})(?:\.(\d+))?")
_AMOUNT = re.compile(r"(\d{1,14})\.(\d{2})")
_QUANTITY_DECIMALS = 4
_PRICE_DECIMALS = 6
# cnt (16,4) x pric (16,6) has ten decimals; a fen is the second.
_PER_FEN: int = 10 ** (_QUANTITY_DECIMALS + _PRICE_DECIMALS - 2)
_MILLIONTHS_PER_FEN: int = 10 ** (_PRICE_DECIMALS - 2)


def fen_of(text: object) -> int:
    """``"12.30"`` → 1230; anything else raises ValueError."""
    found = _AMOUNT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("an amount is a text with two decimals")
    return int(found[1]) * 100 + int(found[2])


def signed_fen_of(text: object) -> int:
    """``"-12.30"`` → -1230, for totals of days on which more was cancelled than settled."""
    if isinstance(text, str) and text.startswith("-"):
        return -fen_of(text[1:])
    return fen_of(text)


def yuan_of(amount_fen: int) -> str:
    """1230 → ``"12.30"``, -5 → ``"-0.05"``."""
    return _text_of(amount_fen, 2)


def quantity_text(quantity: int) -> str:
    """Ten-thousandths as the wire shows them: 15000 → ``"1.5000"``."""
    return _text_of(quantity, _QUANTITY_DECIMALS)


def price_text(price: int) -> str:
    """Millionths of a yuan as the wire shows them."""
    return _text_of(price, _PRICE_DECIMALS)


def line_fen(quantity: int, price: int) -> int:
    """Ten-thousandths x millionths of a yuan, in fen, half up."""
    return (quantity * price + _PER_FEN // 2) // _PER_FEN


def price_of_fen(amount_fen: int) -> int:
    """A price in fen as millionths of a yuan."""
    return amount_fen * _MILLIONTHS_PER_FEN


def _text_of(number: int, decimals: int) -> str:
    whole, rest = divmod(abs(number), 10**decimals)
    return f"{'-' if number < 0 else ''}{whole}.{rest:0{decimals}d}"


def _scaled(text: object, decimals: int) -> int:
    found = _NUMBER.fullmatch(text) if isinstance(text, str) else None
    decimals_sent = (found[2] or "") if found else ""
    if found is None or len(decimals_sent) > decimals:
        raise ValueError(f"a text with at most {decimals} decimals is asked for")
    return int(found[1] + decimals_sent.ljust(decimals, "0"))


def _quantity_of(text: object) -> int:
    return _scaled(text, _QUANTITY_DECIMALS)


def _price_of(text: object) -> int:
    return _scaled(text, _PRICE_DECIMALS)


Fen = Annotated[int, BeforeValidator(fen_of)]
SignedFen = Annotated[int, BeforeValidator(signed_fen_of)]
Quantity = Annotated[int, BeforeValidator(_quantity_of)]
Price = Annotated[int, BeforeValidator(_price_of)]
