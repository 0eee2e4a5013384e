"""Which money pays a quoted settlement: existing money first, then one tender that is chosen.

Inside the caller's transaction, no outside call. What a reader would get wrong: a plan takes
nothing; between quote and taking the balance or the hold may be used by another bill, and then the
taking says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from settlement_backend.acquirers import books as agreements
from settlement_backend.holds.holds import usable
from settlement_backend.inpatient import deposits
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Policy
from settlement_backend.prepay import accounts
from settlement_backend.settling import rules
from settlement_backend.settling.settling import (
    admission_of,
    bills_of,
    borne,
    tender_id,
    tenders_of,
)
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.terminals.tables import Terminal


@dataclass(frozen=True, slots=True)
class Planned:
    """One part of the self-pay before it is written down; see `Tender` for the fields."""

    kind: str
    amount_fen: int
    label: str = ""
    channel: str = ""
    hold_id: str = ""
    acquirer: str = ""
    agreement_no: str = ""
    payer: str = ""
    payer_id: str = ""
    reserved_on: str = ""
    handed_fen: int = 0
    change_fen: int = 0
    rounding_fen: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a plan, what others offer, and when. `with_pos`: his card terminal completes
    its own holds."""

    terminal: Terminal
    with_pos: bool
    offers: Mapping[str, Planned]
    now: datetime


class Source(Protocol):
    """Money of others that is offered for one settlement (a commercial direct claim, L10)."""

    def offer(self, settlement_id: str, left_fen: int) -> Planned | None:
        """What it would pay of the rest; called outside of any transaction, books nothing."""


def plan(session: Session, row: Settlement, policy: Policy, asked: Asked) -> None:
    """Existing money in the profile's order; what stays is due (S17, C08)."""
    left_fen = row.total_fen - borne(row).total_fen
    for kind in policy.tender.order:
        if row.kind == "DEPOSIT" or left_fen == 0:
            break
        part = _existing(session, row, policy, asked, kind, left_fen)
        if part is not None and part.amount_fen > 0:
            add_tender(session, row, part, asked.terminal)
            left_fen -= part.amount_fen
    row.due_fen = left_fen


def _existing(
    session: Session, row: Settlement, policy: Policy, asked: Asked, kind: str, left_fen: int
) -> Planned | None:
    match kind:
        case "DEPOSIT" if row.kind == "INPATIENT":
            balance_fen = deposits.balance_fen(session, admission_of(session, row))
            return Planned(kind, min(left_fen, balance_fen))
        case "PREPAY_BALANCE" if policy.outpatient_prepay.spend_existing_balance:
            balance_fen = accounts.balance_fen(session, row.person_id)
            return Planned(kind, min(left_fen, balance_fen))
        case "PREAUTH":
            return _hold(session, row, policy, asked, left_fen)
        case _:
            return asked.offers.get(kind)


def _hold(
    session: Session, row: Settlement, policy: Policy, asked: Asked, left_fen: int
) -> Planned | None:
    here = asked.terminal.id if asked.with_pos else ""
    hold = usable(session, row.person_id, asked.now.date(), here)
    if hold is None:
        return None
    return Planned(
        "PREAUTH",
        min(left_fen, rules.most_of_hold_fen(policy.preauth, hold.amount_fen)),
        label=hold.masked_card,
        channel="POS" if hold.completer == "THIS_POS" else "",
        hold_id=hold.id,
        acquirer=hold.acquirer,
    )


def add_tender(session: Session, row: Settlement, part: Planned, terminal: Terminal) -> Tender:
    """One more part of the self-pay, under its order number for ever."""
    place = len(tenders_of(session, row.id))
    tender = Tender(
        id=tender_id(row.id, place),
        settlement_id=row.id,
        place=place,
        kind=part.kind,
        amount_fen=part.amount_fen,
        state="PLANNED",
        label=part.label,
        hold_id=part.hold_id,
        channel=part.channel,
        acquirer=part.acquirer,
        agreement_no=part.agreement_no,
        payer=part.payer,
        payer_id=part.payer_id,
        reserved_on=part.reserved_on,
        handed_fen=part.handed_fen,
        change_fen=part.change_fen,
        rounding_fen=part.rounding_fen,
        terminal_id=terminal.id,
    )
    session.add(tender)
    session.flush()
    return tender


def facts(
    session: Session, row: Settlement, policy: Policy, terminal_kind: str, now: datetime
) -> rules.Facts:
    """What decides how it may be paid by a terminal of this kind."""
    person = session.get_one(Person, row.person_id)
    return rules.Facts(
        terminal_kind=terminal_kind,
        settlement_kind=row.kind,
        departments=tuple({bill.department_code for bill in bills_of(session, row.id)}),
        due_fen=row.due_fen,
        real_name=bool(person.id_number),
        insured=bool(row.psn_no),
        agreed=_agreed(session, row.person_id, policy, now),
        deposit_methods=policy.inpatient_deposit.methods,
    )


def _agreed(
    session: Session, person_id: str, policy: Policy, now: datetime
) -> tuple[rules.Agreed, ...]:
    """The agreement with the most to give, of each kind."""
    limit_fen = policy.tender.debit_daily_limit_fen
    found = [
        rules.Agreed(
            each.kind,
            each.agreement_no,
            each.payer,
            agreements.left_fen(each, limit_fen, now.date()),
        )
        for each in agreements.signed(session, person_id)
    ]
    best = sorted(found, key=lambda each: each.left_fen)
    return tuple({each.kind: each for each in best}.values())
