"""What a person who has the evidence in hand decides about a refund that a person owns.

Talks to the database only, inside the caller's transaction: the next step outside is the
clockwork's. What a reader would get wrong: money goes back only while the routes that are left add
up to what the ledger still owes; after an insurance that refused what stays they never do.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.cases.rules import Verdict
from settlement_backend.ledger import ledger
from settlement_backend.refunds import books
from settlement_backend.refunds.plan import BOOKED_HERE, stored_parts
from settlement_backend.refunds.tables import Refund, RefundPart

_NEVER_IN_DOUBT = BOOKED_HERE | {"INSURANCE", "TRANSFER"}


def decide(session: Session, context: Context, refund: Refund, verdict: Verdict) -> str:
    """Let it go on by what is known now; what became of the money, as a case's outcome.

    ASK_AGAIN: where it stood. DONE: by the channel's proof that a part's money went back, also
    while the channel is still asked. Raises Refused `not_in_suspense`, `part_not_doubtful`,
    `plan_does_not_fit`, `decision_does_not_fit`.
    """
    match verdict.decision:
        case "ASK_AGAIN":
            _go_on(session, context, refund, ("SUSPENSE",))
            return "ASKED_AGAIN"
        case "DONE":
            _go_on(session, context, refund, ("SUSPENSE", "PAYOUT_UNKNOWN"))
            part = _doubtful(session, refund, verdict.about)
            books.book_part(session, part, context.clock.now())
            return "RETURNED"
        case "TAKEN" | "NOT_TAKEN":
            raise Refused("decision_does_not_fit")


def fits(session: Session, refund: Refund) -> bool:
    """Whether what is left to give back is what the routes that are left give."""
    if refund.stage != "MONEY":
        return True
    left_fen = sum(p.amount_fen for p in stored_parts(session, refund.id) if p.state != "DONE")
    return left_fen == ledger.balance(session, books.owed(refund.id))


def _doubtful(session: Session, refund: Refund, part_id: str) -> RefundPart:
    """A route outside that was asked and whose end nobody confirmed."""
    part = session.get(RefundPart, part_id)
    if part is None or part.refund_id != refund.id or refund.stage != "MONEY":
        raise Refused("part_not_doubtful")
    if part.route in _NEVER_IN_DOUBT or part.state != "ASKED":
        raise Refused("part_not_doubtful")
    return part


def _go_on(session: Session, context: Context, refund: Refund, before: tuple[str, ...]) -> None:
    """The clockwork takes its next step; a silence becomes a doubt after the whole time again."""
    if not fits(session, refund):
        raise Refused("plan_does_not_fit")
    at = stamp(context.clock.now())
    if not books.move(session, refund, before, state="CONFIRMED", next_at=at, decide_at=""):
        raise Refused("not_in_suspense")
