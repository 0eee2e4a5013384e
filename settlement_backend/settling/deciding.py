"""What a person who has the evidence in hand decides about a settlement in SUSPENSE.

Talks to the database only, inside the caller's transaction: the next step outside is the
clockwork's. What a reader would get wrong: a settlement is only ever in doubt about one tender,
the one it stands at while it is undone; everybody's word about any other tender was heard.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.cases.rules import Verdict
from settlement_backend.policy.decision import required
from settlement_backend.settling import books, settling
from settlement_backend.settling.settling import tenders_of
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.shifts import drawer_for
from settlement_backend.terminals.tables import Terminal

_ASKED = ("PAYING", "TAKEN")
_STANDS = ("NONE", "SETTLED")


def decide(session: Session, context: Context, row: Settlement, verdict: Verdict) -> str:
    """Let it go on by what is known now; what became of the money, as a case's outcome.

    ASK_AGAIN: where it stood. TAKEN, NOT_TAKEN: by the acquirer's proof about the doubtful tender.
    Raises Refused `not_in_suspense`, `tender_not_doubtful`, `decision_does_not_fit`, and why cash
    that was set aside with the case cannot go into its drawer now (`no_shift`).
    """
    if row.state != "SUSPENSE":
        raise Refused("not_in_suspense")
    # undoing is safe from everywhere, also for one suspended before its state was kept
    stood = row.suspended_in or "REVERSING"
    match verdict.decision:
        case "ASK_AGAIN":
            if stood != "REVERSING":
                _check_drawer(session, context, row)
            _go_on(session, context, row, stood)
            return "ASKED_AGAIN"
        case "TAKEN":
            _taken(session, context, row, _doubtful(session, row, stood, verdict.about))
            return "BOOKED"
        case "NOT_TAKEN":
            tender = _doubtful(session, row, stood, verdict.about)
            known = tender.state == "TAKEN"
            _go_on(session, context, row, "REVERSING")
            books.give_back(session, row, tender, context.clock.now())
            return "RETURNED" if known else "NOTHING_MOVED"
        case "DONE":
            raise Refused("decision_does_not_fit")


def _doubtful(session: Session, row: Settlement, stood: str, tender_id: str) -> Tender:
    """The tender whose undoing nobody confirmed."""
    asked = [tender for tender in tenders_of(session, row.id) if tender.state in _ASKED]
    if stood != "REVERSING" or not asked or asked[-1].id != tender_id:
        raise Refused("tender_not_doubtful")
    return asked[-1]


def _taken(session: Session, context: Context, row: Settlement, tender: Tender) -> None:
    """Booked; then the rest is taken. Where something went back already, this goes back too."""
    if tender.state == "TAKEN":
        raise Refused("tender_not_doubtful", "booked")
    tenders = tenders_of(session, row.id)
    whole = row.insurance_state in _STANDS and all(t.state != "RETURNED" for t in tenders)
    if whole:
        _check_drawer(session, context, row)
    _go_on(session, context, row, "PAYING" if whole else "REVERSING")
    books.take(session, row, tender, context.slip_key, context.clock.now())


def _check_drawer(session: Session, context: Context, row: Settlement) -> None:
    """Cash in somebody's hand is booked at the end: its window's drawer must be open by then."""
    for tender in tenders_of(session, row.id):
        if (tender.kind, tender.state) == ("CASH", "PLANNED"):
            where = actor_at(session.get_one(Terminal, tender.terminal_id))
            required(drawer_for(session, context.policy.staff, context.clock, where))


def _go_on(session: Session, context: Context, row: Settlement, state: str) -> None:
    """The clockwork takes its next step; a silence becomes a doubt after the whole time again."""
    now = context.clock.now()
    moved = settling.change(
        session,
        row.id,
        "SUSPENSE",
        state=state,
        suspended_in="",
        trouble=row.trouble if state == "REVERSING" else "",
        next_at=stamp(now),
        decide_at=stamp(now + timedelta(seconds=context.policy.doubt.give_up_after)),
    )
    if not moved:
        raise Refused("not_in_suspense")
    session.refresh(row)
