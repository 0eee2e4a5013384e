"""The bank's transfers to accounts, sent in batches (docs/platforms/acquirer.md).

Talks to the lead bank's gateway through `outside`. What a reader would get wrong: ACCEPTED is not
paid, and PAID may become RETURNED days later; a refused batch paid nothing of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from settlement_backend.base.outside import NotFound, Outside, Silent

ItemState = Literal["PROCESSING", "PAID", "RETURNED"]
_ITEM_STATES: tuple[ItemState, ...] = ("PROCESSING", "PAID", "RETURNED")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The bank has the batch."""


@dataclass(frozen=True, slots=True)
class RefusedBatch:
    """The bank does not take it, and paid nothing of it. `code`: its own word."""

    code: str


@dataclass(frozen=True, slots=True)
class Item:
    """One payment as it is sent."""

    item_no: str
    payee_name: str
    account_no: str
    bank: str
    amount_fen: int

    def __repr__(self) -> str:
        return f"Item({self.item_no!r})"


@dataclass(frozen=True, slots=True)
class ItemAt:
    """One payment as it stands. `code`: why it was returned."""

    item_no: str
    state: ItemState
    code: str


class Transfers:
    """One method a request; no method raises for what the other side does."""

    def __init__(self, url: str, *, connect_s: float = 2.0, read_s: float = 5.0) -> None:
        self._outside = Outside(url, connect_s, read_s)

    def send(self, batch_no: str, items: Sequence[Item]) -> Accepted | RefusedBatch | Silent:
        """Pay these; the same batch again is paid once."""
        told = [
            {
                "item_no": item.item_no,
                "payee_name": item.payee_name,
                "account_no": item.account_no,
                "bank": item.bank,
                "amount_fen": item.amount_fen,
            }
            for item in items
        ]
        answer = self._outside.ask("/transfers/batch", {"batch_no": batch_no, "items": told})
        match answer:
            case {"result": "ACCEPTED"}:
                return Accepted()
            case {"result": "FAIL", "code": str(code)}:
                return RefusedBatch(code)
        return Silent()

    def query(self, batch_no: str) -> tuple[ItemAt, ...] | NotFound | Silent:
        """How the payments of a batch stand."""
        answer = self._outside.ask("/transfers/query", {"batch_no": batch_no})
        match answer:
            case {"state": "NOTFOUND"}:
                return NotFound()
            case {"state": "ACCEPTED", "items": list(items)}:
                read = tuple(_item(item) for item in items)
                return tuple(item for item in read if item is not None)
        return Silent()


def _item(told: Any) -> ItemAt | None:  # noqa: ANN401  what came over the wire
    match told:
        case {"item_no": str(item_no), "state": str(word)}:
            state = next((known for known in _ITEM_STATES if known == word), None)
            code = told.get("code")
            if state is not None:
                return ItemAt(item_no, state, code if isinstance(code, str) else "")
    return None
