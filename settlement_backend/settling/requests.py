"""What comes in for settling."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr

from settlement_backend.base.shapes import Body, Fen, Ident, Word

_TENDERS = "^(NONE|SCAN|CASH|CREDIT_LINE|FAMILY_CREDIT_LINE|BOUND_DEBIT|ONE_CODE|BANK_CARD|REMOTE)$"


class BillRef(Body):
    bill_id: Ident
    version: Annotated[StrictInt, Field(ge=1, le=1_000_000)]


class NewSettlement(Body):
    """`with_pos`: this terminal lets its card terminal complete its own holds when it is asked.

    `relation_id`: the relative whose phone pays, "" when the patient pays himself (N18).
    """

    patient_id: Ident
    bills: Annotated[list[BillRef], Field(min_length=1, max_length=50)]
    with_pos: StrictBool = False
    relation_id: Word = ""


class Commit(Body):
    """`handed_fen` and `change_fen`: cash that was put in and that the machine gave back; 0 for
    exactly what is due. `part_cash_fen`: so much of it is in a cashier's hand, and the tender takes
    the rest."""

    tender: Annotated[StrictStr, Field(pattern=_TENDERS)]
    auth_code: Annotated[StrictStr, Field(max_length=64)]
    amount_fen: Fen
    handed_fen: Fen = 0
    change_fen: Fen = 0
    part_cash_fen: Fen = 0


class PosWord(Body):
    """What a card terminal said of the sale or completion that was asked of it."""

    tender_id: Ident
    word: Annotated[StrictStr, Field(pattern="^(DONE|REFUSED|UNKNOWN)$")]
