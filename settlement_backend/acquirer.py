"""The acquirer as the backend uses it: wallet payments, holds and refunds (docs/platforms.md).

Talks to the acquirer's gateway through `outside`. What a reader would get wrong: `Declined` is
the acquirer's own word that nothing was taken; everything that is not such a word is `Silent`,
and `ORDER_PAID` is among it, because it says that an earlier request of ours did take the money.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal

from settlement_backend.outside import Done, Json, NotFound, Outside, Silent

_log = logging.getLogger(__name__)
HoldState = Literal["HELD", "COMPLETED", "RELEASED"]
Completer = Literal["ACQUIRER", "THIS_POS"]


@dataclass(frozen=True, slots=True)
class Paid:
    """The money was taken. `transaction_no` is "" when it was learned by a query."""

    transaction_no: str


@dataclass(frozen=True, slots=True)
class Paying:
    """Not decided yet: ask again."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The acquirer says no; nothing moved. `code`: its own word."""

    code: str


@dataclass(frozen=True, slots=True)
class Closed:
    """This number was closed or taken back and never moves money again."""


@dataclass(frozen=True, slots=True)
class Again:
    """The acquirer wants the same request once more."""


@dataclass(frozen=True, slots=True)
class HoldAt:
    """A hold as it stands at the acquirer. `completer`: who can take the money."""

    state: HoldState
    amount_fen: int
    taken_fen: int
    completer: Completer


RefundOutcome = Done | Paying | Declined | Silent


class Acquirer:
    """One method a request; no method raises for what the other side does."""

    def __init__(self, url: str, *, connect_s: float = 2.0, read_s: float = 5.0) -> None:
        self._outside = Outside(url, connect_s, read_s)

    def micropay(
        self, order_no: str, auth_code: str, amount_fen: int
    ) -> Paid | Paying | Declined | Silent:
        """Take money by a wallet's code; an order number is paid at most once (B.2)."""
        body = {"order_no": order_no, "auth_code": auth_code, "amount_fen": amount_fen}
        answer = self._outside.ask("/pay/micropay", {**body, "description": "outpatient fees"})
        match answer:
            case {"result": "SUCCESS", "transaction_no": str(transaction_no)}:
                return Paid(transaction_no)
            case {"result": "USERPAYING"}:
                return Paying()
            case {"result": "FAIL", "code": str(code)} if code != "ORDER_PAID":
                return Declined(code)
        return _silent("/pay/micropay", answer)

    def query(self, order_no: str) -> Paid | Paying | Closed | NotFound | Silent:
        """What became of a payment. A paid order with a refund still counts as paid."""
        answer = self._outside.ask("/pay/query", {"order_no": order_no})
        match answer:
            case {"state": "SUCCESS" | "REFUND"}:
                return Paid("")
            case {"state": "USERPAYING"}:
                return Paying()
            case {"state": "CLOSED" | "REVOKED"}:
                return Closed()
            case {"state": "NOTFOUND"}:
                return NotFound()
        return _silent("/pay/query", answer)

    def reverse(self, order_no: str) -> Done | Again | Silent:
        """Take a payment back, or make sure that it never happens (撤销)."""
        answer = self._outside.ask("/pay/reverse", {"order_no": order_no})
        match answer:
            case {"result": "REVOKED" | "CLOSED"}:
                return Done()
            case {"result": "FAIL", "recall": True}:
                return Again()
        return _silent("/pay/reverse", answer)

    def refund(self, order_no: str, refund_no: str, amount_fen: int) -> RefundOutcome:
        """Give back a part of a paid order; the same refund number is done once."""
        return self._give_back("/pay/refund", order_no, refund_no, amount_fen)

    def refund_hold(self, order_no: str, refund_no: str, amount_fen: int) -> RefundOutcome:
        """Give back a part of what a completion took."""
        return self._give_back("/holds/refund", order_no, refund_no, amount_fen)

    def refund_query(self, refund_no: str) -> RefundOutcome | NotFound:
        """What became of a refund, of a wallet or of a hold."""
        path = "/pay/refund/query"
        answer = self._outside.ask(path, {"refund_no": refund_no})
        if answer is not None and answer.get("state") == "NOTFOUND":
            return NotFound()
        return _refund_outcome(path, answer)

    def hold(self, auth_code: str, rrn: str) -> HoldAt | NotFound | Silent:
        """A hold by both of its numbers."""
        answer = self._outside.ask("/holds/query", {"auth_code": auth_code, "rrn": rrn})
        match answer:
            case {"state": "NOTFOUND"}:
                return NotFound()
            case {
                "state": "HELD" | "COMPLETED" | "RELEASED" as state,
                "amount_fen": int(amount_fen),
                "taken_fen": int(taken_fen),
                "completer": "ACQUIRER" | "THIS_POS" as completer,
            }:
                return HoldAt(state, amount_fen, taken_fen, completer)
        return _silent("/holds/query", answer)

    def complete_hold(
        self, auth_code: str, order_no: str, amount_fen: int
    ) -> Done | Declined | Silent:
        """Take at most the held amount, once; the rest falls free (S11)."""
        body = {"auth_code": auth_code, "order_no": order_no, "amount_fen": amount_fen}
        return self._do("/holds/complete", body)

    def complete_query(self, order_no: str) -> Done | NotFound | Closed | Silent:
        """What became of a completion; `Closed`: it was cancelled."""
        answer = self._outside.ask("/holds/complete/query", {"order_no": order_no})
        match answer:
            case {"state": "SUCCESS"}:
                return Done()
            case {"state": "NOTFOUND"}:
                return NotFound()
            case {"state": "CANCELLED"}:
                return Closed()
        return _silent("/holds/complete/query", answer)

    def cancel_completion(self, order_no: str) -> Done | Declined | Silent:
        """Make the hold stand again; on the day of the completion only (B.4)."""
        return self._do("/holds/complete/cancel", {"order_no": order_no})

    def _do(self, path: str, body: Json) -> Done | Declined | Silent:
        answer = self._outside.ask(path, body)
        match answer:
            case {"result": "SUCCESS"}:
                return Done()
            case {"result": "FAIL", "code": str(code)}:
                return Declined(code)
        return _silent(path, answer)

    def _give_back(
        self, path: str, order_no: str, refund_no: str, amount_fen: int
    ) -> RefundOutcome:
        body = {"order_no": order_no, "refund_no": refund_no, "amount_fen": amount_fen}
        return _refund_outcome(path, self._outside.ask(path, body))


def _refund_outcome(path: str, answer: Json | None) -> RefundOutcome:
    match answer:
        case {"state": "SUCCESS"}:
            return Done()
        case {"state": "PROCESSING"}:
            return Paying()
        case {"state": "FAIL"}:
            return Declined("REFUND_FAILED")
    return _silent(path, answer)


def _silent(path: str, answer: Json | None) -> Silent:
    if answer is not None:
        _log.warning("%s: the answer decides nothing", path)
    return Silent()
