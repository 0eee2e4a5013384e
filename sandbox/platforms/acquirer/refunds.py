"""Refunds of wallet payments and of hold completions: the same rules for both (domain B.2, B.3).

Talks to nothing. What a reader would get wrong: a refund in PROCESSING already takes up room, so
two of them can never give back more than was paid.
"""

from dataclasses import dataclass, field
from typing import Literal

RefundStateName = Literal["PROCESSING", "SUCCESS", "FAIL"]
RefundCode = Literal["REFUND_WINDOW_CLOSED", "TOO_MANY_PARTS"]


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """How the next refund goes: PROCESSING for ``polls`` queries, then ``outcome``."""

    outcome: Literal["SUCCESS", "FAIL"] = "SUCCESS"
    polls: int = 0


@dataclass(slots=True)
class Refund:
    """One refund by its number; ``order_no`` is what it gives back from."""

    refund_no: str
    order_no: str
    amount_fen: int
    polls_left: int
    outcome: Literal["SUCCESS", "FAIL"]
    code: RefundCode | None = None

    @property
    def state(self) -> RefundStateName:
        """What a query would be told now."""
        return "PROCESSING" if self.polls_left > 0 else self.outcome


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """``/pay/refund`` and ``/holds/refund``; the code is left out when there is none."""

    state: RefundStateName
    code: RefundCode | None = None


@dataclass(frozen=True, slots=True)
class RefundState:
    """``/pay/refund/query``."""

    state: RefundStateName | Literal["NOTFOUND"]
    amount_fen: int
    code: RefundCode | None = None


@dataclass(slots=True)
class Refunds:
    """Every refund ever asked for, by refund_no."""

    made: dict[str, Refund] = field(default_factory=dict)

    def ask(
        self,
        order_no: str,
        refund_no: str,
        amount_fen: int,
        paid_fen: int,
        plan: RefundPlan,
        refusal: RefundCode | None = None,
    ) -> RefundAnswer:
        """Give back ``amount_fen`` of ``paid_fen``; a known refund_no answers what became of it.

        ``refusal`` is why the channel gives nothing back, however much is left.
        """
        known = self.made.get(refund_no)
        if known is not None:
            same = known.order_no == order_no and known.amount_fen == amount_fen
            return RefundAnswer(known.state, known.code) if same else RefundAnswer("FAIL")
        if refusal is not None or amount_fen > paid_fen - self._taken_up_fen(order_no):
            plan = RefundPlan("FAIL")
        refund = Refund(refund_no, order_no, amount_fen, plan.polls, plan.outcome, refusal)
        self.made[refund_no] = refund
        return RefundAnswer(refund.state, refund.code)

    def query(self, refund_no: str) -> RefundState:
        """What became of a refund; each query of one in PROCESSING brings its end nearer."""
        refund = self.made.get(refund_no)
        if refund is None:
            return RefundState("NOTFOUND", 0)
        answer = RefundState(refund.state, refund.amount_fen, refund.code)
        refund.polls_left = max(0, refund.polls_left - 1)
        return answer

    def refunded_fen(self, order_no: str) -> int:
        """What was given back for good."""
        return sum(r.amount_fen for r in self._of(order_no) if r.state == "SUCCESS")

    def parts(self, order_no: str) -> int:
        """How many refunds of this order were made or are on their way."""
        return sum(refund.state != "FAIL" for refund in self._of(order_no))

    def has_any(self, order_no: str) -> bool:
        """Whether money of this order was given back or is on its way."""
        return self._taken_up_fen(order_no) > 0

    def _taken_up_fen(self, order_no: str) -> int:
        return sum(r.amount_fen for r in self._of(order_no) if r.state != "FAIL")

    def _of(self, order_no: str) -> list[Refund]:
        return [refund for refund in self.made.values() if refund.order_no == order_no]
