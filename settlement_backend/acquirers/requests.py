"""What comes in for agreements."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body, Ident

_PRODUCTS = "^(BOUND_DEBIT|BANK_CREDIT_LINE|BANK_LOAN|PLATFORM_CREDIT)$"


class NewAgreement(Body):
    """`payer_id`: who signs, when he is a person of ours; "" when nobody knows yet."""

    patient_id: Ident
    product: Annotated[StrictStr, Field(pattern=_PRODUCTS)]
    payer_id: Annotated[StrictStr, Field(max_length=80)] = ""
