"""A larger hold in place of one that is too small (S12): the new one first, then the old one ends.

Talks to the acquirer outside of transactions. What a reader would get wrong: both steps are a card
terminal's, and the word of either may be lost. Until the new hold is registered the old one stands
and pays; from then on it pays nothing any more, and somebody sees to it that its bank frees it.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirers.acquirer import HoldAt
from settlement_backend.acquirers.banks import Banks
from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.cases.cases import open_case
from settlement_backend.holds import rules
from settlement_backend.holds.shapes import ReauthorisationShape, reauthorisation_shape
from settlement_backend.holds.tables import Hold, Reauthorisation
from settlement_backend.policy.decision import required
from settlement_backend.terminals.tables import Terminal


def new_stands(session: Session, new: Hold, context: Context) -> None:
    """A hold was registered; when it takes the place of another one, that one ends here."""
    wanted = select(Reauthorisation).where(
        Reauthorisation.reference == new.reference,
        Reauthorisation.person_id == new.person_id,
        Reauthorisation.state.in_(("ASKED", "DROPPED")),
    )
    row = session.scalar(wanted)
    if row is None:
        return
    now, doubt = context.clock.now(), context.policy.doubt
    ended = session.execute(
        update(Hold)
        .where(Hold.id == row.old_hold_id, Hold.state == "HELD")
        .values(state="SUPERSEDED")
    )
    superseded = ended.rowcount == 1  # type: ignore[attr-defined]  # a CursorResult for UPDATE
    row.new_hold_id, row.state = new.id, "HELD" if superseded else "DONE"
    row.next_at, row.decide_at = stamp(now), later(now, doubt.give_up_after)


class Reauthorising:
    """All of them; the runner moves on what a terminal left."""

    def __init__(self, context: Context, banks: Banks) -> None:
        self._context, self._banks = context, banks
        self._db, self._clock = context.db, context.clock

    def ask(
        self, key: str, hold_id: str, reference: str, amount_fen: int, terminal: Terminal
    ) -> ReauthorisationShape:
        """Announce the larger hold before the card terminal makes it under `reference`.

        Raises NoSuch, Refused `hold_unusable`, `not_larger`, `limits`, `reference_used`.
        """
        now, doubt = self._clock.now(), self._context.policy.doubt
        with self._db.write() as session:
            old = session.get(Hold, hold_id)
            if old is None:
                raise NoSuch("unknown_hold")
            if session.get(Reauthorisation, key) is None:
                preauth = self._context.policy.preauth
                required(rules.may_replace(preauth, old.state, old.amount_fen, amount_fen))
                _check_unused(session, reference)
                row = Reauthorisation(
                    id=key,
                    person_id=old.person_id,
                    terminal_id=terminal.id,
                    old_hold_id=hold_id,
                    reference=reference,
                    amount_fen=amount_fen,
                    state="ASKED",
                    at=stamp(now),
                    next_at=stamp(now + timedelta(seconds=doubt.ask_every)),
                    decide_at=later(now, doubt.due_hours * 3600),
                )
                session.add(row)
                session.flush()
            return _told(session, key)

    def released(self, reauthorisation_id: str) -> ReauthorisationShape:
        """The card terminal says that the old hold is released; the acquirer is asked."""
        self.advance(reauthorisation_id)
        return self.view(reauthorisation_id)

    def view(self, reauthorisation_id: str) -> ReauthorisationShape:
        """As it stands. Raises NoSuch."""
        with self._db.read() as session:
            return _told(session, reauthorisation_id)

    def unfinished(self) -> list[str]:
        """Those whose next look is due."""
        wanted = select(Reauthorisation.id).where(
            Reauthorisation.state.in_(("ASKED", "HELD")),
            Reauthorisation.next_at <= stamp(self._clock.now()),
        )
        with self._db.read() as session:
            return list(session.scalars(wanted))

    def advance(self, reauthorisation_id: str) -> None:
        """One look: is the old hold free, and may this still wait."""
        with self._db.read() as session:
            row = session.get(Reauthorisation, reauthorisation_id)
            old = session.get_one(Hold, row.old_hold_id) if row else None
        if row is None or old is None or row.state not in ("ASKED", "HELD"):
            return
        found: HoldAt | NotFound | Silent = Silent()
        if row.state == "HELD":
            found = self._banks.of(old.acquirer).hold(old.auth_code, old.rrn)
        with self._db.write() as session:
            fresh = session.get_one(Reauthorisation, row.id)
            if fresh.state == row.state:
                self._judge(session, fresh, found)

    def _judge(
        self, session: Session, row: Reauthorisation, found: HoldAt | NotFound | Silent
    ) -> None:
        now, doubt = self._clock.now(), self._context.policy.doubt
        late = stamp(now) >= row.decide_at
        match found:
            case HoldAt(state="RELEASED") | NotFound():
                row.state = "DONE"
            case _ if late and row.state == "ASKED":
                row.state = "DROPPED"
            case _ if late:
                row.state = "SUSPENSE"
                open_case(
                    session,
                    doubt,
                    now,
                    operation_kind="reauthorise",
                    operation_id=row.id,
                    amount_fen=session.get_one(Hold, row.old_hold_id).amount_fen,
                    evidence="the new hold stands, the old one is not released",
                    person_id=row.person_id,
                )
            case _:
                row.next_at = later(now, doubt.ask_every)


def _check_unused(session: Session, reference: str) -> None:
    """One number names one hold for ever."""
    hold = session.scalar(select(Hold.id).where(Hold.reference == reference))
    known = session.scalar(select(Reauthorisation.id).where(Reauthorisation.reference == reference))
    if hold or known:
        raise Refused("reference_used")


def _told(session: Session, reauthorisation_id: str) -> ReauthorisationShape:
    row = session.get(Reauthorisation, reauthorisation_id)
    if row is None:
        raise NoSuch("unknown_reauthorisation")
    old = session.get_one(Hold, row.old_hold_id)
    new = session.get(Hold, row.new_hold_id) if row.new_hold_id else None
    return reauthorisation_shape(row, old, new)
