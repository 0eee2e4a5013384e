"""What comes in for refunds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from settlement_backend.base.shapes import Body, Fen, Ident, Word

AccountNo = Annotated[StrictStr, Field(pattern=r"^\d{8,30}$")]


class NewRefund(Body):
    """`amount_fen`: a part of a deposit; 0 for whole lines."""

    settlement_id: Ident
    line_ids: Annotated[list[Ident], Field(max_length=500)]
    reason: Word
    amount_fen: Fen = 0


class NewRestRefund(Body):
    """What is left of a stay's deposit."""

    admission_id: Ident
    reason: Word


class Review(Body):
    """`reason`: the reviewer's own words, for staff."""

    operator: Ident
    password: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    approve: StrictBool
    reason: Word = ""


class PayTo(Body):
    """`name` only where a window reads it on papers."""

    part_id: Ident
    account_no: AccountNo
    bank: Ident
    name: Word = ""
