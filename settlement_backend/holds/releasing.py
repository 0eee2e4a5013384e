"""May a hold be ended at this terminal's card terminal, without a larger one in its place?

Looks only; the card terminal releases, the acquirer's word to `Holds.released` counts. What a
reader would get wrong: a receipt's number means something only to the card terminal that gave it,
so a terminal whose card terminal was exchanged is another place.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.holds import rules
from settlement_backend.holds.holds import hold_of
from settlement_backend.holds.rules import HoldNow
from settlement_backend.holds.shapes import HoldPlaceShape, ReleaseShape, hold_shape, place_of
from settlement_backend.holds.tables import Hold
from settlement_backend.policy.profile import Preauth
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.terminals.tables import Terminal

_OVER = ("COMPLETED", "REVERSED", "CANCELLED")


def release_of(
    session: Session, hold_id: str, terminal: Terminal, preauth: Preauth
) -> ReleaseShape:
    """As it stands now. Raises NoSuch."""
    hold = hold_of(session, hold_id)
    now = HoldNow(hold.state, _made_here(session, hold, terminal), _in_use(session, hold_id))
    decision = rules.may_release(preauth, terminal.kind, now)
    return ReleaseShape(
        hold=hold_shape(hold),
        decision=decision,
        receipt=hold.receipt if decision.allow else "",
        place=place_of(session.get(Terminal, hold.terminal_id)),
    )


def ends_at(session: Session, hold: Hold, terminal: Terminal) -> HoldPlaceShape:
    """Where it can be ended, told before anybody tries."""
    return HoldPlaceShape(
        hold_id=hold.id,
        here=_made_here(session, hold, terminal),
        place=place_of(session.get(Terminal, hold.terminal_id)),
    )


def _made_here(session: Session, hold: Hold, terminal: Terminal) -> bool:
    """By the card terminal that this terminal has today: the one of its newest hold."""
    if hold.terminal_id != terminal.id:
        return False
    wanted = select(Hold.pos_terminal_id).where(Hold.terminal_id == terminal.id)
    newest = session.scalar(wanted.order_by(Hold.created_at.desc(), Hold.id.desc()).limit(1))
    return newest == hold.pos_terminal_id


def _in_use(session: Session, hold_id: str) -> bool:
    """A bill that is quoted or on its way takes from it."""
    wanted = (
        select(Tender.id)
        .join(Settlement, Settlement.id == Tender.settlement_id)
        .where(Tender.hold_id == hold_id, Settlement.state.not_in(_OVER))
    )
    return session.scalar(wanted.limit(1)) is not None
