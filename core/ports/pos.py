"""The bank POS: what it tells of a transaction, and nothing more of the card."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PosReceipt:
    """What the POS told of an approved transaction: nothing more of the card ever reaches us.

    `masked_card`: at most first 6 and last 4 digits. `reference`: ours, echoed. `rrn`: the
    acquirer's. `receipt`: the POS's own number, needed to release, complete or void at this POS.
    """

    reference: str
    masked_card: str
    auth_code: str
    rrn: str
    trace: str
    receipt: str
    pos_terminal_id: str
    merchant_id: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class HoldApproved(PosReceipt):
    """A pre-authorisation."""


@dataclass(frozen=True, slots=True)
class SaleApproved(PosReceipt):
    """A sale."""


@dataclass(frozen=True, slots=True)
class RefundApproved(PosReceipt):
    """A refund; `amount_fen` went back to the card."""


@dataclass(frozen=True, slots=True)
class NoSuchTransaction:
    """The POS answered, and its last transaction does not carry our reference."""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """One line of a POS's end of day. `name`: "all", "debit", "credit" or a card scheme.

    `count` None: the POS did not tell how many.
    """

    name: str
    amount_fen: int
    count: int | None = None


@dataclass(frozen=True, slots=True)
class DayEnded:
    """The POS closed its batch. `totals` may be empty: then only the acquirer's file tells."""

    totals: tuple[DayTotal, ...]


@dataclass(frozen=True, slots=True)
class HoldsOpen:
    """Receipts of holds that stand at the POS; it may name the newest only."""

    receipts: tuple[str, ...]
