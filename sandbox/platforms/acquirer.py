"""The acquirer's routes: wallet payments, cards, and the control for people who test.

Talks HTTP with the backend and the virtual card terminal. What a reader would get wrong: planned
outcomes and faults are not part of the saved books; a restarted acquirer behaves normally again.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from fastapi import FastAPI
from pydantic import BaseModel, Field, TypeAdapter
from starlette.types import ASGIApp

from sandbox.platforms.faults import FaultOrder, FaultQueue, Gate
from sandbox.platforms.holds import (
    CompleteAnswer,
    Completer,
    CompletionState,
    HoldBooks,
    HoldState,
)
from sandbox.platforms.pos_wire import Amount, PosAnswer, PosCharge, Text
from sandbox.platforms.refunds import RefundAnswer, RefundPlan, RefundState
from sandbox.platforms.sales import BookedCardRefund, BookedSale, SaleBooks, sale_routes
from sandbox.platforms.state_file import StateFile
from sandbox.platforms.wallet import (
    FOR_EVER,
    FailCode,
    OrderState,
    PayAnswer,
    PayPlan,
    ReverseAnswer,
    WalletBooks,
)

Count = Annotated[int, Field(ge=1)]
Polls = Annotated[int, Field(ge=0)]


class MicroPay(BaseModel):
    """``/pay/micropay``."""

    order_no: Text
    auth_code: Text
    amount_fen: Amount
    description: str


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


class PosUndo(BaseModel):
    """``/pos/holds/release`` by a terminal that knows only its own reference."""

    auth_code: None
    reference: Text
    amount_fen: None


class PosRelease(BaseModel):
    """``/pos/holds/release`` of a hold the terminal has numbers of."""

    auth_code: Text
    amount_fen: Amount | None


class PosComplete(BaseModel):
    """``/pos/holds/complete``."""

    auth_code: Text
    amount_fen: Amount


class HoldQuery(BaseModel):
    """``/holds/query``."""

    auth_code: Text
    rrn: Text


class HoldComplete(BaseModel):
    """``/holds/complete``."""

    auth_code: Text
    order_no: Text
    amount_fen: Amount


class NextPay(BaseModel):
    """Decides the next payment that would otherwise be judged by its code."""

    do: Literal["next_pay"]
    outcome: Annotated[
        str,
        Field(
            pattern="^(success|userpaying|systemerror"
            "|fail:(AUTH_CODE_INVALID|AUTH_CODE_EXPIRED|NOT_ENOUGH|ORDER_PAID))$"
        ),
    ]
    polls: Polls = 2
    then: Literal["success", "never"] = "success"


class NextHold(BaseModel):
    """Who can complete the next hold."""

    do: Literal["next_hold"]
    completer: Completer


class NextRefund(BaseModel):
    """The next refund stays PROCESSING for ``polls`` queries."""

    do: Literal["next_refund"]
    outcome: Literal["success", "fail"] = "success"
    polls: Polls = 0


class NextReverse(BaseModel):
    """The next ``count`` reversals answer that the caller must ask again."""

    do: Literal["next_reverse"]
    count: Count = 1


class Reset(BaseModel):
    """Forget everything: books, plans, faults."""

    do: Literal["reset"]


Control = Annotated[
    NextPay | NextHold | NextRefund | NextReverse | FaultOrder | Reset, Field(discriminator="do")
]


@dataclass(slots=True)
class AcquirerBooks:
    """What survives a restart."""

    wallet: WalletBooks = field(default_factory=WalletBooks)
    holds: HoldBooks = field(default_factory=HoldBooks)
    sales: SaleBooks = field(default_factory=SaleBooks)


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order in ``GET /books``."""

    order_no: str
    channel: str
    state: str
    amount_fen: int
    refunded_fen: int


@dataclass(frozen=True, slots=True)
class BookedHold:
    """A hold in ``GET /books``."""

    auth_code: str
    rrn: str
    reference: str
    amount_fen: int
    taken_fen: int
    refunded_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    orders: list[BookedOrder]
    holds: list[BookedHold]
    sales: list[BookedSale]
    card_refunds: list[BookedCardRefund]


@dataclass(slots=True)
class Plans:
    """What a tester ordered for the next requests, oldest first."""

    pays: deque[PayPlan] = field(default_factory=deque)
    completers: deque[Completer] = field(default_factory=deque)
    refunds: deque[RefundPlan] = field(default_factory=deque)
    recalls: int = 0


