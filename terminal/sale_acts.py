"""Carries out sales at the bank POS, and routes them; in the POS's worker."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from core.operation import pos_reference
from core.ports import Done, NoSuchTransaction, NotSent, Refused, SaleApproved, Unknown
from core.routes import Wish, route
from core.steps.sale import AskPosForSale, SellAtPos, VoidSaleAtPos
from devices.pos.service import Pos
from terminal.routes import Lanes, Table, absent


class SaleActs:
    """The bank POS, for money that leaves a card at once."""

    def __init__(self, pos: Pos) -> None:
        self._pos = pos

    def sell(self, step: SellAtPos, wish: Wish) -> SaleApproved | Refused | NotSent | Unknown:
        """The wish to leave becomes an abort at the POS."""
        assert isinstance(wish, threading.Event), "the driver waits on it"
        return self._pos.sale(pos_reference(step.operation_id), step.amount_fen, wish)

    def last(
        self, step: AskPosForSale, _wish: Wish
    ) -> SaleApproved | NoSuchTransaction | NotSent | Unknown:
        """Only our own reference counts."""
        return self._pos.last_of(SaleApproved, pos_reference(step.operation_id))

    def void(self, step: VoidSaleAtPos, _wish: Wish) -> Done | Refused | NotSent | Unknown:
        """In full."""
        return self._pos.void(step.receipt)


def sale_routes(lanes: Lanes, services: Mapping[str, Any]) -> Table:
    """Fitted or not."""
    if "pos" not in services:
        return {
            SellAtPos: absent(lanes, Refused("not_fitted")),
            AskPosForSale: absent(lanes, NotSent("not_fitted")),
            VoidSaleAtPos: absent(lanes, NotSent("not_fitted")),
        }
    lane, acts = lanes.devices["pos"], SaleActs(services["pos"])
    busy, late = NotSent("pos_busy"), Unknown("pos_silent")
    return dict(
        [
            route(
                SellAtPos,
                lane,
                acts.sell,
                unstarted=busy,
                overdue=late,
                limit_ms=240_000,
                may_leave=True,
            ),
            route(AskPosForSale, lane, acts.last, unstarted=busy, overdue=busy, limit_ms=20_000),
            route(VoidSaleAtPos, lane, acts.void, unstarted=busy, overdue=late, limit_ms=60_000),
        ]
    )
