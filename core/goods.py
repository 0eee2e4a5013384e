"""What a machine sells, and one sale (docs/backend_api/bills.md, S37)."""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Bill, Text


@dataclass(frozen=True, slots=True)
class Price:
    """One row of the price list. `unit_price`: yuan, exact; `unit_price_fen` for display."""

    code: str
    name: Text
    kind: str
    insurance_class: str
    unit: Text
    unit_price: str
    unit_price_fen: int


@dataclass(frozen=True, slots=True)
class Article:
    """`pieces`: how many the backend counts in this machine."""

    item: Price
    pieces: int


@dataclass(frozen=True, slots=True)
class Articles:
    """All of this machine."""

    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """One piece for one buyer: KEPT, PAID, HANDED_OUT, JAMMED or CANCELLED."""

    sale_id: str
    state: str
    bill: Bill
