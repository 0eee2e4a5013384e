"""A settlement as one terminal sees it.

Talks to the database for looking only. What a reader would get wrong: a completed settlement keeps
the parts it was settled with, whatever was refunded since; and one that is over shows no money at
all, because nothing of it was kept.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import mask_name
from settlement_backend.base.context import Context
from settlement_backend.base.shapes import audience_of
from settlement_backend.bills.shapes import bill_shape
from settlement_backend.documents.slips import slip_json
from settlement_backend.documents.tables import Slip
from settlement_backend.holds.holds import elsewhere
from settlement_backend.holds.shapes import hold_shape, place_of
from settlement_backend.holds.tables import Hold
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Policy
from settlement_backend.prepay.tables import ChangeDue
from settlement_backend.settling import books, planning, rules
from settlement_backend.settling.settling import (
    FINAL,
    Borne,
    as_settled,
    bills_of,
    borne,
    tenders_of,
)
from settlement_backend.settling.shapes import (
    CashShape,
    ComponentShape,
    OptionShape,
    PosOrderShape,
    RemoteShape,
    SettlementShape,
    SlipShape,
    TenderShape,
)
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.staff.shifts import drawer_now
from settlement_backend.terminals.tables import Terminal

_SHORTEST_POLL_MS = 200
_ELSEWHERE = {"PREPAY_BALANCE", "PREAUTH", "DEPOSIT", "COMMERCIAL_DIRECT"}


def settlement_shape(
    session: Session, row: Settlement, terminal: Terminal, context: Context
) -> SettlementShape:
    """The Settlement shape for one terminal."""
    policy = context.policy
    over = row.state in ("CANCELLED", "REVERSED")
    all_tenders = tenders_of(session, row.id)
    tenders = [] if over else [t for t in all_tenders if t.state != "RETURNED"]
    parts = as_settled(session, row) if row.state == "COMPLETED" else borne(row)
    self_pay_fen = row.total_fen - parts.total_fen
    due_fen = self_pay_fen - sum(tender.amount_fen for tender in tenders)
    if due_fen < 0:
        tenders, due_fen = [], self_pay_fen
    hold = _hold(session, tenders)
    slip = session.get(Slip, row.slip_id) if row.slip_id else None
    person = session.get_one(Person, row.person_id)
    return SettlementShape(
        settlement_id=row.id,
        state=row.state,
        kind=row.kind,
        patient=mask_name(person.name, audience_of(terminal.kind)),
        bills=()
        if over
        else tuple(bill_shape(session, each) for each in bills_of(session, row.id)),
        components=_components(Borne(0, 0) if over else parts, 0 if over else self_pay_fen),
        tenders=tuple(_tender_shape(tender) for tender in tenders),
        options=_options(session, row, terminal, context),
        total_fen=0 if over else row.total_fen,
        due_fen=0 if over else due_fen,
        cash_fen=rules.rounded_cash_fen(0 if over else due_fen, policy.tender.cash_round_to_fen),
        hold=hold_shape(hold) if hold else None,
        reauthorise_fen=_reauthorise_fen(row, tenders, hold, policy),
        slip=_slip_shape(slip, context) if slip else None,
        pos=_pos(session, row, tenders),
        remote=_remote(row, tenders),
        cash=_cash(session, row, tenders, context),
        trouble=row.trouble,
        try_next=_try_next(session, row, all_tenders, terminal, context),
        next_poll_ms=None if row.state in FINAL else _next_poll_ms(policy),
        settled_at=row.settled_at,
    )


def _components(parts: Borne, self_pay_fen: int) -> tuple[ComponentShape, ...]:
    always = (
        ("INSURANCE_FUND", parts.fund_fen),
        ("PERSONAL_ACCOUNT", parts.account_fen),
        ("SUBSIDY", 0),
        ("SELF_PAY", self_pay_fen),
    )
    sometimes = (("MUTUAL_AID", parts.mutual_fen), ("HOSPITAL", parts.hospital_fen))
    told = (*always, *((kind, amount) for kind, amount in sometimes if amount))
    return tuple(ComponentShape(kind=kind, amount_fen=amount) for kind, amount in told)


def _tender_shape(tender: Tender) -> TenderShape:
    label = tender.label or ("" if tender.channel == "POS" else tender.channel)
    return TenderShape(
        tender_id=tender.id,
        kind=tender.kind,
        amount_fen=tender.amount_fen,
        state=tender.state,
        label=label,
        payer=tender.payer,
    )


def _options(
    session: Session, row: Settlement, terminal: Terminal, context: Context
) -> tuple[OptionShape, ...]:
    """Every way to pay what is due, allowed or not, and holds that work somewhere else only."""
    if row.due_fen == 0 or row.state != "QUOTED":
        return ()
    policy, now = context.policy, context.clock.now()
    facts = _facts(session, row, terminal, context)
    told = [_option(kind, facts, policy) for kind in rules.kinds_to_offer(policy.tender)]
    place = elsewhere(session, row.person_id, now.date(), terminal.id)
    if place is not None:
        option = OptionShape(
            kind="PREAUTH",
            allowed=False,
            reason="hold_elsewhere",
            rule_id="S11",
            place=place_of(place),
        )
        told.append(option)
    return tuple(told)


def _facts(session: Session, row: Settlement, terminal: Terminal, context: Context) -> rules.Facts:
    """With this window's drawer: a cashier knows before counting whether cash can be taken."""
    policy, now = context.policy, context.clock.now()
    facts = planning.facts(session, row, policy, terminal.kind, now)
    return replace(facts, drawer=drawer_now(session, policy.staff, terminal, now))


