"""Acts of a sale at the bank POS: money leaves the card at once, and a void brings it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.ports import Done, NoSuchTransaction, NotSent, Refused, SaleApproved, Unknown


@dataclass(frozen=True, slots=True)
class SellAtPos(Act[SaleApproved | Refused | NotSent | Unknown]):
    """Take the amount from a card; a wish to leave aborts it at the POS."""

    operation_id: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class AskPosForSale(Act[SaleApproved | NoSuchTransaction | NotSent | Unknown]):
    """Was the POS's last transaction this sale; believed only if it carries our reference."""

    durable: ClassVar[bool] = False
    operation_id: str


@dataclass(frozen=True, slots=True)
class VoidSaleAtPos(Act[Done | Refused | NotSent | Unknown]):
    """Undo a sale at the POS that made it; one that is undone already is done too."""

    operation_id: str
    receipt: str
