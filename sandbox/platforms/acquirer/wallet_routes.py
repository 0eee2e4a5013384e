"""The routes of orders, one-code pay included.

Talk HTTP with the backend. What a reader would get wrong: query, reversal and refund serve orders
of every source, those of bound debits and credit lines too.
"""

from fastapi import APIRouter
from pydantic import BaseModel

from sandbox.platforms.acquirer.channels import WalletChannel, channel_of
from sandbox.platforms.acquirer.one_code import CredentialAnswer, SigningState
from sandbox.platforms.acquirer.orders import CodePayment, PayPlan, QrPayment
from sandbox.platforms.acquirer.pay_wire import (
    CloseAnswer,
    OrderState,
    PayAnswer,
    PrecreateAnswer,
    ReverseAnswer,
)
from sandbox.platforms.acquirer.pos_wire import Amount, Text
from sandbox.platforms.acquirer.refunds import RefundAnswer, RefundState
from sandbox.platforms.acquirer.state import AcquirerState
from sandbox.platforms.acquirer.wallet import PASSWORD_PLAN, used_by


class MicroPay(BaseModel):
    """``/pay/micropay``."""

    order_no: Text
    auth_code: Text
    amount_fen: Amount
    description: str


class Precreate(BaseModel):
    """``/pay/precreate``."""

    order_no: Text
    channel: WalletChannel
    amount_fen: Amount
    description: str
    payer_note: str


class OrderNumber(BaseModel):
    """Every request that only names an order or a completion."""

    order_no: Text


class RefundRequest(BaseModel):
    """``/pay/refund`` and ``/holds/refund``."""

    order_no: Text
    refund_no: Text
    amount_fen: Amount


class RefundNumber(BaseModel):
    """``/pay/refund/query``."""

    refund_no: Text


class TokenQuery(BaseModel):
    """``/onecode/state``."""

    ec_token: Text


class CredentialRequest(BaseModel):
    """``/onecode/credential``."""

    ec_token: Text
    order_no: Text
    amount_fen: Amount


def wallet_routes(state: AcquirerState) -> APIRouter:
    """Payments by code and by QR, and what every order has in common."""
    routes = APIRouter(prefix="/pay")

    @routes.post("/micropay", response_model_exclude_none=True)
    async def on_pay(asked: MicroPay) -> PayAnswer:
        books, number = state.books, asked.order_no
        plan = books.one_code.judge(asked.auth_code, number, asked.amount_fen, state.now())
        if plan is None or plan.fail is None:
            plan = state.next_pay(number) or plan
        payment = CodePayment(number, asked.auth_code, asked.amount_fen, asked.description)
        return books.wallet.pay(payment, plan, _usual_plan(state, asked))

    @routes.post("/precreate", response_model_exclude_none=True)
    async def on_precreate(asked: Precreate) -> PrecreateAnswer:
        payment = QrPayment(
            asked.order_no, asked.channel, asked.amount_fen, asked.description, asked.payer_note
        )
        return state.books.wallet.precreate(payment, state.now())

    @routes.post("/query", response_model_exclude_none=True)
    async def on_query(asked: OrderNumber) -> OrderState:
        return state.books.wallet.query(asked.order_no, state.now())

    @routes.post("/close", response_model_exclude_none=True)
    async def on_close(asked: OrderNumber) -> CloseAnswer:
        return state.books.wallet.close(asked.order_no, state.now())

    @routes.post("/reverse", response_model_exclude_none=True)
    async def on_reverse(asked: OrderNumber) -> ReverseAnswer:
        if state.plans.recalls > 0:
            state.plans.recalls -= 1
            return state.books.wallet.ask_again(asked.order_no)
        days = state.paid_days_ago(asked.order_no)
        return state.books.wallet.reverse(asked.order_no, days)

    @routes.post("/refund", response_model_exclude_none=True)
    async def on_refund(asked: RefundRequest) -> RefundAnswer:
        return state.books.wallet.refund(
            asked.order_no,
            asked.refund_no,
            asked.amount_fen,
            state.plans.next_refund(),
            state.refund_refusal(asked.order_no),
        )

    @routes.post("/refund/query", response_model_exclude_none=True)
    async def on_refund_query(asked: RefundNumber) -> RefundState:
        found = state.books.wallet.refunds.query(asked.refund_no)
        if found.state == "NOTFOUND":
            found = state.books.holds.refunds.query(asked.refund_no)
        if found.state == "NOTFOUND":
            found = state.books.sales.refund_state(asked.refund_no)
        return found

    return routes


def one_code_routes(state: AcquirerState) -> APIRouter:
    """Signing states and credentials."""
    routes = APIRouter(prefix="/onecode")

    @routes.post("/state")
    async def on_state(asked: TokenQuery) -> SigningState:
        return state.books.one_code.state(asked.ec_token)

    @routes.post("/credential", response_model_exclude_none=True)
    async def on_credential(asked: CredentialRequest) -> CredentialAnswer:
        order = state.books.wallet.orders.get(asked.order_no)
        if order is not None:
            return CredentialAnswer("FAIL", code=used_by(order))
        return state.books.one_code.issue(
            asked.ec_token, asked.order_no, asked.amount_fen, state.now()
        )

    return routes


def _usual_plan(state: AcquirerState, asked: MicroPay) -> PayPlan:
    limit_fen = state.plans.password_over_fen
    if limit_fen is None or asked.amount_fen <= limit_fen:
        return PayPlan()
    return PASSWORD_PLAN if channel_of(asked.auth_code) == "WECHAT" else PayPlan()
