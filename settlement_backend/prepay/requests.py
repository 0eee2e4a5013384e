"""What comes in for prepaid balances."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from settlement_backend.base.shapes import Body, Fen, Ident, Word


class Notes(Body):
    """So many notes of one value."""

    value_fen: Fen
    count: Annotated[StrictInt, Field(ge=1, le=10_000)]


class Sale(Body):
    """What the card terminal approved, as it printed it."""

    reference: Ident
    auth_code: Ident
    rrn: Word
    masked_card: Word


class NewTopUp(Body):
    """`notes` of cash, or `sale` of a card terminal; `amount_fen` is their sum."""

    patient_id: Ident
    method: Literal["CASH", "BANKCARD_TRANSFER"]
    amount_fen: Fen
    notes: Annotated[tuple[Notes, ...], Field(max_length=20)] = ()
    sale: Sale | None = None
    consent: StrictBool = False
    declared_need: StrictBool = False


class PayChange(Body):
    """The number of a change slip."""

    slip_id: Ident
