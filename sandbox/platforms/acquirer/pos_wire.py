"""What a card terminal asks the acquirer with a card, and what it is told (domain B.4).

Talks to nothing; holds, sales and refunds share it. What a reader would get wrong: the card number
stays in memory only, the books keep it masked.
"""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Amount = Annotated[int, Field(gt=0, strict=True)]
Text = Annotated[str, Field(min_length=1, max_length=128)]
DECLINED_PAN_ENDING = "0051"
# Answer codes of ISO 8583 field 39, as a card terminal prints them.
INVALID_TRANSACTION, INVALID_AMOUNT, NO_SUCH_RECORD = "12", "13", "25"
NOT_ENOUGH, DUPLICATE = "51", "94"


class PosCharge(BaseModel):
    """``/pos/holds`` and ``/pos/sales``."""

    reference: Text
    terminal_id: Text
    amount_fen: Amount
    pan: Annotated[str, Field(pattern=r"^\d{12,19}$")]
    expiry: str


@dataclass(frozen=True, slots=True)
class PosAnswer:
    """What the card terminal is told; only fields that belong to the result are sent."""

    result: Literal["approved", "declined"]
    auth_code: str | None = None
    rrn: str | None = None
    bank: str | None = None
    code: str | None = None

    def of_bank(self, bank: str) -> "PosAnswer":
        """With the bank's name where numbers are told: the books do not know whose they are."""
        return self if self.auth_code is None else replace(self, bank=bank)


def declined(code: str) -> PosAnswer:
    """A refusal with its two-digit code."""
    return PosAnswer("declined", code=code)


def masked(pan: str) -> str:
    """The card number as books and slips may show it."""
    return pan[:6] + "*" * max(0, len(pan) - 10) + pan[-4:]
