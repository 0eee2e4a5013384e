"""Holds on cards: what the profile allows, registering one, which one a settlement may use.

Talks to the acquirer outside of transactions. What a reader would get wrong: the hold was made by
a card terminal before it is registered here, so an acquirer that says nothing is no reason to
refuse it: the same request comes again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirer import Acquirer, Completer, HoldAt
from settlement_backend.clock import Clock, stamp
from settlement_backend.database import Database
from settlement_backend.errors import KeyReused, Refused
from settlement_backend.models import Hold, Person
from settlement_backend.outside import Json, NotFound, NoWord, Silent
from settlement_backend.people import person_of
from settlement_backend.policy import HoldRules

_MOST_CARD_DIGITS = 10


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


def hold_json(hold: Hold) -> Json:
    """The Hold shape: amount = taken + released + remaining."""
    held = hold.state == "HELD"
    left_fen = hold.amount_fen - hold.taken_fen
    return {
        "hold_id": hold.id,
        "amount_fen": hold.amount_fen,
        "taken_fen": hold.taken_fen,
        "released_fen": 0 if held else left_fen,
        "remaining_fen": left_fen if held else 0,
        "state": hold.state,
        "masked_card": hold.masked_card,
        "expires_on": hold.expires_on,
        "completer": hold.completer,
    }


def terms(person: Person, rules: HoldRules) -> Json:
    """Whether this person may place a hold, and its limits, inclusive (S10)."""
    reason = _why_not(person, rules)
    return {
        "allowed": reason == "",
        "reason": reason,
        "min_fen": rules.min_fen,
        "max_fen": rules.max_fen,
        "suggestions_fen": list(rules.suggestions_fen),
    }


def _why_not(person: Person, rules: HoldRules) -> str:
    if not rules.enabled:
        return "disabled"
    if rules.real_name_only and not person.id_number:
        return "anonymous"
    return ""


def register(
    db: Database,
    acquirer: Acquirer,
    clock: Clock,
    person_id: str,
    body: HoldFacts,
    rules: HoldRules,
) -> Json:
    """Remember a hold once; the same reference again answers as the hold stands.

    Raises Refused, KeyReused for another hold under a known reference, and NoWord.
    """
    with db.read() as session:
        known = _known(session, person_id, body)
        if known is not None:
            return hold_json(known)
        _check(person_of(session, person_id), body, rules)
    completer = _completer(acquirer, body)
    with db.write() as session:
        hold = _known(session, person_id, body)
        if hold is None:
            hold = _hold(person_id, body, completer, clock, rules)
            session.add(hold)
        return hold_json(hold)


def _known(session: Session, person_id: str, body: HoldFacts) -> Hold | None:
    hold = session.scalar(select(Hold).where(Hold.reference == body.reference))
    if hold is not None and (hold.person_id, hold.auth_code) != (person_id, body.auth_code):
        raise KeyReused
    return hold


def _check(person: Person, body: HoldFacts, rules: HoldRules) -> None:
    reason = _why_not(person, rules)
    if reason:
        raise Refused(reason)
    if not rules.min_fen <= body.amount_fen <= rules.max_fen:
        raise Refused("limits")
    if sum(character.isdigit() for character in body.masked_card) > _MOST_CARD_DIGITS:
        raise Refused("full_card_number")


def _completer(acquirer: Acquirer, body: HoldFacts) -> Completer:
    found = acquirer.hold(body.auth_code, body.rrn)
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


def _hold(
    person_id: str, body: HoldFacts, completer: Completer, clock: Clock, rules: HoldRules
) -> Hold:
    now = clock.now()
    return Hold(
        id=uuid.uuid4().hex,
        person_id=person_id,
        reference=body.reference,
        amount_fen=body.amount_fen,
        taken_fen=0,
        state="HELD",
        masked_card=body.masked_card,
        auth_code=body.auth_code,
        rrn=body.rrn,
        trace=body.trace,
        receipt=body.receipt,
        pos_terminal_id=body.pos_terminal_id,
        merchant_id=body.merchant_id,
        completer=completer,
        expires_on=(now.date() + timedelta(days=rules.expires_days)).isoformat(),
        created_at=stamp(now),
    )


def usable(session: Session, person_id: str, today: date) -> Hold | None:
    """The oldest hold that a settlement can take from without its card terminal."""
    wanted = select(Hold).where(
        Hold.person_id == person_id,
        Hold.state == "HELD",
        Hold.completer == "ACQUIRER",
        Hold.expires_on >= today.isoformat(),
    )
    return session.scalar(wanted.order_by(Hold.created_at, Hold.id).limit(1))


def release_expired(session: Session, today: date) -> None:
    """Holds whose last day is over fell off at the acquirer by themselves (B.4)."""
    session.execute(
        update(Hold)
        .where(Hold.state == "HELD", Hold.expires_on < today.isoformat())
        .values(state="EXPIRED")
    )
