"""What a terminal chose for what is due, one tender and at a window cash beside it: allowed by the
rules, then written as planned.

Inside the caller's transaction, no outside call. What a reader would get wrong: a debit uses up
the limit of its day here, by a conditional UPDATE, so that two bills at once cannot pass it (W03).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from core.codes import PaymentCode, recognise
from settlement_backend.acquirers import books as agreements
from settlement_backend.acquirers.banks import bank_for
from settlement_backend.base.clock import Clock
from settlement_backend.base.errors import Refused
from settlement_backend.people.people import known_by
from settlement_backend.people.relatives import relation_of
from settlement_backend.policy.decision import noted, required
from settlement_backend.policy.profile import Policy
from settlement_backend.settling import planning, rules
from settlement_backend.settling.planning import Planned
from settlement_backend.settling.tables import Settlement
from settlement_backend.settling.wish import OneCode, Wish
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.shifts import drawer_for
from settlement_backend.terminals.tables import Terminal

_QR_CHANNELS = ("WECHAT", "ALIPAY", "UNIONPAY")


@dataclass(frozen=True, slots=True)
class Choice:
    """Where and when something is chosen."""

    session: Session
    row: Settlement
    policy: Policy
    terminal: Terminal
    clock: Clock

    @property
    def now(self) -> datetime:
        """The backend's time."""
        return self.clock.now()


def chosen(choice: Choice, wish: Wish, one_code: OneCode | None, payer_note: str) -> Planned:
    """The tender for all that is due, less what is paid in cash beside it. Raises Refused
    `tender_not_allowed` (with the rule), `code_not_payment`, `daily_limit`, `no_shift`,
    `shift_over_month_end`, `cash_short`, `change_too_much`."""
    facts = _allowed(choice, wish.tender, wish.tender_fen)
    bank = bank_for(choice.policy.acquirers, choice.terminal.id)
    part = Planned(wish.tender, wish.tender_fen, acquirer=bank)
    match wish.tender:
        case "SCAN":
            return replace(part, channel=_wallet(wish.auth_code))
        case "ONE_CODE":
            return _by_one_code(part, one_code)
        case "CREDIT_LINE" | "FAMILY_CREDIT_LINE" | "BOUND_DEBIT":
            return _agreed(choice, part, facts)
        case "BANK_CARD":
            return replace(part, channel="POS")
        case "REMOTE":
            return _remote(choice, replace(part, label=payer_note), wish)
        case "CASH":
            return _cash(choice, part, wish)
        case _:
            raise Refused("tender_not_allowed")


def part_in_cash(choice: Choice, wish: Wish) -> Planned | None:
    """What a cashier holds of it, under the same rules as a tender of its own; None for nothing."""
    if not wish.part_cash_fen:
        return None
    _allowed(choice, "CASH", wish.part_cash_fen)
    return _cash(choice, Planned("CASH", wish.part_cash_fen), wish)


def _allowed(choice: Choice, kind: str, amount_fen: int) -> rules.Facts:
    """By which facts it may pay so much here; the decision is on the record."""
    told = planning.facts(
        choice.session, choice.row, choice.policy, choice.terminal.kind, choice.now
    )
    facts = replace(told, due_fen=amount_fen)
    decision = noted(
        choice.session,
        choice.clock,
        choice.terminal.id,
        "",
        f"tender_{kind.lower()}",
        choice.row.id,
        rules.may_pay(choice.policy.tender, choice.policy.scope, kind, facts),
    )
    if not decision.allow:
        raise Refused("tender_not_allowed", decision.message_key)
    return facts


def _wallet(code: str) -> str:
    match recognise(code):
        case PaymentCode(channel):
            return channel.value
        case _:
            raise Refused("code_not_payment")


def _by_one_code(part: Planned, one_code: OneCode | None) -> Planned:
    """Credentials are the lead bank's, whose agreement with the insurance they come from."""
    if one_code is None:
        raise Refused("code_not_payment")
    return replace(part, channel=one_code.channel, acquirer="lead")


def _remote(choice: Choice, part: Planned, wish: Wish) -> Planned:
    """A relative who is a person of ours is told when it is paid (N18)."""
    if wish.auth_code not in _QR_CHANNELS:
        raise Refused("code_not_payment")
    payer_id = ""
    if choice.row.relation_id:
        relation = relation_of(choice.session, choice.row.relation_id)
        payer = known_by(choice.session, relation.id_number)
        payer_id = payer.id if payer else ""
    return replace(part, channel=wish.auth_code, payer_id=payer_id)


def _agreed(choice: Choice, part: Planned, facts: rules.Facts) -> Planned:
    found = facts.agreement(part.kind)
    numbers = [found.agreement_no] if found else []
    for agreement in agreements.signed(choice.session, choice.row.person_id):
        if agreement.kind == part.kind and agreement.agreement_no in numbers:
            day, limit_fen = choice.now.date(), choice.policy.tender.debit_daily_limit_fen
            if not agreements.reserve(choice.session, agreement, part.amount_fen, limit_fen, day):
                raise Refused("daily_limit")
            return replace(
                part,
                channel=agreement.channel,
                acquirer=agreement.acquirer,
                agreement_no=agreement.agreement_no,
                payer=agreement.payer if part.kind != "CREDIT_LINE" else "",
                payer_id=agreement.payer_id,
                reserved_on=day.isoformat(),
            )
    raise Refused("tender_not_allowed", "no_agreement")


def _cash(choice: Choice, part: Planned, wish: Wish) -> Planned:
    """Into an open drawer, rounded when the profile says so; what a machine cannot give back is
    owed (C12)."""
    here = actor_at(choice.terminal)
    required(drawer_for(choice.session, choice.policy.staff, choice.clock, here))
    to_take_fen = rules.rounded_cash_fen(part.amount_fen, choice.policy.tender.cash_round_to_fen)
    handed_fen = wish.handed_fen or to_take_fen
    if handed_fen < to_take_fen:
        raise Refused("cash_short")
    if wish.change_fen > handed_fen - to_take_fen:
        raise Refused("change_too_much")
    return replace(
        part,
        handed_fen=handed_fen,
        change_fen=wish.change_fen,
        rounding_fen=to_take_fen - part.amount_fen,
    )
