"""The books of all orders: pay codes, QRs, bound debits and credit lines (domain B.2, B.3).

Talks to nothing; the acquirer's routes call it. What a reader would get wrong: a refused payment
leaves no order behind, while reversing an order nobody knows leaves one that is closed for ever.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sandbox.platforms.acquirer.channels import TERMS, Channel, channel_of, fits, masked_name
from sandbox.platforms.acquirer.orders import (
    FOR_EVER,
    CodePayment,
    Debit,
    Order,
    PayPlan,
    Qr,
    QrPayment,
)
from sandbox.platforms.acquirer.pay_wire import (
    CloseAnswer,
    DebitCode,
    OrderState,
    PayAnswer,
    PrecreateAnswer,
    ReverseAnswer,
    StoredState,
    UsedCode,
)
from sandbox.platforms.acquirer.refunds import RefundAnswer, RefundCode, RefundPlan, Refunds

QR_VALID = timedelta(hours=2)
PASSWORD_PLAN = PayPlan(first="USERPAYING", polls=2)
_PLAN_BY_ENDING = {
    "0000": PayPlan(fail="AUTH_CODE_EXPIRED"),
    "1111": PayPlan(fail="NOT_ENOUGH"),
    "2222": PASSWORD_PLAN,
    "3333": PayPlan(first="USERPAYING", polls=FOR_EVER),
}


@dataclass(slots=True)
class WalletBooks:
    """All orders by order_no, and their refunds."""

    orders: dict[str, Order] = field(default_factory=dict)
    refunds: Refunds = field(default_factory=Refunds)
    paid_count: int = 0

    def pay(self, asked: CodePayment, plan: PayPlan | None, usual: PayPlan) -> PayAnswer:
        """Take money by a code; without a plan its last four digits decide, else ``usual``."""
        known = self.orders.get(asked.order_no)
        if known is not None:
            return _code_again(known, asked.auth_code)
        channel = channel_of(asked.auth_code)
        used = any(order.auth_code == asked.auth_code for order in self.orders.values())
        if channel is None or used or not fits(channel, asked.order_no):
            return PayAnswer("FAIL", code="AUTH_CODE_INVALID")
        chosen = plan or _PLAN_BY_ENDING.get(asked.auth_code[-4:], usual)
        if chosen.fail is not None:
            return PayAnswer("FAIL", code=chosen.fail)
        order = self._open(asked.order_no, channel, asked.amount_fen, chosen)
        order.auth_code, order.description = asked.auth_code, asked.description
        match chosen.first:
            case "SUCCESS":
                return PayAnswer("SUCCESS", channel, order.transaction_no)
            case "USERPAYING":
                return PayAnswer("USERPAYING", channel)
            case "SYSTEMERROR":
                return PayAnswer("SYSTEMERROR")

    def debit(self, asked: Debit, refusal: DebitCode | None, plan: PayPlan) -> PayAnswer:
        """Take money by a contract, unless it stands against it by ``refusal``."""
        known = self.orders.get(asked.order_no)
        if known is not None:
            return _debit_again(known, asked)
        code = refusal or plan.fail
        if code is None and not fits(asked.channel, asked.order_no):
            code = "ORDER_NO_USED"
        if code is not None:
            return PayAnswer("FAIL", code=code)
        order = self._open(asked.order_no, asked.channel, asked.amount_fen, plan)
        order.source, order.account_no = asked.source, asked.account_no
        order.payer_mask, order.patient_digest = asked.payer_mask, asked.patient_digest
        order.description = asked.description
        if plan.first == "SUCCESS":
            return PayAnswer("SUCCESS", asked.channel, order.transaction_no)
        return PayAnswer("SYSTEMERROR")

    def precreate(self, asked: QrPayment, now: datetime) -> PrecreateAnswer:
        """Open an order that waits for somebody who scans its QR."""
        known = self.known(asked.order_no, now)
        if known is not None:
            return _qr_again(known, asked)
        if not fits(asked.channel, asked.order_no):
            return PrecreateAnswer("FAIL", code="ORDER_NO_USED")
        order = self._open(asked.order_no, asked.channel, asked.amount_fen, PayPlan())
        order.state, order.source, order.description = "NOTPAY", "QR", asked.description
        code_url = f"https://pay.example/{asked.channel.lower()}/{order.transaction_no}"
        order.qr = Qr(code_url, asked.payer_note, now + QR_VALID)
        return PrecreateAnswer("SUCCESS", code_url)

    def scan(self, order_no: str, payer: str, now: datetime) -> bool:
        """Somebody pays the QR; False when it is not there to be paid."""
        order = self.known(order_no, now)
        if order is None or order.state != "NOTPAY":
            return False
        order.state, order.payer_mask = "SUCCESS", masked_name(payer)
        return True

    def query(self, order_no: str, now: datetime) -> OrderState:
        """The state of an order; a query moves a person who is still typing a password on."""
        order = self.known(order_no, now)
        if order is None:
            return OrderState("NOTFOUND", 0, "")
        if order.state == "USERPAYING":
            if order.polls_left == 0:
                order.state = "SUCCESS"
            elif order.polls_left != FOR_EVER:
                order.polls_left -= 1
        return OrderState(
            self.shown_state(order), order.amount_fen, order.channel, order.payer_mask or None
        )

    def close(self, order_no: str, now: datetime) -> CloseAnswer:
        """End a QR; too late when it was paid."""
        order = self.known(order_no, now) or self._closed(order_no)
        if order.state == "SUCCESS":
            return CloseAnswer("FAIL", "ORDER_PAID")
        if order.state != "REVOKED":
            order.state = "CLOSED"
        return CloseAnswer("CLOSED")

    def reverse(self, order_no: str, paid_days_ago: int) -> ReverseAnswer:
        """Give the money back or make sure that it is never taken."""
        order = self.orders.get(order_no) or self._closed(order_no)
        limit = None if order.channel == "" else TERMS[order.channel].reverse_days
        too_old = limit is not None and order.state == "SUCCESS" and paid_days_ago > limit
        if too_old or self.refunds.has_any(order_no):
            return ReverseAnswer("FAIL", recall=False, retry_flag=_alipay(order, "N"))
        order.state = "REVOKED" if order.state in ("SUCCESS", "REVOKED") else "CLOSED"
        action = _alipay(order, "refund" if order.state == "REVOKED" else "close")
        return ReverseAnswer(order.state, action=action, retry_flag=_alipay(order, "N"))

    def ask_again(self, order_no: str) -> ReverseAnswer:
        """A reversal that is to be asked for once more; nothing happened."""
        order = self.orders.get(order_no)
        flag = None if order is None else _alipay(order, "Y")
        return ReverseAnswer("FAIL", recall=True, retry_flag=flag)

    def refund(
        self,
        order_no: str,
        refund_no: str,
        amount_fen: int,
        plan: RefundPlan,
        refusal: RefundCode | None,
    ) -> RefundAnswer:
        """Give back a part of a paid order, or all of it."""
        order = self.orders.get(order_no)
        paid_fen = 0
        if order is not None and order.channel != "" and order.state == "SUCCESS":
            paid_fen = order.amount_fen if fits(order.channel, refund_no) else 0
        return self.refunds.ask(order_no, refund_no, amount_fen, paid_fen, plan, refusal)

    def shown_state(self, order: Order) -> StoredState | Literal["REFUND"]:
        """The state as a query tells it: a paid order with a refund is REFUND."""
        if order.state == "SUCCESS" and self.refunds.has_any(order.order_no):
            return "REFUND"
        return order.state

    def taken_by(self, account_no: str) -> list[Order]:
        """The orders an agreement or a contract paid or is paying."""
        return [
            order
            for order in self.orders.values()
            if order.account_no == account_no and order.state in ("SUCCESS", "USERPAYING")
        ]

    def known(self, order_no: str, now: datetime) -> Order | None:
        """An order as it is at this moment: a QR whose time is over is closed."""
        order = self.orders.get(order_no)
        if order is not None and order.state == "NOTPAY" and order.qr and now >= order.qr.closes_at:
            order.state = "CLOSED"
        return order

    def _open(self, order_no: str, channel: Channel, amount_fen: int, plan: PayPlan) -> Order:
        self.paid_count += 1
        number = f"{self.paid_count:021d}"
        order = Order(
            order_no=order_no,
            auth_code="",
            channel=channel,
            amount_fen=amount_fen,
            state="SUCCESS" if plan.polls == 0 else "USERPAYING",
            polls_left=plan.polls,
            transaction_no=number if channel == "UNIONPAY" else f"{channel[0]}T00000{number}",
        )
        self.orders[order_no] = order
        return order

    def _closed(self, order_no: str) -> Order:
        return self.orders.setdefault(order_no, Order(order_no, "", "", 0, "CLOSED", 0, ""))


def _alipay(order: Order, word: str) -> str | None:
    return word if order.channel == "ALIPAY" else None


def _code_again(order: Order, auth_code: str) -> PayAnswer:
    if order.state == "SUCCESS":
        return PayAnswer("FAIL", code="ORDER_PAID")
    if order.state == "USERPAYING" and order.auth_code == auth_code and order.channel != "":
        return PayAnswer("USERPAYING", order.channel)
    return PayAnswer("FAIL", code="AUTH_CODE_INVALID")


def used_by(order: Order) -> UsedCode:
    """Why the number of this order cannot open another one."""
    match order.state:
        case "SUCCESS":
            return "ORDER_PAID"
        case "CLOSED" | "REVOKED":
            return "ORDER_CLOSED"
        case "NOTPAY" | "USERPAYING":
            return "ORDER_NO_USED"


def _debit_again(order: Order, asked: Debit) -> PayAnswer:
    same = (order.account_no, order.amount_fen) == (asked.account_no, asked.amount_fen)
    if order.state == "USERPAYING" and same:
        return PayAnswer("SYSTEMERROR")
    return PayAnswer("FAIL", code=used_by(order))


def _qr_again(order: Order, asked: QrPayment) -> PrecreateAnswer:
    told = (order.channel, order.amount_fen)
    if order.state == "NOTPAY" and order.qr and told == (asked.channel, asked.amount_fen):
        return PrecreateAnswer("SUCCESS", order.qr.code_url)
    return PrecreateAnswer("FAIL", code=used_by(order))
