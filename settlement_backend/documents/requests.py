"""What comes in for documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body, Ident, Word

Reason = Annotated[StrictStr, Field(min_length=1, max_length=100)]


class NewReferral(Body):
    patient_id: Ident
    bill_ids: Annotated[list[Ident], Field(max_length=50)]
    reason: Word


class SlipText(Body):
    text: Annotated[StrictStr, Field(max_length=512)]


class PrintOutcome(Body):
    """UNCERTAIN: the terminal does not know whether the paper carries the invoice."""

    token: Ident
    outcome: Literal["PRINTED", "UNCERTAIN"]


class Recall(Body):
    """Why a sheet is void: jammed, badly printed, to be refunded."""

    reason: Reason


class SpoiltSheet(Body):
    paper_batch_code: Annotated[StrictStr, Field(pattern=r"^\d{8}$")]
    paper_no: Annotated[StrictStr, Field(pattern=r"^\d{10}$")]
    reason: Reason
