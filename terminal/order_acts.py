"""Carries out what a settlement orders at the bank POS, and routes it; in the POS's worker.

What a reader would get wrong: a sale goes under the order's own reference, which the acquirer and
the backend know it by; a completion names the hold by the numbers of the POS that made it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from core.billing import PosOrderKind
from core.ports import (
    DeviceTrouble,
    Done,
    NoSuchTransaction,
    NotSent,
    Refused,
    SaleApproved,
    Unknown,
)
from core.routes import Wish, route
from core.steps.paying import AskPosForOrder, CheckPos, PayAtPos
from devices.pos.service import Pos
from terminal.routes import Lanes, Table, absent


class OrderActs:
    """The bank POS, for the orders of settlements."""

    def __init__(self, pos: Pos) -> None:
        self._pos = pos

    def pay(self, step: PayAtPos, wish: Wish) -> SaleApproved | Done | Refused | NotSent | Unknown:
        """The wish to leave becomes an abort at the POS; a completion asks nobody and has none."""
        order = step.order
        match order.kind:
            case PosOrderKind.SALE:
                assert isinstance(wish, threading.Event), "the driver waits on it"
                return self._pos.sale(order.reference, order.amount_fen, wish)
            case PosOrderKind.COMPLETION:
                return self._pos.complete(
                    order.receipt,
                    order.auth_code,
                    order.amount_fen,
                    order.reference,
                    trace=order.trace,
                )
            case other:
                assert_never(other)

    def last(
        self, step: AskPosForOrder, _wish: Wish
    ) -> SaleApproved | NoSuchTransaction | NotSent | Unknown:
        """Only our own reference counts."""
        return self._pos.last_of(SaleApproved, step.order.reference)


def order_routes(lanes: Lanes, services: Mapping[str, Any], missing: Callable[[], str]) -> Table:
    """Fitted or not. `missing`: why the POS may not be asked now, a reason code; "": it may."""
    if "pos" not in services:
        return {
            CheckPos: absent(lanes, DeviceTrouble("pos", "not_fitted")),
            PayAtPos: absent(lanes, NotSent("not_fitted")),
            AskPosForOrder: absent(lanes, NotSent("not_fitted")),
        }

    def check(_step: CheckPos, _wish: Wish) -> Done | DeviceTrouble:
        reason = missing()
        return DeviceTrouble("pos", reason) if reason else Done()

    lane, acts = lanes.devices["pos"], OrderActs(services["pos"])
    return dict(
        [
            route(
                CheckPos,
                lanes.journal,
                check,
                unstarted=DeviceTrouble("pos", "busy"),
                overdue=DeviceTrouble("pos", "timeout"),
                limit_ms=8_000,
            ),
            route(
                PayAtPos,
                lane,
                acts.pay,
                unstarted=NotSent("pos_busy"),
                overdue=Unknown("pos_silent"),
                limit_ms=170_000,
                may_leave=True,
            ),
            route(
                AskPosForOrder,
                lane,
                acts.last,
                unstarted=NotSent("pos_busy"),
                overdue=NotSent("pos_busy"),
                limit_ms=20_000,
            ),
        ]
    )
