"""Card sales and refunds at the acquirer (domain B.4).

Talks to nothing; the acquirer's routes call it. What a reader would get wrong: undoing something
nobody heard of is remembered, so that the request it undoes is refused should it arrive later;
voiding a voided sale again is approved and gives nothing back twice.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sandbox.platforms.acquirer.pos_wire import (
    DECLINED_PAN_ENDING,
    DUPLICATE,
    INVALID_AMOUNT,
    INVALID_TRANSACTION,
    NO_SUCH_RECORD,
    NOT_ENOUGH,
    PosAnswer,
    PosCharge,
    Text,
    declined,
    masked,
)
from sandbox.platforms.acquirer.refunds import RefundAnswer, RefundState


class PosRefund(PosCharge):
    """``/pos/refunds``; without the sale's number the card's newest fitting sale is meant."""

    original_auth_code: Text | None


@dataclass(slots=True)
class Sale:
    """Money taken from a card; VOIDED means all of it went back the same day."""

    auth_code: str
    rrn: str
    reference: str
    terminal_id: str
    masked_pan: str
    amount_fen: int
    made_on: date
    state: Literal["DONE", "VOIDED"] = "DONE"


@dataclass(slots=True)
class CardRefund:
    """Money given back from the sale ``original_auth_code``; an undone one gave nothing."""

    auth_code: str
    rrn: str
    reference: str
    original_auth_code: str
    masked_pan: str
    amount_fen: int
    state: Literal["DONE", "UNDONE"] = "DONE"


@dataclass(frozen=True, slots=True)
class SaleState:
    """``/sales/query``."""

    state: Literal["DONE", "VOIDED", "NOTFOUND"]
    auth_code: str = ""
    rrn: str = ""
    masked_card: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class ReverseAnswer:
    """``/sales/reverse``."""

    result: Literal["SUCCESS", "FAIL"]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class BookedSale:
    """A sale in ``GET /books``."""

    auth_code: str
    rrn: str
    reference: str
    amount_fen: int
    refunded_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class BookedCardRefund:
    """A refund in ``GET /books``."""

    auth_code: str
    rrn: str
    reference: str
    original_auth_code: str
    amount_fen: int
    state: str


@dataclass(slots=True)
class SaleBooks:
    """Sales by auth_code, refunds by reference, and the references refused for ever."""

    sales: dict[str, Sale] = field(default_factory=dict)
    refunds: dict[str, CardRefund] = field(default_factory=dict)
    refused_sales: set[str] = field(default_factory=set)
    refused_refunds: set[str] = field(default_factory=set)

    def sell(self, asked: PosCharge, today: date) -> PosAnswer:
        """Take money from a card; the same reference again answers the same sale."""
        known = self._sale_of(asked.reference)
        pan = masked(asked.pan)
        if known is not None:
            told = (known.amount_fen, known.masked_pan, known.state)
            same = told == (asked.amount_fen, pan, "DONE")
            return _approved(known) if same else declined(DUPLICATE)
        if asked.reference in self.refused_sales:
            return declined(DUPLICATE)
        if asked.pan.endswith(DECLINED_PAN_ENDING):
            return declined(NOT_ENOUGH)
        number = len(self.sales) + 1
        made = Sale(
            auth_code=f"{400_000 + number:06d}",
            rrn=f"{840_000_000_000 + number:012d}",
            reference=asked.reference,
            terminal_id=asked.terminal_id,
            masked_pan=pan,
            amount_fen=asked.amount_fen,
            made_on=today,
        )
        self.sales[made.auth_code] = made
        return _approved(made)

    def void(self, auth_code: str, today: date) -> PosAnswer:
        """Give a whole sale of today back; nothing of it may have been refunded."""
        sale = self.sales.get(auth_code)
        if sale is None:
            return declined(NO_SUCH_RECORD)
        if sale.state == "DONE" and sale.made_on != today:
            return declined(INVALID_TRANSACTION)
        return self._give_back(sale)

    def undo_sale(self, reference: str) -> PosAnswer:
        """Give back the sale of a reference, heard of or not, and refuse the reference for ever.

        On any day: a terminal without power may ask for it only tomorrow.
        """
        self.refused_sales.add(reference)
        known = self._sale_of(reference)
        return PosAnswer("approved") if known is None else self._give_back(known)

    def refund(self, asked: PosRefund) -> PosAnswer:
        """Give back a part of a sale, or all of it, to the card that paid."""
        known = self.refunds.get(asked.reference)
        pan = masked(asked.pan)
        if known is not None:
            told = (known.amount_fen, known.masked_pan, known.state)
            same = told == (asked.amount_fen, pan, "DONE")
            named = asked.original_auth_code in (None, known.original_auth_code)
            return _approved(known) if same and named else declined(DUPLICATE)
        if asked.reference in self.refused_refunds:
            return declined(DUPLICATE)
        sale = self._original(asked.original_auth_code, pan, asked.amount_fen)
        if sale is None:
            return declined(NO_SUCH_RECORD)
        if sale.state == "VOIDED" or sale.masked_pan != pan:
            return declined(INVALID_TRANSACTION)
        if asked.amount_fen > self._left_fen(sale):
            return declined(INVALID_AMOUNT)
        return _approved(self._give_part(asked.reference, sale, asked.amount_fen))

    def _give_part(self, reference: str, sale: Sale, amount_fen: int) -> CardRefund:
        number = len(self.refunds) + 1
        made = CardRefund(
            auth_code=f"{500_000 + number:06d}",
            rrn=f"{850_000_000_000 + number:012d}",
            reference=reference,
            original_auth_code=sale.auth_code,
            masked_pan=sale.masked_pan,
            amount_fen=amount_fen,
        )
        self.refunds[made.reference] = made
        return made

    def undo_refund(self, reference: str) -> PosAnswer:
        """Take a refund back, heard of or not, and refuse its reference for ever."""
        self.refused_refunds.add(reference)
        known = self.refunds.get(reference)
        if known is not None:
            known.state = "UNDONE"
        return PosAnswer("approved")

    def query(self, reference: str) -> SaleState:
        """What the sale of a reference is now."""
        sale = self._sale_of(reference)
        if sale is None:
            return SaleState("NOTFOUND")
        return SaleState(sale.state, sale.auth_code, sale.rrn, sale.masked_pan, sale.amount_fen)

    def reverse(self, reference: str) -> ReverseAnswer:
        """As the terminal's own undoing, asked for by the backend."""
        undone = self.undo_sale(reference)
        if undone.result == "approved":
            return ReverseAnswer("SUCCESS")
        return ReverseAnswer("FAIL", undone.code)

    def refund_by_number(self, reference: str, refund_no: str, amount_fen: int) -> RefundAnswer:
        """A part of a sale back to its card without the card: asked for by the backend."""
        known, sale = self.refunds.get(refund_no), self._sale_of(reference)
        if sale is None or sale.state == "VOIDED":
            return RefundAnswer("FAIL")
        if known is not None:
            told = (known.original_auth_code, known.amount_fen, known.state)
            same = told == (sale.auth_code, amount_fen, "DONE")
            return RefundAnswer("SUCCESS" if same else "FAIL")
        if refund_no in self.refused_refunds or amount_fen > self._left_fen(sale):
            return RefundAnswer("FAIL")
        self._give_part(refund_no, sale, amount_fen)
        return RefundAnswer("SUCCESS")

    def refund_state(self, refund_no: str) -> RefundState:
        """What became of a refund."""
        known = self.refunds.get(refund_no)
        if known is None:
            return RefundState("NOTFOUND", 0)
        return RefundState("SUCCESS" if known.state == "DONE" else "FAIL", known.amount_fen)

    def refunded_fen(self, auth_code: str) -> int:
        """What was given back of a sale."""
        return sum(
            refund.amount_fen
            for refund in self.refunds.values()
            if refund.original_auth_code == auth_code and refund.state == "DONE"
        )

    def booked_sales(self) -> list[BookedSale]:
        """Every sale, oldest first."""
        return [
            BookedSale(
                auth_code=sale.auth_code,
                rrn=sale.rrn,
                reference=sale.reference,
                amount_fen=sale.amount_fen,
                refunded_fen=self.refunded_fen(sale.auth_code),
                state=sale.state,
            )
            for sale in self.sales.values()
        ]

    def booked_refunds(self) -> list[BookedCardRefund]:
        """Every refund, oldest first."""
        return [
            BookedCardRefund(
                auth_code=refund.auth_code,
                rrn=refund.rrn,
                reference=refund.reference,
                original_auth_code=refund.original_auth_code,
                amount_fen=refund.amount_fen,
                state=refund.state,
            )
            for refund in self.refunds.values()
        ]

    def _give_back(self, sale: Sale) -> PosAnswer:
        if self.refunded_fen(sale.auth_code):
            return declined(INVALID_TRANSACTION)
        sale.state = "VOIDED"
        return PosAnswer("approved")

    def _original(self, auth_code: str | None, masked_pan: str, amount_fen: int) -> Sale | None:
        if auth_code is not None:
            return self.sales.get(auth_code)
        fitting = (
            sale
            for sale in reversed(self.sales.values())
            if sale.masked_pan == masked_pan and self._left_fen(sale) >= amount_fen
        )
        return next(fitting, None)

    def _left_fen(self, sale: Sale) -> int:
        left_fen = sale.amount_fen - self.refunded_fen(sale.auth_code)
        return left_fen if sale.state == "DONE" else 0

    def _sale_of(self, reference: str) -> Sale | None:
        return next((s for s in self.sales.values() if s.reference == reference), None)


def _approved(made: Sale | CardRefund) -> PosAnswer:
    return PosAnswer("approved", made.auth_code, made.rrn)
