"""The routes of cards: holds, sales and refunds of a card terminal, completions by the backend.

Talk HTTP with the virtual card terminal and the backend. What a reader would get wrong: the card
terminal may complete a hold whoever else can, the backend only when the acquirer lets it.
"""

from fastapi import APIRouter
from pydantic import BaseModel

from sandbox.platforms.acquirer.holds import CompleteAnswer, Completer, CompletionState, HoldState
from sandbox.platforms.acquirer.pos_wire import Amount, PosAnswer, PosCharge, Text
from sandbox.platforms.acquirer.refunds import RefundAnswer
from sandbox.platforms.acquirer.sales import PosRefund, ReverseAnswer, SaleState
from sandbox.platforms.acquirer.state import AcquirerState
from sandbox.platforms.acquirer.wallet_routes import OrderNumber, RefundRequest


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


class PosVoid(BaseModel):
    """``/pos/sales/void``."""

    auth_code: Text


class PosReference(BaseModel):
    """``/pos/sales/undo``, ``/pos/refunds/undo``, ``/sales/query`` and ``/sales/reverse``."""

    reference: Text


class HoldQuery(BaseModel):
    """``/holds/query``."""

    auth_code: Text
    rrn: Text


class HoldComplete(BaseModel):
    """``/holds/complete``."""

    auth_code: Text
    order_no: Text
    amount_fen: Amount


def pos_routes(state: AcquirerState) -> APIRouter:
    """What a card terminal asks."""
    routes = APIRouter()

    @routes.post("/pos/holds", response_model_exclude_none=True)
    async def on_hold(asked: PosCharge) -> PosAnswer:
        completers = state.plans.completers
        completer: Completer = completers.popleft() if completers else "ACQUIRER"
        made = state.books.holds.hold(
            asked.reference, asked.terminal_id, asked.amount_fen, asked.pan, completer
        )
        return made.of_bank(state.bank)

    @routes.post("/pos/holds/complete", response_model_exclude_none=True)
    async def on_complete(asked: PosComplete) -> PosAnswer:
        return state.books.holds.complete_at_pos(asked.auth_code, asked.amount_fen)

    @routes.post("/pos/holds/release", response_model_exclude_none=True)
    async def on_release(asked: PosRelease | PosUndo) -> PosAnswer:
        if isinstance(asked, PosUndo):
            return state.books.holds.undo(asked.reference)
        return state.books.holds.release(asked.auth_code, asked.amount_fen)

    @routes.post("/pos/sales", response_model_exclude_none=True)
    async def on_sale(asked: PosCharge) -> PosAnswer:
        return state.books.sales.sell(asked, state.today()).of_bank(state.bank)

    @routes.post("/pos/sales/void", response_model_exclude_none=True)
    async def on_void(asked: PosVoid) -> PosAnswer:
        return state.books.sales.void(asked.auth_code, state.today())

    @routes.post("/pos/sales/undo", response_model_exclude_none=True)
    async def on_sale_undo(asked: PosReference) -> PosAnswer:
        return state.books.sales.undo_sale(asked.reference)

    @routes.post("/pos/refunds", response_model_exclude_none=True)
    async def on_refund(asked: PosRefund) -> PosAnswer:
        return state.books.sales.refund(asked).of_bank(state.bank)

    @routes.post("/pos/refunds/undo", response_model_exclude_none=True)
    async def on_refund_undo(asked: PosReference) -> PosAnswer:
        return state.books.sales.undo_refund(asked.reference)

    return routes


def hold_routes(state: AcquirerState) -> APIRouter:
    """What the backend asks about holds."""
    routes = APIRouter()

    @routes.post("/holds/query")
    async def on_query(asked: HoldQuery) -> HoldState:
        return state.books.holds.query(asked.auth_code, asked.rrn)

    @routes.post("/holds/complete", response_model_exclude_none=True)
    async def on_complete(asked: HoldComplete) -> CompleteAnswer:
        return state.books.holds.complete(
            asked.auth_code, asked.order_no, asked.amount_fen, state.today()
        )

    @routes.post("/holds/complete/query")
    async def on_completion_query(asked: OrderNumber) -> CompletionState:
        return state.books.holds.completion(asked.order_no)

    @routes.post("/holds/complete/cancel", response_model_exclude_none=True)
    async def on_cancel(asked: OrderNumber) -> CompleteAnswer:
        return state.books.holds.cancel_completion(asked.order_no, state.today())

    @routes.post("/holds/refund", response_model_exclude_none=True)
    async def on_refund(asked: RefundRequest) -> RefundAnswer:
        return state.books.holds.refund(
            asked.order_no, asked.refund_no, asked.amount_fen, state.plans.next_refund()
        )

    return routes


def sale_routes(state: AcquirerState) -> APIRouter:
    """What the backend asks about sales of a card terminal, by the reference it was given."""
    routes = APIRouter(prefix="/sales")

    @routes.post("/query")
    async def on_query(asked: PosReference) -> SaleState:
        return state.books.sales.query(asked.reference)

    @routes.post("/reverse", response_model_exclude_none=True)
    async def on_reverse(asked: PosReference) -> ReverseAnswer:
        return state.books.sales.reverse(asked.reference)

    @routes.post("/refund", response_model_exclude_none=True)
    async def on_refund(asked: RefundRequest) -> RefundAnswer:
        return state.books.sales.refund_by_number(asked.order_no, asked.refund_no, asked.amount_fen)

    return routes
