"""What comes in for stays."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from settlement_backend.base.shapes import MOST_FEN, Body, Day, Ident, Word, Words
from settlement_backend.bills.requests import OrderItem
from settlement_backend.signatures.requests import DrawnSignature


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
    """None: signed on paper."""

    signature: DrawnSignature | None
