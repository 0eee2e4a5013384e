"""What comes in for pay-later."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from settlement_backend.base.shapes import Body, Ident


class NewSignature(Body):
    """`signature_digest`: SHA-256 of what was drawn on the pad, 64 small hex digits, or "".

    `guardian_id_number`: of the ID card that the guardian laid on a reader, "" where a person saw
    it.
    """

    version: Ident
    by_guardian: StrictBool = False
    guardian_id_number: Annotated[StrictStr, Field(pattern=r"^(\d{17}[\dX])?$")] = ""
    repay_by_debit: StrictBool = False
    signature_digest: Annotated[StrictStr, Field(pattern="^([0-9a-f]{64})?$")] = ""


class NewFlag(Body):
    """The evidence in words, and the second person with the own password."""

    evidence: Annotated[StrictStr, Field(min_length=10, max_length=2000)]
    operator: Ident
    password: Annotated[StrictStr, Field(max_length=200)]

    def __repr__(self) -> str:
        return "NewFlag(…)"


class Withdrawal(Body):
    """Why a finding no longer stands."""

    reason: Annotated[StrictStr, Field(min_length=1, max_length=200)]
