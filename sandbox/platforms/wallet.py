"""Payments by a wallet's pay code, WeChat and Alipay (domain B.2, B.3).

Talks to nothing; the acquirer's routes call it. What a reader would get wrong: a refused payment
leaves no order behind, while reversing an order nobody knows leaves one that is closed for ever.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from sandbox.platforms.refunds import RefundAnswer, RefundPlan, Refunds

FailCode = Literal["AUTH_CODE_INVALID", "AUTH_CODE_EXPIRED", "NOT_ENOUGH", "ORDER_PAID"]
StoredState = Literal["USERPAYING", "SUCCESS", "CLOSED", "REVOKED"]
FOR_EVER = -1
_FORMS = (
    ("WECHAT", re.compile(r"1[0-5]\d{16}")),
    ("ALIPAY", re.compile(r"(?:2[5-9]|30)\d{14,22}")),
)


@dataclass(frozen=True, slots=True)
class PayPlan:
    """How a payment goes: the first answer, then USERPAYING for ``polls`` queries, then SUCCESS.

    ``polls`` FOR_EVER never succeeds; ``fail`` refuses at once.
    """

    first: Literal["SUCCESS", "USERPAYING", "SYSTEMERROR"] = "SUCCESS"
    polls: int = 0
    fail: FailCode | None = None


_PLAN_BY_ENDING = {
    "0000": PayPlan(fail="AUTH_CODE_EXPIRED"),
    "1111": PayPlan(fail="NOT_ENOUGH"),
    "2222": PayPlan(first="USERPAYING", polls=2),
    "3333": PayPlan(first="USERPAYING", polls=FOR_EVER),
}


@dataclass(slots=True)
class Order:
    """One payment; ``polls_left`` counts the queries that still answer USERPAYING."""

    order_no: str
    auth_code: str
    channel: str
    amount_fen: int
    state: StoredState
    polls_left: int
    transaction_no: str


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """``/pay/micropay``; fields that do not belong to a result are left out on the wire."""

    result: Literal["SUCCESS", "USERPAYING", "FAIL", "SYSTEMERROR"]
    channel: str | None = None
    transaction_no: str | None = None
    code: FailCode | None = None


@dataclass(frozen=True, slots=True)
class OrderState:
    """``/pay/query``; an order nobody paid has amount 0 and an empty channel."""

    state: StoredState | Literal["NOTFOUND", "REFUND"]
    amount_fen: int
    channel: str


@dataclass(frozen=True, slots=True)
class ReverseAnswer:
    """``/pay/reverse``; ``recall`` belongs to FAIL: ask again."""

    result: Literal["REVOKED", "CLOSED", "FAIL"]
    recall: bool | None = None


@dataclass(slots=True)
class WalletBooks:
    """All orders by order_no, and their refunds."""

    orders: dict[str, Order] = field(default_factory=dict)
    refunds: Refunds = field(default_factory=Refunds)
    paid_count: int = 0

    def pay(
        self, order_no: str, auth_code: str, amount_fen: int, plan: PayPlan | None
    ) -> PayAnswer:
        """Take ``amount_fen``; without a plan the code's last four digits decide."""
        known = self.orders.get(order_no)
        if known is not None:
            return _answer_again(known, auth_code)
        channel = _channel(auth_code)
        used = any(order.auth_code == auth_code for order in self.orders.values())
        if channel is None or used:
            return PayAnswer("FAIL", code="AUTH_CODE_INVALID")
        chosen = plan or _PLAN_BY_ENDING.get(auth_code[-4:], PayPlan())
        if chosen.fail is not None:
            return PayAnswer("FAIL", code=chosen.fail)
        self.paid_count += 1
        order = Order(
            order_no=order_no,
            auth_code=auth_code,
            channel=channel,
            amount_fen=amount_fen,
            state="SUCCESS" if chosen.polls == 0 else "USERPAYING",
            polls_left=chosen.polls,
            transaction_no=f"{channel[0]}T{self.paid_count:026d}",
        )
        self.orders[order_no] = order
        match chosen.first:
            case "SUCCESS":
                return PayAnswer("SUCCESS", channel, order.transaction_no)
            case "USERPAYING":
                return PayAnswer("USERPAYING", channel)
            case "SYSTEMERROR":
                return PayAnswer("SYSTEMERROR")

    def query(self, order_no: str) -> OrderState:
        """The state of an order; a query moves a person who is still typing a password on."""
        order = self.orders.get(order_no)
        if order is None:
            return OrderState("NOTFOUND", 0, "")
        if order.state == "USERPAYING":
            if order.polls_left == 0:
                order.state = "SUCCESS"
            elif order.polls_left != FOR_EVER:
                order.polls_left -= 1
        return OrderState(self.shown_state(order), order.amount_fen, order.channel)

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Give the money back or make sure that it is never taken."""
        order = self.orders.get(order_no)
        if order is None:
            self.orders[order_no] = Order(order_no, "", "", 0, "CLOSED", 0, "")
            return ReverseAnswer("CLOSED")
        if self.refunds.has_any(order_no):
            return ReverseAnswer("FAIL", recall=False)
        order.state = "REVOKED" if order.state in ("SUCCESS", "REVOKED") else "CLOSED"
        return ReverseAnswer(order.state)

    def refund(
        self, order_no: str, refund_no: str, amount_fen: int, plan: RefundPlan
    ) -> RefundAnswer:
        """Give back a part of a paid order, or all of it."""
        order = self.orders.get(order_no)
        paid_fen = order.amount_fen if order is not None and order.state == "SUCCESS" else 0
        return self.refunds.ask(order_no, refund_no, amount_fen, paid_fen, plan)

    def shown_state(self, order: Order) -> StoredState | Literal["REFUND"]:
        """The state as a query tells it: a paid order with a refund is REFUND."""
        if order.state == "SUCCESS" and self.refunds.has_any(order.order_no):
            return "REFUND"
        return order.state


def _channel(auth_code: str) -> str | None:
    for channel, form in _FORMS:
        if form.fullmatch(auth_code):
            return channel
    return None


def _answer_again(order: Order, auth_code: str) -> PayAnswer:
    if order.state == "SUCCESS":
        return PayAnswer("FAIL", code="ORDER_PAID")
    if order.state == "USERPAYING" and order.auth_code == auth_code:
        return PayAnswer("USERPAYING", order.channel)
    return PayAnswer("FAIL", code="AUTH_CODE_INVALID")
