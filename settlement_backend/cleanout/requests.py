"""What comes in for clean-outs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from settlement_backend.base.shapes import Body, Ident, Word
from settlement_backend.refunds.requests import AccountNo


class Account(Body):
    """A bank account. `name` only where a window reads it on a dead person's papers."""

    account_no: AccountNo
    bank: Ident
    name: Word = ""


class NewCleanOut(Body):
    """`warned`: the person has read that money may go back to whoever paid it (W31)."""

    patient_id: Ident
    warned: StrictBool
    face_check_id: Annotated[StrictStr, Field(max_length=80)] = ""
    payee: Account | None = None


class ReviewMany(Body):
    """One word for several applications (W29)."""

    clean_out_ids: Annotated[list[Ident], Field(min_length=1, max_length=200)]
    operator: Ident
    password: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    approve: StrictBool
    reason: Word = ""
