"""The Acts of the backend that are more than one request; everything runs in the backend worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from backend_client.client import BackendClient
from backend_client.requests import REQUESTS
from core.billing import Refund, Settlement, SettlementState
from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.routes import Wish
from core.steps import CancelSettlement, FollowSettlement
from core.window_steps import ConfirmRefund, Operator, SignInOperator
from terminal.clock import now_s, pause

_LOOK_EVERY_MS = 400
_REFUND_FOLLOW_S = 20
_REFUND_FINAL = frozenset({"PAID", "REJECTED", "SUSPENSE", "PAYOUT_UNKNOWN"})


class BackendActs:
    """Carries Acts out, and `close`, in the backend worker."""

    def __init__(
        self,
        client: BackendClient,
        on_silence: Callable[[], None] = lambda: None,
        on_operator: Callable[[], None] = lambda: None,
    ) -> None:
        """Both are told in the backend worker: when a request found nobody, and when an operator
        has signed in, in whose name more is answered from now on."""
        self.client, self._on_silence, self._on_operator = client, on_silence, on_operator

    def works(self) -> Mapping[type[Act[Any]], Callable[[Any, Wish], object]]:
        """What each Act of the backend is carried out by, all but FollowSettlement."""
        plain = dict.fromkeys(REQUESTS, self._ask)
        return {**plain, ConfirmRefund: self._confirm_refund, SignInOperator: self._sign_in}

    def close(self) -> None:
        """Last work of the worker."""
        self.client.close()

    def follow_settlement(
        self, step: FollowSettlement, wish: Wish
    ) -> Settlement | NotSent | Unknown:
        """Look until final, or until it waits for our own card terminal; the wish to leave asks
        once for a reversal and goes on looking."""
        end_s = now_s() + step.limit_s
        cancelled = False
        while True:
            looked = self.client.settlement(step.operation_id)
            if isinstance(looked, NotSent):
                return looked
            if isinstance(looked, Settlement):
                if looked.final or looked.state is SettlementState.QUOTED:
                    return looked
                if looked.pos is not None and not wish.is_set():
                    return looked
                if wish.is_set() and not cancelled:
                    cancelled = True
                    self.client.ask(CancelSettlement(step.operation_id, "left"))
            if now_s() >= end_s:
                return looked if isinstance(looked, Settlement) else Unknown(looked.reason)
            pause(_LOOK_EVERY_MS)

    def _ask(self, step: Act[Any], _wish: Wish) -> object:
        return self._heard(self.client.ask(step))

    def _heard(self, reply: object) -> object:
        """Passes a reply on; a silent backend is looked at again at once."""
        if isinstance(reply, NotSent | Unknown):
            self._on_silence()
        return reply

    def _sign_in(self, step: SignInOperator, wish: Wish) -> object:
        reply = self._ask(step, wish)
        if isinstance(reply, Operator):
            self._on_operator()
        return reply

    def _confirm_refund(self, step: ConfirmRefund, _wish: Wish) -> object:
        """Execute, then look until every route is final; a transfer takes days: left alone."""
        answer: Refund | Refused | NotSent | Unknown = self.client.ask(step)
        end_s = now_s() + _REFUND_FOLLOW_S
        while isinstance(answer, Refund) and not _is_over(answer):
            if now_s() >= end_s:
                return answer
            pause(_LOOK_EVERY_MS)
            looked = self.client.refund(answer.refund_id)
            answer = looked if isinstance(looked, Refund) else answer
        return self._heard(answer)


def _is_over(refund: Refund) -> bool:
    return refund.state in _REFUND_FINAL or refund.by_transfer
