"""Amounts of the insurance wire, yuan texts with two decimals, from and to integer fen.

Talks to nothing. What a reader would get wrong: the wire's numbers are texts, and a number or a
third decimal is an error of the sender, not something to round.
"""

import re
from typing import Annotated

from pydantic import BeforeValidator

_FORM = re.compile(r"(\d{1,14})\.(\d{2})")


def fen_of(text: object) -> int:
    """``"12.30"`` → 1230; anything else raises ValueError."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("an amount is a text with two decimals")
    return int(found[1]) * 100 + int(found[2])


def yuan_of(amount_fen: int) -> str:
    """1230 → ``"12.30"``, -5 → ``"-0.05"``."""
    yuan, fen = divmod(abs(amount_fen), 100)
    return f"{'-' if amount_fen < 0 else ''}{yuan}.{fen:02d}"


Fen = Annotated[int, BeforeValidator(fen_of)]
