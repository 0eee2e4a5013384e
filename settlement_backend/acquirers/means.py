"""Money outside, one protocol for every way to pay: the saga and the refunds call nothing else.

A `Means` talks to one platform and keeps nothing: a tender's id is the order number for ever, a
refund's number is its own for ever. What a reader would get wrong: a tender without a means (cash,
a balance that is kept here) is not free of guards, it is only booked here and nowhere outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from settlement_backend.acquirers.words import RefundOutcome, Standing, Taking, Undoing
from settlement_backend.base.outside import NotFound
from settlement_backend.settling.tables import Tender


class Means(Protocol):
    """One kind of tender at the platform that moves its money. No method raises for what the other
    side does; each may be called again under the same number.

    `repeatable`: a `take` whose word was lost may be sent again as it was, because it needs no
    secret that works only once.
    """

    @property
    def repeatable(self) -> bool:
        """Whether `take` may come again under the same number."""

    def take(self, tender: Tender, secret: str) -> Taking:
        """Take the tender's amount. `secret`: what a patient showed, never stored, or ""."""

    def query(self, tender: Tender) -> Standing:
        """What became of it."""

    def reverse(self, tender: Tender) -> Undoing:
        """Take it back as a whole, or make sure that it never happens (撤销, 冲正)."""

    def refund(self, tender: Tender, refund_no: str, amount_fen: int) -> RefundOutcome:
        """Give back a part; the same refund number is done once."""

    def refund_query(self, tender: Tender, refund_no: str) -> RefundOutcome | NotFound:
        """What became of a refund."""


class MeansTable:
    """Means by kind of tender."""

    def __init__(self, by_kind: Mapping[str, Means]) -> None:
        self._by_kind = dict(by_kind)

    def add(self, kind: str, means: Means) -> None:
        """A way to pay that another package carries out."""
        self._by_kind[kind] = means

    def of(self, tender: Tender) -> Means | None:
        """None: booked here only (CASH, PREPAY_BALANCE, DEPOSIT)."""
        return self._by_kind.get(tender.kind)
