"""Amounts as they stand on the insurance wire: texts in yuan. Nowhere else is an amount a text.

Talks to nobody. What a reader would get wrong: amounts of a cancellation are negative, all others
are not, and a number that is not written as the contract says is no amount at all.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, StrictInt

from core.money import parse_yuan

_AMOUNT = re.compile(r"-?[0-9]{1,9}\.[0-9]{2}")


def yuan(amount_fen: int) -> str:
    """1234 fen → "12.34"."""
    sign, rest = ("-", -amount_fen) if amount_fen < 0 else ("", amount_fen)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def fen(text: object) -> int:
    """ "12.34" → 1234. Raises ValueError for everything that is not such a text."""
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text):
        raise ValueError("not an amount of this wire")
    amount_fen = parse_yuan(text.removeprefix("-"))
    return -amount_fen if text.startswith("-") else amount_fen


def _not_negative(text: object) -> int:
    amount_fen = fen(text)
    if amount_fen < 0:
        raise ValueError("negative")
    return amount_fen


Yuan = Annotated[StrictInt, BeforeValidator(_not_negative)]
SignedYuan = Annotated[StrictInt, BeforeValidator(fen)]
