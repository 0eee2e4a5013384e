"""What comes in for reconciliation."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from settlement_backend.base.shapes import MOST_FEN, Body, Day, Fen, Ident, Word
from settlement_backend.staff.requests import SecretBody

Signed = Annotated[StrictInt, Field(ge=-MOST_FEN, le=MOST_FEN)]


class Correction(SecretBody):
    """`second_…`: the second person, where the profile asks for one."""

    reason: Annotated[StrictStr, Field(min_length=1, max_length=2000)]
    second_operator: Word = ""
    second_password: Word = ""


class Credit(Body):
    """One line of a bank's statement; negative when the bank took money."""

    day: Day
    bank: Ident
    channel: Ident
    amount_fen: Signed
    reference: Ident


class KindTotal(Body):
    """By the terminal's own journal."""

    kind: Ident
    taken_fen: Fen
    given_fen: Fen


class TerminalTotals(Body):
    """Of one day that is over at the terminal."""

    day: Day
    totals: Annotated[list[KindTotal], Field(max_length=40)]
