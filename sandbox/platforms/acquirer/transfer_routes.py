"""The routes of transfers to bank accounts.

Talk HTTP with the backend. What a reader would get wrong: a batch is accepted in whole or not at
all, but its items end one by one.
"""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from sandbox.platforms.acquirer.pos_wire import Amount, Text
from sandbox.platforms.acquirer.state import AcquirerState
from sandbox.platforms.acquirer.transfers import BatchAnswer, BatchState, Transfer


class TransferItem(BaseModel):
    """One item of ``/transfers/batch``."""

    item_no: Text
    payee_name: Text
    account_no: Annotated[str, Field(pattern=r"^\d{8,32}$")]
    bank: Text
    amount_fen: Amount


class BatchRequest(BaseModel):
    """``/transfers/batch``."""

    batch_no: Text
    items: Annotated[list[TransferItem], Field(min_length=1, max_length=1000)]


class BatchNumber(BaseModel):
    """``/transfers/query``."""

    batch_no: Text


def transfer_routes(state: AcquirerState) -> APIRouter:
    """Batches of transfers."""
    routes = APIRouter(prefix="/transfers")

    @routes.post("/batch", response_model_exclude_none=True)
    async def on_batch(asked: BatchRequest) -> BatchAnswer:
        items = [
            Transfer(
                item_no=item.item_no,
                batch_no=asked.batch_no,
                payee_name=item.payee_name,
                account_no=item.account_no,
                bank=item.bank,
                amount_fen=item.amount_fen,
            )
            for item in asked.items
        ]
        return state.books.transfers.accept(asked.batch_no, items, state.plans.transfer)

    @routes.post("/query", response_model_exclude_none=True)
    async def on_query(asked: BatchNumber) -> BatchState:
        return state.books.transfers.query(asked.batch_no)

    return routes
