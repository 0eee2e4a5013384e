"""Card holds (pre-authorisations) at the acquirer (domain B.4).

Talks to nothing; the acquirer's routes call it. What a reader would get wrong: undoing something
nobody heard of is remembered, so that the request it undoes is refused should it arrive later.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sandbox.platforms.acquirer.pos_wire import (
    DECLINED_PAN_ENDING,
    DUPLICATE,
    INVALID_AMOUNT,
    INVALID_TRANSACTION,
    NO_SUCH_RECORD,
    NOT_ENOUGH,
    PosAnswer,
    declined,
    masked,
)
from sandbox.platforms.acquirer.refunds import RefundAnswer, RefundPlan, Refunds

Completer = Literal["ACQUIRER", "THIS_POS"]
HoldStateName = Literal["HELD", "COMPLETED", "RELEASED"]


@dataclass(slots=True)
class Hold:
    """``amount_fen`` is what is held; ``order_no`` the completion by the backend, if any."""

    auth_code: str
    rrn: str
    reference: str
    terminal_id: str
    masked_pan: str
    amount_fen: int
    completer: Completer
    taken_fen: int = 0
    state: HoldStateName = "HELD"
    order_no: str = ""


@dataclass(slots=True)
class Completion:
    """One completion by the backend; a cancelled one is closed for ever."""

    order_no: str
    auth_code: str
    amount_fen: int
    made_on: date
    state: Literal["SUCCESS", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class HoldState:
    """``/holds/query``."""

    state: HoldStateName | Literal["NOTFOUND"]
    amount_fen: int
    taken_fen: int
    completer: Completer


@dataclass(frozen=True, slots=True)
class CompleteAnswer:
    """``/holds/complete`` and its cancellation."""

    result: Literal["SUCCESS", "FAIL"]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class CompletionState:
    """``/holds/complete/query``."""

    state: Literal["SUCCESS", "NOTFOUND", "CANCELLED"]


@dataclass(slots=True)
class HoldBooks:
    """All holds by auth_code, their completions by order_no, and the refunds of these."""

    holds: dict[str, Hold] = field(default_factory=dict)
    completions: dict[str, Completion] = field(default_factory=dict)
    refused_references: set[str] = field(default_factory=set)
    refunds: Refunds = field(default_factory=Refunds)

    def hold(
        self, reference: str, terminal_id: str, amount_fen: int, pan: str, completer: Completer
    ) -> PosAnswer:
        """Hold money on a card; the same reference again answers the same hold."""
        known = self._by_reference(reference)
        shown_pan = masked(pan)
        if known is not None:
            same = (known.amount_fen, known.masked_pan, known.state) == (
                amount_fen,
                shown_pan,
                "HELD",
            )
            return _approved(known) if same else declined(DUPLICATE)
        if reference in self.refused_references:
            return declined(DUPLICATE)
        if pan.endswith(DECLINED_PAN_ENDING):
            return declined(NOT_ENOUGH)
        number = len(self.holds) + 1
        made = Hold(
            auth_code=f"{100_000 + number:06d}",
            rrn=f"{800_000_000_000 + number:012d}",
            reference=reference,
            terminal_id=terminal_id,
            masked_pan=shown_pan,
            amount_fen=amount_fen,
            completer=completer,
        )
        self.holds[made.auth_code] = made
        return _approved(made)

    def undo(self, reference: str) -> PosAnswer:
        """Release the hold of a reference, heard of or not, and refuse the reference for ever."""
        self.refused_references.add(reference)
        known = self._by_reference(reference)
        return self.release(known.auth_code, None) if known is not None else PosAnswer("approved")

    def release(self, auth_code: str, amount_fen: int | None) -> PosAnswer:
        """Free the whole hold (None) or ``amount_fen`` of it; a released one stays released."""
        hold = self.holds.get(auth_code)
        if hold is None:
            return declined(NO_SUCH_RECORD)
        if hold.state == "COMPLETED":
            return declined(INVALID_TRANSACTION)
        if hold.state == "RELEASED":
            return PosAnswer("approved")
        if amount_fen is not None and amount_fen > hold.amount_fen:
            return declined(INVALID_AMOUNT)
        if amount_fen is None or amount_fen == hold.amount_fen:
            hold.state = "RELEASED"
        else:
            hold.amount_fen -= amount_fen
        return PosAnswer("approved")

    def complete_at_pos(self, auth_code: str, amount_fen: int) -> PosAnswer:
        """The card terminal takes the money; it may do so whoever else can."""
        hold = self.holds.get(auth_code)
        if hold is None:
            return declined(NO_SUCH_RECORD)
        if hold.state == "COMPLETED" and hold.order_no == "" and hold.taken_fen == amount_fen:
            return PosAnswer("approved")
        if hold.state != "HELD":
            return declined(INVALID_TRANSACTION)
        if amount_fen > hold.amount_fen:
            return declined(INVALID_AMOUNT)
        hold.state, hold.taken_fen = "COMPLETED", amount_fen
        return PosAnswer("approved")

    def query(self, auth_code: str, rrn: str) -> HoldState:
        """What a hold is now; both numbers must be right."""
        hold = self.holds.get(auth_code)
        if hold is None or hold.rrn != rrn:
            return HoldState("NOTFOUND", 0, 0, "ACQUIRER")
        return HoldState(hold.state, hold.amount_fen, hold.taken_fen, hold.completer)

    def complete(
        self, auth_code: str, order_no: str, amount_fen: int, today: date
    ) -> CompleteAnswer:
        """Take at most the held money, once; the same order_no again was done already."""
        known = self.completions.get(order_no)
        if known is not None:
            same = (known.auth_code, known.amount_fen) == (auth_code, amount_fen)
            if known.state == "SUCCESS" and same:
                return CompleteAnswer("SUCCESS")
            return CompleteAnswer("FAIL", "ORDER_NO_USED")
        hold = self.holds.get(auth_code)
        if hold is None:
            return CompleteAnswer("FAIL", "HOLD_NOT_FOUND")
        if hold.state != "HELD":
            return CompleteAnswer("FAIL", f"HOLD_{hold.state}")
        if hold.completer == "THIS_POS":
            return CompleteAnswer("FAIL", "ONLY_THIS_POS")
        if amount_fen > hold.amount_fen:
            return CompleteAnswer("FAIL", "AMOUNT_TOO_HIGH")
        hold.state, hold.taken_fen, hold.order_no = "COMPLETED", amount_fen, order_no
        self.completions[order_no] = Completion(order_no, auth_code, amount_fen, today, "SUCCESS")
        return CompleteAnswer("SUCCESS")

    def completion(self, order_no: str) -> CompletionState:
        """What became of a completion."""
        known = self.completions.get(order_no)
        return CompletionState("NOTFOUND" if known is None else known.state)

    def cancel_completion(self, order_no: str, today: date) -> CompleteAnswer:
        """Make the hold stand again, on the day of the completion only (B.4)."""
        known = self.completions.get(order_no)
        if known is None:
            self.completions[order_no] = Completion(order_no, "", 0, today, "CANCELLED")
            return CompleteAnswer("SUCCESS")
        if known.state == "CANCELLED":
            return CompleteAnswer("SUCCESS")
        if known.made_on != today:
            return CompleteAnswer("FAIL", "NOT_SAME_DAY")
        if self.refunds.has_any(order_no):
            return CompleteAnswer("FAIL", "REFUNDED")
        hold = self.holds[known.auth_code]
        hold.state, hold.taken_fen, hold.order_no = "HELD", 0, ""
        known.state = "CANCELLED"
        return CompleteAnswer("SUCCESS")

    def refund(
        self, order_no: str, refund_no: str, amount_fen: int, plan: RefundPlan
    ) -> RefundAnswer:
        """Give back a part of a completion, or all of it."""
        known = self.completions.get(order_no)
        paid_fen = known.amount_fen if known is not None and known.state == "SUCCESS" else 0
        return self.refunds.ask(order_no, refund_no, amount_fen, paid_fen, plan)

    def _by_reference(self, reference: str) -> Hold | None:
        return next((h for h in self.holds.values() if h.reference == reference), None)


def _approved(hold: Hold) -> PosAnswer:
    return PosAnswer("approved", hold.auth_code, hold.rrn)