def _option(kind: str, facts: rules.Facts, policy: Policy) -> OptionShape:
    decision = rules.may_pay(policy.tender, policy.scope, kind, facts)
    found = facts.agreement(kind)
    return OptionShape(
        kind=kind,
        allowed=decision.allow,
        reason=decision.message_key,
        rule_id=decision.rule_id,
        payer=found.payer if found else "",
        left_fen=found.left_fen if found else None,
    )


def _try_next(
    session: Session,
    row: Settlement,
    tenders: list[Tender],
    terminal: Terminal,
    context: Context,
) -> tuple[str, ...]:
    """After a declined tender: the others that may pay here when the bill is quoted again."""
    failed = [t for t in tenders if t.state == "RETURNED" and t.kind not in _ELSEWHERE]
    if row.state not in ("REVERSING", "REVERSED", "CANCELLED") or not failed:
        return ()
    policy = context.policy
    facts = _facts(session, row, terminal, context)
    return tuple(
        kind
        for kind in rules.kinds_to_offer(policy.tender)
        if kind != failed[-1].kind and rules.may_pay(policy.tender, policy.scope, kind, facts).allow
    )


def _hold(session: Session, tenders: list[Tender]) -> Hold | None:
    hold_id = next((tender.hold_id for tender in tenders if tender.hold_id), "")
    return session.get_one(Hold, hold_id) if hold_id else None


def _reauthorise_fen(
    row: Settlement, tenders: list[Tender], hold: Hold | None, policy: Policy
) -> int:
    """While nothing is taken: the hold that would pay what this one and the rest pay (S12)."""
    if hold is None or row.state != "QUOTED":
        return 0
    held_fen = sum(tender.amount_fen for tender in tenders if tender.hold_id)
    wanted_fen = held_fen + row.due_fen
    return rules.reauthorise_fen(policy.preauth, hold.amount_fen, wanted_fen)


def _pos(session: Session, row: Settlement, tenders: list[Tender]) -> PosOrderShape | None:
    """What this settlement waits for at its card terminal now."""
    asked = [t for t in tenders if t.channel == "POS" and t.state == "PAYING" and not t.word]
    if row.state != "PAYING" or not asked:
        return None
    tender = asked[0]
    hold = session.get_one(Hold, tender.hold_id) if tender.hold_id else None
    return PosOrderShape(
        kind="COMPLETION" if hold else "SALE",
        tender_id=tender.id,
        reference=tender.id,
        hold_id=hold.id if hold else "",
        auth_code=hold.auth_code if hold else "",
        rrn=hold.rrn if hold else "",
        receipt=hold.receipt if hold else "",
        trace=hold.trace if hold else "",
        amount_fen=tender.amount_fen,
    )


def _remote(row: Settlement, tenders: list[Tender]) -> RemoteShape | None:
    asked = [t for t in tenders if t.kind == "REMOTE" and t.state in ("PLANNED", "PAYING")]
    if not asked or row.state in FINAL:
        return None
    return RemoteShape(code_url=asked[0].code_url, until=row.remote_until)


def _cash(
    session: Session, row: Settlement, tenders: list[Tender], context: Context
) -> CashShape | None:
    tender = next((each for each in tenders if each.kind == "CASH"), None)
    if tender is None:
        return None
    due = session.scalar(select(ChangeDue).where(ChangeDue.settlement_id == row.id))
    slip = session.get(Slip, due.slip_id) if due else None
    return CashShape(
        to_take_fen=books.cash_fen(tender),
        handed_fen=tender.handed_fen or books.cash_fen(tender),
        change_fen=tender.change_fen,
        owed_fen=books.owed_change_fen(tender),
        slip=_slip_shape(slip, context) if slip else None,
    )


def _slip_shape(slip: Slip, context: Context) -> SlipShape:
    return SlipShape(**slip_json(slip, context.slip_key))


def _next_poll_ms(policy: Policy) -> int:
    shortest_s = min(poll.every for poll in policy.polls.values())
    return max(_SHORTEST_POLL_MS, round(shortest_s * 1000))
