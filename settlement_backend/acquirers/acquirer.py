"""The acquirer as the backend uses it: orders, one-code, holds, card sales and refunds.

Talks to one bank's gateway through `outside` (docs/platforms/acquirer.md); debits and credit lines
are in `agreements.py`. What a reader would get wrong: a number belongs to one bank for ever, so
what was asked of one is never asked of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from settlement_backend.acquirers.agreements import Agreements
from settlement_backend.acquirers.reading import done, refund_outcome, silent, taking, word
from settlement_backend.acquirers.words import (
    Again,
    Closed,
    Declined,
    Paid,
    Paying,
    RefundOutcome,
    Standing,
    Taking,
    Undoing,
)
from settlement_backend.base.outside import Done, Json, NotFound, Outside, Silent

HoldState = Literal["HELD", "COMPLETED", "RELEASED"]
Completer = Literal["ACQUIRER", "THIS_POS"]
_DESCRIPTION = "hospital fees"


@dataclass(frozen=True, slots=True)
class HoldAt:
    """A hold as it stands at the acquirer. `completer`: who can take the money."""

    state: HoldState
    amount_fen: int
    taken_fen: int
    completer: Completer


@dataclass(frozen=True, slots=True)
class SaleAt:
    """A card sale as it stands at the acquirer."""

    auth_code: str
    rrn: str
    masked_card: str
    amount_fen: int
    voided: bool


@dataclass(frozen=True, slots=True)
class Credential:
    """A one-code credential; `auth_code` pays this order and this amount once (W13)."""

    auth_code: str

    def __repr__(self) -> str:
        return "Credential(…)"


@dataclass(frozen=True, slots=True)
class OneCodeState:
    """Whether the owner of an e-code lets it pay, and from which channel (W14)."""

    signed: bool
    channel: str


class Acquirer:
    """One method a request; no method raises for what the other side does."""

    def __init__(self, url: str, *, connect_s: float = 2.0, read_s: float = 5.0) -> None:
        self._outside = Outside(url, connect_s, read_s)
        self.agreements = Agreements(self._outside)

    def micropay(self, order_no: str, auth_code: str, amount_fen: int) -> Taking:
        """Take money by a wallet's code; an order number is paid at most once (B.2)."""
        body = {"order_no": order_no, "auth_code": auth_code, "amount_fen": amount_fen}
        path = "/pay/micropay"
        return taking(path, self._outside.ask(path, {**body, "description": _DESCRIPTION}))

    def precreate(
        self, order_no: str, channel: str, amount_fen: int, payer_note: str
    ) -> Paying | Declined | Silent:
        """A QR that somebody else pays on his phone; valid for two hours (N18, B.3)."""
        body = {
            "order_no": order_no,
            "channel": channel,
            "amount_fen": amount_fen,
            "description": _DESCRIPTION,
            "payer_note": payer_note,
        }
        answer = self._outside.ask("/pay/precreate", body)
        match answer:
            case {"result": "SUCCESS", "code_url": str(code_url)}:
                return Paying(code_url)
            case {"result": "FAIL", "code": "ORDER_CLOSED"}:
                return Declined("ORDER_CLOSED")
        return silent("/pay/precreate", answer)

    def query(self, order_no: str) -> Standing:
        """What became of a payment. A paid order with a refund still counts as paid."""
        answer = self._outside.ask("/pay/query", {"order_no": order_no})
        match answer:
            case {"state": "SUCCESS" | "REFUND"}:
                return Paid("", word(answer, "payer_mask"))
            case {"state": "USERPAYING" | "NOTPAY"}:
                return Paying()
            case {"state": "CLOSED" | "REVOKED"}:
                return Closed()
            case {"state": "NOTFOUND"}:
                return NotFound()
        return silent("/pay/query", answer)

    def close(self, order_no: str) -> Done | Declined | Silent:
        """End a QR for ever; Declined: it was paid before (`ORDER_PAID`)."""
        return done("/pay/close", self._outside.ask("/pay/close", {"order_no": order_no}))

    def reverse(self, order_no: str) -> Undoing:
        """Take a payment back, or make sure that it never happens (撤销). Declined: the channel
        reverses it no more and wants a refund."""
        answer = self._outside.ask("/pay/reverse", {"order_no": order_no})
        match answer:
            case {"result": "REVOKED" | "CLOSED"}:
                return Done()
            case {"result": "FAIL", "recall": True}:
                return Again()
            case {"result": "FAIL", "recall": False}:
                return Declined("NOT_REVERSIBLE")
        return silent("/pay/reverse", answer)

    def refund(self, order_no: str, refund_no: str, amount_fen: int) -> RefundOutcome:
        """Give back a part of a paid order; the same refund number is done once."""
        return self._give_back("/pay/refund", order_no, refund_no, amount_fen)

    def refund_hold(self, order_no: str, refund_no: str, amount_fen: int) -> RefundOutcome:
        """Give back a part of what a completion took."""
        return self._give_back("/holds/refund", order_no, refund_no, amount_fen)

    def refund_sale(self, reference: str, refund_no: str, amount_fen: int) -> RefundOutcome:
        """Give back a part of a card sale to its card."""
        return self._give_back("/sales/refund", reference, refund_no, amount_fen)

    def refund_query(self, refund_no: str) -> RefundOutcome | NotFound:
        """What became of a refund, of a wallet, a hold or a card sale."""
        path = "/pay/refund/query"
        answer = self._outside.ask(path, {"refund_no": refund_no})
        if answer is not None and answer.get("state") == "NOTFOUND":
            return NotFound()
        return refund_outcome(path, answer)

    # --- one-code

    def one_code_state(self, ec_token: str) -> OneCodeState | Silent:
        """Asked before it is relied on (W14)."""
        answer = self._outside.ask("/onecode/state", {"ec_token": ec_token})
        match answer:
            case {"signed": bool(signed), "channel": str(channel)}:
                return OneCodeState(signed, channel)
        return silent("/onecode/state", answer)

    def credential(
        self, ec_token: str, order_no: str, amount_fen: int
    ) -> Credential | Declined | Silent:
        """The code that pays exactly this order and amount, got before the insurance settles."""
        body = {"ec_token": ec_token, "order_no": order_no, "amount_fen": amount_fen}
        answer = self._outside.ask("/onecode/credential", body)
        match answer:
            case {"result": "SUCCESS", "auth_code": str(auth_code)}:
                return Credential(auth_code)
            case {"result": "FAIL", "code": str(code)}:
                return Declined(code)
        return silent("/onecode/credential", answer)

    # --- cards

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
        return silent("/holds/query", answer)

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
        return silent("/holds/complete/query", answer)

    def cancel_completion(self, order_no: str) -> Done | Declined | Silent:
        """Make the hold stand again; on the day of the completion only (B.4)."""
        return self._do("/holds/complete/cancel", {"order_no": order_no})

    def sale(self, reference: str) -> SaleAt | NotFound | Silent:
        """A card sale by the reference the card terminal was given."""
        answer = self._outside.ask("/sales/query", {"reference": reference})
        match answer:
            case {"state": "NOTFOUND"}:
                return NotFound()
            case {
                "state": "DONE" | "VOIDED" as state,
                "auth_code": str(auth_code),
                "rrn": str(rrn),
                "masked_card": str(masked_card),
                "amount_fen": int(amount_fen),
            }:
                return SaleAt(auth_code, rrn, masked_card, amount_fen, state == "VOIDED")
        return silent("/sales/query", answer)

    def reverse_sale(self, reference: str) -> Done | Declined | Silent:
        """Give the whole sale back; an unheard reference is refused for ever after (B.5)."""
        return self._do("/sales/reverse", {"reference": reference})

    def _do(self, path: str, body: Json) -> Done | Declined | Silent:
        return done(path, self._outside.ask(path, body))

    def _give_back(
        self, path: str, order_no: str, refund_no: str, amount_fen: int
    ) -> RefundOutcome:
        body = {"order_no": order_no, "refund_no": refund_no, "amount_fen": amount_fen}
        return refund_outcome(path, self._outside.ask(path, body))
