"""What comes in for stays."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from settlement_backend.base.shapes import MOST_FEN, Body, Day, Ident, Word, Words
from settlement_backend.bills.requests import OrderItem


class NewAdmission(Body):
    patient_id: Ident
    department_code: Ident
    doctor: Words
    ward: Words
    registration_id: Word = ""


class Bed(Body):
    ward: Words
    bed: Ident


class NewDeposit(Body):
    amount_fen: Annotated[StrictInt, Field(ge=1, le=MOST_FEN)]


class Charges(Body):
    day: Day
    items: Annotated[list[OrderItem], Field(min_length=1, max_length=100)]


class Signature(Body):
    """`image_sha256`: "" for a signature on paper."""

    image_sha256: Annotated[StrictStr, Field(pattern="^([0-9a-f]{64})?$")]