class Acquirer:
    """One acquirer whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._file = StateFile(state_path, TypeAdapter(AcquirerBooks), AcquirerBooks)
        self._books = self._file.load()
        self._plans = Plans()
        self._faults = FaultQueue()
        routes = FastAPI(openapi_url=None)
        self._add_wallet_routes(routes)
        self._add_hold_routes(routes)
        routes.include_router(sale_routes(lambda: self._books.sales))
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)
        self.app: ASGIApp = Gate(
            routes,
            self._faults,
            lambda: self._file.save(self._books),
            lambda path, _body: frozenset({path}),
        )

    def _add_wallet_routes(self, routes: FastAPI) -> None:
        routes.post("/pay/micropay", response_model_exclude_none=True)(self._on_pay)
        routes.post("/pay/query")(self._on_pay_query)
        routes.post("/pay/reverse", response_model_exclude_none=True)(self._on_reverse)
        routes.post("/pay/refund")(self._on_pay_refund)
        routes.post("/pay/refund/query")(self._on_refund_query)

    def _add_hold_routes(self, routes: FastAPI) -> None:
        routes.post("/pos/holds", response_model_exclude_none=True)(self._on_pos_hold)
        routes.post("/pos/holds/complete", response_model_exclude_none=True)(self._on_pos_complete)
        routes.post("/pos/holds/release", response_model_exclude_none=True)(self._on_pos_release)
        routes.post("/holds/query")(self._on_hold_query)
        routes.post("/holds/complete", response_model_exclude_none=True)(self._on_complete)
        routes.post("/holds/complete/query")(self._on_completion_query)
        routes.post("/holds/complete/cancel", response_model_exclude_none=True)(self._on_cancel)
        routes.post("/holds/refund")(self._on_hold_refund)

    async def _on_pay(self, asked: MicroPay) -> PayAnswer:
        plan = None
        if self._plans.pays and asked.order_no not in self._books.wallet.orders:
            plan = self._plans.pays.popleft()
        return self._books.wallet.pay(asked.order_no, asked.auth_code, asked.amount_fen, plan)

    async def _on_pay_query(self, asked: OrderNumber) -> OrderState:
        return self._books.wallet.query(asked.order_no)

    async def _on_reverse(self, asked: OrderNumber) -> ReverseAnswer:
        if self._plans.recalls > 0:
            self._plans.recalls -= 1
            return ReverseAnswer("FAIL", recall=True)
        return self._books.wallet.reverse(asked.order_no)

    async def _on_pay_refund(self, asked: RefundRequest) -> RefundAnswer:
        return self._books.wallet.refund(
            asked.order_no, asked.refund_no, asked.amount_fen, self._refund_plan()
        )

    async def _on_refund_query(self, asked: RefundNumber) -> RefundState:
        found = self._books.wallet.refunds.query(asked.refund_no)
        if found.state == "NOTFOUND":
            return self._books.holds.refunds.query(asked.refund_no)
        return found

    async def _on_pos_hold(self, asked: PosCharge) -> PosAnswer:
        completer: Completer = "ACQUIRER"
        if self._plans.completers:
            completer = self._plans.completers.popleft()
        return self._books.holds.hold(
            asked.reference, asked.terminal_id, asked.amount_fen, asked.pan, completer
        )

    async def _on_pos_complete(self, asked: PosComplete) -> PosAnswer:
        return self._books.holds.complete_at_pos(asked.auth_code, asked.amount_fen)

    async def _on_pos_release(self, asked: PosRelease | PosUndo) -> PosAnswer:
        if isinstance(asked, PosUndo):
            return self._books.holds.undo(asked.reference)
        return self._books.holds.release(asked.auth_code, asked.amount_fen)

    async def _on_hold_query(self, asked: HoldQuery) -> HoldState:
        return self._books.holds.query(asked.auth_code, asked.rrn)

    async def _on_complete(self, asked: HoldComplete) -> CompleteAnswer:
        return self._books.holds.complete(
            asked.auth_code, asked.order_no, asked.amount_fen, date.today()
        )

    async def _on_completion_query(self, asked: OrderNumber) -> CompletionState:
        return self._books.holds.completion(asked.order_no)

    async def _on_cancel(self, asked: OrderNumber) -> CompleteAnswer:
        return self._books.holds.cancel_completion(asked.order_no, date.today())

    async def _on_hold_refund(self, asked: RefundRequest) -> RefundAnswer:
        return self._books.holds.refund(
            asked.order_no, asked.refund_no, asked.amount_fen, self._refund_plan()
        )

    async def _on_books(self) -> BooksShown:
        wallet, holds = self._books.wallet, self._books.holds
        return BooksShown(
            orders=[
                BookedOrder(
                    order_no=order.order_no,
                    channel=order.channel,
                    state=wallet.shown_state(order),
                    amount_fen=order.amount_fen,
                    refunded_fen=wallet.refunds.refunded_fen(order.order_no),
                )
                for order in wallet.orders.values()
            ],
            holds=[
                BookedHold(
                    auth_code=hold.auth_code,
                    rrn=hold.rrn,
                    reference=hold.reference,
                    amount_fen=hold.amount_fen,
                    taken_fen=hold.taken_fen,
                    refunded_fen=holds.refunds.refunded_fen(hold.order_no),
                    state=hold.state,
                )
                for hold in holds.holds.values()
            ],
            sales=self._books.sales.booked_sales(),
            card_refunds=self._books.sales.booked_refunds(),
        )

    async def _on_control(self, asked: Control) -> None:
        match asked:
            case NextPay():
                self._plans.pays.append(_pay_plan(asked))
            case NextHold():
                self._plans.completers.append(asked.completer)
            case NextRefund():
                outcome: Literal["SUCCESS", "FAIL"]
                outcome = "SUCCESS" if asked.outcome == "success" else "FAIL"
                self._plans.refunds.append(RefundPlan(outcome, asked.polls))
            case NextReverse():
                self._plans.recalls += asked.count
            case FaultOrder():
                self._faults.order(asked)
            case Reset():
                self._books, self._plans = AcquirerBooks(), Plans()
                self._faults.waiting.clear()

    def _refund_plan(self) -> RefundPlan:
        return self._plans.refunds.popleft() if self._plans.refunds else RefundPlan()


_FAIL_CODES: TypeAdapter[FailCode] = TypeAdapter(FailCode)


def _pay_plan(asked: NextPay) -> PayPlan:
    outcome, _, code = asked.outcome.partition(":")
    polls = asked.polls if asked.then == "success" else FOR_EVER
    match outcome:
        case "fail":
            return PayPlan(fail=_FAIL_CODES.validate_python(code))
        case "userpaying":
            return PayPlan("USERPAYING", polls)
        case "systemerror":
            return PayPlan("SYSTEMERROR", polls)
        case _:
            return PayPlan()
