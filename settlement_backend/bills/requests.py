"""What comes in for bills."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr

from settlement_backend.base.shapes import Body, Ident, Word
from settlement_backend.bills.pricing import E4, quantity_e4

Version = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
LineIds = Annotated[list[Ident], Field(min_length=1, max_length=500)]
_QuantityText = Annotated[StrictStr, Field(pattern=r"^[0-9]{1,7}(\.[0-9]{1,4})?$")]
_Whole = Annotated[StrictInt, Field(ge=-1_000_000, le=1_000_000)]


class OrderItem(Body):
    """`quantity`: whole, or a text with up to four decimals."""

    code: Ident
    quantity: _Whole | _QuantityText

    @property
    def quantity_e4(self) -> int:
        """In ten-thousandths."""
        if isinstance(self.quantity, int):
            return self.quantity * E4
        return quantity_e4(self.quantity)


class Withdrawal(Body):
    version: Version
    reason: Word


class Replacement(Body):
    version: Version
    items: Annotated[list[OrderItem], Field(min_length=1, max_length=100)]


class NewGiveUp(Body):
    line_ids: LineIds


class GiveUpDecision(Body):
    version: Version
    agree: StrictBool


class NewSale(Body):
    patient_id: Ident
    item_code: Ident


class SaleOutcome(Body):
    """`operation_id`: the machine's own, which its slip names; a case is opened under it."""

    handed_out: StrictBool
    operation_id: Ident | None = None


class StockCount(Body):
    item_code: Ident
    pieces: Annotated[StrictInt, Field(ge=0, le=10_000)]
