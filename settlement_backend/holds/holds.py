"""Holds on cards: registering one, which one a settlement may use, releasing it.

Talks to the acquirer outside of transactions. What a reader would get wrong: the hold was made by
a card terminal before it is registered here, so an acquirer that says nothing is no reason to
refuse it: the same request comes again.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirers.acquirer import Completer, HoldAt
from settlement_backend.acquirers.banks import Banks, bank_for
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import KeyReused, NoSuch, Refused
from settlement_backend.base.outside import NotFound, NoWord, Silent
from settlement_backend.holds import reauthorising, rules
from settlement_backend.holds.shapes import HoldShape, TermsShape, hold_shape
from settlement_backend.holds.tables import Hold
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import required
from settlement_backend.policy.profile import Preauth
from settlement_backend.terminals.tables import Terminal


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """What the card terminal knows of a hold it made. `reference`: our own number of it."""

    reference: str
    amount_fen: int
    masked_card: str
    auth_code: str
    rrn: str
    trace: str
    receipt: str
    pos_terminal_id: str
    merchant_id: str


def terms(person: Person, preauth: Preauth) -> TermsShape:
    """Whether this person may place a hold, and its limits, inclusive (S10)."""
    decision = rules.may_hold(preauth, bool(person.id_number))
    return TermsShape(
        allowed=decision.allow,
        reason=decision.message_key,
        min_fen=preauth.min_fen,
        max_fen=preauth.max_fen,
        suggestions_fen=preauth.suggestions_fen,
    )


def hold_of(session: Session, hold_id: str) -> Hold:
    """Raises NoSuch."""
    found = session.get(Hold, hold_id)
    if found is None:
        raise NoSuch("unknown_hold")
    return found


class Holds:
    """Holds of this hospital at all its acquirers."""

    def __init__(self, context: Context, banks: Banks) -> None:
        self._context, self._banks = context, banks
        self._db, self._clock, self._preauth = context.db, context.clock, context.policy.preauth

    def register(self, person_id: str, body: HoldFacts, terminal: Terminal) -> HoldShape:
        """Remember a hold once; the same reference again answers as the hold stands.

        A hold that takes the place of a smaller one ends it in the same transaction (S12). Raises
        Refused, KeyReused for another hold under a known reference, and NoWord.
        """
        with self._db.read() as session:
            known = _known(session, person_id, body)
            if known is not None:
                return hold_shape(known)
            person = person_of(session, person_id)
        required(rules.may_hold(self._preauth, bool(person.id_number)))
        required(rules.within_limits(self._preauth, body.amount_fen))
        required(rules.masked(body.masked_card))
        bank = bank_for(self._context.policy.acquirers, terminal.id, body.masked_card)
        completer = self._completer(bank, body)
        with self._db.write() as session:
            hold = _known(session, person_id, body)
            if hold is None:
                hold = self._new(person_id, body, completer, bank, terminal)
                session.add(hold)
                session.flush()
                reauthorising.new_stands(session, hold, self._context)
            return hold_shape(hold)

    def released(self, hold_id: str) -> HoldShape:
        """A card terminal says that it released a hold: true when the acquirer says so too.

        Answers the hold as it stands, HELD while the acquirer still has it. Raises NoSuch, NoWord.
        """
        with self._db.read() as session:
            hold = hold_of(session, hold_id)
        if hold.state == "HELD":
            found = self._banks.of(hold.acquirer).hold(hold.auth_code, hold.rrn)
            if isinstance(found, Silent):
                raise NoWord
            if isinstance(found, HoldAt) and found.state == "RELEASED":
                with self._db.write() as session:
                    _end(session, hold_id, "RELEASED")
        with self._db.read() as session:
            return hold_shape(hold_of(session, hold_id))

    def _completer(self, bank: str, body: HoldFacts) -> Completer:
        found = self._banks.of(bank).hold(body.auth_code, body.rrn)
        match found:
            case HoldAt():
                if found.state != "HELD" or found.amount_fen != body.amount_fen:
                    raise Refused("not_at_acquirer")
                return found.completer
            case NotFound():
                raise Refused("not_at_acquirer")
            case Silent():
                raise NoWord
            case _:
                assert_never(found)

    def _new(
        self, person_id: str, body: HoldFacts, completer: Completer, bank: str, terminal: Terminal
    ) -> Hold:
        now = self._clock.now()
        return Hold(
            id=uuid.uuid4().hex,
            person_id=person_id,
            reference=body.reference,
            amount_fen=body.amount_fen,
            taken_fen=0,
            over_fen=0,
            state="HELD",
            masked_card=body.masked_card,
            auth_code=body.auth_code,
            rrn=body.rrn,
            trace=body.trace,
            receipt=body.receipt,
            pos_terminal_id=body.pos_terminal_id,
            merchant_id=body.merchant_id,
            completer=completer,
            expires_on=(now.date() + timedelta(days=self._preauth.expires_days)).isoformat(),
            created_at=stamp(now),
            terminal_id=terminal.id,
            acquirer=bank,
        )


def _known(session: Session, person_id: str, body: HoldFacts) -> Hold | None:
    hold = session.scalar(select(Hold).where(Hold.reference == body.reference))
    if hold is not None and (hold.person_id, hold.auth_code) != (person_id, body.auth_code):
        raise KeyReused
    return hold


def _end(session: Session, hold_id: str, state: str) -> None:
    session.execute(
        update(Hold).where(Hold.id == hold_id, Hold.state == "HELD").values(state=state)
    )


def _standing(session: Session, person_id: str, today: date) -> Sequence[Hold]:
    wanted = select(Hold).where(
        Hold.person_id == person_id,
        Hold.state == "HELD",
        Hold.expires_on >= today.isoformat(),
    )
    return session.scalars(wanted.order_by(Hold.created_at, Hold.id)).all()


def usable(session: Session, person_id: str, today: date, terminal_id: str) -> Hold | None:
    """The oldest hold that a settlement can take from: the acquirer completes it, or the card
    terminal of this terminal does ("": none does). What needs no card terminal comes first."""
    found = _standing(session, person_id, today)
    anywhere = [hold for hold in found if hold.completer == "ACQUIRER"]
    here = [hold for hold in found if hold.completer != "ACQUIRER"]
    mine = [hold for hold in here if terminal_id and hold.terminal_id == terminal_id]
    return next(iter([*anywhere, *mine]), None)


def elsewhere(session: Session, person_id: str, today: date, terminal_id: str) -> Terminal | None:
    """Where a hold can be used that only another card terminal completes (S11)."""
    for hold in _standing(session, person_id, today):
        if hold.completer == "THIS_POS" and hold.terminal_id != terminal_id:
            return session.get(Terminal, hold.terminal_id)
    return None


def release_expired(session: Session, today: date) -> None:
    """Holds whose last day is over fell off at the acquirer by themselves (B.4)."""
    session.execute(
        update(Hold)
        .where(Hold.state == "HELD", Hold.expires_on < today.isoformat())
        .values(state="EXPIRED")
    )
