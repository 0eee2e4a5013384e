"""What comes in for pay-later."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from settlement_backend.base.shapes import Body, Ident
from settlement_backend.signatures.requests import DrawnSignature


class NewSignature(Body):
    """`signature`: what was drawn on a screen, None where the paper was signed.

    `guardian_id_number`: of the ID card that the guardian laid on a reader, "" where a person saw
    it.
    """

    version: Ident
    by_guardian: StrictBool = False
    guardian_id_number: Annotated[StrictStr, Field(pattern=r"^(\d{17}[\dX])?$")] = ""
    repay_by_debit: StrictBool = False
    signature: DrawnSignature | None = None


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
